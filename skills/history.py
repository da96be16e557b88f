"""What became of the skills: one row for each change, never removed.

Covers writing and reading them; when a skill changes is said by `lifecycle.py`.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from skills.skill import SkillStatus

_COLUMNS = "id, name, version, change, reason, run_id, changed_at, because_of"


class Change(StrEnum):
    """What can become of a skill. The first four are statuses, taken by a version."""

    CANDIDATE = "candidate"
    VERIFIED = "verified"
    QUARANTINED = "quarantined"
    RETIRED = "retired"
    ACTIVATED = "activated"
    """The name stands for this version from here on."""
    FAILED = "failed"
    """It was tried from another start and did not work; its status is as it was."""
    KEPT = "kept"
    """It would have been changed, but is pinned."""
    PINNED = "pinned"
    UNPINNED = "unpinned"
    BANNED = "banned"
    UNBANNED = "unbanned"
    NAMED = "named"
    """It is known under another name as well."""


@dataclass(frozen=True)
class SkillChange:
    """A change of one version and why, a sentence or a few words.

    `change` is a word of `Change`. `because_of` is the skill that broke, where this one was
    quarantined only since it calls that one. `changed_at` is UTC, ISO 8601.
    """

    id: int
    name: str
    version: int
    change: str
    reason: str
    run_id: int | None
    changed_at: str
    because_of: str | None = None


class SkillHistory:
    """The changes of one library. `run_id` is the run in which changes are made now, if any."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.run_id: int | None = None

    def note(
        self,
        name: str,
        version: int,
        change: Change | SkillStatus,
        reason: str,
        because_of: str | None = None,
    ) -> None:
        """Write one down."""
        self._connection.execute(
            "INSERT INTO skill_changes (name, version, change, reason, because_of, run_id)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (name, version, change.value, reason, because_of, self.run_id),
        )

    def of(self, name: str) -> list[SkillChange]:
        """All changes of a skill, oldest first."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM skill_changes WHERE name = ? ORDER BY id", (name,)
        )
        return [SkillChange(*row) for row in rows]

    def once_activated(self, name: str) -> frozenset[int]:
        """The versions that have taken another one's place at some time."""
        rows = self._connection.execute(
            "SELECT version FROM skill_changes WHERE name = ? AND change = ?",
            (name, Change.ACTIVATED),
        )
        return frozenset(row[0] for row in rows)

    def quarantine_of(self, name: str, version: int) -> SkillChange | None:
        """The change by which that version was quarantined last."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM skill_changes WHERE name = ? AND version = ? AND change = ?"
            " ORDER BY id DESC LIMIT 1",
            (name, version, Change.QUARANTINED),
        ).fetchone()
        return None if row is None else SkillChange(*row)

    def usable_status(self, name: str, version: int) -> SkillStatus:
        """What that version was when it could be used last; a candidate if it never could."""
        row = self._connection.execute(
            "SELECT change FROM skill_changes WHERE name = ? AND version = ?"
            " AND change IN ('candidate', 'verified') ORDER BY id DESC LIMIT 1",
            (name, version),
        ).fetchone()
        return SkillStatus.CANDIDATE if row is None else SkillStatus(row[0])
