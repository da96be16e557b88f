"""What was reached: levels of the tech tree, items, tasks; and how that grew with the time played.

Items are counted in the world: what an earlier run in it held is not new.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from typing import Any

from voyager.reports.session.reading import clock_of, field, number, one, rows, text

MOST_POINTS = 200
"""Of a plot."""
MOST_ITEMS = 2000
_TOOLS = r"(?:pickaxe|axe|shovel|hoe|sword)"
LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("wood", re.compile(r"\w+_(?:log|stem)")),
    ("wooden tools", re.compile(rf"wooden_{_TOOLS}")),
    ("stone tools", re.compile(rf"stone_{_TOOLS}")),
    ("iron", re.compile(r"iron_ingot")),
    ("iron tools", re.compile(rf"iron_{_TOOLS}")),
    ("diamond", re.compile(r"diamond")),
    ("diamond tools", re.compile(rf"diamond_{_TOOLS}")),
    ("netherite", re.compile(r"netherite_\w+")),
)
"""Each is reached with the first item of that name."""


def reached(connection: sqlite3.Connection, run: dict[str, Any]) -> dict[str, Any]:
    """`levels` and `items` with when they were reached, and the curves of items and tasks."""
    items = _milestones(connection, run["run"])
    before = one(
        connection,
        "SELECT COUNT(DISTINCT m.name) AS names FROM milestones m JOIN runs r ON r.id = m.run_id"
        " WHERE r.world_id = :world AND r.id < :run",
        world=run["world_id"],
        run=run["run"],
    )["names"]
    curve = [(0.0, before)] + [
        (milestone["seconds"], before + count) for count, milestone in enumerate(items, 1)
    ]
    return {
        "levels": _levels(items),
        "items": items,
        "items_before": before,
        "items_curve": _thinned(curve),
        **_tasks(connection, run["run"]),
        "tasks_curve": _tasks_curve(connection, run["run"]),
    }


def _milestones(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    """With `at`, the time of day, where an event tells it."""
    told = dict(
        connection.execute(
            f"SELECT {field('name')}, MIN(at) FROM events"
            " WHERE run_id = ? AND type = 'milestone_reached' GROUP BY 1 LIMIT ?",
            (run_id, MOST_ITEMS),
        ).fetchall()
    )
    found = rows(
        connection,
        "SELECT name, iteration, CAST(seconds AS REAL) AS seconds FROM milestones"
        " WHERE run_id = :run ORDER BY id LIMIT :limit",
        run=run_id,
        limit=MOST_ITEMS,
    )
    return [
        {
            "name": text(row["name"], 60),
            "iteration": row["iteration"],
            "seconds": number(row["seconds"]),
            "at": told.get(row["name"]),
        }
        for row in found
    ]


def _levels(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for level, names in LEVELS:
        first = next((item for item in items if names.fullmatch(item["name"])), None)
        if first is not None:
            found.append({"level": level, "with": first["name"]} | first)
            del found[-1]["name"]
    return found


def _tasks(connection: sqlite3.Connection, run_id: int) -> dict[str, int]:
    """How many passed, failed, are open; `held` had nothing to be done for them."""
    return one(
        connection,
        "SELECT COUNT(*) FILTER (WHERE status = 'passed') AS passed,"
        " COUNT(*) FILTER (WHERE status = 'failed') AS failed,"
        " COUNT(*) FILTER (WHERE status = 'open') AS open,"
        " COUNT(*) FILTER (WHERE status = 'passed' AND NOT EXISTS"
        " (SELECT 1 FROM attempts a WHERE a.task_id = t.id)) AS held"
        " FROM tasks t WHERE run_id = :run",
        run=run_id,
    )


def _tasks_curve(connection: sqlite3.Connection, run_id: int) -> list[tuple[float, int, int]]:
    """After how many seconds of play so many tasks had passed and failed."""
    points = connection.execute(
        f"SELECT at, passed, failed FROM (SELECT {clock_of('ended_at')} AS at,"
        " SUM(status = 'passed') OVER so_far AS passed, SUM(status = 'failed') OVER so_far AS"
        " failed, ROW_NUMBER() OVER so_far AS nth, COUNT(*) OVER () AS count FROM tasks"
        " WHERE run_id = :run AND status != 'open' WINDOW so_far AS (ORDER BY iteration"
        " ROWS UNBOUNDED PRECEDING)) WHERE at IS NOT NULL"
        " AND (nth = count OR nth % (1 + count / :points) = 0)",
        {"run": run_id, "points": MOST_POINTS},
    ).fetchall()
    played = _PlayedBy(connection, run_id)
    curve, latest = [(0.0, 0, 0)], 0.0
    for at, passed, failed in points:
        latest = max(latest, played(at))  # the clock may have been set back
        curve.append((latest, passed, failed))
    return curve


class _PlayedBy:
    """How long a run had been played at a time of day, going by its sittings."""

    def __init__(self, connection: sqlite3.Connection, run_id: int) -> None:
        self._begins, self._before, self._lasted = list[float](), list[float](), list[float]()
        total = 0.0
        for begin, seconds in connection.execute(
            f"SELECT {clock_of('started_at')}, CAST(seconds AS REAL) FROM sittings"
            " WHERE run_id = ? AND julianday(started_at) IS NOT NULL ORDER BY 1",
            (run_id,),
        ):
            self._begins.append(begin)
            self._before.append(total)
            self._lasted.append(number(seconds))
            total += number(seconds)
        if not self._begins:  # of a journal that knew no sittings
            begin, seconds = connection.execute(
                f"SELECT {clock_of('started_at')}, seconds FROM runs WHERE id = ?", (run_id,)
            ).fetchone()
            self._begins, self._before = [number(begin)], [0.0]
            self._lasted = [number(seconds)]

    def __call__(self, at: float) -> float:
        nth = max(0, bisect_right(self._begins, at) - 1)
        return self._before[nth] + min(max(0.0, at - self._begins[nth]), self._lasted[nth])


def _thinned(curve: list[tuple[float, int]]) -> list[tuple[float, int]]:
    step = 1 + len(curve) // MOST_POINTS
    return [*curve[:-1:step], curve[-1]]
