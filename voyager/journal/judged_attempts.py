"""Attempts read back as they were: the feedback for a task that is taken up again."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from mc_server import (
    Execution,
    GameEvent,
    Observation,
    Outcome,
    PrimitiveCall,
    ProgramError,
    TraceEntry,
)
from voyager.records import Attempt, Program, Verdict

_BUILDING = ("placed", "mined")


def judged_attempts(connection: sqlite3.Connection, task_id: int) -> tuple[Attempt, ...]:
    """Every attempt of the task that was judged, in order, without the prompt and answer."""
    rows = connection.execute(
        "SELECT a.number, a.source, a.entry, a.calls, a.writer, a.arguments, a.reused,"
        " a.model, e.outcome, e.error, e.result, plain(e.calls), plain(e.events), e.chat,"
        " plain(e.before), plain(e.after), e.seconds, v.passed, v.critic, v.evidence, v.critique,"
        " plain(e.trace),"
        " a.signature FROM attempts a"
        " JOIN executions e ON e.attempt_id = a.id JOIN verdicts v ON v.attempt_id = a.id"
        " WHERE a.task_id = ? ORDER BY a.number",
        (task_id,),
    )
    return tuple(_attempt(row) for row in rows)


def built_before(connection: sqlite3.Connection, task_id: int) -> tuple[GameEvent, ...]:
    """What the failed tasks just before it with the same words and goal placed and mined."""
    rows = connection.execute(
        "SELECT plain(e.events) FROM tasks t JOIN tasks alike ON alike.run_id = t.run_id"
        " AND alike.description = t.description AND alike.goal = t.goal AND alike.id < t.id"
        " JOIN attempts a ON a.task_id = alike.id JOIN executions e ON e.attempt_id = a.id"
        " WHERE t.id = ? AND alike.id > (SELECT COALESCE(MAX(done.id), 0) FROM tasks done"
        " WHERE done.run_id = t.run_id AND done.description = t.description"
        " AND done.goal = t.goal AND done.status = 'passed') ORDER BY a.id",
        (task_id,),
    )
    events = [event for (told,) in rows for event in json.loads(told)]
    return tuple(GameEvent(e["type"], e["data"]) for e in events if e["type"] in _BUILDING)


def _attempt(row: tuple[Any, ...]) -> Attempt:
    program = Program(
        source=row[1],
        entry=row[2],
        calls=tuple(json.loads(row[3])),
        writer=row[4],
        arguments=tuple(json.loads(row[5])),
        reused=bool(row[6]),
        model=row[7],
        signature=row[22],
    )
    execution = Execution(
        outcome=Outcome(row[8]),
        error=ProgramError(**json.loads(row[9])) if row[9] else None,
        result=json.loads(row[10]),
        calls=tuple(_call(call) for call in json.loads(row[11])),
        events=tuple(GameEvent(e["type"], e["data"]) for e in json.loads(row[12])),
        chat=tuple(json.loads(row[13])),
        before=Observation.from_json(json.loads(row[14])),
        after=Observation.from_json(json.loads(row[15])),
        seconds=row[16],
        trace=tuple(TraceEntry(**entry) for entry in json.loads(row[21])),
    )
    verdict = Verdict(bool(row[17]), row[18], tuple(json.loads(row[19])), row[20])
    return Attempt(row[0], program, execution, verdict)


def _call(data: dict[str, Any]) -> PrimitiveCall:
    error = ProgramError(**data["error"]) if data["error"] else None
    return PrimitiveCall(
        data["name"], tuple(data["arguments"]), data["seconds"], data["result"], error
    )
