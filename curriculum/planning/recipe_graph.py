"""The graph of how each item is had: which blocks, recipes, furnaces and mobs yield it.

Covers: nodes (item names and families of them) and their sources, built once from the version's
`GameData`. Not covered: what is cheapest from where the player stands (`costs`), and amounts and
order (`tech_tree`).

Recipes that differ only in the kind of one ingredient become one that names the family: a chest
wants `planks`. A family's members are had alike, so it has sources of its own: `planks` are crafted
from `log`, and any `log` is mined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from curriculum.goals.families import game_names, members
from mc_server import BlockData, GameData

RARE_DROP_TRIES = 25
"""Blocks to break for one rare drop: flint takes 10 gravel, an apple some 200 leaves; no data set
of the game's versions tells them apart."""


@dataclass(frozen=True)
class Source:
    """One way to have `item`: `amount` of it for one run.

    `action` is mine, craft, smelt or kill. `blocks` (mine) and `mobs` (kill) name what to look for,
    `tools` the tools of which one is needed (none: a bare hand will do), `ingredients` what one run
    uses up, `tries` how many runs one success takes.
    """

    action: str
    item: str
    amount: int = 1
    ingredients: Mapping[str, int] = field(default_factory=dict, hash=False)
    blocks: tuple[str, ...] = ()
    mobs: tuple[str, ...] = ()
    tools: frozenset[str] = frozenset()
    needs_table: bool = False
    tries: int = 1


FUEL_SHARE = 0.75
"""How many of a family's kinds must burn for the family to be planned as fuel."""

_Key = tuple[tuple[tuple[str, int], ...], int, bool]
"""A recipe without its result: ingredients, amount, whether a table is needed."""


def suffixes(name: str) -> Iterator[str]:
    """The families a name can belong to, narrowest first: dark_oak_log -> oak_log, log."""
    parts = name.split("_")
    for start in range(1, len(parts)):
        yield "_".join(parts[start:])


def _covers(names: Collection[str], kinds: Iterable[str]) -> bool:
    """Whether the names are a whole family.

    Special cases of a kind (stripped_oak_log of oak_log) may be missing: the data of some versions
    forget them.
    """
    return all(kind in names or any(s in names for s in suffixes(kind)) for kind in kinds)


class RecipeGraph:
    """All nodes and their sources for one version of the game."""

    def __init__(self, game_data: GameData) -> None:
        self.game_data = game_data
        self._names = game_names(game_data)
        self._members: dict[str, tuple[str, ...]] = {}
        self._item_recipes = {
            name: self._recipes_of(name) for name in sorted(game_data.recipes) if name
        }
        self._natural = {name: b for name, b in game_data.blocks.items() if self._is_natural(b)}
        self._mined: dict[str, list[tuple[BlockData, bool]]] = defaultdict(list)
        for block in self._natural.values():
            for drop in (*block.drops, *block.rare_drops):
                self._mined[drop].append((block, drop not in block.drops))
        self._killed: dict[str, list[str]] = defaultdict(list)
        for mob, drops in sorted(game_data.entity_drops.items()):
            for drop in dict.fromkeys(drops):
                self._killed[drop].append(mob)
        self.uses = self._count_uses()
        self.sources = lru_cache(maxsize=None)(self._sources)
        self.fuels = self._fuel_nodes()

    def family(self, name: str) -> tuple[str, ...]:
        """The items a node stands for: itself, or a family's members."""
        if name not in self._members:
            known = (name,) if name in self._names else members(name, self.game_data.items)
            self._members[name] = known
        return self._members[name]

    def is_family(self, name: str) -> bool:
        """Whether the node stands for several kinds."""
        return name not in self._names

    def makers(self, kind: str, node: str) -> tuple[str, ...]:
        """The members of the family `node` from which one item alone is crafted into `kind`."""
        alone = {i[0][0] for i, _, _ in self._item_recipes.get(kind, ()) if len(i) == 1}
        return tuple(sorted(alone & set(self.family(node))))

    def is_main_drop(self, item: str, mobs: Iterable[str]) -> bool:
        """Whether the item is the first thing that one of the mobs drops."""
        drops = self.game_data.entity_drops
        return any(drops[mob] and drops[mob][0] in self.family(item) for mob in mobs)

    def _is_natural(self, block: BlockData) -> bool:
        """Whether a block is found in the world rather than made there.

        No recipe yields it, or only one from its own drops (clay of clay balls), and it is not what
        comes out of a furnace (smooth stone).
        """
        smelted = block.name in self.game_data.smelting and block.drops == (block.name,)
        if not block.diggable or smelted:
            return False
        recipes = self.game_data.recipes.get(block.name, ())
        return all(set(recipe.ingredients) <= set(block.drops) for recipe in recipes)

    def _count_uses(self) -> Mapping[str, int]:
        """How many recipes want an item: of two unseen ones the useful one is the common one."""
        uses: dict[str, int] = defaultdict(int)
        for keys in self._item_recipes.values():
            for ingredients, _, _ in keys:
                for name, _ in ingredients:
                    uses[name] += 1
        return uses

    def _sources(self, node: str) -> tuple[Source, ...]:
        """Every way to have the node, in a fixed order."""
        if self.is_family(node):
            return tuple(self._family_sources(node))
        return (
            *self._mine_sources(node, (node,)),
            *self._craft_sources(node, self._item_recipes.get(node, ())),
            *self._smelt_sources(node, self.game_data.smelting.get(node, ())),
            *self._kill_sources(node, (node,)),
        )

    def _mine_sources(self, node: str, kinds: Iterable[str]) -> Iterator[Source]:
        """One source for each set of tools, for the blocks that want those tools."""
        groups: dict[tuple[frozenset[str], bool], list[str]] = defaultdict(list)
        for kind in kinds:
            for block, rare in self._mined.get(kind, ()):
                groups[block.harvest_tools, rare].append(block.name)
        for (tools, rare), names in sorted(
            groups.items(), key=lambda g: (g[0][1], sorted(g[0][0]))
        ):
            tries = RARE_DROP_TRIES if rare else 1
            yield Source("mine", node, blocks=tuple(dict.fromkeys(names)), tools=tools, tries=tries)

    def _craft_sources(self, node: str, keys: Iterable[_Key]) -> Iterator[Source]:
        for ingredients, amount, needs_table in keys:
            yield Source("craft", node, amount, dict(ingredients), needs_table=needs_table)

    def _smelt_sources(self, node: str, inputs: Iterable[str]) -> Iterator[Source]:
        for name in self._collapse_names(tuple(inputs)):
            yield Source("smelt", node, ingredients={name: 1})

    def _kill_sources(self, node: str, kinds: Iterable[str]) -> Iterator[Source]:
        mobs = dict.fromkeys(mob for kind in kinds for mob in self._killed.get(kind, ()))
        if mobs:
            yield Source("kill", node, mobs=tuple(mobs))

    def _family_sources(self, node: str) -> Iterator[Source]:
        """What holds for every member: mining them, or crafting them from a family of their own."""
        kinds = self.family(node)
        yield from self._mine_sources(node, kinds)
        yield from self._craft_sources(node, self._lifted_recipes(node))
        yield from self._kill_sources(node, kinds)

    def _lifted_recipes(self, node: str) -> list[_Key]:
        """Recipes of the members, ingredients widened to families all of which lead to the node."""
        reached: dict[_Key, set[str]] = defaultdict(set)
        for kind in self.family(node):
            for ingredients, amount, needs_table in self._item_recipes.get(kind, ()):
                if len(ingredients) != 1:
                    continue
                [(name, count)] = ingredients
                for suffix in suffixes(name):
                    if self.is_family(suffix):
                        reached[((suffix, count),), amount, needs_table].add(name)
        return [
            key
            for key, names in sorted(reached.items())
            if len(names) > 1 and _covers(names, self.family(key[0][0][0]))
        ]

    def _recipes_of(self, name: str) -> tuple[_Key, ...]:
        """The recipes of one item, variants of an ingredient collapsed into its family."""
        keys: dict[_Key, None] = {}
        for recipe in self.game_data.recipes[name]:
            if name not in recipe.ingredients:
                key = tuple(sorted(recipe.ingredients.items()))
                keys[key, recipe.count, recipe.needs_table] = None
        return self._collapse(keys)

    def _collapse(self, keys: dict[_Key, None]) -> tuple[_Key, ...]:
        """Replace variants by one recipe over a family, wherever all its members are variants."""
        candidates: dict[tuple[_Key, str], dict[str, _Key]] = defaultdict(dict)
        for key in keys:
            ingredients, amount, needs_table = key
            for name, count in ingredients:
                rest = [pair for pair in ingredients if pair[0] != name]
                for suffix in suffixes(name):
                    if self.is_family(suffix):
                        wide = tuple(sorted([*rest, (suffix, count)]))
                        candidates[(wide, amount, needs_table), suffix][name] = key
        collapsed = dict.fromkeys(keys)
        for (wide_key, suffix), variants in candidates.items():
            if len(variants) > 1 and _covers(variants, self.family(suffix)):
                for key in variants.values():
                    collapsed.pop(key, None)
                collapsed[wide_key] = None
        return tuple(collapsed)

    def _collapse_names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The same for single names: the inputs of a furnace, the fuels."""
        keys: dict[_Key, None] = {(((name, 1),), 1, False): None for name in names}
        return tuple(ingredients[0][0] for ingredients, _, _ in self._collapse(keys))

    def _fuel_nodes(self) -> Mapping[str, float]:
        """Fuels worth a plan: families, and what is mined or smelted; how many items one smelts.

        Crafted fuels (a chest, a wooden pickaxe) only lose what they were made of, and what does
        not even smelt one item (sticks, bamboo) is better kept.
        """
        burning = {name: n for name, n in sorted(self.game_data.fuels.items()) if n >= 1}
        fuels: dict[str, float] = {}
        for family in dict.fromkeys(s for name in burning for s in suffixes(name)):
            kinds = self.family(family)
            smelts = [burning[kind] for kind in kinds if kind in burning]
            # A few kinds do not burn (crimson planks); the planner looks at the kind carried.
            most = self.is_family(family) and len(smelts) >= FUEL_SHARE * len(kinds)
            if most and any(s.action in ("mine", "craft") for s in self.sources(family)):
                fuels[family] = min(smelts)
        in_families = {kind for family in fuels for kind in self.family(family)}
        for name, smelts_each in burning.items():
            actions = {source.action for source in self.sources(name)}
            if name not in in_families and actions & {"mine", "smelt"}:
                fuels[name] = smelts_each
        return {name: n for name, n in fuels.items() if not self._burns_better(name, n, fuels)}

    def _burns_better(self, name: str, smelts: float, fuels: Mapping[str, float]) -> bool:
        """Whether a fuel does more for what it can be crafted into: a log as four planks."""
        return any(
            source.ingredients.keys() == {name}
            and source.amount * each > smelts * source.ingredients[name]
            for other, each in fuels.items()
            for source in self.sources(other)
            if source.action == "craft"
        )
