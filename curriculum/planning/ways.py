"""What the prices of one version's items go by, whatever is seen: worked out once.

Covers: each source made ready for pricing, which nodes a node's price depends on, and what it takes
to dig a block that is not in sight. Not covered: prices from where the player stands (`costs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from curriculum.planning.price import TYPICAL_COUNT, UNKNOWN, Price
from curriculum.planning.rarity import is_looked_for
from curriculum.planning.recipe_graph import RecipeGraph, Source
from mc_server import GameData

DIG_COST = 1.0
HARDNESS_COST = 0.3
UNSEEN_COST = 40.0
UNSEEN_EACH_COST = 5.0
"""On top of finding the first of something unseen: the next lies farther than in a seen vein."""
USEFUL_DISCOUNT = 0.1
"""Off the price of an unseen block for each recipe that wants its drop, up to 5: things that much
is made of (cobblestone) are found sooner than their rare kin (blackstone)."""
WORD_COST = 0.2
"""For each word in an unseen block's name: the plain kind is the common one (oak_log before
stripped_oak_log, iron_ore before deepslate_iron_ore)."""
TABLE = "crafting_table"
FURNACE = "furnace"


@dataclass(frozen=True, eq=False)
class Way:
    """A source of a node; `unseen` is what a run takes when none of its blocks is in sight."""

    source: Source
    ingredients: tuple[tuple[str, int], ...]
    blocks: frozenset[str]
    unseen: Price


class Ways:
    """The ways to all nodes of one graph."""

    def __init__(self, graph: RecipeGraph) -> None:
        self.graph = graph
        self.to = lru_cache(maxsize=None)(self._to)
        self.closure = lru_cache(maxsize=256)(self._closure)
        self.users = lru_cache(maxsize=256)(self._users)

    @cached_property
    def everything(self) -> tuple[str, ...]:
        """All nodes that items of the version can be made from, and those items."""
        return self.closure(*sorted(self.graph.game_data.items))

    def block_price(self, name: str, source: Source, distance_cost: float | None) -> Price:
        """Of one run at that block; `distance_cost` is the way to it, None when out of sight."""
        data = self.graph.game_data
        dig = source.tries * (DIG_COST + HARDNESS_COST * (data.blocks[name].hardness or 0.0))
        if distance_cost is not None:
            return Price(distance_cost, dig)
        if not is_looked_for(name, data):
            # What has no item of its own (crops, wires, wall signs) is rarely there by nature.
            return UNKNOWN
        useful = min(5.0, USEFUL_DISCOUNT * self.graph.uses.get(source.item, 0))
        plain = WORD_COST * name.count("_")
        return Price(UNSEEN_COST - useful + plain, dig + UNSEEN_EACH_COST)

    def _to(self, node: str) -> tuple[Way, ...]:
        return tuple(self._way(source) for source in self.graph.sources(node))

    def _way(self, source: Source) -> Way:
        unseen = (self.block_price(name, source, None) for name in source.blocks)
        return Way(
            source,
            tuple(source.ingredients.items()),
            frozenset(source.blocks),
            min(unseen, key=lambda price: price.of(TYPICAL_COUNT), default=UNKNOWN),
        )

    def _closure(self, *items: str) -> tuple[str, ...]:
        """Every node that can matter for the items, in the order they were met."""
        seen = dict.fromkeys(items)
        queue = list(items)
        while queue:
            for source in self.graph.sources(queue.pop()):
                for name in self._wanted(source):
                    if name not in seen:
                        seen[name] = None
                        queue.append(name)
        return tuple(seen)

    def _users(self, nodes: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
        """For each of the nodes those whose price depends on its own."""
        found: dict[str, dict[str, None]] = {node: {} for node in nodes}
        for node in nodes:
            for source in self.graph.sources(node):
                for name in self._wanted(source):
                    found[name][node] = None
        return {name: tuple(users) for name, users in found.items()}

    def _wanted(self, source: Source) -> Iterable[str]:
        """The nodes that its price is made of."""
        wanted = [*source.ingredients, *sorted(source.tools)]
        if source.needs_table:
            wanted.append(TABLE)
        if source.action == "smelt":
            wanted += [FURNACE, *self.graph.fuels]
        return wanted


class _Same:
    """Game data as a key: the object itself, whatever is in it."""

    def __init__(self, game_data: GameData) -> None:
        self.game_data = game_data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.game_data is self.game_data

    def __hash__(self) -> int:
        return id(self.game_data)


def ways_in(game_data: GameData) -> Ways:
    """The ways in one version: the same object for the same data, for building it takes a while."""
    return _ways_in(_Same(game_data))


@lru_cache(maxsize=2)
def _ways_in(same: _Same) -> Ways:
    return Ways(RecipeGraph(same.game_data))
