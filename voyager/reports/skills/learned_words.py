"""What was learned of a skill as the lines of a table.

Covers each thing by itself, with the numbers that the sentences of `LearnedContract.describe` leave
out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from curriculum import GoalError, parse_goal
from skills import LearnedContract, Skill, SkillLibrary, Spread


@dataclass(frozen=True)
class Learned:
    """What the uses of one version teach: in words, as lines of a table, and as JSON."""

    words: str
    lines: tuple[tuple[str, str], ...]
    contract: Mapping[str, Any]


def read_learned(library: SkillLibrary, skill: Skill) -> Learned | None:
    """What was learned of that version; None where nothing was, or nothing that can be read."""
    contract = library.contract(skill.name, skill.version)
    if contract is None:
        return None
    return Learned(skill.learned, tuple(_lines(contract)), contract.to_json())


def goal_words(contract: Mapping[str, Any]) -> str:
    """The goal that a skill was written for, in words; its JSON where it is no goal we know."""
    if not contract:
        return "none is known"
    try:
        return parse_goal(dict(contract)).describe()
    except (GoalError, ValueError, TypeError):
        return json.dumps(dict(contract), sort_keys=True)


def _lines(contract: LearnedContract) -> Iterator[tuple[str, str]]:
    each = " for each" if contract.per_count else ""
    amounts = (
        (f"uses up{each}", contract.consumes, ""),
        ("may use up", contract.consumes_sometimes, ""),
        (f"yields{each}", contract.yields, contract.until),
        ("sometimes yields", contract.sometimes, ""),
    )
    yield from _needs(contract)
    for label, spreads, until in amounts:
        if spreads:
            yield label, ", ".join(_amount(*one, until) for one in spreads.items())
    for label, spread, unit in (
        ("takes", contract.seconds, "s"),
        ("moves", contract.moves_blocks, "blocks"),
    ):
        if spread and (text := _spread(spread)) != "0":
            yield label, f"{text} {unit}"
    yield "worked", f"{contract.successes} of {contract.uses} times"
    for failure in contract.failures:
        text = f"{failure.code}, {failure.count} times"
        when = "; ".join(failure.conditions)
        yield "failed", f"{text}: {when}" if when else text


def _needs(contract: LearnedContract) -> Iterator[tuple[str, str]]:
    for label, names in (
        ("must be carried", contract.holds),
        ("must be near", contract.stations),
        ("only in", (*contract.dimensions, *contract.biomes)),
    ):
        if names:
            yield label, ", ".join(name.replace("_", " ") for name in names)
    for label, bounds in (("light", contract.light), ("time of day", contract.time_of_day)):
        if bounds:
            yield label, f"{bounds[0]} to {bounds[1]}"
    for label, least in (
        ("food", contract.least_food),
        ("health", contract.least_health),
        ("free slots", contract.least_free_slots),
    ):
        if least is not None:
            yield label, f"at least {least}"


def _amount(item: str, amount: Spread, until: str) -> str:
    name = item.replace("_", " ")
    return (
        f"{name} until count of them are carried" if item == until else f"{_spread(amount)} {name}"
    )


def _spread(spread: Spread) -> str:
    """`3`, or `2 to 5, mostly 3`."""
    least, median, most = (
        f"{number:.1f}".removesuffix(".0") for number in (spread.least, spread.median, spread.most)
    )
    return median if least == most else f"{least} to {most}, mostly {median}"
