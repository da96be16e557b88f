"""Learning a contract from uses: what every success shared and failures lacked.

Little is claimed of few observations. With one success only what changed by count is known, and of
tools and stations what the source asks for. That a place, the time, light, food or room matters is
said only where all successes differ in it from all failures of a kind, and are many enough. Nothing
is kept but what the uses given say, so that new ones revise all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from mc_server import Circumstances
from skills.contracts.conditions import (
    conditions_of,
    differences,
    has_station,
    is_no_accident,
    lacked_kinds,
    lacked_stations,
)
from skills.contracts.counting import counting_of
from skills.contracts.effects import Whole, effects_of
from skills.contracts.learned_contract import Failure, LearnedContract
from skills.contracts.skill_use import SkillUse
from skills.contracts.source_names import source_names
from skills.skill import Skill

RECENT_USES = 20
"""Of how many uses the reliability is told."""
FAILURES_KEPT = 8
_CODE = re.compile(r"[a-z][a-z0-9_]{0,40}")
_LOST_ALL = frozenset({"died", "disconnected"})

States = Sequence[Circumstances]


def learn(uses: Iterable[SkillUse], skill: Skill | None = None) -> LearnedContract:
    """The contract of one version of a skill, from its uses in the order in which they were.

    `skill` tells what it counts and which items its source asks for; without it nothing is known of
    that. Uses of which nobody could tell whether they passed teach nothing.
    """
    told = [use for use in uses if use.passed is not None]
    counting, source = counting_of(skill), source_names(skill)
    # Where all was there already nothing was done, and nothing can be learned from it.
    good = [use for use in told if use.passed and counting.units(use) > 0]
    whole = [
        (use, use.after) for use in good if use.after is not None and use.outcome not in _LOST_ALL
    ]
    makes_room = skill is not None and skill.contract.get("type") == "has_room"
    effects = effects_of(whole, counting, source, makes_room)
    states = [use.before for use in good]
    groups = _by_code([use for use in told if not use.passed])
    trusted = [bad for _, bad in groups if is_no_accident(len(states), len(bad))]
    last = told[-RECENT_USES:]
    return LearnedContract(
        uses=len(told),
        successes=sum(1 for use in told if use.passed),
        recent=(sum(1 for use in last if use.passed), len(last)),
        holds=_holds(whole, states, trusted, source.asked),
        stations=_stations(states, trusted, source.asked),
        failures=tuple(
            Failure(code, len(bad), conditions_of(states, bad, effects.needs))
            for code, bad in groups[:FAILURES_KEPT]
        ),
        until=counting.until,
        count_position=counting.position,
        count_default=counting.default,
        **effects.fields,
        **_needed_state(states, trusted),
    )


def _by_code(bad: Sequence[SkillUse]) -> list[tuple[str, list[Circumstances]]]:
    """The states before failures by error code, or by outcome where it has none; most first."""
    groups: dict[str, list[Circumstances]] = {}
    for use in bad:
        # A program may put anything there; the words are read by people and by models.
        code = use.error_code if use.error_code and _CODE.fullmatch(use.error_code) else None
        groups.setdefault(code or use.outcome, []).append(use.before)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def _needed_state(good: States, trusted: Sequence[States]) -> dict[str, Any]:
    """The fields on time, place and player in which all successes differ from failures."""
    fields: dict[str, Any] = {}
    for bad in trusted:
        for difference in differences(good, bad):
            if difference.value:
                fields.setdefault(difference.field, difference.value)
    return fields


def _holds(
    whole: Whole, good: States, trusted: Sequence[States], asked: frozenset[str]
) -> tuple[str, ...]:
    """What every success carried and kept, and failures lacked or the source asks for."""
    if not whole:
        return ()
    always = set.intersection(
        *(
            {n for n, count in use.before.inventory.items() if after.inventory.get(n, 0) >= count}
            for use, after in whole
        )
    )
    lacked = {name for bad in trusted for name in lacked_kinds(good, bad)}
    return tuple(sorted(always & (asked | lacked)))


def _stations(good: States, trusted: Sequence[States], asked: frozenset[str]) -> tuple[str, ...]:
    """What every success had near or carried, and failures lacked or the source asks for."""
    lacked = {name for bad in trusted for name in lacked_stations(good, bad)}
    near = {name for state in good for name in state.stations}
    named = {name for name in near & asked if all(has_station(state, name) for state in good)}
    return tuple(sorted(lacked | named))
