"""Which skills are found by which text.

Several may be found by the same one. Not covered: the texts' vectors.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass

from skills.skill import SkillStatus


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One skill: its active version, and the digest of the text it is found by."""

    version: int
    status: SkillStatus
    digest: bytes


class IndexEntries:
    """The skills of an index by name, and by the digest of their text."""

    def __init__(self) -> None:
        self._entries: dict[str, IndexEntry] = {}
        self._names: dict[bytes, tuple[str, ...]] = {}

    @property
    def names(self) -> Set[str]:
        """Of all skills; as it is at the time when it is looked at."""
        return self._entries.keys()

    @property
    def wanted(self) -> Set[bytes]:
        """The digests that skills are found by; as it is at the time when it is looked at."""
        return self._names.keys()

    def note(self, name: str, entry: IndexEntry) -> None:
        """The skill is found by that text from now on, and by no other."""
        self.remove(name)
        self._entries[name] = entry
        self._names[entry.digest] = (*self._names.get(entry.digest, ()), name)

    def remove(self, name: str) -> None:
        """The skill is not found any more."""
        entry = self._entries.pop(name, None)
        if entry is not None:
            left = tuple(other for other in self._names.pop(entry.digest) if other != name)
            if left:
                self._names[entry.digest] = left

    def clear(self) -> None:
        """No skill is found any more."""
        self._entries.clear()
        self._names.clear()

    def digests_of(self, names: Iterable[str]) -> set[bytes]:
        """What those of these skills that are there are found by."""
        return {self._entries[name].digest for name in names if name in self._entries}

    def digests(self, statuses: Collection[SkillStatus]) -> set[bytes]:
        """What the skills of these statuses are found by."""
        return {entry.digest for entry in self._entries.values() if entry.status in statuses}

    def hits(
        self, near: Iterable[tuple[bytes, float]], statuses: Collection[SkillStatus]
    ) -> list[tuple[str, int, float]]:
        """Name, version and similarity of the skills that have these texts, best first."""
        found = [
            (name, self._entries[name].version, similarity)
            for digest, similarity in near
            for name in self._names.get(digest, ())
            if self._entries[name].status in statuses
        ]
        return sorted(found, key=lambda hit: (-hit[2], hit[0]))
