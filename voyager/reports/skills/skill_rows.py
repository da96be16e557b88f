"""The library as rows: which skills there are, chosen and ordered by the database.

Made for libraries of 100,000 skills: a page of rows is one query, and all rows are a stream. Not
covered: search by meaning, which is the library's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from skills import reliability_of, texts_in

ORDERS = {
    "name": "s.name",
    "newest": "v.added_at DESC, s.name",
    "used": "v.successes + v.failures DESC, s.name",
    "unreliable": "(v.successes + 1.0) / (v.successes + v.failures + 2.0), s.name",
}
"""By what a list can be ordered, and how the database says it."""

ACTIVE = (
    "FROM skills AS s JOIN skill_versions AS v ON v.name = s.name AND v.version = s.active_version"
)
COLUMNS = (
    "s.name, v.version, v.status, v.description, v.when_to_use, v.successes, v.failures,"
    " v.calls, v.run_id, s.pinned, s.banned"
)
_LONGEST = 400


@dataclass(frozen=True)
class SkillRow:
    """The active version of a skill, without its source."""

    name: str
    version: int
    status: str
    description: str
    when_to_use: str
    successes: int
    failures: int
    calls: tuple[str, ...]
    run_id: int | None
    pinned: bool
    banned: bool

    @property
    def uses(self) -> int:
        """How often it was seen to work or to fail."""
        return self.successes + self.failures

    @property
    def reliability(self) -> float:
        """The share of uses that worked, drawn to a half where there were few."""
        return reliability_of(self.successes, self.uses)


@dataclass(frozen=True)
class Choice:
    """Which skills: those whose name, description or other name has every word of `text`."""

    text: str = ""
    status: str | None = None
    order: str = "name"


def count_rows(connection: sqlite3.Connection, choice: Choice) -> int:
    """How many skills are chosen."""
    where, values = _where(choice)
    (count,) = connection.execute(f"SELECT COUNT(*) {ACTIVE} {where}", values).fetchone()
    return int(count)


def read_rows(
    connection: sqlite3.Connection, choice: Choice, offset: int = 0, limit: int | None = None
) -> Iterator[SkillRow]:
    """The chosen skills, from the one at `offset`, at most `limit`."""
    where, values = _where(choice)
    cursor = connection.execute(
        f"SELECT {COLUMNS} {ACTIVE} {where} ORDER BY {ORDERS[choice.order]} LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    )
    return map(row_of, cursor)


def rows_named(connection: sqlite3.Connection, names: Collection[str]) -> dict[str, SkillRow]:
    """Those of the skills that there are, by name."""
    found = dict[str, SkillRow]()
    wanted = list(names)
    for start in range(0, len(wanted), _LONGEST):
        some = wanted[start : start + _LONGEST]
        marks = ", ".join("?" * len(some))
        cursor = connection.execute(
            f"SELECT {COLUMNS} {ACTIVE} WHERE s.name IN ({marks}) ORDER BY s.name", some
        )
        found |= {row[0]: row_of(row) for row in cursor}
    return found


def widest(connection: sqlite3.Connection, choice: Choice) -> int:
    """How many characters the longest name has that is chosen."""
    where, values = _where(choice)
    (width,) = connection.execute(f"SELECT MAX(LENGTH(s.name)) {ACTIVE} {where}", values).fetchone()
    return int(width or 0)


def counts_by_status(connection: sqlite3.Connection) -> dict[str, int]:
    """How many active versions have each status, the statuses in their usual order."""
    counts = dict.fromkeys(("verified", "candidate", "quarantined", "retired"), 0)
    counts |= dict(
        connection.execute(f"SELECT v.status, COUNT(*) {ACTIVE} GROUP BY v.status").fetchall()
    )
    return counts


def library_state(connection: sqlite3.Connection) -> str:
    """Something that is another whenever the library is."""
    row = connection.execute(
        "SELECT (SELECT MAX(rowid) FROM skill_versions), (SELECT MAX(id) FROM skill_uses),"
        " (SELECT MAX(id) FROM skill_changes)"
    ).fetchone()
    return "-".join(str(one or 0) for one in row)


def row_of(row: Any) -> SkillRow:
    """The skill in a row of `COLUMNS`."""
    return SkillRow(*(*row[:7], texts_in(row[7]) or (), row[8], bool(row[9]), bool(row[10])))


def _where(choice: Choice) -> tuple[str, list[str]]:
    conditions, values = list[str](), list[str]()
    if choice.status is not None:
        conditions.append("v.status = ?")
        values.append(choice.status)
    for word in choice.text.lower().split()[:20]:
        conditions.append(
            "(INSTR(LOWER(s.name || ' ' || v.description || ' ' || v.when_to_use), ?)"
            " OR s.name IN (SELECT name FROM skill_names WHERE INSTR(LOWER(other_name), ?)))"
        )
        values += [word, word]
    return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), values
