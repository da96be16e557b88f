"""An earlier attempt in words, as a language model is told of it.

Covers: what the run came to, short enough for a prompt, each thing once. Not covered: what changed
in the game's state (`describe_observation` marks that), and what the screen and the reports show.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from mc_server import PrimitiveCall, ProgramError, TraceEntry
from voyager.foreign_text import in_a_line
from voyager.records import Attempt, Program

CALLS_SHOWN = 20
STEPS_SHOWN = 12
CHAT_SHOWN = 8
VALUE_CHARACTERS = 160
LINE_CHARACTERS = 400
EARLIER_CHARACTERS = 300
LINES_AROUND = 12
_OTHER_STEPS = ("bot.", "window.", "console: ", "(")
"""How an entry of a trace begins that is no call of a primitive."""


@dataclass(frozen=True)
class AttemptText:
    """The parts of an attempt for a prompt; empty where there is nothing to say.

    `source` is the program, marked where the error came from; `elsewhere` names the place where
    that is in a skill, `excerpt` the lines around it there. `steps` is what is not among the calls
    of primitives.
    """

    number: int
    entry: str
    source: str
    outcome: str
    seconds: str
    error: str
    elsewhere: str
    excerpt: tuple[str, ...]
    calls: tuple[str, ...]
    steps: tuple[str, ...]
    chat: tuple[str, ...]
    critique: str


def describe_attempt(attempt: Attempt, short: bool = False) -> AttemptText:
    """What there is to learn from an attempt; when `short` less of it."""
    run, error = attempt.execution, attempt.execution.error
    shares = 3 if short else 1
    in_skill = error is not None and error.module not in (None, attempt.program.entry)
    return AttemptText(
        number=attempt.number,
        entry=attempt.program.entry,
        source=_source(attempt, short),
        outcome=run.outcome.value,
        seconds=f"{run.seconds:.0f}",
        error=_error(error, attempt.program) if error else "",
        elsewhere=f"line {error.line} of the known skill {error.module}"
        if error and in_skill
        else "",
        excerpt=tuple(error.excerpt.splitlines()) if error and in_skill else (),
        calls=_calls(run.calls, error, CALLS_SHOWN // shares),
        steps=_steps(run.trace, attempt.program.entry, STEPS_SHOWN // shares),
        chat=tuple(_short(line) for line in run.chat[-CHAT_SHOWN // shares :]),
        critique=_short(_critique(attempt)),
    )


def attempt_line(attempt: Attempt) -> str:
    """An attempt before the last one, in a line."""
    run, error = attempt.execution, attempt.execution.error
    said = [run.outcome.value, _error(error, None) if error else "", _critique(attempt)]
    line = f"attempt {attempt.number}, `{attempt.program.entry}`: {'; '.join(filter(None, said))}"
    return in_a_line(line, EARLIER_CHARACTERS)


def _error(error: ProgramError, program: Program | None) -> str:
    """The error; its place only where the program beside it does not show that."""
    shown = program is not None and error.module == program.entry
    text = f"{error.name}: {error.message}" if shown else str(error)
    return _short(f"{text} [code {error.code}]" if error.code else text)


def _critique(attempt: Attempt) -> str:
    """What the critic says beyond the error, which is told by itself."""
    verdict, error = attempt.verdict, attempt.execution.error
    said = verdict.critique
    if error:
        said = said.replace(f": {error}".rstrip("."), "")
    seen = [text for text in verdict.evidence if text not in said]
    return "; ".join([*seen, said] if said else seen)


def _source(attempt: Attempt, short: bool) -> str:
    """The program with a mark at the line where it failed, or was seen last."""
    lines = attempt.program.source.rstrip().splitlines()
    line, what = _failing_line(attempt)
    if not 0 < line <= len(lines):
        return "\n".join(lines)
    lines[line - 1] += f"  // <-- line {line}: {what}"
    if not short:
        return "\n".join(lines)
    first, end = max(line - 1 - LINES_AROUND, 0), line + LINES_AROUND
    around = lines[first:end]
    return "\n".join(["// ..."] * (first > 0) + around + ["// ..."] * (end < len(lines)))


def _failing_line(attempt: Attempt) -> tuple[int, str]:
    """Of a program that had to be ended nobody knows where it was, but where it was seen last."""
    error, entry = attempt.execution.error, attempt.program.entry
    if error is None:
        return 0, ""
    if error.module is not None and error.line is not None:
        return (error.line, "the error came from here") if error.module == entry else (0, "")
    trace = attempt.execution.trace
    seen = [one.line for one in trace if one.module == entry and one.line is not None]
    return (seen[-1], "last seen here") if seen else (0, "")


def _calls(
    calls: tuple[PrimitiveCall, ...], told_error: ProgramError | None, shown_at_most: int
) -> tuple[str, ...]:
    """The last calls in order, a call that was made over and over only once."""
    told = [
        (text, sum(seconds for _, seconds in same), len(same))
        for text, group in groupby(
            ((_call(call, told_error), call.seconds) for call in calls), itemgetter(0)
        )
        if (same := list(group))
    ]
    left_out = sum(times for _, _, times in told[:-shown_at_most])
    shown = tuple(
        f"{text} ({f'{times} times, ' if times > 1 else ''}{seconds:.1f} s)"
        for text, seconds, times in told[-shown_at_most:]
    )
    return (f"({left_out} earlier ones left out)", *shown) if left_out else shown


def _steps(trace: Sequence[TraceEntry], entry: str, shown_at_most: int) -> tuple[str, ...]:
    """The last steps, alike ones in a row as the last of them.

    Calls of primitives are told with their results instead.
    """
    own = (step for step in trace if step.text.startswith(_OTHER_STEPS))
    told = []
    for _, group in groupby(own, lambda step: (step.module, step.line, _kind(step.text))):
        *before, last = group
        at = f"line {last.line}" if last.module == entry else f"{last.module}, line {last.line}"
        place = f", {at}" if last.line is not None else ""
        like = f" (and {len(before)} like it before)" if before else ""
        told.append(_short(f"{last.seconds:.1f} s{place}: {last.text}{like}"))
    return tuple(told[-shown_at_most:])


def _kind(text: str) -> str:
    """Steps of one kind call the same function; what the program wrote is told line by line."""
    return text if text.startswith("console: ") else text.partition("(")[0]


def _call(call: PrimitiveCall, told_error: ProgramError | None) -> str:
    """A call with what came of it; what the run ended with is told by itself."""
    arguments = ", ".join(_value(argument) for argument in call.arguments)
    if call.error is None:
        came = f"-> {_value(call.result)}"
    else:
        came = f"failed with {call.error.code or call.error.name}"
        if told_error is None or told_error.message != call.error.message:
            came += f": {call.error.message}"
    return _short(f"{call.name}({arguments}) {came}")


def _value(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= VALUE_CHARACTERS else f"{text[:VALUE_CHARACTERS]}..."


def _short(text: str) -> str:
    return in_a_line(text, LINE_CHARACTERS)
