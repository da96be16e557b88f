"""The library in figures."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from voyager.reports.skills.skill_rows import (
    ACTIVE,
    COLUMNS,
    Choice,
    SkillRow,
    count_rows,
    counts_by_status,
    read_rows,
    row_of,
)
from voyager.reports.skills.skill_uses import KindCount, count_uses

SHOWN = 10
FEWEST_STEPS = 8
# How much of a time is kept: the day, the hour, the minute, the second.
_PRECISIONS = (10, 13, 16, 19)
_NEVER_AGAIN = (
    f"{ACTIVE} WHERE v.status IN ('verified', 'candidate') AND v.successes + v.failures < 2"
    " AND NOT EXISTS (SELECT 1 FROM skill_uses AS u WHERE u.name = s.name AND u.kind <> 'learned')"
)


@dataclass(frozen=True)
class Growth:
    """How many skills there were at a time, a day or a part of one."""

    at: str
    skills: int


@dataclass(frozen=True)
class SkillStats:
    """Counts are of active versions, but for `versions`. The lists are cut at `SHOWN`."""

    skills: int
    versions: int
    by_status: dict[str, int]
    uses: tuple[KindCount, ...]
    most_used: tuple[SkillRow, ...]
    least_reliable: tuple[SkillRow, ...]
    never_used_again: int
    some_never_used_again: tuple[SkillRow, ...]
    growth: tuple[Growth, ...]


def read_stats(connection: sqlite3.Connection) -> SkillStats:
    """The figures as they are now."""
    (versions,) = connection.execute("SELECT COUNT(*) FROM skill_versions").fetchone()
    (never,) = connection.execute(f"SELECT COUNT(*) {_NEVER_AGAIN}").fetchone()
    some = connection.execute(
        f"SELECT {COLUMNS} {_NEVER_AGAIN} ORDER BY v.added_at, s.name LIMIT ?",
        (SHOWN,),
    )
    used = read_rows(connection, Choice(order="used"), limit=SHOWN)
    unreliable = read_rows(connection, Choice(order="unreliable"), limit=SHOWN)
    return SkillStats(
        skills=count_rows(connection, Choice()),
        versions=versions,
        by_status=counts_by_status(connection),
        uses=count_uses(connection),
        most_used=tuple(row for row in used if row.uses),
        least_reliable=tuple(row for row in unreliable if row.failures),
        never_used_again=never,
        some_never_used_again=tuple(map(row_of, some)),
        growth=_growth(connection),
    )


def _growth(connection: sqlite3.Connection) -> tuple[Growth, ...]:
    """The number of names over time, in steps as long as still tell something."""
    times = [
        row[0]
        for row in connection.execute(
            "SELECT added_at FROM skill_versions WHERE version = 1 ORDER BY added_at"
        )
    ]
    steps = Counter[str]()
    for precision in _PRECISIONS:
        steps = Counter(time[:precision] for time in times)
        if len(steps) >= FEWEST_STEPS:
            break
    totals = accumulate(steps.values())
    return tuple(Growth(at, total) for at, total in zip(steps, totals, strict=True))
