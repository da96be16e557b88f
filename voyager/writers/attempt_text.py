"""An earlier attempt in words, as a language model is told of it.

Covers: what the run came to, short enough for a prompt. Not covered: what the screen and the
reports show to people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
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

    `line` says which line of the program the error came from, `excerpt` the lines around it,
    `steps` what is not among the calls of primitives, `inventory` what it gained and lost.
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
        line=_line(error, run.trace, attempt.program) if error else "",
        excerpt=tuple(error.excerpt.splitlines()) if error else (),
        calls=_calls(run.calls),
        steps=_steps(run.trace),
        inventory=_changes(run.before.inventory, run.after.inventory),
        chat=tuple(_short(line) for line in run.chat[-CHAT_SHOWN:]),
        evidence=tuple(_short(text) for text in attempt.verdict.evidence),
        critique=_short(_without(attempt.verdict.critique, error)),
    )


def _error(error: ProgramError) -> str:
    code = f" [code {error.code}]" if error.code else ""
    return _short(f"{error}{code}")


def _without(critique: str, error: ProgramError | None) -> str:
    """The critique without the error in it, which is told by itself."""
    return critique.replace(f": {error}".rstrip("."), "") if error else critique


def _line(error: ProgramError, trace: Sequence[TraceEntry], program: Program) -> str:
    """The program's own line, quoted; or which skill it was that failed.

    Of a program that had to be ended nobody knows where it was, but where it was seen last.
    """
    if error.module is None or error.line is None:
        seen = [one for one in trace if one.module == program.entry and one.line is not None]
        return f"last seen at: {_quoted(seen[-1].line, program)}" if seen else ""
    if error.module != program.entry:
        place = f"line {error.line} of the known skill {error.module}"
        return f"thrown at: {place}; this time do without it"
    return f"thrown at: {_quoted(error.line, program)}"


def _quoted(line: int | None, program: Program) -> str:
    lines = program.source.splitlines()
    text = lines[line - 1].strip() if line is not None and 0 < line <= len(lines) else ""
    return f"line {line}: {text}"


def _calls(calls: tuple[PrimitiveCall, ...]) -> tuple[str, ...]:
    """The last calls in order, a call that was made over and over only once."""
    told = [
        (text, sum(seconds for _, seconds in same), len(same))
        for text, group in groupby(((_call(call), call.seconds) for call in calls), itemgetter(0))
        if (same := list(group))
    ]
    left_out = sum(times for _, _, times in told[:-CALLS_SHOWN])
    shown = tuple(
        f"{text} ({f'{times} times, ' if times > 1 else ''}{seconds:.1f} s)"
        for text, seconds, times in told[-CALLS_SHOWN:]
    )
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
    return _short(f"{call.name}({arguments}) {came}")


def _value(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= VALUE_CHARACTERS else f"{text[:VALUE_CHARACTERS]}..."


def _changes(before: Mapping[str, int], after: Mapping[str, int]) -> str:
    changes = {name: after.get(name, 0) - before.get(name, 0) for name in sorted({*before, *after})}
    return ", ".join(f"{n:+d} {name}" for name, n in changes.items() if n) or "unchanged"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LINE_CHARACTERS else f"{line[:LINE_CHARACTERS]}..."
