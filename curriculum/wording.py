"""Names as people say them: "4 logs", "a wooden pickaxe".

Covers English for the descriptions of tasks. Not covered: anything a machine reads.
"""

from __future__ import annotations

_UNCOUNTABLE = frozenset(
    {"beef", "bread", "clay", "coal", "cobblestone", "copper", "dirt", "flint", "glass", "gold"}
    | {"gravel", "iron", "leather", "mutton", "netherrack", "obsidian", "paper", "quartz"}
    | {"redstone", "sand", "stone", "string", "sugar", "wheat", "wool"}
    | {"andesite", "bamboo", "basalt", "charcoal", "deepslate", "diorite", "flesh", "granite"}
    | {"gunpowder", "ice", "kelp", "lazuli", "meal", "mud", "sandstone", "tuff"}
)


def words(name: str) -> str:
    """An item's name without underscores."""
    return name.replace("_", " ")


def plural(name: str, count: int) -> str:
    """The name in the number that goes with `count`."""
    text = words(name)
    last = text.split(" ")[-1]
    if count == 1 or last in _UNCOUNTABLE or last.endswith("s"):
        return text
    return f"{text}es" if last.endswith(("ch", "sh", "x")) else f"{text}s"


def quantity(name: str, count: int) -> str:
    """Number and name: "3 sticks", "1 coal"."""
    return f"{count} {plural(name, count)}"


def one(name: str) -> str:
    """The name with its article: "a furnace", "an iron pickaxe"."""
    text = words(name)
    if plural(name, 2) == text:
        return text
    return f"{'an' if text[0] in 'aeiou' else 'a'} {text}"
