"""The shape of a program: what is left when writing, names, numbers and texts are taken out.

Covers `program_shape`, which asks the Node host: the source is parsed as it will be run, in a
thread of the host's own with a time limit. Two programs of one digest differ at most in how they
are written and in what stands in their slots. Not covered: whether two programs that are written
in another way come to the same thing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from mc_server.host_question import ask_host
from mc_server.program_facts import SOURCE_CHARACTERS, SourceTooLongError

SHAPE_RULES = 1
"""Raise it when other programs than before get the same digest."""
_MOST_CONSTANTS = 30


@dataclass(frozen=True)
class Slot:
    """A number or text in a program; `start` and `end` bound it in the source.

    `parameter` names the parameter that stands there and has `value` as its default. `is_shown`
    where it is only printed.
    """

    kind: Literal["number", "string"]
    value: float | str
    start: int
    end: int
    parameter: str | None
    is_shown: bool


@dataclass(frozen=True)
class PlaceArgument:
    """An argument of a call; `bare` is a name, or a literal that is no number."""

    kind: Literal["number", "undefined", "bare", "spread", "expression"]
    start: int
    end: int


@dataclass(frozen=True)
class Place:
    """Where a program uses a global.

    `arguments` and `arguments_start` (behind the bracket) where it is called there. `is_shorthand`
    in `{ name }`, `is_changed` where it is written or made with `new`. `needs_brackets` where a
    function written in its place would.
    """

    name: str
    start: int
    end: int
    is_shorthand: bool
    is_changed: bool
    needs_brackets: bool
    arguments: tuple[PlaceArgument, ...] | None
    arguments_start: int | None


@dataclass(frozen=True)
class ProgramShape:
    """A program's shape; with a `fault`, which says why it has none, all else is empty.

    `parameters` are those of the entry, None for a pattern among them, and None altogether where no
    such function is found; `parameters_start` is where the first would go if it has none, and
    `entry_end` where the function ends.
    `declared` are the names it declares anywhere, `places` where it uses globals.
    """

    fault: str | None
    digest: str
    slots: tuple[Slot, ...]
    parameters: tuple[str | None, ...] | None
    parameters_start: int | None
    entry_end: int | None
    declared: tuple[str, ...]
    places: tuple[Place, ...]


_SHAPE = TypeAdapter(ProgramShape)


def program_shape(
    source: str, entry: str, node: Path, constants: Collection[str] = ()
) -> ProgramShape:
    """The shape of the source, whose function `entry` is called.

    Of its parameters the `constants` that have a number as their default are read as if the number
    stood in their place: so one with `count = 5` has the shape of one in which 5 is written out.
    May be called from any thread. Raises SourceTooLongError, and BridgeError when there is no host.
    """
    if len(source) > SOURCE_CHARACTERS:
        raise SourceTooLongError(
            f"The program has {len(source)} characters; keep it below {SOURCE_CHARACTERS}."
        )
    # A half of a pair of surrogates cannot be sent, and is no part of any name.
    text = source.encode("utf-16", "replace").decode("utf-16", "replace")
    answer = ask_host(
        node,
        "shape_program",
        source=text,
        entry=entry,
        constants=[*constants][:_MOST_CONSTANTS],
    )
    return _in_characters(_SHAPE.validate_python(answer), text)


def _in_characters(shape: ProgramShape, text: str) -> ProgramShape:
    """Its places as Python counts them: the host counts what lies beyond 16 bits twice."""
    if text.isascii() or max(text) <= "\uffff":
        return shape
    units = itertools.accumulate((1 + (one > "\uffff") for one in text), initial=0)
    places = {unit: index for index, unit in enumerate(units)}
    at: Callable[[int], int] = places.__getitem__
    return replace(
        shape,
        slots=tuple(replace(s, start=at(s.start), end=at(s.end)) for s in shape.slots),
        parameters_start=None if shape.parameters_start is None else at(shape.parameters_start),
        entry_end=None if shape.entry_end is None else at(shape.entry_end),
        places=tuple(_moved(place, at) for place in shape.places),
    )


def _moved(place: Place, at: Callable[[int], int]) -> Place:
    given, start = place.arguments, place.arguments_start
    return replace(
        place,
        start=at(place.start),
        end=at(place.end),
        arguments=given and tuple(replace(g, start=at(g.start), end=at(g.end)) for g in given),
        arguments_start=None if start is None else at(start),
    )
