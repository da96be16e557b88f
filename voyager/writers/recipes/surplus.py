"""What of an inventory can be put away: the lines of a program that count it.

Kept are the best tools, some food, and some of the materials that most recipes ask for; which these
are is read off the version's own recipes.
"""

from __future__ import annotations

import json
from collections import defaultdict

from mc_server import GameData

MATERIALS_KEPT = 10
"""So many kinds of material stay in the inventory, a stack of each at most."""
FAMILIES_NAMED = 24
TOOLS = ("pickaxe", "axe", "shovel", "sword")
TREASURE = "/^raw_|_ingot$|^(diamond|coal|charcoal)$/"
"""What ways through rock are dug for stays too."""
COMMON = (
    "/^(dirt|gravel|sand|sandstone|andesite|diorite|granite|tuff|calcite|netherrack"
    "|cobblestone|cobbled_deepslate)$/"
)
"""Blocks of which a few steps bring more."""
LEAVING_BEHIND = (
    "const atHand = countItem('chest') > 0 || countItem('planks') >= 8 || countItem('log') >= 2",
    "if (!atHand) {",
    "  // On the way to wood for a chest more is picked up of what lies about: that is left here.",
    f"  const common = {COMMON}",
    "  for (const name of Object.keys(surplus).filter(name => common.test(name))) {",
    "    await bot.toss(registry.itemsByName[name].id, null, surplus[name])",
    "    delete surplus[name]",
    "  }",
    "  if (bot.inventory.emptySlotCount() >= count) return",
    "}",
    "if (countItem('chest') < 1 && bot.inventory.emptySlotCount() < 1) {",
    "  // Not even a chest could be made: one place is emptied of what there is most of.",
    "  const whole = Object.keys(surplus).filter(name => surplus[name] === carried[name])",
    "  const single = whole.filter(name => carried[name] <= 64)",
    "  const [most] = single.sort((a, b) => carried[b] - carried[a])",
    "  if (most) await bot.toss(registry.itemsByName[most].id, null, carried[most])",
    "  delete surplus[most]",
    "}",
)
"""Lines that see to it that a chest can be made; they return if none is needed any more."""


def useful_families(game_data: GameData) -> list[str]:
    """Names of materials (`planks`, `stick`, `ingot`), those that lead to most others first.

    A name stands for every item that ends in it, and counts once for each kind of result.
    """
    results: defaultdict[str, set[str]] = defaultdict(set)
    for name, recipes in game_data.recipes.items():
        for recipe in recipes:
            for ingredient in recipe.ingredients:
                results[_family(ingredient)].add(_family(name))
    ranked = sorted(results, key=lambda family: (-len(results[family]), family))
    return ranked[:FAMILIES_NAMED]


def surplus_lines(game_data: GameData) -> list[str]:
    """Lines that leave in `surplus` how many of each item can go; they return if none can."""
    useful = ", ".join(f"'{name}'" for name in useful_families(game_data))
    tools = ", ".join(f"'{name}'" for name in TOOLS)
    stations = json.dumps(["crafting_table", "furnace"]).replace('"', "'")
    return [
        f"const useful = [{useful}]",
        "const ends = (name, family) => name === family || name.endsWith(`_${family}`)",
        "const carried = {}",
        "for (const { name, count } of bot.inventory.items()) {",
        "  carried[name] = (carried[name] || 0) + count",
        "}",
        "const names = Object.keys(carried)",
        "const uses = name => registry.itemsByName[name].maxDurability || 0",
        f"const kept = Object.fromEntries({stations}.map(name => [name, 1]))",
        "// A bed, the best tool of each kind, two foods, the materials that lead furthest.",
        f"for (const tool of [{tools}]) {{",
        "  const owned = names.filter(name => ends(name, tool))",
        "  owned.sort((a, b) => uses(b) - uses(a))",
        "  if (owned.length > 0) kept[owned[0]] = 1",
        "}",
        "for (const name of names) if (ends(name, 'bed')) kept[name] = 1",
        "const points = name => registry.foodsByName[name].foodPoints",
        "const foods = names.filter(name => registry.foodsByName[name])",
        "foods.sort((a, b) => points(b) - points(a))",
        "for (const name of foods.slice(0, 2)) kept[name] = 64",
        f"for (const name of names) if ({TREASURE}.test(name)) kept[name] = 64",
        "const rank = name => useful.findIndex(family => ends(name, family))",
        "const isMaterial = name => rank(name) >= 0 && uses(name) === 0 && !kept[name]",
        "const materials = names.filter(isMaterial)",
        "materials.sort((a, b) => rank(a) - rank(b) || carried[b] - carried[a])",
        f"for (const name of materials.slice(0, {MATERIALS_KEPT})) kept[name] = 64",
        "const surplus = {}",
        "for (const name of names) {",
        "  const spare = carried[name] - (kept[name] || 0)",
        "  if (spare > 0 && name !== 'chest') surplus[name] = spare",
        "}",
        "if (Object.keys(surplus).length === 0) return",
    ]


def _family(name: str) -> str:
    return name.rpartition("_")[2]
