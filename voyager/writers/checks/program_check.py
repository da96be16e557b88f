"""Looking over a program a language model wrote, before anything runs.

Covers: can it be parsed, is there one async function to start, is everything known that it calls,
uses and names, does it wait where it must, can it end. Each problem is a sentence for the model to
act on. The rules are in `*_rules.py`, what they go by is read from the source by the host
(`mc_server.read_program`). Not covered: confinement, which is the sandbox's, and whether it works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from curriculum import Goal
from mc_server import Argument, NameUse, ProgramFacts, SourceTooLongError, TopFunction
from skills import calls_in
from voyager.writers.checks import bot_rules, call_rules, flow_rules, name_rules
from voyager.writers.checks.program_entry import (
    counted,
    described,
    entry_of,
    entry_problems,
    no_entry,
    without_starts,
)
from voyager.writers.checks.program_vocabulary import Problem, Vocabulary
from voyager.writers.model.answer_kinds import SYNTAX, UNKNOWN_NAME, UNUSABLE

__all__ = [
    "CheckedProgram",
    "MissingHelper",
    "ProgramProblemError",
    "ProgramReader",
    "Vocabulary",
    "check_program",
]

PROBLEMS_TOLD = 12
FOUND_BY_A_RULE = 40
"""Looking for what was meant takes its time, and of very many problems few are told."""
ProgramReader = Callable[[str], ProgramFacts]
"""Reads a source, as `mc_server.read_program` does. May raise SourceTooLongError."""

Rule = Callable[[ProgramFacts, Vocabulary], Iterator[Problem]]
_RULES: tuple[Rule, ...] = (
    flow_rules.refused_text,
    flow_rules.starts,
    call_rules.required_modules,
    call_rules.unknown_names,
    bot_rules.unknown_members,
    bot_rules.wrong_members,
    call_rules.wrong_arguments,
    name_rules.unknown_game_names,
    call_rules.missing_awaits,
    bot_rules.commands_sent,
    bot_rules.unknown_events,
    flow_rules.never_ending,
)
_OF_NAMES: frozenset[Rule] = frozenset(
    [
        call_rules.required_modules,
        call_rules.unknown_names,
        bot_rules.unknown_members,
        name_rules.unknown_game_names,
        bot_rules.unknown_events,
    ]
)
"""The rules that find what there is not."""


@dataclass(frozen=True)
class CheckedProgram:
    """What was found out about a program that may run."""

    source: str
    entry: str
    calls: tuple[str, ...]
    description: str
    when_to_use: str
    parameters: Mapping[str, str]
    signature: str


@dataclass(frozen=True)
class MissingHelper:
    """A function that a program calls and nobody has written.

    `line` is where it is first called, and `call` the text of that; `parameters` are names that
    fit the arguments there, and `awaited` says whether that call is.
    """

    name: str
    line: int
    parameters: tuple[str, ...] = ()
    awaited: bool = True
    call: str = ""


class ProgramProblemError(ValueError):
    """The program should not be run; the message names every problem found.

    `missing_helpers` are functions that could be written, when nothing else is wrong with it.
    `kind` is one of `PROGRAM_KINDS`, the worst there is.
    """

    def __init__(
        self,
        message: str,
        missing_helpers: tuple[MissingHelper, ...] = (),
        kind: str = UNUSABLE,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.missing_helpers = missing_helpers


def check_program(
    source: str, goal: Goal, vocabulary: Vocabulary, reader: ProgramReader
) -> CheckedProgram:
    """What the program is. Raises ProgramProblemError with sentences for its writer."""
    facts, entry = _read(source, reader)
    if any(entry.name in start.uses for start in facts.starts):
        source = without_starts(source, facts, entry)
        facts, entry = _read(source, reader)
    else:
        source = source.strip()
    vocabulary = vocabulary.for_program(entry.name)
    found = {rule: list(islice(rule(facts, vocabulary), FOUND_BY_A_RULE)) for rule in _RULES}
    problems = [problem for told in found.values() for problem in told]
    problems += entry_problems(entry, vocabulary)
    helpers = call_rules.helpers_called(facts, vocabulary)
    if problems or helpers:
        missing = () if problems else tuple(_missing(use) for use in helpers.values())
        names = bool(helpers) or any(found[rule] for rule in _OF_NAMES)
        told = _told([*problems, *_unwritten(helpers)])
        raise ProgramProblemError(told, missing, UNKNOWN_NAME if names else UNUSABLE)
    description, when_to_use = described(entry)
    return CheckedProgram(
        source=source,
        entry=entry.name,
        calls=calls_in(source, vocabulary.names),
        description=description,
        when_to_use=when_to_use,
        parameters=counted(entry, goal),
        signature=entry.signature,
    )


def _read(source: str, reader: ProgramReader) -> tuple[ProgramFacts, TopFunction]:
    try:
        facts = reader(source)
    except SourceTooLongError as error:
        raise ProgramProblemError(str(error)) from error
    if facts.fault is not None:
        raise ProgramProblemError(" ".join(_unreadable(facts)), kind=SYNTAX)
    entry = entry_of(facts)
    if entry is None:
        raise ProgramProblemError(no_entry(facts))
    return facts, entry


def _unreadable(facts: ProgramFacts) -> Iterator[str]:
    """What is told of a source that does not parse."""
    fault = facts.fault
    assert fault is not None, "asked only where there is one"
    if fault.unclosed is not None:
        bracket = fault.unclosed
        yield (
            "The code is cut off or its brackets do not match:"
            f" the {bracket.bracket} of line {bracket.line} is never closed."
        )
    quoted = f": {fault.text[:120]}" if fault.text else ""
    place = f"Line {fault.line}, column {fault.column}" if fault.text else "The program"
    yield f"{place} cannot be parsed ({fault.message}){quoted}"
    for refusal in facts.refused:
        yield f"Line {refusal.line} {refusal.why}."


def _unwritten(helpers: Mapping[str, NameUse]) -> Iterator[Problem]:
    for name, use in helpers.items():
        yield Problem(
            use.line, f"Line {use.line} calls `{name}`, unknown: write it or do without it."
        )


def _told(problems: list[Problem]) -> str:
    """All sentences, once each and in the order of the lines; of very many the first."""
    ordered = sorted(problems, key=lambda problem: problem.line)
    sentences = list(dict.fromkeys(problem.sentence for problem in ordered))
    left = len(sentences) - PROBLEMS_TOLD
    more = [f"There are {left} more problems like these."] if left > 0 else []
    return " ".join([*sentences[:PROBLEMS_TOLD], *more])


def _missing(use: NameUse) -> MissingHelper:
    names: list[str] = []
    for number, argument in enumerate(use.arguments, start=1):
        name = _parameter_name(argument, number)
        names.append(f"{name}{number}" if name in names else name)
    return MissingHelper(use.name, use.line, tuple(names), use.fate == "awaited", use.text)


def _parameter_name(argument: Argument, number: int) -> str:
    """What a parameter may be called that gets this argument."""
    if argument.kind == "spread":
        return "...values"
    last = argument.text.rpartition(".")[2]
    if argument.kind == "expression" and last.isidentifier() and last.isascii():
        return last
    by_kind = {"string": "name", "template": "name", "number": "count", "list": "names"}
    return by_kind.get(argument.kind, f"value{number}")
