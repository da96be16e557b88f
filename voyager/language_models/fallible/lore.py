"""What a model knows of the game by heart: where things come from, and in which order to get them.

Covers the way to the things that an agent meets in its first hours. Written down apart from the
agent's own tables on purpose: what is measured with it must not know more than a model does. Not
covered: all else, which has to be looked up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

MATERIALS = {
    "wooden": "planks",
    "stone": "cobblestone",
    "iron": "iron_ingot",
    "golden": "gold_ingot",
    "diamond": "diamond",
}
TOOLS = {"pickaxe": 3, "axe": 3, "shovel": 1, "sword": 2, "hoe": 2}
STICKS = {"sword": 1}
ARMOUR = {"helmet": 5, "chestplate": 8, "leggings": 7, "boots": 4}
TREES = ("oak", "birch", "spruce", "jungle", "acacia", "dark_oak", "cherry", "mangrove")
BEST_LAST = ("wooden_pickaxe", "stone_pickaxe", "iron_pickaxe", "diamond_pickaxe")

MINED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "log": (("log",), ""),
    "dirt": (("dirt", "grass_block"), ""),
    "sand": (("sand",), ""),
    "gravel": (("gravel",), ""),
    "clay_ball": (("clay",), ""),
    "sugar_cane": (("sugar_cane",), ""),
    "wheat_seeds": (("short_grass",), ""),
    "cobblestone": (("stone", "cobblestone"), "wooden_pickaxe"),
    "andesite": (("andesite",), "wooden_pickaxe"),
    "diorite": (("diorite",), "wooden_pickaxe"),
    "granite": (("granite",), "wooden_pickaxe"),
    "coal": (("coal_ore", "deepslate_coal_ore"), "wooden_pickaxe"),
    "raw_iron": (("iron_ore", "deepslate_iron_ore"), "stone_pickaxe"),
    "raw_copper": (("copper_ore", "deepslate_copper_ore"), "stone_pickaxe"),
    "lapis_lazuli": (("lapis_ore", "deepslate_lapis_ore"), "stone_pickaxe"),
    "raw_gold": (("gold_ore", "deepslate_gold_ore"), "iron_pickaxe"),
    "redstone": (("redstone_ore", "deepslate_redstone_ore"), "iron_pickaxe"),
    "diamond": (("diamond_ore", "deepslate_diamond_ore"), "iron_pickaxe"),
    "emerald": (("emerald_ore", "deepslate_emerald_ore"), "iron_pickaxe"),
}
"""Item: the blocks that drop it, and the least tool that gets it."""

SMELTED: Mapping[str, str] = {
    "iron_ingot": "raw_iron",
    "gold_ingot": "raw_gold",
    "copper_ingot": "raw_copper",
    "glass": "sand",
    "stone": "cobblestone",
    "smooth_stone": "stone",
    "charcoal": "log",
    "brick": "clay_ball",
    "cooked_beef": "beef",
    "cooked_porkchop": "porkchop",
    "cooked_chicken": "chicken",
    "cooked_mutton": "mutton",
}

HUNTED: Mapping[str, str] = {
    "beef": "cow",
    "leather": "cow",
    "porkchop": "pig",
    "chicken": "chicken",
    "feather": "chicken",
    "mutton": "sheep",
    "wool": "sheep",
    "bone": "skeleton",
    "string": "spider",
    "rotten_flesh": "zombie",
}


@dataclass(frozen=True)
class Recipe:
    """`amount` come of one crafting; `by_hand` needs no table."""

    amount: int
    ingredients: Mapping[str, int]
    by_hand: bool = False


def _recipes() -> dict[str, Recipe]:
    found = {
        "planks": Recipe(4, {"log": 1}, True),
        "stick": Recipe(4, {"planks": 2}, True),
        "crafting_table": Recipe(1, {"planks": 4}, True),
        "torch": Recipe(4, {"coal": 1, "stick": 1}, True),
        "furnace": Recipe(1, {"cobblestone": 8}),
        "chest": Recipe(1, {"planks": 8}),
        "ladder": Recipe(3, {"stick": 7}),
        "fence": Recipe(3, {"planks": 4, "stick": 2}),
        "fence_gate": Recipe(1, {"planks": 2, "stick": 4}),
        "door": Recipe(3, {"planks": 6}),
        "slab": Recipe(6, {"planks": 3}),
        "stairs": Recipe(4, {"planks": 6}),
        "trapdoor": Recipe(2, {"planks": 6}),
        "pressure_plate": Recipe(1, {"planks": 2}, True),
        "button": Recipe(1, {"planks": 1}, True),
        "sign": Recipe(3, {"planks": 6, "stick": 1}),
        "boat": Recipe(1, {"planks": 5}),
        "bowl": Recipe(4, {"planks": 3}),
        "bed": Recipe(1, {"wool": 3, "planks": 3}),
        "bucket": Recipe(1, {"iron_ingot": 3}),
        "shears": Recipe(1, {"iron_ingot": 2}, True),
        "shield": Recipe(1, {"planks": 6, "iron_ingot": 1}),
        "iron_bars": Recipe(16, {"iron_ingot": 6}),
        "lever": Recipe(1, {"stick": 1, "cobblestone": 1}, True),
        "cobblestone_wall": Recipe(6, {"cobblestone": 6}),
        "stone_bricks": Recipe(4, {"stone": 4}, True),
        "campfire": Recipe(1, {"log": 3, "stick": 3, "coal": 1}),
        "smoker": Recipe(1, {"log": 4, "furnace": 1}),
        "painting": Recipe(1, {"stick": 8, "wool": 1}),
        "paper": Recipe(3, {"sugar_cane": 3}),
        "compass": Recipe(1, {"iron_ingot": 4, "redstone": 1}),
        "clock": Recipe(1, {"gold_ingot": 4, "redstone": 1}),
        "minecart": Recipe(1, {"iron_ingot": 5}),
        "hopper": Recipe(1, {"iron_ingot": 5, "chest": 1}),
    }
    for kind, material in MATERIALS.items():
        for tool, count in TOOLS.items():
            sticks = STICKS.get(tool, 2)
            found[f"{kind}_{tool}"] = Recipe(1, {material: count, "stick": sticks})
        for piece, count in ARMOUR.items():
            if kind not in ("wooden", "stone"):
                found[f"{kind}_{piece}"] = Recipe(1, {material: count})
    return found


CRAFTED = _recipes()


@dataclass(frozen=True)
class Step:
    """`count` of `item` are to be there after it; `source` is a block, mob or what is smelted."""

    action: str
    item: str
    count: int
    source: tuple[str, ...] = ()


@dataclass
class Plan:
    """Steps in order to have things, from what is carried. Knows no place and no distance."""

    carried: dict[str, int]
    steps: list[Step] = field(default_factory=list)
    _on_the_way: set[str] = field(default_factory=set)

    def need(self, item: str, count: int, keep: bool = True) -> bool:
        """Steps after which so many are carried; False where the way is not known by heart."""
        missing = count - self._held(item)
        if missing <= 0 or item in self._on_the_way:
            return missing <= 0
        self._on_the_way.add(item)
        known = self._get(item, missing)
        self._on_the_way.discard(item)
        if known and not keep:
            self._use(item, count)
        return known

    def _held(self, item: str) -> int:
        return max((n for name, n in self.carried.items() if is_kind(name, item)), default=0)

    def _use(self, item: str, count: int) -> None:
        names = [name for name in self.carried if is_kind(name, item)]
        name = max(names, key=lambda one: self.carried[one], default=item)
        self.carried[name] = self.carried.get(name, 0) - count

    def _get(self, item: str, missing: int) -> bool:
        general = general_name(item)
        tree = item.removesuffix(f"_{general}") if general != item else ""
        if general in MINED:
            blocks, tool = MINED[general]
            blocks = (item,) if tree else blocks
            return self._tool(tool) and self._did("mine", item, missing, blocks)
        if general in HUNTED:
            return self._did("kill", item, missing, (HUNTED[general],))
        if general in SMELTED:
            return self._smelt(item, SMELTED[general], missing)
        recipe = CRAFTED.get(general)
        return recipe is not None and self._craft(item, recipe, missing, tree)

    def _tool(self, least: str) -> bool:
        if not least:
            return True
        good = BEST_LAST[BEST_LAST.index(least) :]
        return any(self._held(tool) for tool in good) or self.need(least, 1)

    def _smelt(self, item: str, raw: str, missing: int) -> bool:
        if not self.need("furnace", 1) or not self.need(raw, missing, keep=False):
            return False
        fuel = "planks" if raw == "log" or self._held("coal") < 1 else "coal"
        each = 1.5 if fuel == "planks" else 8
        known = self.need(fuel, math.ceil(missing / each), keep=False)
        return known and self._did("smelt", item, missing, (raw,))

    def _craft(self, item: str, recipe: Recipe, missing: int, tree: str) -> bool:
        runs = math.ceil(missing / recipe.amount)
        if not recipe.by_hand and not self.need("crafting_table", 1):
            return False
        wanted = [(_of_tree(name, tree), n * runs) for name, n in recipe.ingredients.items()]
        # What is made of the others comes first, so that it does not use them up after.
        for name, count in sorted(wanted, key=lambda one: one[0] != "stick"):
            if not self.need(name, count):
                return False
        for name, count in wanted:
            self._use(name, count)
        return self._did("craft", item, runs * recipe.amount)

    def _did(self, action: str, item: str, count: int, source: tuple[str, ...] = ()) -> bool:
        self.carried[item] = self._held(item) + count
        self.steps.append(Step(action, item, count, source))
        return True


def is_kind(name: str, wanted: str) -> bool:
    """Whether an item is the wanted one, or of the wanted family."""
    return name == wanted or name.endswith(f"_{wanted}")


def general_name(item: str) -> str:
    """What a kind of wood or wool is a kind of: oak_planks is planks."""
    for tree in TREES:
        if item.startswith(f"{tree}_") and item.removeprefix(f"{tree}_") in (*CRAFTED, "log"):
            return item.removeprefix(f"{tree}_")
    return "wool" if item == "white_wool" else "bed" if item == "white_bed" else item


def _of_tree(name: str, tree: str) -> str:
    return f"{tree}_{name}" if tree in TREES and name in ("planks", "log") else name
