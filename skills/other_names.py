"""What a skill is also called: the names of skills merged into it, and words that people use."""

from __future__ import annotations

import sqlite3


class OtherNames:
    """The other names of one library's skills."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, name: str) -> tuple[str, ...]:
        """The other names of a skill, sorted."""
        rows = self._connection.execute(
            "SELECT other_name FROM skill_names WHERE name = ? ORDER BY other_name", (name,)
        )
        return tuple(row[0] for row in rows)

    def add(self, name: str, other: str) -> bool:
        """Whether that was new. The skill must be there."""
        added = self._connection.execute(
            "INSERT OR IGNORE INTO skill_names (other_name, name) VALUES (?, ?)", (other, name)
        )
        return added.rowcount > 0
