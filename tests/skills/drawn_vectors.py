"""Vectors drawn at random in the place of a model's, the same for the same text."""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy

from skills.embedding import DIMENSIONS, MiniLmEmbedder


class DrawnEmbedder(MiniLmEmbedder):
    """Takes no time. Only the same text is near."""

    fingerprint = "drawn"

    def __call__(self, texts: Sequence[str]) -> Any:
        drawn = [self._drawn(text) for text in texts]
        return [vector / numpy.linalg.norm(vector) for vector in drawn]

    def _drawn(self, text: str) -> Any:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        return numpy.random.default_rng(seed).normal(size=DIMENSIONS).astype(numpy.float32)
