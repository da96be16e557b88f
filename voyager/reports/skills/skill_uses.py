"""The uses of one skill as they are shown: what it ran for, in which attempt, what came of it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

NEWEST = 200


@dataclass(frozen=True)
class ShownUse:
    """One use. `passed` is None where nobody could tell; `attempt` as `voyager transcript` takes.

    `arguments` is the JSON as recorded; `seconds` are the world's.
    """

    id: int
    version: int
    kind: str
    passed: bool | None
    outcome: str
    error_code: str | None
    error: str | None
    seconds: float
    seed: int | None
    arguments: str
    used_at: str
    attempt: str | None

    @property
    def came(self) -> str:
        """What came of it, in a word."""
        if self.passed is None:
            return "unknown"
        return "worked" if self.passed else "failed"

    @property
    def why(self) -> str:
        """What went wrong, where something did."""
        if self.error:
            return f"{self.error_code}: {self.error}" if self.error_code else self.error
        return "" if self.passed or self.outcome == "completed" else self.outcome


@dataclass(frozen=True)
class KindCount:
    """How often skills ran for something, and what came of it."""

    kind: str
    worked: int
    failed: int
    unknown: int


def read_uses(
    connection: sqlite3.Connection, name: str, limit: int = NEWEST
) -> tuple[ShownUse, ...]:
    """The newest uses of all versions of a skill, oldest first."""
    cursor = connection.execute(
        "SELECT u.id, u.version, u.kind, u.passed, u.outcome, u.error_code, u.error, u.seconds,"
        " u.seed, u.arguments, u.used_at, t.run_id || '.' || t.iteration || '.' || a.number"
        " FROM skill_uses AS u LEFT JOIN attempts AS a ON a.id = u.attempt_id"
        " LEFT JOIN tasks AS t ON t.id = a.task_id"
        " WHERE u.name = ? ORDER BY u.id DESC LIMIT ?",
        (name, limit),
    )
    uses = [
        ShownUse(*(*row[:3], None if row[3] is None else bool(row[3]), *row[4:])) for row in cursor
    ]
    return tuple(reversed(uses))


def count_uses(connection: sqlite3.Connection, name: str | None = None) -> tuple[KindCount, ...]:
    """All uses by kind, of one skill or of all, the most frequent first."""
    cursor = connection.execute(
        "SELECT kind, COUNT(*) FILTER (WHERE passed = 1), COUNT(*) FILTER (WHERE passed = 0),"
        " COUNT(*) FILTER (WHERE passed IS NULL) FROM skill_uses"
        f" {'' if name is None else 'WHERE name = ?'} GROUP BY kind ORDER BY COUNT(*) DESC, kind",
        () if name is None else (name,),
    )
    return tuple(KindCount(*row) for row in cursor)
