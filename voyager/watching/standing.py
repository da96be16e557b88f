"""How a run stands by its journal, as a picture (`picture.py`) to begin a sitting's feed with.

Reads only. Covers as well the run that was played last, where no session is being played.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from voyager.watching.picture import EVENTS_KEPT, MARKS_KEPT, PASSING, POINTS_KEPT, empty_picture

ITEMS_REMEMBERED = 500


def newest_run(connection: sqlite3.Connection) -> int | None:
    """The run that was played last; None before the first."""
    row = (
        connection.execute("SELECT run_id FROM events ORDER BY id DESC LIMIT 1").fetchone()
        or connection.execute("SELECT MAX(id) FROM runs").fetchone()
    )
    return None if row is None or row[0] is None else int(row[0])


def standing(connection: sqlite3.Connection, run_id: int, begun: str | None) -> dict[str, Any]:
    """The picture of a run; `begun` is when the sitting that is played began, None without one."""
    run = _rows(
        connection,
        "SELECT r.id, w.name AS world, w.id AS world_id, r.goal, w.server, r.version, r.model,"
        " r.seconds, r.status, r.reason, r.inventory FROM runs r JOIN worlds w ON w.id = r.world_id"
        " WHERE r.id = ?",
        run_id,
    )[0]
    world_id = run.pop("world_id")
    status, reason = run.pop("status"), run.pop("reason")
    inventory = json.loads(run.pop("inventory"))
    over = {"status": status, "reason": reason, "seconds": run["seconds"]}
    faults = _open_faults(connection, run_id)
    milestones = _milestones(connection, world_id)
    return {
        **empty_picture(),
        "run": {**run, "resumed": True},
        "sitting": None if begun is None else {"begun": begun},
        "task": _open_task(connection, run_id) if begun is None else None,
        "inventory": inventory,
        "counts": {
            **_tasks(connection, run_id),
            "items": len(milestones),
            "skills": _count(
                connection,
                "SELECT COUNT(*) FROM events WHERE run_id = ? AND type = 'skill_stored'"
                " AND json_extract(data, '$.version') = 1",
                run_id,
            ),
            "deaths": _count(connection, "SELECT COUNT(*) FROM deaths WHERE run_id = ?", run_id),
            "faults": _count(connection, "SELECT COUNT(*) FROM faults WHERE run_id = ?", run_id),
            "faults_open": len(faults),
        },
        "spend": _spend(connection, run_id),
        "milestones": milestones[-ITEMS_REMEMBERED:],
        "faults": faults,
        "trail": _trail(connection, run_id),
        "marks": _marks(connection, run_id),
        "events": _events(connection, run_id),
        "ended": over if begun is None else None,
    }


def _tasks(connection: sqlite3.Connection, run_id: int) -> dict[str, int]:
    found = dict(
        connection.execute(
            "SELECT status, COUNT(*) FROM tasks WHERE run_id = ? GROUP BY status", (run_id,)
        ).fetchall()
    )
    return {"tasks_passed": found.get("passed", 0), "tasks_failed": found.get("failed", 0)}


def _open_task(connection: sqlite3.Connection, run_id: int) -> dict[str, Any] | None:
    tasks = _rows(
        connection,
        "SELECT iteration, description, why, proposer, 1 AS resumed, started_at AS begun,"
        " (SELECT COALESCE(MAX(number), 0) FROM attempts WHERE task_id = tasks.id) AS attempt"
        " FROM tasks WHERE run_id = ? AND status = 'open'",
        run_id,
    )
    return {**tasks[0], "resumed": True} if tasks else None


def _milestones(connection: sqlite3.Connection, world_id: int) -> list[dict[str, Any]]:
    return _rows(
        connection,
        "SELECT m.name, m.iteration, m.seconds FROM milestones m JOIN runs r ON r.id = m.run_id"
        " WHERE r.world_id = ? ORDER BY m.id",
        world_id,
    )


def _spend(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    return _rows(
        connection,
        "SELECT COUNT(*) AS calls, COALESCE(SUM(input_tokens + output_tokens), 0) AS tokens,"
        " CASE WHEN COUNT(*) FILTER (WHERE cost IS NULL) THEN NULL"
        " ELSE COALESCE(SUM(cost), 0.0) END AS cost FROM model_calls WHERE run_id = ?",
        run_id,
    )[0]


def _open_faults(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    return _rows(
        connection,
        "SELECT id AS fault, part, kind, cause, at FROM faults"
        " WHERE run_id = ? AND over_at IS NULL ORDER BY id",
        run_id,
    )


def _trail(connection: sqlite3.Connection, run_id: int) -> list[list[float]]:
    """Where it was in the dimension it was in last, evenly thinned."""
    points = connection.execute(
        "SELECT x, z FROM positions WHERE run_id = :run AND kind = 'walked' AND dimension = ("
        "SELECT dimension FROM positions WHERE run_id = :run ORDER BY id DESC LIMIT 1) ORDER BY id",
        {"run": run_id},
    ).fetchall()
    step = max(1, -(-len(points) // (POINTS_KEPT // 2)))
    return [[round(x, 1), round(z, 1)] for x, z in points[::step]]


def _marks(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    newest = _rows(
        connection,
        "SELECT kind, what, ROUND(x, 1) AS x, ROUND(z, 1) AS z FROM positions"
        f" WHERE run_id = ? AND kind != 'walked' ORDER BY id DESC LIMIT {MARKS_KEPT}",
        run_id,
    )
    return newest[::-1]


def _events(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    rows = connection.execute(
        "SELECT type, at, data FROM events WHERE run_id = ? ORDER BY id DESC LIMIT ?",
        (run_id, EVENTS_KEPT),
    ).fetchall()
    return [
        {"type": kind, "at": at, **json.loads(data)}
        for kind, at, data in reversed(rows)
        if kind not in PASSING
    ]


def _count(connection: sqlite3.Connection, query: str, *values: int) -> int:
    return int(connection.execute(query, values).fetchone()[0])


def _rows(connection: sqlite3.Connection, query: str, value: int) -> list[dict[str, Any]]:
    cursor = connection.execute(query, (value,))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
