"""What has to be there before a skill is called, since it does not get that itself.

Covers telling these needs from what the skill uses up but gets where it lacks it. Not covered: what
serves a need; that is the planner's.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from mc_server import Circumstances
from skills.contracts.item_counts import total_of
from skills.contracts.learned_contract import LearnedContract, Spread
from skills.contracts.source_names import source_names
from skills.skill import Skill

ONE = Spread(1, 1, 1)
_TOOLS = ("pickaxe", "axe", "shovel", "hoe", "sword", "shears", "bucket")
_MADE_AT = {"crafting_table": "craftItem(", "furnace": "smeltItem("}
_PUTS_AWAY = "has_room"
_GETS = frozenset({"inventory_has", "inventory_gained"})


@dataclass(frozen=True)
class Need:
    """So many of `item`, for one unit of the skill's count where `per_unit`.

    A `station` may also stand near.
    """

    item: str
    amount: Spread = ONE
    per_unit: bool = False
    station: bool = False

    def is_met(self, here: Circumstances, units: float) -> bool:
        """Whether as many are there as the most thrifty success took."""
        if self.station and self.item in here.stations:
            return True
        least = self.amount.least * (units if self.per_unit else 1)
        return total_of(self.item, here.inventory) >= math.ceil(least - 1e-6)


def needs_of(
    skill: Skill,
    contract: LearnedContract | None,
    called: Iterable[Skill] = (),
    ingredients: Collection[str] = (),
) -> tuple[Need, ...]:
    """The needs that somebody else has to serve. `called` are the skills that it calls.

    What its source counts or looks for, or what a skill that it calls is for, it gets itself;
    unless it was seen to fail without. `ingredients` are those of the recipes for what it names:
    of these it needs what it used up at times too, and of a family any kind.
    """
    if contract is None:
        return ()
    source = source_names(skill)
    gets = source.looked_for | {
        str(one.contract.get("name")) for one in called if one.contract.get("type") in _GETS
    }
    # What it puts away at times is what is there: it is not got to be put away.
    puts_away = skill.contract.get("type") == _PUTS_AWAY
    told = {
        name: amount
        for name, amount in contract.consumes_sometimes.items()
        if name in ingredients and not puts_away
    }
    used = [
        Need(_ingredient(name, source.named, ingredients), *_amount(contract, amount))
        for name, amount in {**contract.consumes, **told}.items()
        if contract.failed_without(name) or not any(_same(name, other) for other in gets)
    ]
    # Of what lay in the inventory all the time, only what the skill can have to do with.
    held = [
        Need(name)
        for name in contract.holds
        if name.rpartition("_")[2] in _TOOLS or any(_same(name, n) for n in source.named)
    ]
    stations = [
        Need(name, station=True)
        for name in contract.stations
        if name in source.named or _MADE_AT.get(name, "\0") in skill.source
    ]
    return (*used, *held, *stations)


def _ingredient(name: str, named: Collection[str], ingredients: Collection[str]) -> str:
    """The ingredient that the item was, which may be a family's; a kind that is named stays one."""
    if name in named or name in ingredients:
        return name
    families = (one for one in ingredients if name.endswith(f"_{one}"))
    return max(families, key=len, default=name)


def _amount(contract: LearnedContract, amount: Spread) -> tuple[Spread, bool]:
    """For one unit where that can be told, which it can of uses for the same number too."""
    if contract.per_count or contract.counts is None:
        return amount, contract.per_count
    least, most = contract.counts
    if least != most or least <= 0 or (contract.count_position is None and not contract.until):
        return amount, False
    return Spread(amount.least / most, amount.median / most, amount.most / most), True


def _same(name: str, other: str) -> bool:
    """Whether one is the other, or its family."""
    return name == other or name.endswith(f"_{other}") or other.endswith(f"_{name}")
