"""Learning a contract from uses: what every success shared and failures lacked.

Little is claimed of few observations. With one success only what changed by count is known, and of
tools and stations what the source names. That a place, the time, light, food or room matters is
said only where all successes differ in it from all failures of a kind, and are many enough. Nothing
is kept but what the uses given say, so that new ones revise all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from mc_server import Circumstances
from skills.contracts.conditions import (
    CONDITIONS_NAMED,
    differences,
    has_station,
    is_no_accident,
    lacked_items,
    lacked_stations,
    lacked_tools,
)
from skills.contracts.counting import Counting, counting_of
from skills.contracts.item_changes import Amounts, gains, losses, shared_changes, spread_of
from skills.contracts.learned_contract import Failure, LearnedContract
from skills.contracts.skill_use import SkillUse
from skills.skill import Skill

RECENT_USES = 20
"""Of how many uses the reliability is told."""
FAILURES_KEPT = 8
_LOST_ALL = frozenset({"died", "disconnected"})
_TEXT = re.compile(r"'(\w+)'|\"(\w+)\"")
_GUARDED = re.compile(r"countItem\s*\([^)]*\)")


def learn(uses: Iterable[SkillUse], skill: Skill | None = None) -> LearnedContract:
    """The contract of one version of a skill, from its uses in the order in which they were.

    `skill` tells what it counts and which items its source asks for; without it nothing is known of
    that. Uses of which nobody could tell whether they passed teach nothing.
    """
    told = [use for use in uses if use.passed is not None]
    counting = counting_of(skill)
    worked = [use for use in told if use.passed]
    # Where all was there already nothing was done, and nothing can be learned from it.
    good = [use for use in worked if counting.units(use) > 0]
    bad = [use for use in told if not use.passed]
    asked = _asked_for(skill)
    last = told[-RECENT_USES:]
    changed, item_needs = _changes(good, counting)
    states = [use.before for use in good]
    groups = _by_code(bad)
    return LearnedContract(
        uses=len(told),
        successes=len(worked),
        recent=(sum(1 for use in last if use.passed), len(last)),
        holds=_holds(good, [[use.before for use in group] for _, group in groups], asked),
        stations=_stations(states, [[use.before for use in group] for _, group in groups], asked),
        failures=tuple(
            Failure(code, len(group), _conditions(states, [u.before for u in group], item_needs))
            for code, group in groups[:FAILURES_KEPT]
        ),
        until=counting.until,
        count_position=counting.position,
        count_default=counting.default,
        **changed,
        **_needed_state(states, [[use.before for use in group] for _, group in groups]),
    )


def _changes(
    good: Sequence[SkillUse], counting: Counting
) -> tuple[dict[str, Any], list[tuple[str, float]]]:
    """The fields that say what successes did, and how much of what each needed at least."""
    whole = [
        (use, use.after) for use in good if use.after is not None and use.outcome not in _LOST_ALL
    ]
    if not whole:
        return {}, []
    units = [counting.units(use) for use, _ in whole]
    seen = frozenset(
        name for use, after in whole for name in (*use.before.inventory, *after.inventory)
    )
    lost = [losses(use.before, after) for use, after in whole]
    gained = [gains(use.before, after) for use, after in whole]
    consumed = shared_changes(lost, seen)
    needs = [(name, amount.least) for name, amount in consumed[0].items()]
    per_count = _goes_by_units(gained, lost, units)
    if per_count:
        lost = [_divided(amounts, unit) for amounts, unit in zip(lost, units, strict=True)]
        gained = [_divided(amounts, unit) for amounts, unit in zip(gained, units, strict=True)]
        consumed = shared_changes(lost, seen)
    yielded = shared_changes(gained, seen)
    return {
        "consumes": consumed[0],
        "consumes_sometimes": consumed[1],
        "yields": yielded[0],
        "sometimes": yielded[1],
        "kinds": {**consumed[2], **yielded[2]},
        "per_count": per_count,
        "counts": (min(units), max(units)),
        "seconds": spread_of(use.seconds for use, _ in whole),
        "moves_blocks": spread_of(
            use.before.position.distance_to(after.position) for use, after in whole
        ),
    }, needs


def _goes_by_units(
    gained: Sequence[Amounts], lost: Sequence[Amounts], units: Sequence[float]
) -> bool:
    """Whether what changed in every use varies less for one unit than as a whole."""
    if len(set(units)) < 2:
        return False
    for changes in (gained, lost):
        always = set.intersection(*(set(change) for change in changes))
        if always:
            whole = each = 0.0
            for name in always:
                whole += _variation([change[name] for change in changes])
                each += _variation(
                    [change[name] / unit for change, unit in zip(changes, units, strict=True)]
                )
            return each < whole
    return False


def _variation(values: Sequence[float]) -> float:
    """How far apart the values are, against their middle."""
    return (max(values) - min(values)) / (max(values) + min(values))


def _divided(amounts: Amounts, unit: float) -> dict[str, float]:
    return {name: amount / unit for name, amount in amounts.items()}


def _by_code(bad: Sequence[SkillUse]) -> list[tuple[str, list[SkillUse]]]:
    """The failures by error code, or by outcome where there is none; the most frequent first."""
    groups: dict[str, list[SkillUse]] = {}
    for use in bad:
        groups.setdefault(use.error_code or use.outcome, []).append(use)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def _conditions(
    good: Sequence[Circumstances], bad: Sequence[Circumstances], needs: Sequence[tuple[str, float]]
) -> tuple[str, ...]:
    """What these failures shared and no success had."""
    if len(good) < 2:
        return tuple(lacked_items(good, bad, needs))  # of one success everything else is chance
    clauses = lacked_items(good, bad, needs)
    clauses += [f"no {name} was near or carried" for name in lacked_stations(good, bad)]
    if is_no_accident(len(good), len(bad)):
        named = {name for name, _ in needs}
        clauses += [f"no {n} was carried" for n in lacked_tools(good, bad) if n not in named]
    clauses += [difference.clause for difference in differences(good, bad)]
    return tuple(dict.fromkeys(clauses))[:CONDITIONS_NAMED]


def _needed_state(
    good: Sequence[Circumstances], groups: Sequence[Sequence[Circumstances]]
) -> dict[str, Any]:
    """The fields on time, place and player in which all successes differ from failures."""
    fields: dict[str, Any] = {}
    for bad in groups:
        if is_no_accident(len(good), len(bad)):
            for difference in differences(good, bad):
                if difference.value:
                    fields.setdefault(difference.field, difference.value)
    return fields


def _holds(
    good: Sequence[SkillUse], groups: Sequence[Sequence[Circumstances]], asked: frozenset[str]
) -> tuple[str, ...]:
    """What every success carried and kept, and failures lacked or the source asks for."""
    kept = [
        {n for n, c in use.before.inventory.items() if use.after.inventory.get(n, 0) >= c}
        for use in good
        if use.after is not None and use.outcome not in _LOST_ALL
    ]
    if not kept:
        return ()
    always = set.intersection(*kept)
    states = [use.before for use in good]
    lacked = {
        name
        for bad in groups
        if is_no_accident(len(states), len(bad))
        for name in lacked_tools(states, bad)
    }
    return tuple(sorted(always & (asked | lacked)))


def _stations(
    good: Sequence[Circumstances], groups: Sequence[Sequence[Circumstances]], asked: frozenset[str]
) -> tuple[str, ...]:
    """What every success had near or carried, and which failures lacked or the source names."""
    lacked = {
        name
        for bad in groups
        if is_no_accident(len(good), len(bad))
        for name in lacked_stations(good, bad)
    }
    near = set().union(*(state.stations for state in good)) if good else set()
    named = {n for n in near & asked if all(has_station(state, n) for state in good)}
    return tuple(sorted(lacked | named))


def _asked_for(skill: Skill | None) -> frozenset[str]:
    """The names that the source hands to primitives; what it counts first it may get itself."""
    if skill is None:
        return frozenset()
    guarded = {a or b for text in _GUARDED.findall(skill.source) for a, b in _TEXT.findall(text)}
    named = {a or b for a, b in _TEXT.findall(skill.source)}
    made = {str(skill.contract.get("name", ""))}
    return frozenset(named - guarded - made)
