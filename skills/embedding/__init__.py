"""Text to vectors, on this machine, with nothing downloaded but packages."""

from skills.embedding.minilm import DIMENSIONS, MiniLmEmbedder

__all__ = ["DIMENSIONS", "MiniLmEmbedder"]
