"""Rules about calls: of what is unknown, with wrong arguments, without `await`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mc_server import Argument, NameUse, ProgramFacts
from voyager.writers.checks.call_signatures import CallParameter
from voyager.writers.checks.program_names import FORBIDDEN, MODULES, THERE
from voyager.writers.checks.program_vocabulary import (
    VERY_ALIKE,
    Problem,
    Vocabulary,
    did_you_mean,
    known_globals,
    near,
)

_HELPER = re.compile(r"[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)*")
_TYPES = {
    "Names": frozenset(["string", "template", "list"]),
    "string": frozenset(["string", "template"]),
    "number": frozenset(["number"]),
    "boolean": frozenset(["boolean"]),
    "Position": frozenset(["object"]),
    "Counts": frozenset(["object"]),
    "(() => any)": frozenset(["function"]),
}
_CALLED = {
    "Names": "a name or a list of names",
    "string": "a text",
    "number": "a number",
    "boolean": "true or false",
    "Position": "a position ({ x, y, z })",
    "Counts": "counts by item name ({ oak_log: 2 })",
    "(() => any)": "a function",
}
_WRITTEN = frozenset(["string", "number", "boolean", "list", "object", "function", "template"])
_PLACE = frozenset("xyz")
_LOOKS = frozenset(["bot.look", "bot.lookAt"])
"""What is often begun and left to itself, and harms nothing."""


def unknown_names(facts: ProgramFacts, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Names that stand for nothing, but for calls of what could be written."""
    known = known_globals(facts, vocabulary)
    seen = set()
    for use in facts.uses:
        name = use.path[0]
        if use.is_own or name in known or name in seen or ":" in name:
            continue
        if use.path == (name,) and use.fate == "asked" and not use.is_called:
            continue  # whether it is there
        seen.add(name)
        if not could_be_written(use, facts, known):
            yield Problem(use.line, f"Line {use.line} {_unknown(use, facts, known)}")


def _unknown(use: NameUse, facts: ProgramFacts, known: frozenset[str]) -> str:
    name, is_whole = use.path[0], len(use.path) == 1
    if name in FORBIDDEN:
        return f"uses `{name}`: {FORBIDDEN[name]}."
    if is_whole and use.is_written:
        advice = did_you_mean(name, facts.declared, "; declare it with `let`.", VERY_ALIKE)
        return f"assigns to `{name}`, not declared{advice}"
    doing = "calls" if use.is_called and is_whole else "uses"
    if name in facts.declared:
        return f"{doing} `{name}`, which is declared in another block or function only."
    there = {*known, *facts.declared}
    advice = did_you_mean(name, there, ": write it or do without it.")
    return f"{doing} `{name}`, unknown{advice}"


def helpers_called(facts: ProgramFacts, vocabulary: Vocabulary) -> dict[str, NameUse]:
    """The first call of each function that is not there and could be written."""
    known = known_globals(facts, vocabulary)
    found: dict[str, NameUse] = {}
    for use in facts.uses:
        if not use.is_own and use.path[0] not in known and could_be_written(use, facts, known):
            found.setdefault(use.path[0], use)
    return found


def could_be_written(use: NameUse, facts: ProgramFacts, known: frozenset[str]) -> bool:
    """Whether it is a call of a function that its author seems to have left for later."""
    name = use.path[0]
    if not use.is_called or len(use.path) > 1 or name in FORBIDDEN or name in facts.declared:
        return False
    there = {*known, *facts.declared}
    return bool(_HELPER.fullmatch(name)) and not near(name, there, 1, VERY_ALIKE)


def required_modules(facts: ProgramFacts, _: Vocabulary) -> Iterator[Problem]:
    """Modules that are not there, all in one sentence."""
    told = []
    for use in facts.uses:
        if use.path != ("require",) or use.fate == "asked":
            continue
        first = use.arguments[0] if use.is_called and use.arguments else None
        name = str(first.value) if first is not None and first.kind == "string" else ""
        if name not in MODULES:
            told.append((use.line, name[:80] or "what is not a name"))
    if told:
        lines = "; ".join(f"Line {line} requires {name}" for line, name in told[:5])
        known = f"`require` knows {', '.join(MODULES)} and nothing else; {THERE}."
        yield Problem(told[0][0], f"{lines}: {known}")


def missing_awaits(facts: ProgramFacts, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Calls that take time, and of which the program does not wait for the end."""
    for use in facts.uses:
        if not use.is_called or not _takes_time(use, facts, vocabulary):
            continue
        if use.fate == "discarded" and not use.in_callback and use.name not in _LOOKS:
            yield Problem(use.line, f"Line {use.line} calls `{use.name}` without `await`.")
        elif use.fate in ("read", "computed", "asked"):
            yield Problem(
                use.line,
                f"Line {use.line} uses what `{use.name}` gives without `await`: that is a promise,"
                " not the result.",
            )
    for callback in facts.unawaited_callbacks:
        yield Problem(
            callback.line,
            f"Line {callback.line} gives `{callback.method}` an async function, for which it does"
            " not wait: use `for (const each of list) { ... await ... }`.",
        )


def _takes_time(use: NameUse, facts: ProgramFacts, vocabulary: Vocabulary) -> bool:
    if use.is_own:
        return use.gives_promise
    if len(use.path) == 1:
        return use.path[0] in vocabulary.awaited
    member = facts.bot.members.get(use.name)
    return member is not None and member.is_async


def wrong_arguments(facts: ProgramFacts, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Arguments that primitives and skills do not take."""
    for use in facts.uses:
        signature = vocabulary.signatures.get(use.path[0])
        if not use.is_called or use.is_own or len(use.path) > 1 or signature is None:
            continue
        line, given = use.line, use.arguments
        if any(argument.kind == "spread" for argument in given):
            continue
        if len(given) < signature.needed or len(given) > (signature.most or len(given)):
            many = f"{len(given)} argument{'' if len(given) == 1 else 's'}"
            yield Problem(line, f"Line {line} gives `{use.name}` {many}: it is {signature.text}.")
            continue
        for parameter, argument in zip(signature.parameters, given, strict=False):
            if problem := _wrong(argument, parameter):
                yield Problem(line, f"Line {line}: `{use.name}` {problem}.")


def _wrong(argument: Argument, parameter: CallParameter) -> str:
    """What is wrong with an argument; empty when nothing is, or it cannot be told."""
    if parameter.keys is not None and argument.kind == "object":
        unknown = [key for key in argument.keys or () if key not in parameter.keys]
        there = ", ".join(parameter.keys)
        return f"has no option `{unknown[0]}`; it has {there}" if unknown else ""
    kinds = _types_of(parameter.type)
    if argument.kind not in _WRITTEN or not kinds:
        return ""
    if not any(argument.kind in _TYPES[kind] for kind in kinds):
        wanted = " or ".join(_CALLED[kind] for kind in kinds)
        return f"takes {wanted} as `{parameter.name}`, not {argument.text[:60]}"
    if kinds == ["Position"] and argument.keys is not None and not {*argument.keys} >= _PLACE:
        return f"takes a position with x, y and z as `{parameter.name}`, not {argument.text[:60]}"
    return ""


def _types_of(type_: str) -> Sequence[str]:
    """The parts of a type, if all are known."""
    kinds = [kind.strip() for kind in type_.split("|") if kind.strip() not in ("null", "undefined")]
    return kinds if all(kind in _TYPES for kind in kinds) else []
