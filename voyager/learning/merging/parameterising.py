"""Skills of one shape made one: which of their numbers are parameters, and of which are the same.

Covers telling whether several skills are the same up to the numbers of their contracts, and the
program of the one that is left. Not covered: which one that is, and who calls the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from skills import Skill
from voyager.learning.merging.contract_numbers import frame_of, literal_text
from voyager.learning.merging.member import Member

_OTHER_NAMES = {"count": ("count", "amount", "howMany")}


@dataclass(frozen=True)
class Scaled:
    """What a slot holds: the contract's number at `path`, `times` over."""

    path: str
    times: int = 1


Filling = tuple[Scaled | None, ...]
"""For each slot what it holds; None where it holds the same in all, or is only printed."""


def filling_of(members: Sequence[Member]) -> Filling | None:
    """What the slots of skills of one shape hold; None when they are not the same skill.

    They are where each number that differs is that number of each contract, or a multiple, and no
    contract differs in a number that the programs do not.
    """
    if len({frame_of(member.skill.contract) for member in members}) > 1:
        return None
    if not all(member.is_sound for member in members):
        return None
    filling: list[Scaled | None] = []
    for index in range(len(members[0].shape.slots)):
        fitting = _fitting(members, index)
        if fitting is None:
            return None
        filling.append(fitting[0] if fitting else None)
    held = {scaled.path for scaled in filling if scaled}
    # A parameter is one for all: what only some programs take from outside is in all of them.
    return tuple(filling) if _differing(members) <= held else None


def _fitting(members: Sequence[Member], index: int) -> tuple[Scaled, ...] | None:
    """What the slot holds: one thing, or nothing to tell; None when it cannot be said."""
    slots = [member.shape.slots[index] for member in members]
    paths = {
        member.skill.parameters[slot.parameter]
        for member, slot in zip(members, slots, strict=True)
        if slot.parameter
    }
    if paths:
        scaled = tuple(Scaled(path) for path in paths if _holds(members, index, Scaled(path)))
        return scaled if len(scaled) == len(paths) == 1 else None
    if len({(slot.kind, slot.value) for slot in slots}) == 1:
        return ()
    found = tuple(
        scaled
        for path in sorted(_differing(members))
        for scaled in _multiples(members, index, path)
        if _holds(members, index, scaled)
    )
    if slots[0].is_shown:
        return found if len(found) == 1 else ()
    return found if len(found) == 1 else None


def _multiples(members: Sequence[Member], index: int, path: str) -> tuple[Scaled, ...]:
    value, number = members[0].shape.slots[index].value, members[0].numbers[path]
    if isinstance(value, str) or not number or value % number or value // number < 1:
        return ()
    return (Scaled(path, int(value // number)),)


def _holds(members: Sequence[Member], index: int, scaled: Scaled) -> bool:
    return all(
        member.shape.slots[index].value == scaled.times * member.numbers.get(scaled.path, 0)
        for member in members
    )


def _differing(members: Sequence[Member]) -> set[str]:
    """The paths at which the contracts have different numbers."""
    numbers = [member.numbers for member in members]
    return {path for path in numbers[0] if len({each[path] for each in numbers}) > 1}


def generalised(survivor: Member, filling: Filling) -> Skill | None:
    """The survivor with a parameter for each number that differs; itself if it has them all.

    None when it cannot take them: it has other parameters, no name is free, or a number stands
    outside of its function.
    """
    held = dict.fromkeys(scaled.path for scaled in filling if scaled)
    missing = [path for path in held if path not in survivor.paths]
    if not missing:
        return survivor.skill
    start = survivor.shape.parameters_start
    end = survivor.shape.entry_end
    if survivor.shape.parameters or start is None or end is None:
        return None
    filled = zip(survivor.shape.slots, filling, strict=True)
    if any(scaled and not start <= slot.start < end for slot, scaled in filled):
        return None
    names = {path: _free_name(path, survivor) for path in missing}
    if None in names.values():
        return None
    parameters = {str(name): path for path, name in names.items()}
    declared = ", ".join(
        f"{name} = {literal_text(survivor.numbers[path])}" for name, path in parameters.items()
    )
    source = _with_parameters(survivor, filling, {path: str(n) for path, n in names.items()})
    return replace(
        survivor.skill,
        source=f"{source[:start]}{declared}{source[start:]}",
        signature=_signature(survivor.skill, declared),
        parameters=parameters,
    )


def _free_name(path: str, survivor: Member) -> str | None:
    taken = {*survivor.shape.declared, *(place.name for place in survivor.shape.places)}
    return next((name for name in _OTHER_NAMES.get(path, (path,)) if name not in taken), None)


def _with_parameters(survivor: Member, filling: Filling, names: dict[str, str]) -> str:
    source = survivor.skill.source
    filled = zip(survivor.shape.slots, filling, strict=True)
    for slot, scaled in sorted(filled, key=lambda pair: -pair[0].start):
        if scaled is None:
            continue
        text = names[scaled.path]
        if scaled.times > 1:
            text = f"{scaled.times} * {text}"
            if not _stands_alone(source, slot.start, slot.end):
                text = f"({text})"
        source = f"{source[: slot.start]}{text}{source[slot.end :]}"
    return source


def _stands_alone(source: str, start: int, end: int) -> bool:
    """Whether a product may stand there without brackets: as an argument or a part of a list."""
    return source[:start].rstrip()[-1:] in "(,[" and source[end:].lstrip()[:1] in "),]"


def _signature(skill: Skill, declared: str) -> str:
    signature, changed = re.subn(r"\(\s*\)", lambda _: f"({declared})", skill.signature, count=1)
    return signature if changed else f"async function {skill.name} ({declared})"
