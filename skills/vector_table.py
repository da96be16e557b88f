"""All vectors in memory, and the nearest to one among them, found exactly.

The product with every vector: for 100,000 it takes some 15 ms and 150 MB. Not covered: where
vectors come from, and when this is used rather than Chroma (`vector_index.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

import numpy
from numpy.typing import NDArray

Vectors = NDArray[numpy.float32]


class VectorTable:
    """Unit vectors of `dimensions` numbers by the digest of their text."""

    def __init__(self, dimensions: int) -> None:
        self._vectors: Vectors = numpy.empty((1024, dimensions), numpy.float32)
        self._rows: dict[bytes, int] = {}
        self._digests: list[bytes] = []

    @property
    def held(self) -> Set[bytes]:
        """The digests of all vectors in it."""
        return self._rows.keys()

    def put(self, digests: Sequence[bytes], vectors: Vectors) -> None:
        """Takes these in; one that is there is replaced."""
        for digest, vector in zip(digests, vectors, strict=True):
            row = self._rows.setdefault(digest, len(self._digests))
            if row == len(self._digests):
                self._digests.append(digest)
                if row == len(self._vectors):
                    self._vectors = numpy.concatenate([self._vectors, self._vectors])
            self._vectors[row] = vector

    def remove(self, digests: Iterable[bytes]) -> None:
        """Forgets these: the last one takes the place of each."""
        for digest in digests:
            row = self._rows.pop(digest, None)
            if row is None:
                continue
            last = self._digests.pop()
            if last != digest:
                self._digests[row], self._rows[last] = last, row
                self._vectors[row] = self._vectors[len(self._digests)]

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[bytes, float]]:
        """Digest and cosine similarity of those nearest to a unit vector, best first."""
        count = len(self._digests)
        if count == 0:
            return []
        # Not `@`: that sets a thread to work on each processor and waits for the last of them,
        # which takes long while a game is played. In one it takes as long as reading the memory.
        scores = numpy.einsum("ij,j->i", self._vectors[:count], vector)
        among = numpy.argpartition(-scores, min(limit, count) - 1)[:limit]
        ordered = among[numpy.argsort(-scores[among], kind="stable")]
        return [(self._digests[row], float(scores[row])) for row in ordered]

    def vectors_of(self, digests: Sequence[bytes]) -> Vectors:
        """A row for each of these, all of which it holds."""
        found: Vectors = self._vectors[[self._rows[digest] for digest in digests]]
        return found
