"""What became of several programs that were written for one attempt, as it is kept.

Covers the value and its table. Not covered: trying them (`candidates.py`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from voyager.records import Attempt, Program

_INSERT = (
    "INSERT OR REPLACE INTO candidates (task_id, attempt, number, chosen, why, source, entry,"
    " description, outcome, error, passed, evidence, seconds)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADOPT = (
    "UPDATE attempts SET entry = ?, arguments = ?, source = ?, calls = ?, writer = ?, model = ?,"
    " reused = ?, signature = ? WHERE task_id = ? AND number = ?"
)


@dataclass(frozen=True)
class Candidate:
    """One of the programs. `number` counts from 1, in the order written.

    `why` says why it was chosen or not, `attempt` what came of it; None where it was not run.
    """

    number: int
    program: Program
    chosen: bool
    why: str
    attempt: Attempt | None = None

    @property
    def name(self) -> str:
        """How it is called in what is shown."""
        return f"{self.number}. {self.program.entry}"


def record_candidates(
    connection: sqlite3.Connection, task_id: int, attempt: int, candidates: Sequence[Candidate]
) -> None:
    """Keep them all; the attempt's program is from here on the one that was chosen.

    Call inside a transaction.
    """
    for one in candidates:
        connection.execute(_INSERT, (task_id, attempt, *_row(one)))
        if one.chosen:
            connection.execute(_ADOPT, (*_program_row(one.program), task_id, attempt))


def _row(one: Candidate) -> tuple[object, ...]:
    program = one.program
    told = (one.number, one.chosen, one.why, program.source, program.entry, program.description)
    if one.attempt is None:
        return (*told, None, None, None, "[]", None)
    execution, verdict = one.attempt.execution, one.attempt.verdict
    error = json.dumps(asdict(execution.error)) if execution.error else None
    evidence = json.dumps(verdict.evidence, ensure_ascii=False)
    return (*told, execution.outcome.value, error, verdict.passed, evidence, execution.seconds)


def _program_row(program: Program) -> tuple[object, ...]:
    return (
        program.entry,
        json.dumps(program.arguments),
        program.source,
        json.dumps(program.calls),
        program.writer,
        program.model,
        program.reused,
        program.signature,
    )
