"""The levels of the tech tree as a chart has them: what belongs to which, what leads to what.

A few items stand for each level, those by which a player tells how far somebody has come; what was
reached besides is in the chart of unique items. A name may be a family (`log`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from curriculum import members

# level: item -> what it is made from or with
LEVELS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "wood": {
        "log": (),
        "planks": ("log",),
        "stick": ("planks",),
        "crafting_table": ("planks",),
        "wooden_pickaxe": ("stick", "crafting_table"),
    },
    "stone": {
        "cobblestone": ("wooden_pickaxe",),
        "stone_pickaxe": ("cobblestone",),
        "stone_sword": ("cobblestone",),
        "furnace": ("cobblestone",),
        "coal": ("wooden_pickaxe",),
    },
    "iron": {
        "raw_iron": ("stone_pickaxe",),
        "iron_ingot": ("raw_iron", "furnace"),
        "iron_pickaxe": ("iron_ingot",),
        "bucket": ("iron_ingot",),
        "shield": ("iron_ingot",),
    },
    "diamond": {
        "diamond": ("iron_pickaxe",),
        "diamond_pickaxe": ("diamond",),
        "diamond_sword": ("diamond",),
        "obsidian": ("diamond_pickaxe",),
        "enchanting_table": ("diamond", "obsidian"),
    },
}


def tech_tree(reached: Mapping[str, float]) -> list[dict[str, Any]]:
    """Each level with its items; `reached` has when an item was first had, in seconds of the run.

    `state` is `reached`, `next` where all it needs was reached, else `later`.
    """
    when = {
        name: min((reached[kind] for kind in members(name, reached)), default=None)
        for items in LEVELS.values()
        for name in items
    }
    return [
        {
            "level": level,
            "items": [
                {
                    "name": name,
                    "needs": list(needs),
                    "seconds": when[name],
                    "state": _state(when[name], [when[need] for need in needs]),
                }
                for name, needs in items.items()
            ],
        }
        for level, items in LEVELS.items()
    ]


def _state(seconds: float | None, needs: list[float | None]) -> str:
    if seconds is not None:
        return "reached"
    return "next" if None not in needs else "later"
