"""Deaths, faults, and what the bot does by itself: reflexes, upkeep, checkpoints, being stuck."""

from __future__ import annotations

import sqlite3
from typing import Any

from voyager.reports.session.reading import LONGEST_LIST, field, items, number, one, rows, text

FAULTS_SHOWN = 1000
"""A bad night has hundreds, and each is to be found with how long it lasted."""
_KINDS_SHOWN = 40


def deaths(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """How often the bot died, `by_cause`, and the `last` ones with what was lost and fetched back.

    Of a journal that kept no deaths only those under a program are known.
    """
    died = one(
        connection,
        "SELECT COUNT(*) AS count FROM tasks t JOIN attempts a ON a.task_id = t.id"
        " JOIN executions e ON e.attempt_id = a.id WHERE t.run_id = :run AND e.outcome = 'died'",
        run=run_id,
    )["count"]
    count = one(connection, "SELECT COUNT(*) AS n FROM deaths WHERE run_id = :run", run=run_id)["n"]
    by_cause = rows(
        connection,
        "SELECT SUBSTR(cause, 1, 300) AS cause, COUNT(*) AS times FROM deaths WHERE run_id = :run"
        " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT :limit",
        run=run_id,
        limit=LONGEST_LIST,
    )
    for group in by_cause:
        group["cause"] = text(group["cause"])
    last = rows(
        connection,
        "SELECT at, seconds, cause, dimension, x, y, z, lost, fetched,"
        " (SELECT iteration FROM tasks t WHERE t.id = d.task_id) AS task FROM deaths d"
        " WHERE run_id = :run ORDER BY id DESC LIMIT :limit",
        run=run_id,
        limit=LONGEST_LIST,
    )
    return {
        "count": max(count, died),
        "noted": count,
        "under_programs": died,
        "by_cause": by_cause,
        "last": [_death(row) for row in reversed(last)],
    }


def _death(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": row["at"],
        "seconds": number(row["seconds"]),
        "task": row["task"],
        "cause": text(row["cause"]),
        "dimension": text(row["dimension"], 40),
        "position": [round(number(row[axis])) for axis in "xyz"],
        "lost": items(row["lost"]),
        "fetched": None if row["fetched"] is None else items(row["fetched"]),
    }


def faults(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """`by_kind` with recovery times, those that are `not_over`, and the `last` ones of all."""
    by_kind = rows(
        connection,
        "SELECT part, kind, COUNT(*) AS count, COUNT(over_at) AS over,"
        " AVG(seconds) FILTER (WHERE nth IN ((told + 1) / 2, (told + 2) / 2)) AS median_seconds,"
        " MAX(seconds) AS longest_seconds FROM (SELECT part, kind, over_at,"
        " CAST(seconds AS REAL) AS seconds, COUNT(seconds) OVER (PARTITION BY part, kind) AS told,"
        " ROW_NUMBER() OVER (PARTITION BY part, kind ORDER BY seconds IS NULL, seconds) AS nth"
        " FROM faults WHERE run_id = :run) GROUP BY part, kind ORDER BY 3 DESC, 1, 2 LIMIT :limit",
        run=run_id,
        limit=_KINDS_SHOWN,
    )
    for group in by_kind:
        group["part"], group["kind"] = text(group["part"], 40), text(group["kind"], 40)
    count, open_ = connection.execute(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE over_at IS NULL) FROM faults WHERE run_id = ?",
        (run_id,),
    ).fetchone()
    query = (
        "SELECT id AS fault, at, part, kind, cause, over_at, seconds, how FROM faults"
        " WHERE run_id = :run {} ORDER BY id DESC LIMIT :limit"
    )
    last = rows(connection, query.format(""), run=run_id, limit=FAULTS_SHOWN)
    lasting = rows(connection, query.format("AND over_at IS NULL"), run=run_id, limit=LONGEST_LIST)
    return {
        "count": count,
        "not_over_count": open_,
        "by_kind": by_kind,
        "not_over": [_fault(row) for row in lasting],
        "last": [_fault(row) for row in reversed(last)],
    }


def _fault(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: text(row[name]) for name in ("part", "kind", "cause", "how")}
    return row | told | {"seconds": None if row["seconds"] is None else number(row["seconds"])}


def acts(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """Reflexes and upkeep by kind with what came of them, checkpoints, and rungs of the ladder."""
    return {
        "reflexes": _acts(connection, run_id, "reflex_acted", "reflex"),
        "upkeep": _acts(connection, run_id, "upkeep_done", "duty"),
        "checkpoints": _checkpoints(connection, run_id),
        "stuck": rows(
            connection,
            f"SELECT SUBSTR({field('rung')}, 1, 60) AS rung, COUNT(*) AS times FROM events"
            " WHERE run_id = :run AND type = 'stuck_noticed' GROUP BY 1 ORDER BY 2 DESC LIMIT 20",
            run=run_id,
        ),
    }


def _acts(
    connection: sqlite3.Connection, run_id: int, kind: str, named: str
) -> list[dict[str, Any]]:
    found = _counted(connection, run_id, kind, named)
    groups: dict[str, dict[str, Any]] = {}
    for row in found:
        act = text(row["act"], 60) or "unknown"
        group = groups.setdefault(
            act,
            {
                "act": act,
                "times": row["all_times"],
                "world_seconds": round(number(row["all_seconds"]), 1),
                "different_outcomes": row["different"],
                "outcomes": [],
            },
        )
        group["outcomes"].append({"outcome": text(row["outcome"], 200), "times": row["times"]})
    return list(groups.values())


def _counted(
    connection: sqlite3.Connection, run_id: int, kind: str, named: str
) -> list[dict[str, Any]]:
    """Of these there may be a million: each document is read as seldom as can be."""
    both, seconds = (
        f"json_extract(data, '$.{named}', '$.outcome')",
        "json_extract(data, '$.seconds')",
    )
    query = (
        "WITH told AS (SELECT {} AS both, COUNT(*) AS times, TOTAL({}) AS seconds"
        " FROM events WHERE run_id = :run AND type = :kind GROUP BY 1),"
        " named AS (SELECT SUBSTR(json_extract(both, '$[0]'), 1, 60) AS act,"
        " SUBSTR(json_extract(both, '$[1]'), 1, 200) AS outcome, times, seconds FROM told)"
        " SELECT * FROM (SELECT *, SUM(times) OVER act AS all_times,"
        " SUM(seconds) OVER act AS all_seconds, COUNT(*) OVER act AS different,"
        " ROW_NUMBER() OVER (PARTITION BY act ORDER BY times DESC, outcome) AS nth"
        " FROM named WINDOW act AS (PARTITION BY act))"
        " WHERE nth <= 3 ORDER BY all_times DESC, act, nth LIMIT :limit"
    )
    values = {"run": run_id, "kind": kind, "limit": _KINDS_SHOWN * 3}
    try:
        return rows(connection, query.format(both, seconds), **values)
    except sqlite3.OperationalError:  # a document is damaged: each is looked at first
        guarded = (f"CASE WHEN json_valid(data) THEN {one} END" for one in (both, seconds))
        return rows(connection, query.format(*guarded), **values)


def _checkpoints(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    taken = one(
        connection,
        f"SELECT COUNT(*) AS taken, TOTAL({field('seconds')}) AS seconds, MAX(id) AS last, at,"
        f" SUBSTR({field('name')}, 1, 100) AS name FROM events"
        " WHERE run_id = :run AND type = 'checkpoint_taken'",
        run=run_id,
    )
    failed = rows(
        connection,
        f"SELECT SUBSTR({field('reason')}, 1, 600) AS reason, COUNT(*) AS times FROM events"
        " WHERE run_id = :run AND type = 'checkpoint_failed' GROUP BY 1 ORDER BY 2 DESC LIMIT 5",
        run=run_id,
    )
    return {
        "taken": taken["taken"],
        "seconds": round(number(taken["seconds"]), 3),
        "last": text(taken["name"]) or None,
        "last_at": taken["at"],
        "failed": [one | {"reason": text(one["reason"])} for one in failed],
    }
