"""An earlier attempt in words, as a language model is told of it.

Covers: what the run came to, short enough for a prompt. Not covered: what the screen and the
reports show to people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mc_server import PrimitiveCall, ProgramError, TraceEntry
from voyager.records import Attempt, Program

CALLS_SHOWN = 20
STEPS_SHOWN = 20
CHAT_SHOWN = 8
VALUE_CHARACTERS = 160
LINE_CHARACTERS = 400
_OTHER_STEPS = ("bot.", "window.", "console: ", "(")
"""How an entry of a trace begins that is no call of a primitive."""


@dataclass(frozen=True)
class AttemptText:
    """The parts of an attempt for a prompt; empty where there is nothing to say.

    `line` is the program's line that the error came from, `excerpt` the lines around it, `steps`
    what is not among the calls of primitives, `inventory` what it gained and lost.
    """

    number: int
    entry: str
    source: str
    outcome: str
    seconds: str
    error: str
    line: str
    excerpt: tuple[str, ...]
    calls: tuple[str, ...]
    steps: tuple[str, ...]
    inventory: str
    chat: tuple[str, ...]
    evidence: tuple[str, ...]
    critique: str


def describe_attempt(attempt: Attempt) -> AttemptText:
    """What there is to learn from an attempt."""
    run, error = attempt.execution, attempt.execution.error
    return AttemptText(
        number=attempt.number,
        entry=attempt.program.entry,
        source=attempt.program.source,
        outcome=run.outcome.value,
        seconds=f"{run.seconds:.0f}",
        error=_error(error) if error else "",
        line=_line(error, attempt.program) if error else "",
        excerpt=tuple(error.excerpt.splitlines()) if error else (),
        calls=_calls(run.calls),
        steps=_steps(run.trace),
        inventory=_changes(run.before.inventory, run.after.inventory),
        chat=tuple(_short(line) for line in run.chat[-CHAT_SHOWN:]),
        evidence=tuple(_short(text) for text in attempt.verdict.evidence),
        critique=_short(attempt.verdict.critique),
    )


def _error(error: ProgramError) -> str:
    code = f" [code {error.code}]" if error.code else ""
    return _short(f"{error}{code}")


def _line(error: ProgramError, program: Program) -> str:
    """The program's own line, quoted; or which skill it was that failed."""
    if error.module is None or error.line is None:
        return ""
    if error.module != program.entry:
        return f"line {error.line} of the known skill {error.module}; this time do without it"
    lines = program.source.splitlines()
    text = lines[error.line - 1].strip() if 0 < error.line <= len(lines) else ""
    return f"line {error.line}: {text}"


def _calls(calls: tuple[PrimitiveCall, ...]) -> tuple[str, ...]:
    shown = tuple(_call(call) for call in calls[-CALLS_SHOWN:])
    left_out = len(calls) - len(shown)
    return (f"({left_out} earlier ones left out)", *shown) if left_out else shown


def _steps(trace: tuple[TraceEntry, ...]) -> tuple[str, ...]:
    """The last steps; calls of primitives are told with their results instead."""
    steps = tuple(str(entry) for entry in trace if entry.text.startswith(_OTHER_STEPS))
    return tuple(_short(step) for step in steps[-STEPS_SHOWN:])


def _call(call: PrimitiveCall) -> str:
    arguments = ", ".join(_value(argument) for argument in call.arguments)
    if call.error is None:
        came = f"-> {_value(call.result)}"
    else:
        came = f"failed with {call.error.code or call.error.name}: {call.error.message}"
    return _short(f"{call.name}({arguments}) {came} ({call.seconds:.1f} s)")


def _value(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= VALUE_CHARACTERS else f"{text[:VALUE_CHARACTERS]}..."


def _changes(before: Mapping[str, int], after: Mapping[str, int]) -> str:
    changes = {name: after.get(name, 0) - before.get(name, 0) for name in sorted({*before, *after})}
    return ", ".join(f"{n:+d} {name}" for name, n in changes.items() if n) or "unchanged"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LINE_CHARACTERS else f"{line[:LINE_CHARACTERS]}..."
