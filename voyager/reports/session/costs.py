"""What the models of a run cost: by role and model, for each task, and which budgets were spent."""

from __future__ import annotations

import sqlite3
from typing import Any

from voyager.reports.session.reading import field, number, one, rows, text

DEAREST_TASKS = 10
_SUMS = (
    "COUNT(*) AS calls, CAST(TOTAL(input_tokens) AS INTEGER) AS input_tokens,"
    " CAST(TOTAL(output_tokens) AS INTEGER) AS output_tokens,"
    # A sum in which a price is not known is not known.
    " CASE WHEN COUNT(cost) = COUNT(*) THEN ROUND(TOTAL(cost), 6) END AS cost,"
    " ROUND(TOTAL(seconds), 3) AS seconds"
)


def costs(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """Sums of all calls, `by_role`, `by_task` the dearest ones, and `budgets_spent`."""
    sums = one(
        connection,
        f"SELECT {_SUMS}, CAST(TOTAL(estimated) AS INTEGER) AS estimated,"
        " COUNT(DISTINCT task_id) AS tasks FROM model_calls WHERE run_id = :run",
        run=run_id,
    )
    tasks = sums.pop("tasks")
    by_role = rows(
        connection,
        f"SELECT role, model, {_SUMS} FROM model_calls WHERE run_id = :run"
        " GROUP BY role, model ORDER BY role, model LIMIT 50",
        run=run_id,
    )
    for row in by_role:
        row["role"], row["model"] = text(row["role"], 40), text(row["model"], 100)
    outcomes = rows(
        connection,
        "SELECT outcome, COUNT(*) AS count FROM model_calls WHERE run_id = :run"
        " GROUP BY outcome ORDER BY 2 DESC LIMIT 20",
        run=run_id,
    )
    return sums | {
        "by_role": by_role,
        "by_task": _by_task(connection, run_id) if tasks else [],
        "tasks_with_calls": tasks,
        "outcomes": {text(row["outcome"], 40): row["count"] for row in outcomes},
        "budgets_spent": _budgets(connection, run_id),
    }


def _by_task(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    found = rows(
        connection,
        f"SELECT c.*, t.iteration, SUBSTR(t.description, 1, 300) AS task, t.status FROM"
        f" (SELECT task_id, {_SUMS}, TOTAL(cost) AS known FROM model_calls WHERE run_id = :run"
        " AND task_id IS NOT NULL GROUP BY task_id"
        " ORDER BY known DESC, TOTAL(input_tokens) + TOTAL(output_tokens) DESC, task_id"
        " LIMIT :limit) c JOIN tasks t ON t.id = c.task_id",
        run=run_id,
        limit=DEAREST_TASKS,
    )
    for row in found:
        row["task"] = text(row["task"])
        del row["task_id"], row["known"]
    return found


def _budgets(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    found = rows(
        connection,
        f'SELECT {field("budget")} AS budget, {field("limit")} AS "limit", COUNT(*) AS times,'
        f" MIN(at) AS first_at, MAX(at) AS last_at, {field('what_now')} AS what_now FROM events"
        " WHERE run_id = :run AND type = 'budget_spent' GROUP BY 1, 2 ORDER BY 5 DESC LIMIT 10",
        run=run_id,
    )
    for row in found:
        for name in ("budget", "limit", "what_now"):
            row[name] = text(row[name])
    return found


def tokens_of(row: dict[str, Any]) -> int:
    """Input and output together."""
    return int(number(row["input_tokens"]) + number(row["output_tokens"]))
