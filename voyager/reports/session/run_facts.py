"""What a run is: its world, settings, sittings, and how long it was played."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

from voyager.errors import SettingsError
from voyager.reports.session.reading import LONGEST_LIST, number, rows, text

SILENT_SECONDS = 900.0
"""A run without a sign of life for so long is not taken to be playing still."""
_RUN = (
    "SELECT r.id AS run, w.name AS world, w.server, w.seed, r.world_id, r.goal, r.version,"
    " r.username, r.model, r.status, r.reason, r.seconds, r.started_at, r.ended_at"
    " FROM runs r JOIN worlds w ON w.id = r.world_id"
)


def run_facts(
    connection: sqlite3.Connection, run_id: int | None = None, now: datetime | None = None
) -> dict[str, Any]:
    """The run, without a number the one that was played last; whether it is `playing`.

    Raises SettingsError when there is no such run.
    """
    if run_id is None:
        played_last = "(SELECT run_id FROM sittings ORDER BY id DESC LIMIT 1)"
        found = rows(connection, f"{_RUN} ORDER BY r.id IS {played_last} DESC, r.id DESC LIMIT 1")
    else:
        # As text, for a number may be larger than SQLite takes.
        found = rows(connection, f"{_RUN} WHERE CAST(r.id AS TEXT) = :run", run=str(run_id))
    if not found:
        wanted = "No run" if run_id is None else f"No run {run_id}"
        raise SettingsError(f"{wanted} is in this home folder; `voyager runs list` shows them.")
    run = found[0]
    for name in ("world", "server", "goal", "version", "username", "model", "reason"):
        run[name] = None if run[name] is None else text(run[name])
    run["seconds"] = number(run["seconds"])
    last = connection.execute(
        "SELECT at FROM events WHERE run_id = ? ORDER BY id DESC LIMIT 1", (run["run"],)
    ).fetchone()
    run["seen_at"] = last[0] if last else run["started_at"]
    run["playing"] = run["status"] == "playing" and _is_recent(run["seen_at"], now)
    return run | sittings(connection, run)


def sittings(connection: sqlite3.Connection, run: dict[str, Any]) -> dict[str, Any]:
    """The last sittings, how many there were, and the time they took on clock and in the world.

    Where nobody told the world's time, that of its programs stands for it: `world_time_is_least`.
    """
    found = rows(
        connection,
        "SELECT started_at, ended_at, CAST(seconds AS REAL) AS seconds,"
        " CAST(world_seconds AS REAL) AS world_seconds, ending FROM sittings"
        " WHERE run_id = :run ORDER BY id DESC LIMIT :limit",
        run=run["run"],
        limit=LONGEST_LIST,
    )
    count, seconds, world = connection.execute(
        "SELECT COUNT(*), TOTAL(seconds), TOTAL(world_seconds) FROM sittings WHERE run_id = ?",
        (run["run"],),
    ).fetchone()
    in_programs = connection.execute(
        "SELECT TOTAL(e.seconds) FROM tasks t JOIN attempts a ON a.task_id = t.id"
        " JOIN executions e ON e.attempt_id = a.id WHERE t.run_id = ?",
        (run["run"],),
    ).fetchone()[0]
    for one in found:
        one["ending"] = text(one["ending"])
    return {
        "sittings": found[::-1],
        "sittings_count": count,
        "played_seconds": max(run["seconds"], number(seconds)),
        "program_world_seconds": number(in_programs),
        # A program's clock may run ahead of a world that its machine is too slow for.
        "world_seconds": number(world) or number(in_programs),
        "world_time_is_least": not number(world) and bool(in_programs),
    }


def _is_recent(at: Any, now: datetime | None) -> bool:
    try:
        seen = datetime.fromisoformat(at)
    except (TypeError, ValueError):
        return False
    if seen.tzinfo is None:
        return False
    return (now or datetime.now(UTC)) - seen < timedelta(seconds=SILENT_SECONDS)
