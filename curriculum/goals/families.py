"""Names that stand for several kinds: `log` for oak_log, birch_log, ...

Covers: the one rule by which goals, planner and critic read a name; `countItem` in the programs'
world reads names the same way. A name that the version knows means exactly itself. Any other name
means every known name that ends in `_<name>`. A family's count is the largest count of a single
kind in it, because recipes want one kind.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

from mc_server import GameData


def game_names(game_data: GameData) -> frozenset[str]:
    """Every item and block name of the version: what decides whether a name is a family."""
    return game_data.items | frozenset(game_data.blocks)


def normalise_name(text: str) -> str:
    """The name meant by `text`: "Iron Pickaxe" and "minecraft:iron_pickaxe" are iron_pickaxe."""
    return "_".join(text.strip().lower().removeprefix("minecraft:").replace("-", " ").split())


def members(name: str, names: Collection[str]) -> tuple[str, ...]:
    """The names among `names` that `name` stands for, sorted; empty when there is none."""
    if name in names:
        return (name,)
    return tuple(sorted(n for n in names if n.endswith(f"_{name}")))


def kinds_in(name: str, found: Collection[str], known: Collection[str] | None) -> tuple[str, ...]:
    """Which of the names `found` in the world `name` stands for.

    `known` are the version's names; they decide that `apple` is not a family of `golden_apple`.
    Without them a name counts as a family unless it was itself found.
    """
    if known is not None and name in known:
        return (name,) if name in found else ()
    return members(name, found)


def count_of(name: str, inventory: Mapping[str, int], known: Collection[str] | None = None) -> int:
    """How many of `name` the inventory holds; of a family, of its most frequent kind."""
    return max((inventory[kind] for kind in kinds_in(name, inventory, known)), default=0)


def close_names(name: str, names: Collection[str], limit: int = 3) -> tuple[str, ...]:
    """Known names similar to a misspelt one, most similar first; `log` or `stick` for a plural."""
    wanted = normalise_name(name)
    singulars = [wanted.removesuffix(ending) for ending in ("s", "es") if wanted.endswith(ending)]
    close = difflib.get_close_matches(wanted, sorted(names), limit, 0.6)
    known = [singular for singular in singulars if members(singular, names)]
    return tuple(dict.fromkeys([*known, *close]))[:limit]
