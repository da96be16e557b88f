"""What somebody should have who is to try a skill that nobody has used: tools, and ingredients.

Covers what a goal takes by the version's recipes, one step deep: the planks of a table, not the
logs of the planks. Not covered: what a program needs beyond its goal.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from curriculum import (
    AllOf,
    AnyOf,
    Ate,
    Equipped,
    Goal,
    InventoryGained,
    InventoryHas,
    Placed,
    Stored,
    game_names,
    members,
)
from mc_server import GameData

TOOLS = {
    "iron_pickaxe": 1,
    "iron_axe": 1,
    "iron_shovel": 1,
    "iron_sword": 1,
    "crafting_table": 1,
    "furnace": 1,
    "coal": 16,
    "cobblestone": 64,
    "oak_log": 16,
    "oak_planks": 32,
    "stick": 16,
    "torch": 16,
    "bread": 8,
}
FUEL = "coal"
STATIONS = ("crafting_table", "furnace")
CONTAINER = "chest"
_MOST = 256
"""Of one kind of item: more fills the inventory."""


@dataclass(frozen=True)
class Given:
    """What a bot begins with."""

    inventory: dict[str, int] = field(default_factory=dict)
    stations: tuple[str, ...] = STATIONS


def tools_and_ingredients(goal: Goal, game_data: GameData | None) -> Given:
    """Good tools, and what the goal takes as far as `game_data` tells."""
    taken = _taken(goal, game_data) if game_data is not None else Counter[str]()
    inventory = Counter(TOOLS)
    for name, count in taken.items():
        inventory[name] = min(_MOST, max(inventory[name], count))
    stores = any(isinstance(leaf, Stored) for leaf in _leaves(goal))
    return Given(dict(inventory), (*STATIONS, CONTAINER) if stores else STATIONS)


def _taken(goal: Goal, game_data: GameData) -> Counter[str]:
    taken: Counter[str] = Counter()
    for leaf in _leaves(goal):
        if isinstance(leaf, InventoryHas | InventoryGained):
            taken += _ingredients(leaf.name, leaf.count, game_data)
        elif isinstance(leaf, Placed | Stored):
            taken += Counter({_kind(leaf.name, game_data): leaf.count})
        elif isinstance(leaf, Equipped) or (isinstance(leaf, Ate) and leaf.name):
            taken += Counter({_kind(str(leaf.name), game_data): 1})
    return Counter({name: count for name, count in taken.items() if name in game_data.items})


def _ingredients(name: str, count: int, game_data: GameData) -> Counter[str]:
    """For that many of an item: of its first recipe, or what is smelted to it."""
    kind = _kind(name, game_data)
    if recipes := game_data.recipes.get(kind):
        runs = math.ceil(count / recipes[0].count)
        return Counter({item: each * runs for item, each in recipes[0].ingredients.items()})
    if inputs := game_data.smelting.get(kind):
        return Counter({inputs[0]: count, FUEL: count})
    return Counter()


def _kind(name: str, game_data: GameData) -> str:
    """Of a family one that the tools' wood makes, or the first."""
    kinds = members(name, game_names(game_data))
    return next((kind for kind in kinds if kind.startswith("oak_")), kinds[0] if kinds else name)


def _leaves(goal: Goal) -> tuple[Goal, ...]:
    if isinstance(goal, AllOf | AnyOf):
        return tuple(leaf for part in goal.goals for leaf in _leaves(part))
    return (goal,)
