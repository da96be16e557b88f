"""The names and rules of the server's own version: items, blocks, recipes, foods.

Covers: `GameData`, filled from the bot's registry after it has joined. Not covered: smelting, which
no published data set holds; `smelting.json` beside this file lists it, filtered here to the items
the version knows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class BlockData:
    """A kind of block. `drops` names items; `harvest_tools` is empty when a bare hand will do.

    `rare_drops` names what it yields only now and then (flint from gravel, apples from leaves).
    """

    name: str
    hardness: float | None
    diggable: bool
    drops: tuple[str, ...] = ()
    harvest_tools: frozenset[str] = frozenset()
    rare_drops: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recipe:
    """One way to craft: `ingredients` counts items by name for one run, which yields `count`."""

    result: str
    count: int
    ingredients: Mapping[str, int]
    needs_table: bool


@dataclass(frozen=True)
class GameData:
    """The version's data. `recipes` maps a result's name to all ways to craft it.

    `smelting` maps an output to the inputs that give it; `fuels` maps a fuel to how many items
    one piece smelts (coal: 8.0). `tool_uses` maps a tool's name to how often a new one can be used.
    `food_points` maps a food to what it restores. `entity_drops` maps an entity to item names.
    `land` names the blocks of which a new world's land is made, None where that is not known.
    """

    version: str
    items: frozenset[str]
    blocks: Mapping[str, BlockData]
    recipes: Mapping[str, tuple[Recipe, ...]]
    smelting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fuels: Mapping[str, float] = field(default_factory=dict)
    tool_uses: Mapping[str, int] = field(default_factory=dict)
    food_points: Mapping[str, float] = field(default_factory=dict)
    entity_drops: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    land: frozenset[str] | None = None

    def where_only(self, creatures: Collection[str], land: Collection[str]) -> GameData:
        """The data of a world in which no other creatures live, and whose land has no other blocks.

        Nothing is had of other creatures, and other blocks are not looked for.
        """
        drops = {
            kind: each if kind in creatures else () for kind, each in self.entity_drops.items()
        }
        return replace(self, entity_drops=drops, land=frozenset(land))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> GameData:
        """Read what the bridge's `game_data` request answers."""
        return cls(
            version=data["version"],
            items=frozenset(data["items"]),
            blocks={
                b["name"]: BlockData(
                    b["name"],
                    b["hardness"],
                    b["diggable"],
                    tuple(b["drops"]),
                    frozenset(b["harvest_tools"]),
                    tuple(b.get("rare_drops", ())),
                )
                for b in data["blocks"]
            },
            recipes={
                name: tuple(
                    Recipe(name, r["count"], dict(r["ingredients"]), r["needs_table"])
                    for r in recipes
                )
                for name, recipes in data["recipes"].items()
            },
            smelting={name: tuple(inputs) for name, inputs in data["smelting"].items()},
            fuels=dict(data["fuels"]),
            tool_uses=dict(data["tool_uses"]),
            food_points=dict(data["food_points"]),
            entity_drops={name: tuple(drops) for name, drops in data["entity_drops"].items()},
        )
