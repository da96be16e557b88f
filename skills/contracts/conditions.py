"""In what failures differ from successes: what every success had before and no failure did.

Covers comparing the states before. A difference is a condition of these failures when it holds for
all of them and for no success. It is a need of the skill only where there are enough uses for it to
be no accident: with two uses everything differs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mc_server import Circumstances
from skills.contracts.daytime import DAY, NIGHT, is_within
from skills.contracts.item_counts import kinds_of, total_of

LEAST_ARRANGEMENTS = 10
"""Of which at most one in so many would set failures apart from successes by accident."""
LEAST_SUCCESSES = 2
"""Of one success every circumstance is chance."""
CONDITIONS_NAMED = 4
MOST_KINDS = 40
_LIKELY_CAUSES = frozenset({"time_of_day", "light", "least_food", "least_free_slots"})

States = Sequence[Circumstances]


@dataclass(frozen=True)
class Difference:
    """`field` of the contract and the value it gets, and what the failures had, as a clause."""

    field: str
    value: object
    clause: str


def is_no_accident(successes: int, failures: int) -> bool:
    """Whether a difference between so many of each is worth believing."""
    return math.comb(successes + failures, failures) >= LEAST_ARRANGEMENTS


def differences(good: States, bad: States) -> list[Difference]:
    """In what state of the world or the player all of `bad` differ from all of `good`."""
    if not good or not bad:
        return []
    found = [
        _time_of_day(good, bad),
        _light(good, bad),
        _place(good, bad, "dimensions", "in", lambda state: state.dimension),
        _place(good, bad, "biomes", "in", lambda state: state.biome),
        _least(good, bad, "least_food", "food was below", lambda state: state.food),
        _least(good, bad, "least_health", "health was below", lambda state: state.health),
        _least(good, bad, "least_free_slots", "free places were below", lambda s: s.free_slots),
    ]
    return [difference for difference in found if difference is not None]


def conditions_of(good: States, bad: States, needs: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """What these failures shared and no success had, a clause each.

    Where they are too few for more than an accident, only what is likely to be a cause at all.
    """
    clauses = lacked_items(good, bad, needs)
    if len(good) >= LEAST_SUCCESSES:
        clauses += [f"no {name} was near or carried" for name in lacked_stations(good, bad)]
        found = differences(good, bad)
        if is_no_accident(len(good), len(bad)):
            named = {name for name, _ in needs}
            clauses += [f"no {n} was carried" for n in lacked_kinds(good, bad) if n not in named]
        else:
            found = [difference for difference in found if difference.field in _LIKELY_CAUSES]
        clauses += [difference.clause for difference in found]
    return tuple(dict.fromkeys(clauses))[:CONDITIONS_NAMED]


def lacked_items(good: States, bad: States, needs: Sequence[tuple[str, float]]) -> list[str]:
    """Of the items needed those that every success had enough of and every failure had not."""
    if not good or not bad:
        return []
    clauses = []
    for name, amount in needs:
        least = math.ceil(amount - 1e-6)
        had = all(total_of(name, state.inventory) >= least for state in good)
        if had and all(total_of(name, state.inventory) < least for state in bad):
            much = f"fewer than {least}" if least > 1 else "no"
            clauses.append(f"{much} {name} {'were' if least > 1 else 'was'} carried")
    return clauses


def lacked_stations(good: States, bad: States) -> list[str]:
    """The stations near or carried in every success and in no failure."""
    if not good or not bad:
        return []
    return sorted(
        name
        for name in set().union(*(state.stations for state in good))
        if all(has_station(state, name) for state in good)
        and not any(has_station(state, name) for state in bad)
    )


def lacked_kinds(good: States, bad: States) -> list[str]:
    """Items that every success carried and no failure did, by kind."""
    if not good or not bad:
        return []
    always = set.intersection(*(set(state.inventory) for state in good))
    return sorted(n for n in always if not any(n in state.inventory for state in bad))[:MOST_KINDS]


def has_station(state: Circumstances, name: str) -> bool:
    """Whether it is in reach or can be put down."""
    return name in state.stations or bool(kinds_of(name, state.inventory))


def _time_of_day(good: States, bad: States) -> Difference | None:
    for span, clause in ((DAY, "it was night"), (NIGHT, "it was day")):
        within = all(is_within(state.time_of_day, span) for state in good)
        if within and not any(is_within(state.time_of_day, span) for state in bad):
            return Difference("time_of_day", span, clause)
    return None


def _light(good: States, bad: States) -> Difference | None:
    light = [state.light for state in good if state.light is not None]
    dark = [state.light for state in bad if state.light is not None]
    if len(light) < len(good) or len(dark) < len(bad):
        return None
    if min(light) > max(dark):
        return Difference("light", (min(light), 15), f"light was {_range(dark)}")
    if max(light) < min(dark):
        return Difference("light", (0, max(light)), f"light was {_range(dark)}")
    return None


def _place(
    good: States, bad: States, field: str, where: str, name: Callable[[Circumstances], str]
) -> Difference | None:
    """Of places only what all of one side share says something: there are so many."""
    good_in, bad_in = {name(state) for state in good}, {name(state) for state in bad}
    if good_in & bad_in or min(len(good_in), len(bad_in)) > 1:
        return None
    clause = f"it was {where} {' or '.join(sorted(bad_in)[:3])}"
    value = tuple(good_in) if len(good_in) == 1 else ()
    return Difference(field, value, clause)


def _least(
    good: States, bad: States, field: str, text: str, value: Callable[[Circumstances], float]
) -> Difference | None:
    least = min(value(state) for state in good)
    if max(value(state) for state in bad) >= least:
        return None
    return Difference(field, math.floor(least), f"{text} {math.floor(least)}")


def _range(values: Sequence[int]) -> str:
    least, most = min(values), max(values)
    return str(least) if least == most else f"{least} to {most}"
