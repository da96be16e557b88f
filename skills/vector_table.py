"""The vectors of all skills in memory, and the nearest to one among them.

The search is exact: the product with every vector, which for 100,000 takes less time than the query
takes to embed. Not covered: where vectors come from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from skills.skill import SkillStatus

Vectors = NDArray[numpy.float32]
_BITS = {status: 1 << number for number, status in enumerate(SkillStatus)}
# Of a unit vector that went through float32 and a disk.
_LENGTH_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One skill: its active version, and which text it is found by."""

    version: int
    status: SkillStatus
    digest: bytes


class VectorTable:
    """Unit vectors of `dimensions` numbers by the digest of their text, and skills that have them.

    A vector may come before or after the skill that needs it, and stays when none does any more.
    """

    def __init__(self, dimensions: int) -> None:
        self._vectors: Vectors = numpy.empty((1024, dimensions), numpy.float32)
        # For each row which statuses the skills have that are found by it.
        self._statuses = numpy.zeros(1024, numpy.uint8)
        self._rows: dict[bytes, int] = {}
        self._digests: list[bytes] = []
        self._names: dict[bytes, tuple[str, ...]] = {}
        self.entries: dict[str, TableEntry] = {}

    def __contains__(self, digest: object) -> bool:
        return digest in self._rows

    def __len__(self) -> int:
        """How many vectors there are."""
        return len(self._digests)

    def set(self, name: str, entry: TableEntry) -> None:
        """The skill of that name is found by that text from now on, and by no other."""
        self.remove(name)
        self.entries[name] = entry
        self._names[entry.digest] = (*self._names.get(entry.digest, ()), name)
        self._note_statuses(entry.digest)

    def remove(self, name: str) -> None:
        """The skill is not found any more."""
        entry = self.entries.pop(name, None)
        if entry is not None:
            left = tuple(other for other in self._names.pop(entry.digest) if other != name)
            if left:
                self._names[entry.digest] = left
            self._note_statuses(entry.digest)

    def wanted(self) -> Collection[bytes]:
        """The digests of the texts that skills are found by."""
        return self._names.keys()

    def put(self, digests: Sequence[bytes], vectors: Vectors) -> None:
        """Takes vectors in, but those that are none of unit length: a damaged file has such."""
        lengths = numpy.linalg.norm(vectors, axis=1)
        for digest, vector, length in zip(digests, vectors, lengths, strict=True):
            if abs(length - 1.0) < _LENGTH_TOLERANCE:
                self._put(digest, vector)

    def stored(self) -> Iterator[tuple[bytes, bytes]]:
        """Every digest with its vector, as `VectorStore` keeps them."""
        for row, digest in enumerate(self._digests):
            yield digest, self._vectors[row].tobytes()

    def nearest(
        self, vector: Vectors, limit: int, statuses: Iterable[SkillStatus]
    ) -> list[tuple[str, int, float]]:
        """Name, version and cosine similarity of skills of these statuses, best first."""
        count, allowed = len(self), {*statuses}
        if count == 0:
            return []
        # Not `@`: that sets a thread to work on each processor and waits for the last of them, which
        # takes long while a game is played. In one it takes as long as reading the memory does.
        scores = numpy.einsum("ij,j->i", self._vectors[:count], vector)
        bits = numpy.uint8(sum(_BITS[status] for status in allowed))
        scores[(self._statuses[:count] & bits) == 0] = -numpy.inf
        among = numpy.argpartition(-scores, min(limit, count) - 1)[:limit]
        found = [
            (name, self.entries[name].version, float(scores[row]))
            for row in among
            if scores[row] > -numpy.inf
            for name in self._names[self._digests[row]]
            if self.entries[name].status in allowed
        ]
        return sorted(found, key=lambda hit: (-hit[2], hit[0]))[:limit]

    def _put(self, digest: bytes, vector: Vectors) -> None:
        row = self._rows.setdefault(digest, len(self._digests))
        if row == len(self._digests):
            self._digests.append(digest)
            if row == len(self._statuses):
                self._grow()
        self._vectors[row] = vector
        self._note_statuses(digest)

    def _grow(self) -> None:
        more = len(self._statuses)
        self._vectors = numpy.concatenate([self._vectors, numpy.empty_like(self._vectors)])
        self._statuses = numpy.concatenate([self._statuses, numpy.zeros(more, numpy.uint8)])

    def _note_statuses(self, digest: bytes) -> None:
        row = self._rows.get(digest)
        if row is not None:
            statuses = {self.entries[name].status for name in self._names.get(digest, ())}
            self._statuses[row] = sum(_BITS[status] for status in statuses)
