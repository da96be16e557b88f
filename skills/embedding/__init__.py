"""Text to vectors, on this machine, with nothing downloaded but packages."""

from skills.embedding.minilm import MiniLmEmbedder

__all__ = ["MiniLmEmbedder"]
