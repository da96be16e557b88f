"""Callers of a skill that was merged call the one that is left, with what makes it do the same.

Covers the change of a source at the places where the syntax tree has the name; a name that is the
program's own is left alone. Not covered: whether the changed program works.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mc_server import Place, PlaceArgument, ProgramShape
from skills import Skill
from voyager.learning.merging.contract_numbers import literal_text, numbers_of


class CallsStayError(Exception):
    """A caller cannot be made to call another skill; why, a sentence."""


@dataclass(frozen=True)
class Callee:
    """A skill as it is called.

    `paths` are what its parameters set in the contract, None for one that sets nothing there;
    `numbers` are the contract's, which are what it does when nothing is given.
    """

    name: str
    paths: tuple[str | None, ...]
    numbers: Mapping[str, float]


def callee_of(skill: Skill, parameters: Sequence[str | None]) -> Callee:
    """The skill, whose function has these parameters."""
    paths = tuple(skill.parameters.get(name) if name else None for name in parameters)
    return Callee(skill.name, paths, numbers_of(skill.contract))


def rewritten(caller: str, source: str, shape: ProgramShape, old: Callee, new: Callee) -> str:
    """The source of `caller`, whose shape is given, with `new` in the place of `old`.

    Raises CallsStayError where that cannot be said of every place.
    """
    if new.name in shape.declared:
        raise CallsStayError(f"{caller} has something of its own that is called {new.name}.")
    places = [place for place in shape.places if place.name == old.name]
    for place in sorted(places, key=lambda one: -one.start):
        if place.is_changed:
            raise CallsStayError(f"{caller} does with {old.name} what is no call of it.")
        if place.arguments is None:
            end, text = place.end, _as_value(place, old, new)
        else:
            end, text = _as_call(caller, source, place, place.arguments, old, new)
        source = f"{source[: place.start]}{text}{source[end:]}"
    return source


def _as_value(place: Place, old: Callee, new: Callee) -> str:
    """The function itself, handed on: where another would be called by it, an arrow is."""
    key = f"{old.name}: " if place.is_shorthand else ""
    if old.paths == new.paths and all(
        path is None or old.numbers.get(path) == new.numbers.get(path) for path in old.paths
    ):
        return f"{key}{new.name}"
    declared = ", ".join(_with_default(index, old) for index in range(len(old.paths)))
    given = _arguments([_parameter(index) for index in range(len(old.paths))], old, new)
    arrow = f"({declared}) => {new.name}({', '.join(given)})"
    return f"{key}({arrow})" if place.needs_brackets else f"{key}{arrow}"


def _parameter(index: int) -> str:
    return f"given{index + 1}"


def _with_default(index: int, old: Callee) -> str:
    default = old.numbers.get(old.paths[index] or "")
    return _parameter(index) + ("" if default is None else f" = {literal_text(default)}")


def _as_call(
    caller: str,
    source: str,
    place: Place,
    arguments: tuple[PlaceArgument, ...],
    old: Callee,
    new: Callee,
) -> tuple[int, str]:
    """Where the call's arguments end, and what is to stand from its name to there."""
    given = [source[one.start : one.end] for one in arguments]
    wanted = _arguments(given, old, new)
    needless = [one for one, text in zip(arguments, given, strict=True) if text not in wanted]
    if any(one.kind == "spread" for one in arguments) or any(
        one.kind == "expression" for one in needless
    ):
        raise CallsStayError(f"What {caller} gives to {old.name} cannot be told from its source.")
    start = place.arguments_start
    if wanted == given or start is None:
        return place.end, new.name
    end = arguments[-1].end if arguments else start
    if old.name in source[start:end]:
        raise CallsStayError(f"{caller} gives to {old.name} what {old.name} gave.")
    return end, f"{new.name}{source[place.end : start]}{', '.join(wanted)}"


def _arguments(given: Sequence[str], old: Callee, new: Callee) -> list[str]:
    """What to give to the new one so that it does what the old one did when given that."""
    wanted: list[str | None] = []
    for index, path in enumerate(new.paths):
        at = old.paths.index(path) if path in old.paths and path is not None else None
        if path is None:
            at = index
        text = given[at] if at is not None and at < len(given) else "undefined"
        default = _default(path, old, new) if text == "undefined" else text
        wanted.append(default)
    while wanted and wanted[-1] is None:
        wanted.pop()
    return [text or "undefined" for text in wanted]


def _default(path: str | None, old: Callee, new: Callee) -> str | None:
    """What stands for an argument that is not given; None where the new one's own default does."""
    number = None if path is None else old.numbers.get(path)
    if path is None or number is None or number == new.numbers.get(path):
        return None
    return literal_text(number)
