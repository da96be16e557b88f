"""Programs written by a language model: what it is told, may look up, and how it is asked again."""
