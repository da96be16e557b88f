"""The versions of the skills, as rows: storing them, finding them, which one a name stands for.

Covers plain reads and writes; what may be written when is said by `lifecycle.py`.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from skills.closure import reached
from skills.errors import UnknownSkillError
from skills.rows import COLUMNS, INSERT, LEARNED, MARKS, contract_columns, from_row, to_row
from skills.skill import Skill, SkillStatus
from skills.stored_json import texts_in

_ACTIVE_JOIN = (
    "FROM skills AS s JOIN skill_versions AS v ON v.name = s.name AND v.version = s.active_version"
)


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{column}" for column in columns.split(", "))


_WANTED = f"SELECT {_of('v', COLUMNS)}, {_of('s', MARKS)}, {LEARNED}"
_ACTIVE = f"{_WANTED} {_ACTIVE_JOIN}"
SERVING_ONE_ITEM = 4
"""So many skills are looked at for an item, however many get it."""
_SERVING = f"""
WITH items (item) AS (SELECT value FROM json_each(?)),
got (item, name, version) AS (
    SELECT items.item, g.name, g.version FROM items
    JOIN skill_versions AS g ON g.contract_name = items.item
    AND g.contract_type IN ('inventory_has', 'inventory_gained')
    UNION SELECT items.item, y.name, y.version FROM items
    JOIN skill_yields AS y ON y.item = items.item
),
ranked (name, place) AS (
    SELECT v.name, ROW_NUMBER() OVER (
        PARTITION BY got.item ORDER BY v.status = 'candidate',
        (v.successes + 1.0) / (v.successes + v.failures + 2) DESC, v.name
    )
    FROM got
    JOIN skills AS s ON s.name = got.name AND s.active_version = got.version
    JOIN skill_versions AS v ON v.name = got.name AND v.version = got.version
    WHERE v.status IN ('verified', 'candidate') AND NOT s.banned
)
{_ACTIVE} WHERE s.name IN (SELECT name FROM ranked WHERE place <= {SERVING_ONE_ITEM})
ORDER BY v.status = 'candidate', s.name
"""
_ANY = f"{_WANTED} FROM skill_versions AS v LEFT JOIN skills AS s ON s.name = v.name"
_LARGEST = 2**63 - 1
"""The largest number that the database can look for."""


class VersionStore:
    """Every version of every skill over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # -- reading -------------------------------------------------------------------------------

    def get(self, name: str, version: int | None = None) -> Skill:
        """The skill of that name, its active version if none is given. Raises UnknownSkillError."""
        row = None
        if version is None:
            row = self._connection.execute(f"{_ACTIVE} WHERE s.name = ?", (name,)).fetchone()
        elif abs(version) <= _LARGEST:
            row = self._connection.execute(
                f"{_ANY} WHERE v.name = ? AND v.version = ?", (name, version)
            ).fetchone()
        if row is not None:
            return from_row(row)
        if self.knows(name):
            which = "the version that it stands for" if version is None else f"version {version}"
            raise UnknownSkillError(f"{name} in {which}")
        raise UnknownSkillError(name, self.names())

    def knows(self, name: str) -> bool:
        """Whether there is a skill of that name, whatever its status."""
        row = self._connection.execute("SELECT 1 FROM skills WHERE name = ?", (name,)).fetchone()
        return row is not None

    def of(self, name: str) -> list[Skill]:
        """All versions of a name, oldest first; none where there is no such skill."""
        rows = self._connection.execute(f"{_ANY} WHERE v.name = ? ORDER BY v.version", (name,))
        return [from_row(row) for row in rows]

    def names(self) -> tuple[str, ...]:
        """The names of all skills, whatever their status, sorted."""
        rows = self._connection.execute("SELECT name FROM skills ORDER BY name")
        return tuple(row[0] for row in rows)

    def active(self, condition: str = "1", values: Iterable[object] = ()) -> list[Skill]:
        """The active versions that an SQL condition over `v` and `s` holds for, by name.

        The condition may end in an order of its own.
        """
        order = "" if "ORDER BY" in condition else " ORDER BY s.name"
        rows = self._connection.execute(
            f"{_ACTIVE} WHERE {condition}{order}", tuple(str(value) for value in values)
        )
        return [from_row(row) for row in rows]

    def serving(self, items: Iterable[str]) -> list[Skill]:
        """The active versions that get one of these items, for each the most reliable few."""
        rows = self._connection.execute(_SERVING, (json.dumps(sorted(items)),))
        return [from_row(row) for row in rows]

    def untried(self) -> list[Skill]:
        """Candidates, and verified versions newer than the active one that never were active."""
        rows = self._connection.execute(
            f"{_ANY} WHERE NOT s.pinned AND NOT s.banned AND (v.status = 'candidate' OR ("
            "v.status = 'verified' AND v.version > s.active_version AND NOT EXISTS ("
            "SELECT 1 FROM skill_changes AS c WHERE c.name = v.name AND c.version = v.version"
            " AND c.change = 'activated'))) ORDER BY v.rowid"
        )
        return [from_row(row) for row in rows]

    def callers(self, name: str) -> tuple[str, ...]:
        """The skills whose active version calls that one, sorted; itself not among them."""
        # As JSON writes it: no other text in a list of names holds it.
        rows = self._connection.execute(
            f"SELECT s.name {_ACTIVE_JOIN} WHERE instr(v.calls, ?) > 0 AND s.name <> ?"
            " ORDER BY s.name",
            (json.dumps(name), name),
        )
        return tuple(row[0] for row in rows)

    def all_callers(self, name: str) -> set[str]:
        """Whatever calls it, and what calls that, and so on."""
        if not self.callers(name):
            return set()
        callers: dict[str, list[str]] = defaultdict(list)
        for caller, calls in self._connection.execute(f"SELECT s.name, v.calls {_ACTIVE_JOIN}"):
            for called in texts_in(calls) or ():
                callers[called].append(caller)
        return {*reached([name], lambda one: callers.get(one, ()))} - {name}

    # -- writing -------------------------------------------------------------------------------

    def insert(self, skill: Skill) -> None:
        """A new version; a new name stands for it at once."""
        self._connection.execute(INSERT, to_row(skill))
        self._connection.execute(
            "INSERT OR IGNORE INTO skills (name, active_version) VALUES (?, ?)",
            (skill.name, skill.version),
        )

    def activate(self, name: str, version: int) -> None:
        """Makes the name stand for that version."""
        self._connection.execute(
            "UPDATE skills SET active_version = ? WHERE name = ?", (version, name)
        )

    def write_status(self, name: str, version: int, status: SkillStatus) -> None:
        self._connection.execute(
            "UPDATE skill_versions SET status = ? WHERE name = ? AND version = ?",
            (status.value, name, version),
        )

    def write_contract(self, name: str, version: int, contract: Mapping[str, Any]) -> None:
        """The goal of a version, in the place of the one that it had."""
        kind, item = contract_columns(contract)
        self._connection.execute(
            "UPDATE skill_versions SET contract = ?, contract_type = ?, contract_name = ?"
            " WHERE name = ? AND version = ?",
            (json.dumps(dict(contract), sort_keys=True), kind, item, name, version),
        )

    def mark(self, name: str, mark: str, value: bool) -> None:
        """Sets one of the marks of a name, `pinned` or `banned`."""
        assert mark in MARKS.split(", ")
        self._connection.execute(f"UPDATE skills SET {mark} = ? WHERE name = ?", (value, name))
