"""Tasks that failed, and why; and what programs claimed against what the state said."""

from __future__ import annotations

import sqlite3
from typing import Any

from voyager.reports.session.reading import field, rows, text

TASKS_OF_A_REASON = 8
MOST_REASONS = 12
_REASON = (
    "CASE WHEN a.id IS NULL THEN 'no attempt was made'"
    " WHEN e.attempt_id IS NULL AND a.status = 'unwritten' THEN 'no program could be written'"
    " WHEN e.attempt_id IS NULL THEN 'interrupted'"
    " WHEN e.outcome = 'completed' THEN 'the program ended, the goal was not reached'"
    " WHEN e.outcome = 'program_error' THEN 'the program failed'"
    " WHEN e.outcome = 'timed_out' THEN 'the program took too long'"
    " WHEN e.outcome = 'died' THEN 'the bot died'"
    " WHEN e.outcome = 'killed' THEN 'the program had to be killed'"
    " WHEN e.outcome = 'disconnected' THEN 'the server was gone' ELSE e.outcome END"
)
_FAILED = f"""
WITH failed AS (
    SELECT SUBSTR(t.description, 1, 300) AS task, t.iteration, SUBSTR(t.critique, 1, 600) AS why,
        (SELECT a.id FROM attempts a WHERE a.task_id = t.id ORDER BY a.number DESC LIMIT 1) AS last
    FROM tasks t WHERE t.run_id = :run AND t.status = 'failed'
), told AS (
    SELECT task, iteration, why, {_REASON} AS reason,
        CASE WHEN e.outcome = 'program_error' THEN {field("name", "e.error")} END AS error
    FROM failed LEFT JOIN attempts a ON a.id = last LEFT JOIN executions e ON e.attempt_id = a.id
), counted AS (
    -- Of a task that failed more than once the columns are those of the last time.
    SELECT reason, error, task, COUNT(*) AS times, MAX(iteration) AS iteration, why
    FROM told GROUP BY reason, error, task
), ranked AS (
    SELECT *, SUM(times) OVER alike AS failures, COUNT(*) OVER alike AS different,
        ROW_NUMBER() OVER (alike ORDER BY times DESC, iteration DESC) AS nth
    FROM counted WINDOW alike AS (PARTITION BY reason, error)
)
SELECT * FROM ranked WHERE nth <= :each ORDER BY failures DESC, reason, error, nth LIMIT :most
"""
# What says of itself that it did not succeed claims nothing.
_CLAIMED = (
    "e.outcome = 'completed' AND NOT COALESCE(CASE WHEN json_valid(e.result) THEN"
    " CASE json_type(e.result) WHEN 'false' THEN 1 WHEN 'object' THEN"
    " json_type(e.result, '$.success') = 'false' OR json_type(e.result, '$.done') = 'false'"
    " END END, 0)"
)


def failures(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """`by_reason`, most failures first, each with its tasks; and what is `put_off`."""
    groups: dict[tuple[Any, Any], dict[str, Any]] = {}
    found = rows(
        connection,
        _FAILED,
        run=run_id,
        each=TASKS_OF_A_REASON,
        most=TASKS_OF_A_REASON * MOST_REASONS,
    )
    put_off = _put_off(connection, run_id)
    until = {one["task"]: one["until"] for one in put_off}
    for row in found:
        group = groups.setdefault(
            (row["reason"], row["error"]),
            {
                "reason": text(row["reason"]),
                "error": text(row["error"], 80),
                "failures": row["failures"],
                "different_tasks": row["different"],
                "tasks": [],
            },
        )
        task = text(row["task"])
        group["tasks"].append(
            {
                "task": task,
                "times": row["times"],
                "last": row["iteration"],
                "why": text(row["why"], 300),
                "put_off_until": until.get(task),
            }
        )
    return {"by_reason": list(groups.values())[:MOST_REASONS], "put_off": put_off}


def _put_off(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    """Each task that was put off, with how often, and until which task if that is still to come."""
    found = rows(
        connection,
        f"SELECT SUBSTR({field('description')}, 1, 300) AS task, COUNT(*) AS times,"
        f" MAX(id) AS last, at, {field('failures')} AS failures, {field('tasks')} AS tasks,"
        f" SUBSTR({field('reason')}, 1, 600) AS reason FROM events"
        " WHERE run_id = :run AND type = 'task_put_off' GROUP BY 1 ORDER BY 2 DESC, 3 DESC"
        " LIMIT 50",
        run=run_id,
    )
    newest = connection.execute(
        "SELECT MAX(iteration) FROM tasks WHERE run_id = ?", (run_id,)
    ).fetchone()[0]
    for one in found:
        then = connection.execute(
            "SELECT MAX(iteration) FROM tasks WHERE run_id = ? AND started_at <= ?",
            (run_id, one.pop("at")),
        ).fetchone()[0]
        until = (then or 0) + (one["tasks"] if isinstance(one["tasks"], int) else 0)
        one["until"] = until + 1 if until >= (newest or 0) else None
        one["task"], one["reason"] = text(one["task"]), text(one["reason"], 300)
        del one["last"]
    return found


def claims(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """How often a program said it had done it and how often the state said so, and who erred most.

    A program claims it by ending without an error, unless its result says otherwise.
    """
    judged = (
        " FROM tasks t JOIN attempts a ON a.task_id = t.id"
        " JOIN executions e ON e.attempt_id = a.id JOIN verdicts v ON v.attempt_id = a.id"
        " WHERE t.run_id = :run"
    )
    counts = {
        (bool(row["claimed"]), bool(row["passed"])): row["count"]
        for row in rows(
            connection,
            f"SELECT ({_CLAIMED}) AS claimed, v.passed != 0 AS passed, COUNT(*) AS count {judged}"
            " GROUP BY 1, 2",
            run=run_id,
        )
    }
    wrong = rows(
        connection,
        f"SELECT a.entry AS program, COUNT(*) AS times, MAX(t.iteration) AS last {judged}"
        f" AND NOT v.passed AND {_CLAIMED} GROUP BY a.entry ORDER BY 2 DESC, 3 DESC LIMIT 5",
        run=run_id,
    )
    for one in wrong:
        one["program"] = text(one["program"], 80)
    return {
        "claimed_and_held": counts.get((True, True), 0),
        "claimed_and_did_not_hold": counts.get((True, False), 0),
        "not_claimed_but_held": counts.get((False, True), 0),
        "neither": counts.get((False, False), 0),
        "most_often_wrong": wrong,
    }
