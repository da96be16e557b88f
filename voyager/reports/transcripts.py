"""What language models were asked and said for an attempt, and what came of it, read back whole.

Covers finding an attempt by its name and the shape of `voyager transcript --json`. Not covered:
how it is shown to a person (`voyager/command_line/transcript.py`).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from voyager.errors import SettingsError

_NAME = re.compile(r"\d{1,9}(\.\d{1,9}){0,2}", re.ASCII)


@dataclass(frozen=True)
class AttemptName:
    """A task and one of its attempts, None for all of them, in a run, None for the newest."""

    task: int
    attempt: int | None = None
    run: int | None = None


def parse_attempt_name(text: str, run: int | None = None) -> AttemptName:
    """Read a name; `run` is the one given beside it. Raises SettingsError."""
    numbers = [int(number) for number in text.split(".")] if _NAME.fullmatch(text) else []
    if len(numbers) == 3 and run is not None and run != numbers[0]:
        raise SettingsError(f"'{text}' is of run {numbers[0]}, --run says {run}: give one of them.")
    match numbers:
        case [task]:
            return AttemptName(task, None, run)
        case [task, attempt]:
            return AttemptName(task, attempt, run)
        case [named_run, task, attempt]:
            return AttemptName(task, attempt, named_run)
    raise SettingsError(
        f"'{text[:40]}' names no attempt: give 7 for task 7, 7.2 for its second attempt, 3.7.2 for"
        " that of run 3."
    )


def read_transcript(connection: sqlite3.Connection, name: AttemptName) -> dict[str, Any]:
    """The task with its model calls and attempts; see `voyager transcript --json`.

    `calls` are those that led to the task, when the whole task is asked for; each attempt has its
    own. Raises SettingsError, which says what there is, when there is no such attempt.
    """
    run = _run(connection, name.run)
    task = _task(connection, run["run"], name.task)
    task_id = task.pop("id")
    calls = [_as_told(call) for call in model_calls(connection, "task_id = ?", task_id)]
    numbers = [one for (one,) in connection.execute(_NUMBERS, {"task": task_id})]
    if name.attempt is not None and name.attempt not in numbers:
        tried = _counted(numbers, "attempt", "attempts")
        raise SettingsError(f"Task {name.task} of run {run['run']} has {tried}.")
    wanted = numbers if name.attempt is None else [name.attempt]
    return {
        **run,
        "task": task,
        "calls": [c for c in calls if c["attempt"] is None] if name.attempt is None else [],
        "attempts": [
            _attempt(connection, task_id, number)
            | {"calls": [call for call in calls if call["attempt"] == number]}
            for number in wanted
        ],
        "verdict": _verdict(connection, "task_id = ? AND attempt_id IS NULL", task_id),
    }


def _as_told(call: dict[str, Any]) -> dict[str, Any]:
    """A call without the database's own number of its task."""
    return {name: value for name, value in call.items() if name != "task_id"}


_NUMBERS = (
    "SELECT number FROM attempts WHERE task_id = :task"
    " UNION SELECT attempt FROM model_calls WHERE task_id = :task AND attempt IS NOT NULL"
    " ORDER BY 1"
)


def model_calls(
    connection: sqlite3.Connection, condition: str, *values: Any
) -> Iterator[dict[str, Any]]:
    """Calls as they were recorded, oldest first, each message with its text in its place."""
    texts = dict[int, str]()
    for row in rows(
        connection,
        "SELECT id AS call, task_id, attempt, at, role, purpose, model, outcome, error,"
        " finish_reason, retries, seconds, input_tokens, output_tokens, cost, tools,"
        " messages, plain(answer) AS answer, tool_calls"
        f" FROM model_calls WHERE {condition} ORDER BY id",
        *values,
    ):
        call = dict(row)
        for name in ("tools", "messages", "tool_calls"):
            call[name] = json.loads(call[name])
        call["messages"] = [_message(connection, texts, m) for m in call["messages"]]
        yield call


def _message(
    connection: sqlite3.Connection, texts: dict[int, str], message: Mapping[str, Any]
) -> dict[str, Any]:
    content = message.get("content")
    if not isinstance(content, int):
        return dict(message)
    if content not in texts:
        row = connection.execute(
            "SELECT plain(text) FROM model_texts WHERE id = ?", (content,)
        ).fetchone()
        texts[content] = row[0] if row else ""
    return {**message, "content": texts[content]}


def _run(connection: sqlite3.Connection, run_id: int | None) -> dict[str, Any]:
    # As text, for a number may be larger than SQLite takes.
    found = rows(
        connection,
        "SELECT r.id AS run, w.name AS world, r.goal AS run_goal, r.version, r.model FROM runs r"
        " JOIN worlds w ON w.id = r.world_id WHERE ?1 IS NULL OR CAST(r.id AS TEXT) = ?1"
        " ORDER BY r.id DESC LIMIT 1",
        None if run_id is None else str(run_id),
    )
    if not found:
        wanted = "No run" if run_id is None else f"No run {run_id}"
        raise SettingsError(f"{wanted} is in this home folder; `voyager runs list` shows them.")
    return dict(found[0])


def _task(connection: sqlite3.Connection, run_id: int, iteration: int) -> dict[str, Any]:
    found = rows(
        connection,
        "SELECT id, iteration, description, goal, why, proposer, status, critique FROM tasks"
        " WHERE run_id = ? AND CAST(iteration AS TEXT) = ?",
        run_id,
        str(iteration),
    )
    if not found:
        numbers = [
            number
            for (number,) in connection.execute(
                "SELECT iteration FROM tasks WHERE run_id = ? ORDER BY iteration", (run_id,)
            )
        ]
        there = _counted(numbers, "task", "tasks")
        raise SettingsError(
            f"Run {run_id} has no task {iteration}, it has {there}; --run names another run."
        )
    return dict(found[0]) | {"goal": json.loads(found[0]["goal"])}


def _attempt(connection: sqlite3.Connection, task_id: int, number: int) -> dict[str, Any]:
    """What is known of one; all None when it was interrupted before there was a program."""
    names = ("status", "entry", "arguments", "source", "writer", "model", "reused", "problem")
    found = rows(
        connection,
        f"SELECT id, {', '.join(names)} FROM attempts WHERE task_id = ? AND number = ?",
        task_id,
        number,
    )
    attempt: dict[str, Any] = {"number": number} | dict.fromkeys(names)
    attempt |= {"execution": None, "verdict": None}
    if found:
        attempt |= {name: found[0][name] for name in names}
        attempt["arguments"] = json.loads(attempt["arguments"])
        attempt["reused"] = bool(attempt["reused"])
        attempt["execution"] = _execution(connection, found[0]["id"])
        attempt["verdict"] = _verdict(connection, "attempt_id = ?", found[0]["id"])
    return attempt | {"candidates": _candidates(connection, task_id, number)}


def _execution(connection: sqlite3.Connection, attempt_id: int) -> dict[str, Any] | None:
    found = rows(
        connection,
        "SELECT outcome, error, result, plain(calls) AS calls, chat, plain(trace) AS trace, seconds"
        " FROM executions"
        " WHERE attempt_id = ?",
        attempt_id,
    )
    if not found:
        return None
    execution = dict(found[0])
    for name in ("error", "result", "calls", "chat", "trace"):
        execution[name] = json.loads(execution[name]) if execution[name] else None
    return execution


def _verdict(connection: sqlite3.Connection, condition: str, *values: Any) -> dict[str, Any] | None:
    found = rows(
        connection,
        f"SELECT passed, critic, evidence, critique FROM verdicts WHERE {condition}",
        *values,
    )
    if not found:
        return None
    verdict = dict(found[0])
    return verdict | {
        "passed": bool(verdict["passed"]),
        "evidence": json.loads(verdict["evidence"]),
    }


def _candidates(connection: sqlite3.Connection, task_id: int, number: int) -> list[dict[str, Any]]:
    found = rows(
        connection,
        "SELECT number, chosen, why, source, entry, outcome, error, passed, evidence, seconds"
        " FROM candidates WHERE task_id = ? AND attempt = ? ORDER BY number",
        task_id,
        number,
    )
    return [
        dict(row)
        | {
            "chosen": bool(row["chosen"]),
            "passed": None if row["passed"] is None else bool(row["passed"]),
            "error": json.loads(row["error"]) if row["error"] else None,
            "evidence": json.loads(row["evidence"]),
        }
        for row in found
    ]


def _counted(numbers: list[int], one: str, many: str) -> str:
    if not numbers:
        return f"no {many} yet"
    if len(numbers) == 1:
        return f"one {one}, number {numbers[0]}"
    return f"{many} {numbers[0]} to {numbers[-1]}"


def rows(connection: sqlite3.Connection, query: str, *values: Any) -> list[sqlite3.Row]:
    """The rows of a query, by the names of their columns."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(query, values).fetchall()
