"""What the journal tells people: the list of runs, and one run as a whole.

Reads only. The shapes returned are those of `voyager runs list --json` and `runs show --json`.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from voyager.errors import SettingsError
from voyager.goal_tree_text import goal_nodes
from voyager.journal.goal_tree_store import GoalTreeStore
from voyager.reports.spend_reports import spending_of, total_of

STEPS_SHOWN = 10
_RUN = (
    "SELECT r.id AS run, w.name AS world, w.server, w.seed, r.goal, r.version, r.username,"
    " r.model, r.status, r.reason, r.seconds, r.started_at, r.ended_at, r.inventory"
    " FROM runs r JOIN worlds w ON w.id = r.world_id"
)


def list_runs(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every run, newest first, with how many tasks passed and failed and what was spent."""
    runs = []
    for row in _rows(connection, f"{_RUN} ORDER BY r.id DESC"):
        run = dict(row)
        del run["inventory"]
        counts = dict(
            connection.execute(
                "SELECT status, COUNT(*) FROM tasks WHERE run_id = ? GROUP BY status", (run["run"],)
            ).fetchall()
        )
        run["passed"], run["failed"] = counts.get("passed", 0), counts.get("failed", 0)
        runs.append(run | total_of(connection, "run_id = ?", run["run"]))
    return runs


def show_run(connection: sqlite3.Connection, run_id: int | None = None) -> dict[str, Any]:
    """One run with its tasks; the newest if no number is given.

    Raises SettingsError when there is no such run.
    """
    if run_id is None:
        rows = _rows(connection, f"{_RUN} ORDER BY r.id DESC LIMIT 1")
    else:
        # As text, for a number may be larger than SQLite takes.
        rows = _rows(connection, f"{_RUN} WHERE CAST(r.id AS TEXT) = ?", str(run_id))
    if not rows:
        wanted = "No run" if run_id is None else f"No run {run_id}"
        raise SettingsError(f"{wanted} is in this home folder; `voyager runs list` shows them.")
    run = dict(rows[0])
    run["inventory"] = json.loads(run["inventory"])
    run["tasks"] = _tasks(connection, run["run"])
    run["milestones"] = [
        dict(row)
        for row in _rows(
            connection,
            "SELECT name, iteration, seconds FROM milestones WHERE run_id = ? ORDER BY id",
            run["run"],
        )
    ]
    run["skills"] = _skills_stored(connection, run["run"])
    run["sandbox_missing"] = _layers_missing(connection, run["run"])
    run |= _executions(connection, run["run"])
    run |= _programs(connection, run["run"])
    tree = GoalTreeStore(connection, run["run"]).load()
    run["goal_parts"] = goal_nodes(tree) if tree else []
    run["spending"] = spending_of(connection, run["run"], run["skills"])
    return run | total_of(connection, "run_id = ?", run["run"])


def _rows(connection: sqlite3.Connection, query: str, *values: Any) -> list[sqlite3.Row]:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(query, values).fetchall()


def _tasks(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    tasks = []
    for row in _rows(
        connection,
        "SELECT id, iteration, description, goal, why, proposer, status, seconds,"
        " (SELECT COUNT(*) FROM attempts a WHERE a.task_id = t.id) AS attempts"
        " FROM tasks t WHERE run_id = ? ORDER BY iteration",
        run_id,
    ):
        task = dict(row)
        task["goal"] = json.loads(task["goal"])
        task["failure"] = _last_failure(connection, task["id"])
        task["verdict"] = _last_verdict(connection, task["id"])
        tasks.append(task | total_of(connection, "task_id = ?", task.pop("id")))
    return tasks


def _last_verdict(connection: sqlite3.Connection, task_id: int) -> dict[str, Any] | None:
    rows = _rows(
        connection,
        "SELECT passed, critic, evidence, critique FROM verdicts WHERE task_id = ?"
        " ORDER BY id DESC LIMIT 1",
        task_id,
    )
    if not rows:
        return None
    verdict = dict(rows[0])
    return verdict | {
        "passed": bool(verdict["passed"]),
        "evidence": json.loads(verdict["evidence"]),
    }


def _last_failure(connection: sqlite3.Connection, task_id: int) -> dict[str, Any] | None:
    """What went wrong in the program of the last attempt, if that was judged and did not pass.

    `error` is as in `ProgramError`, `steps` the end of its trace.
    """
    rows = _rows(
        connection,
        "SELECT a.number, e.outcome, e.error, plain(e.trace) AS trace, v.passed FROM attempts a"
        " JOIN executions e ON e.attempt_id = a.id JOIN verdicts v ON v.attempt_id = a.id"
        " WHERE a.task_id = ? ORDER BY a.number DESC LIMIT 1",
        task_id,
    )
    if not rows or rows[0]["passed"] or rows[0]["error"] is None:
        return None
    row = rows[0]
    return {
        "attempt": row["number"],
        "outcome": row["outcome"],
        "error": json.loads(row["error"]),
        "steps": json.loads(row["trace"])[-STEPS_SHOWN:],
    }


def _skills_stored(connection: sqlite3.Connection, run_id: int) -> list[str]:
    rows = connection.execute(
        "SELECT data FROM events WHERE run_id = ? AND type = 'skill_stored' ORDER BY id", (run_id,)
    )
    return list(dict.fromkeys(json.loads(row[0])["name"] for row in rows))


def _layers_missing(connection: sqlite3.Connection, run_id: int) -> list[str]:
    """What programs lacked around them in any sitting of the run."""
    rows = connection.execute(
        "SELECT data FROM events WHERE run_id = ? AND type = 'sandbox_incomplete' ORDER BY id",
        (run_id,),
    )
    return list(dict.fromkeys(name for row in rows for name in json.loads(row[0])["missing"]))


def _executions(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """How long programs ran, in the world's time, and how often the bot died meanwhile."""
    seconds, deaths = connection.execute(
        "SELECT COALESCE(SUM(e.seconds), 0.0), COUNT(*) FILTER (WHERE e.outcome = 'died')"
        " FROM executions e JOIN attempts a ON a.id = e.attempt_id"
        " JOIN tasks t ON t.id = a.task_id WHERE t.run_id = ?",
        (run_id,),
    ).fetchone()
    return {"game_seconds": round(seconds, 3), "deaths": deaths}


def _programs(connection: sqlite3.Connection, run_id: int) -> dict[str, int]:
    written, reused = connection.execute(
        "SELECT COUNT(*) FILTER (WHERE NOT a.reused), COUNT(*) FILTER (WHERE a.reused)"
        " FROM attempts a JOIN tasks t ON t.id = a.task_id"
        " WHERE t.run_id = ? AND a.status != 'unwritten'",
        (run_id,),
    ).fetchone()
    return {"programs_written": written, "programs_reused": reused}
