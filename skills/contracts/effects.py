"""What successes did: what they used up and gave, for how many units, how long, how far.

Covers the fields of a contract that come of comparing before and after. Not covered: what was true
before that did not change (`conditions.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mc_server import Circumstances
from skills.contracts.counting import Counting
from skills.contracts.item_changes import (
    SharedChanges,
    more,
    most_frequent,
    shared_changes,
    spread_of,
)
from skills.contracts.skill_use import SkillUse
from skills.contracts.source_names import SourceNames

SCAFFOLDING = frozenset({"cobblestone", "cobbled_deepslate", "dirt", "netherrack", "stone"})
"""Put down on the way to somewhere, whatever the skill is for."""

EATEN = frozenset(
    {"apple", "baked_potato", "beetroot", "beetroot_soup", "bread", "carrot", "cookie"}
    | {"dried_kelp", "glow_berries", "golden_carrot", "honey_bottle", "melon_slice"}
    | {"mushroom_stew", "potato", "pumpkin_pie", "rabbit_stew", "rotten_flesh", "sweet_berries"}
    | {"beef", "chicken", "cod", "mutton", "porkchop", "rabbit", "salmon", "tropical_fish"}
    | {"cooked_beef", "cooked_chicken", "cooked_cod", "cooked_mutton", "cooked_porkchop"}
    | {"cooked_rabbit", "cooked_salmon"}
)
"""Eaten by a bot that is hungry, whatever it is about."""

VARIETIES = frozenset({"log", "planks", "wool"})
"""Of these any kind does, where the program is for nothing made of one kind: `oak_boat`."""

Whole = Sequence[tuple[SkillUse, Circumstances]]


@dataclass(frozen=True)
class Effects:
    """`fields` of the contract, and of what each use `needs` how much at least, in items."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[tuple[str, float], ...] = ()


def effects_of(
    whole: Whole, counting: Counting, source: SourceNames, makes_room: bool = False
) -> Effects:
    """What successes did of which the state after is known.

    Where the skill `makes_room`, what went was what nobody needed.
    """
    if not whole:
        return Effects()
    units = [counting.units(use) for use, _ in whole]
    seen = frozenset(
        name for use, after in whole for name in (*use.before.inventory, *after.inventory)
    )
    left = [more(after.inventory, use.before.inventory) for use, after in whole]
    lost = shared_changes(left, seen, frozenset() if makes_room else _told_as(seen, source))
    gained = shared_changes([more(u.before.inventory, a.inventory) for u, a in whole], seen)
    per_count = _goes_by_units(gained, units) if gained.always else _goes_by_units(lost, units)
    by = units if per_count else [1.0] * len(units)
    used = {name: _divided(amounts, by) for name, amounts in lost.always.items()}
    aside = {
        name: used.pop(name)
        for name in [*used]
        if makes_room or _is_aside(name, used[name], source) or _is_eaten(name, whole, source)
    }
    given = {name: _divided(amounts, by) for name, amounts in gained.always.items()}
    fields = {
        "consumes": {name: spread_of(amounts) for name, amounts in used.items()},
        "consumes_sometimes": most_frequent({**lost.sometimes, **aside}),
        "yields": {name: spread_of(amounts) for name, amounts in given.items()},
        "sometimes": most_frequent(gained.sometimes),
        "kinds": {
            name: kinds
            for name, kinds in {**lost.kinds, **gained.kinds}.items()
            if name in used or name in given
        },
        "per_count": per_count,
        "counts": (min(units), max(units)),
        "seconds": spread_of(use.seconds for use, _ in whole),
        "moves_blocks": spread_of(u.before.position.distance_to(a.position) for u, a in whole),
    }
    return Effects(fields, tuple((name, min(lost.always[name])) for name in used))


def _told_as(seen: frozenset[str], source: SourceNames) -> frozenset[str]:
    """The names by which items are told that were used up: as the program has them."""
    if not source.is_known:
        return frozenset()
    first_words = {name.partition("_")[0] for name in source.named}
    kinds = {name for name in seen if name.rpartition("_")[2] in VARIETIES}
    own = {name for name in kinds if name.partition("_")[0] in first_words}
    return source.named | VARIETIES | own


def _is_aside(name: str, amounts: Sequence[float], source: SourceNames) -> bool:
    """Whether the item seems to have been put down on the way, and not to be what it takes."""
    if name not in SCAFFOLDING or name in source.named or not source.is_known:
        return False
    return len(amounts) < 2 or len(set(amounts)) > 1


def _is_eaten(name: str, whole: Whole, source: SourceNames) -> bool:
    """Whether the item seems to have been eaten on the way, and not to be what it takes."""
    if name not in EATEN or name in source.named or not source.is_known:
        return False
    return any(after.food > use.before.food for use, after in whole)


def _goes_by_units(changes: SharedChanges, units: Sequence[float]) -> bool:
    """Whether what changed in every use varies less for one unit than as a whole."""
    if len(set(units)) < 2:
        return False
    whole = sum(_variation(amounts) for amounts in changes.always.values())
    each = sum(_variation(_divided(amounts, units)) for amounts in changes.always.values())
    return each < whole


def _variation(values: Sequence[float]) -> float:
    """How far apart the values are, against their middle."""
    middle = max(values) + min(values)
    return (max(values) - min(values)) / middle if middle else 0.0


def _divided(amounts: Sequence[float], units: Sequence[float]) -> tuple[float, ...]:
    return tuple(amount / unit for amount, unit in zip(amounts, units, strict=True))
