"""An attempt as it is kept: its program, what that did, and how it was judged.

Covers writing; `judged_attempts.py` reads it back. Each function is called inside a transaction.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from typing import Any

from mc_server import Execution
from voyager.journal.database import time_text
from voyager.records import Program, Verdict


def dump(value: Any) -> str:
    """The value as the journal keeps it: JSON, with what JSON does not know as text."""
    return json.dumps(value, ensure_ascii=False, default=str)


def start_attempt(
    connection: sqlite3.Connection, task_id: int, number: int, program: Program
) -> int:
    """A program is about to run; returns the attempt's row."""
    cursor = connection.execute(
        "INSERT INTO attempts (task_id, number, status, entry, arguments, source, calls,"
        " writer, model, reused, signature, started_at)"
        " VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            task_id,
            number,
            program.entry,
            dump(program.arguments),
            program.source,
            dump(program.calls),
            program.writer,
            program.model,
            program.reused,
            program.signature,
            time_text(),
        ),
    )
    return int(cursor.lastrowid or 0)


def record_unwritten(
    connection: sqlite3.Connection, task_id: int, number: int, problem: str
) -> None:
    """No program came of this attempt; `problem` is a sentence."""
    connection.execute(
        "INSERT INTO attempts (task_id, number, status, entry, arguments, source, calls,"
        " writer, reused, problem, started_at)"
        " VALUES (?, ?, 'unwritten', '', '[]', '', '[]', '', 0, ?, ?)",
        (task_id, number, problem, time_text()),
    )


def record_execution(connection: sqlite3.Connection, attempt_id: int, execution: Execution) -> None:
    """What the program did."""
    connection.execute(
        "INSERT INTO executions (attempt_id, outcome, error, result, calls, events, chat,"
        " before, after, seconds, trace) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attempt_id,
            execution.outcome.value,
            dump(asdict(execution.error)) if execution.error else None,
            dump(execution.result),
            dump([asdict(call) for call in execution.calls]),
            dump([asdict(event) for event in execution.own_events]),
            dump(execution.chat),
            dump(asdict(execution.before)),
            dump(asdict(execution.after)),
            execution.seconds,
            dump([asdict(entry) for entry in execution.trace]),
        ),
    )
    connection.execute("UPDATE attempts SET status = 'judged' WHERE id = ?", (attempt_id,))


def record_verdict(
    connection: sqlite3.Connection, task_id: int, attempt_id: int | None, verdict: Verdict
) -> None:
    """How it was judged, at last; a task whose goal held before it was tried has no attempt."""
    connection.execute(
        "INSERT INTO verdicts (task_id, attempt_id, passed, critic, evidence, critique)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (attempt_id) DO UPDATE SET"
        " passed = excluded.passed, critic = excluded.critic, evidence = excluded.evidence,"
        " critique = excluded.critique",
        (
            task_id,
            attempt_id,
            verdict.passed,
            verdict.critic,
            dump(verdict.evidence),
            verdict.critique,
        ),
    )
