"""What became of the library in one run: what is new, replaced, given up, and how it helped."""

from __future__ import annotations

import sqlite3
from typing import Any

SHOWN = 60
_LONGEST = 300
# Each attempt that was judged in the run, with what the library had in it.
_HELPED = """
SELECT CASE
    WHEN a.reused THEN 'a known skill alone'
    WHEN EXISTS (SELECT 1 FROM skill_uses u WHERE u.attempt_id = a.id AND u.kind = 'called')
        THEN 'a new program that calls known skills'
    ELSE 'a new program alone' END AS by,
    COUNT(*) AS tasks, COUNT(*) FILTER (WHERE v.passed) AS passed
FROM tasks t JOIN attempts a ON a.task_id = t.id JOIN verdicts v ON v.attempt_id = a.id
WHERE t.run_id = :run GROUP BY 1 ORDER BY 3 DESC, 1
"""
_ADDED = (
    f"SELECT v.name, v.version, v.status, SUBSTR(v.description, 1, {_LONGEST}) AS description,"
    " v.successes, v.failures, s.pinned, s.banned, s.active_version FROM skill_versions v"
    " JOIN skills s ON s.name = v.name WHERE v.run_id = :run"
)


def skills_of_run(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """`new` skills and new versions (`replaced`) as they are now, `given_up` ones with why, work.

    Lists are cut at `SHOWN`; `counts` has how many there are of each.
    """
    values = {"run": run_id, "limit": SHOWN}
    first = (
        "NOT EXISTS (SELECT 1 FROM skill_versions e"
        " WHERE e.name = v.name AND e.version < v.version)"
    )
    new = f"{_ADDED} AND {first}"
    replaced = f"{_ADDED} AND NOT {first}"
    given_up = (
        "SELECT c.name, c.version, c.change, SUBSTR(c.reason, 1, 600) AS reason, c.because_of,"
        " c.changed_at AS at, (SELECT v.status FROM skill_versions v WHERE v.name = c.name"
        " AND v.version = c.version) AS status_now FROM skill_changes c WHERE c.run_id = :run"
        " AND c.change IN ('quarantined', 'retired') AND NOT EXISTS (SELECT 1 FROM skill_changes"
        " later WHERE later.name = c.name AND later.version = c.version"
        " AND later.change = c.change AND later.run_id IS c.run_id AND later.id > c.id)"
    )
    lists = {"new": new, "replaced": replaced, "given_up": given_up}
    best = "status = 'verified' DESC, successes - failures DESC"
    order = {"new": best, "replaced": best, "given_up": "at"}
    found = {
        name: _rows(
            connection,
            f"SELECT * FROM ({query}) ORDER BY {order[name]}, name, version LIMIT :limit",
            values,
        )
        for name, query in lists.items()
    }
    counts = {
        name: connection.execute(f"SELECT COUNT(*) FROM ({query})", values).fetchone()[0]
        for name, query in lists.items()
    }
    by_status = connection.execute(
        f"SELECT status, COUNT(*) FROM ({new}) GROUP BY status ORDER BY 2 DESC", values
    )
    return found | {
        "counts": counts,
        "new_by_status": dict(by_status.fetchall()),
        "work": _rows(connection, _HELPED, values),
        "failing": _failing(connection, run_id),
    }


def _failing(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    """Skills in use that failed more often in this run than they worked."""
    return _rows(
        connection,
        "SELECT s.name, worked, failed FROM"
        " (SELECT u.name, COUNT(*) FILTER (WHERE u.passed) AS worked,"
        " COUNT(*) FILTER (WHERE u.passed = 0) AS failed FROM skill_uses u WHERE u.run_id = :run"
        " AND u.kind = 'reused' GROUP BY u.name) JOIN skills s USING (name) JOIN skill_versions v"
        " ON v.name = s.name AND v.version = s.active_version"
        " WHERE failed >= 3 AND failed > worked AND NOT s.banned AND v.status IN"
        " ('verified', 'candidate') ORDER BY failed DESC, s.name LIMIT 10",
        {"run": run_id},
    )


def _rows(
    connection: sqlite3.Connection, query: str, values: dict[str, Any]
) -> list[dict[str, Any]]:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return [dict(row) for row in cursor.execute(query, values)]
