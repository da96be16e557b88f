"""What language models were asked and what it cost: by role, task and skill, and call by call.

Reads only. The shapes returned are those of `voyager runs show --json` and `skills show --json`. A
cost is in US dollars, and None as soon as one price in it is unknown. Not covered: what was said
(`transcripts.py`).
"""

from __future__ import annotations

import sqlite3
from typing import Any

from skills import Provenance

_SUMS = (
    "COUNT(*) AS calls, COALESCE(SUM(c.input_tokens), 0) AS input_tokens,"
    " COALESCE(SUM(c.output_tokens), 0) AS output_tokens,"
    " CASE WHEN COUNT(*) FILTER (WHERE c.cost IS NULL) THEN NULL"
    " ELSE ROUND(COALESCE(SUM(c.cost), 0.0), 6) END AS cost"
)
# What was asked for a task's attempts, not for proposing it; of older homes' calls only the purpose
# is sure.
_OF_ATTEMPTS = "(c.attempt IS NOT NULL OR c.purpose = 'write')"
# The tasks whose program became the skill: it is named as the program's entry.
_LEARNED = (
    "SELECT t.id FROM tasks t JOIN attempts a ON a.task_id = t.id"
    " JOIN verdicts v ON v.attempt_id = a.id"
    " WHERE t.run_id = :run AND a.entry = :skill AND NOT a.reused AND v.passed"
)


def total_of(connection: sqlite3.Connection, where: str, value: int) -> dict[str, Any]:
    """`tokens` and `cost` of the calls of which that is so."""
    (row,) = _rows(connection, f"SELECT {_SUMS} FROM model_calls c WHERE {where}", (value,))
    return {"tokens": row["input_tokens"] + row["output_tokens"], "cost": row["cost"]}


def spending_of(connection: sqlite3.Connection, run_id: int, skills: list[str]) -> dict[str, Any]:
    """All calls of a run, taken together in several ways; `skills` are those learned in it.

    `by_role` names each role's models. `by_skill` counts what was asked for all attempts at the
    tasks whose programs became that skill. `seconds` is what the answers were waited for;
    `estimated` counts the calls whose tokens no endpoint told.
    """
    (sums,) = _rows(
        connection,
        f"SELECT {_SUMS}, COALESCE(SUM(c.retries), 0) AS retries,"
        " ROUND(COALESCE(SUM(c.seconds), 0.0), 3) AS seconds,"
        " COALESCE(SUM(c.estimated), 0) AS estimated FROM model_calls c WHERE run_id = ?",
        (run_id,),
    )
    by_role = _rows(
        connection,
        f"SELECT c.role, GROUP_CONCAT(DISTINCT c.model) AS models, {_SUMS}"
        " FROM model_calls c WHERE run_id = ? GROUP BY c.role ORDER BY c.role",
        (run_id,),
    )
    outcomes = connection.execute(
        "SELECT outcome, COUNT(*) FROM model_calls WHERE run_id = ? GROUP BY outcome"
        " ORDER BY COUNT(*) DESC, outcome",
        (run_id,),
    )
    by_skill = [(name, _cost_of_learning(connection, run_id, name)) for name in skills]
    return {
        **sums,
        "outcomes": dict(outcomes.fetchall()),
        "by_role": by_role,
        "by_skill": [{"skill": name, **cost} for name, cost in by_skill if cost["calls"]],
    }


def cost_of_learning(
    connection: sqlite3.Connection, skill: str, origin: Provenance
) -> dict[str, Any] | None:
    """What was asked for the attempts at the task a skill came of; None when no model was."""
    if origin.run_id is None:
        return None
    (cost,) = _rows(
        connection,
        f"SELECT {_SUMS} FROM model_calls c WHERE {_OF_ATTEMPTS} AND c.task_id ="
        f" (SELECT MAX(id) FROM ({_LEARNED} AND t.description = :task AND a.number = :attempt))",
        {"run": origin.run_id, "skill": skill, "task": origin.task, "attempt": origin.attempt},
    )
    return cost if cost["calls"] else None


def calls_of(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    """Every call of a run, in order. `task` is the task's place in the run, if it had one."""
    calls = _rows(
        connection,
        "SELECT c.id AS call, c.at, t.iteration AS task, c.attempt, c.role, c.purpose, c.model,"
        " c.outcome, c.error, c.retries, c.input_tokens, c.output_tokens, c.cost, c.estimated,"
        " ROUND(c.seconds, 3) AS seconds"
        " FROM model_calls c LEFT JOIN tasks t ON t.id = c.task_id WHERE c.run_id = ?"
        " ORDER BY c.id",
        (run_id,),
    )
    return [call | {"estimated": bool(call["estimated"])} for call in calls]


def _cost_of_learning(connection: sqlite3.Connection, run_id: int, skill: str) -> dict[str, Any]:
    (cost,) = _rows(
        connection,
        f"SELECT {_SUMS} FROM model_calls c WHERE {_OF_ATTEMPTS} AND c.task_id IN ({_LEARNED})",
        {"run": run_id, "skill": skill},
    )
    return cost


def _rows(connection: sqlite3.Connection, query: str, values: Any) -> list[dict[str, Any]]:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return [dict(row) for row in cursor.execute(query, values)]
