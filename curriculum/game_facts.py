"""What the version's own data say of the things a question names.

Covers recipes, smelting, blocks with their tools, drops, food and fuel, a line for each thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curriculum.goals.judged_text import names_in
from mc_server import GameData

NAMES = 6
RECIPES = 2
SHOWN = 8


def names_asked_about(text: str, game_data: GameData) -> tuple[str, ...]:
    """The items, blocks and mobs that a text names."""
    known = game_data.items | frozenset(game_data.blocks) | frozenset(game_data.entity_drops)
    return names_in(text, known, NAMES)


def facts_about(text: str, game_data: GameData) -> tuple[str, ...]:
    """A line of facts for each thing the text names; none where nothing is known."""
    lines = (_facts(name, game_data) for name in names_asked_about(text, game_data))
    return tuple(line for line in lines if line)


def _facts(name: str, data: GameData) -> str:
    facts = [
        f"crafted from {_counts(recipe.ingredients)} (gives {recipe.count}"
        f"{', at a crafting table' if recipe.needs_table else ''})"
        for recipe in data.recipes.get(name, ())[:RECIPES]
    ]
    if name in data.smelting:
        facts.append(f"smelted from {_listed(data.smelting[name])}")
    facts += _block_facts(name, data)
    if mobs := sorted(mob for mob, all_drops in data.entity_drops.items() if name in all_drops):
        facts.append(f"dropped by {_listed(mobs)}")
    if name in data.entity_drops:
        facts.append(
            f"a mob that drops {_listed(dict.fromkeys(data.entity_drops[name])) or 'nothing'}"
        )
    if points := data.food_points.get(name):
        facts.append(f"restores {points:g} points of food")
    if smelts := data.fuels.get(name):
        facts.append(f"as fuel smelts {smelts:g} items")
    if uses := data.tool_uses.get(name):
        facts.append(f"a tool with {uses} uses")
    return f"{name}: {'; '.join(facts)}." if facts else ""


def _block_facts(name: str, data: GameData) -> list[str]:
    facts: list[str] = []
    if sources := [b for b in data.blocks.values() if name in b.drops and b.name != name]:
        facts.append(f"dropped by the blocks {_listed(block.name for block in sources)}")
    block = data.blocks.get(name)
    if block is not None and block.harvest_tools:
        facts.append(f"the block wants one of {_listed(sorted(block.harvest_tools))}")
    if block is not None and block.drops not in ((), (name,)):
        facts.append(f"the block drops {_listed(block.drops)}")
    return facts


def _counts(ingredients: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in ingredients.items())


def _listed(names: Iterable[str]) -> str:
    listed = list(names)
    more = len(listed) - SHOWN
    return ", ".join(listed[:SHOWN]) + (f" and {more} more" if more > 0 else "")
