"""The shapes of the library's programs in the database: what is alike is found by a look-up.

Covers the rows. Not covered: taking a shape (`mc_server.program_shape`), and what follows for
skills that are alike.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple

from mc_server import SHAPE_RULES, Slot

_USABLE = (
    "JOIN skills AS s ON s.name = v.name AND s.active_version = v.version "
    "WHERE v.status IN ('verified', 'candidate') AND NOT s.banned"
)


class ShapeStore:
    """The shapes of the versions in one database; only active ones that may be used count."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def missing(self) -> tuple[str, ...]:
        """The skills whose shape is not known yet, sorted."""
        rows = self._connection.execute(
            "SELECT v.name FROM skill_versions AS v "
            "LEFT JOIN skill_shapes AS h ON h.name = v.name AND h.version = v.version "
            f"AND h.rules = {SHAPE_RULES} {_USABLE} AND h.name IS NULL ORDER BY v.name"
        )
        return tuple(row[0] for row in rows)

    def put(self, name: str, version: int, digest: str, slots: Sequence[Slot]) -> None:
        """Keeps the shape of a version; an empty digest says that it has none."""
        self._connection.execute(
            "INSERT OR REPLACE INTO skill_shapes (name, version, rules, digest, slots) "
            "VALUES (?, ?, ?, ?, ?)",
            (name, version, SHAPE_RULES, digest or None, json.dumps([astuple(s) for s in slots])),
        )

    def is_taken(self, name: str, version: int) -> bool:
        """Whether the shape of that version is known, or that it has none."""
        row = self._connection.execute(
            "SELECT 1 FROM skill_shapes WHERE name = ? AND version = ? AND rules = ?",
            (name, version, SHAPE_RULES),
        ).fetchone()
        return row is not None

    def slots(self, name: str, version: int) -> tuple[Slot, ...] | None:
        """The slots of a version; None where it has no shape, or none is known."""
        row = self._connection.execute(
            "SELECT slots FROM skill_shapes WHERE name = ? AND version = ? AND rules = ? "
            "AND digest IS NOT NULL",
            (name, version, SHAPE_RULES),
        ).fetchone()
        return None if row is None else tuple(Slot(*slot) for slot in json.loads(row[0]))

    def alike(self, digest: str) -> tuple[str, ...]:
        """The skills of that shape, sorted."""
        rows = self._connection.execute(
            "SELECT h.name FROM skill_shapes AS h "
            "JOIN skill_versions AS v ON v.name = h.name AND v.version = h.version "
            f"{_USABLE} AND h.digest = ? AND h.rules = ? ORDER BY h.name",
            (digest, SHAPE_RULES),
        )
        return tuple(row[0] for row in rows)

    def repeated(self) -> tuple[tuple[str, ...], ...]:
        """The skills that share a shape with another, by shape."""
        rows = self._connection.execute(
            "SELECT h.digest, h.name FROM skill_shapes AS h "
            "JOIN skill_versions AS v ON v.name = h.name AND v.version = h.version "
            f"{_USABLE} AND h.digest IS NOT NULL AND h.rules = {SHAPE_RULES} ORDER BY h.name"
        )
        by_digest: dict[str, list[str]] = {}
        for digest, name in rows:
            by_digest.setdefault(digest, []).append(name)
        return tuple(tuple(names) for names in by_digest.values() if len(names) > 1)
