"""What it costs, from where the player stands, to have one more of an item.

Covers: a price for each node of the recipe graph under one observation, the price of each of its
sources, and what counts as standing near. Not covered: amounts and order (`tech_tree`).

The unit is about a second of play. A price has a part paid once and a part for each item. It holds
everything an item needs from scratch, so that a tool or a furnace not yet there weighs on the
source that wants it. Carried ingredients are not free here: they may run out; the planner, which
knows how many there are, gives them for less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

from curriculum.rarity import is_foreign
from curriculum.recipe_graph import RecipeGraph, Source
from mc_server import Observation

CRAFT_COST = 0.5
SMELT_COST = 5.0
DIG_COST = 1.0
HARDNESS_COST = 0.3
KILL_COST = 4.0
WALK_COST_PER_BLOCK = 0.125
UNSEEN_COST = 40.0
UNSEEN_MOB_COST = 60.0
UNSEEN_EACH_COST = 5.0
"""On top of finding the first of something unseen: the next lies farther than in a seen vein."""
USEFUL_DISCOUNT = 0.1
"""Off the price of an unseen block for each recipe that wants its drop, up to 5: things that much
is made of (cobblestone) are found sooner than their rare kin (blackstone)."""
WORD_COST = 0.2
"""For each word in an unseen block's name: the plain kind is the common one (oak_log before
stripped_oak_log, iron_ore before deepslate_iron_ore)."""
STATION_DISTANCE = 16.0
"""Blocks within which a standing table or furnace is used instead of a new one."""
TYPICAL_COUNT = 3
"""For how many items sources are compared where the number is not known yet."""
TABLE = "crafting_table"
FURNACE = "furnace"


@dataclass(frozen=True)
class Price:
    """`setup` once (finding the place, making the tool), then `each` for every item."""

    setup: float = 0.0
    each: float = 0.0

    def of(self, count: float) -> float:
        """The price of so many."""
        return self.setup + count * self.each

    @property
    def known(self) -> bool:
        """Whether there is a way at all."""
        return self.setup < inf and self.each < inf

    def __add__(self, other: Price) -> Price:
        return Price(self.setup + other.setup, self.each + other.each)

    def times(self, factor: float) -> Price:
        """The price where each item takes `factor` of these."""
        return Price(self.setup, self.each * factor)

    def once(self, count: int = 1) -> Price:
        """The price of something needed `count` times in all, however many items come of it."""
        return Price(self.of(count), 0.0)


FREE = Price()
UNKNOWN = Price(inf, inf)


@dataclass(frozen=True)
class Skips:
    """Ways that have failed: how many of the cheapest sources of (action, item) to leave out."""

    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def of(self, action: str, item: str) -> int:
        return self.counts.get((action, item), 0)

    def any(self) -> bool:
        """Whether something is left out at all."""
        return any(self.counts.values())


class Costs:
    """Prices for one observation, of the given nodes (which must hold all they depend on)."""

    def __init__(
        self,
        graph: RecipeGraph,
        observation: Observation,
        nodes: Iterable[str],
        skips: Skips | None = None,
    ) -> None:
        self._graph = graph
        self._skips = skips or Skips()
        self._distances = {block.name: block.distance for block in observation.nearby_blocks}
        self._mobs: dict[str, float] = {}
        for entity in observation.nearby_entities:
            self._mobs[entity.name] = min(entity.distance, self._mobs.get(entity.name, inf))
        self.carried_tools = frozenset(
            name for name in observation.inventory if name in graph.game_data.tool_uses
        )
        self.stations = frozenset(
            station
            for station in (TABLE, FURNACE)
            if observation.inventory.get(station, 0) > 0 or self.is_near(station)
        )
        self.unit: dict[str, Price] = dict.fromkeys(nodes, UNKNOWN)
        self._last_resort: frozenset[str] = frozenset()
        self._relax()
        # Mobs wander and fight back: one out of sight is asked only for what nothing else yields.
        self._last_resort = frozenset(node for node, price in self.unit.items() if not price.known)
        self._relax()

    def is_near(self, block_name: str) -> bool:
        """Whether such a block stands close enough to be used."""
        return self._distances.get(block_name, inf) <= STATION_DISTANCE

    def findable(self, block_names: Iterable[str]) -> tuple[str, ...]:
        """Those of the blocks that are in sight or can be hoped for."""
        items = self._graph.game_data.items
        return tuple(
            name
            for name in block_names
            if name in self._distances or (name in items and not is_foreign(name))
        )

    def sources(self, node: str) -> list[Source]:
        """The node's usable sources, cheapest first, without those that are to be skipped."""
        kept: list[Source] = []
        left_out: dict[str, int] = {}
        priced = [
            (self.price(source).of(TYPICAL_COUNT), index, source)
            for index, source in enumerate(self._graph.sources(node))
        ]
        for price, _, source in sorted(priced, key=lambda entry: entry[:2]):
            skipped = left_out.get(source.action, 0)
            if price == inf:
                break
            if skipped < self._skips.of(source.action, node):
                left_out[source.action] = skipped + 1
            else:
                kept.append(source)
        return kept

    def price(self, source: Source) -> Price:
        """The price of one item from that source."""
        total = self.run_price(source) + self.tool_price(source.tools)
        for name, count in source.ingredients.items():
            total += self.unit[name].times(count)
        if source.needs_table:
            total += self.station_price(TABLE)
        if source.action == "smelt":
            fuels = self._graph.fuels.items()
            total += self.station_price(FURNACE)
            total += min(
                (self.unit[fuel].times(1 / smelts) for fuel, smelts in fuels),
                key=lambda price: price.of(1),
                default=UNKNOWN,
            )
        return total.times(1 / source.amount)

    def run_price(self, source: Source) -> Price:
        """The effort of a run, given all it needs: walking, digging, waiting."""
        if source.action == "mine":
            prices = (self._block_price(name, source) for name in source.blocks)
            return min(prices, key=lambda price: price.of(TYPICAL_COUNT))
        if source.action == "kill":
            return self._kill_price(source)
        return Price(0.0, SMELT_COST if source.action == "smelt" else CRAFT_COST)

    def _block_price(self, name: str, source: Source) -> Price:
        data = self._graph.game_data
        dig = source.tries * (DIG_COST + HARDNESS_COST * (data.blocks[name].hardness or 0.0))
        if name in self._distances:
            return Price(self._distances[name] * WALK_COST_PER_BLOCK, dig)
        if name not in data.items or is_foreign(name):
            # What has no item of its own (crops, wires, wall signs) is rarely there by nature.
            return UNKNOWN
        useful = min(5.0, USEFUL_DISCOUNT * self._graph.uses.get(source.item, 0))
        plain = WORD_COST * name.count("_")
        return Price(UNSEEN_COST - useful + plain, dig + UNSEEN_EACH_COST)

    def _kill_price(self, source: Source) -> Price:
        seen = [self._mobs[mob] for mob in source.mobs if mob in self._mobs]
        if seen and self._graph.is_main_drop(source.item, source.mobs):
            return Price(min(seen) * WALK_COST_PER_BLOCK, KILL_COST)
        if source.item in self._last_resort:
            return Price(UNSEEN_MOB_COST, KILL_COST + UNSEEN_EACH_COST)
        return UNKNOWN

    def tool_price(self, tools: frozenset[str]) -> Price:
        """What it takes to have one of the tools; nothing if one is carried or none is wanted."""
        if not tools or tools & self.carried_tools:
            return FREE
        return Price(min(self.unit[tool].of(1) for tool in tools), 0.0)

    def station_price(self, station: str) -> Price:
        """What it takes to have a table or furnace; nothing when carried or near."""
        return FREE if station in self.stations else self.unit[station].once()

    def _relax(self) -> None:
        """Lower prices until none changes any more (a shortest path over and-or edges)."""
        backwards = list(reversed(self.unit))
        for _ in range(len(self.unit) + 1):
            changed = False
            for node in backwards:
                best = self._best(node)
                if best.of(TYPICAL_COUNT) < self.unit[node].of(TYPICAL_COUNT) - 1e-9:
                    self.unit[node] = best
                    changed = True
            if not changed:
                return

    def _best(self, node: str) -> Price:
        """The price of the cheapest source that is not to be skipped."""
        by_action: dict[str, list[Price]] = {}
        for source in self._graph.sources(node):
            by_action.setdefault(source.action, []).append(self.price(source))
        best = UNKNOWN
        for action, prices in by_action.items():
            skipped = self._skips.of(action, node)
            if skipped < len(prices):
                candidate = sorted(prices, key=lambda price: price.of(TYPICAL_COUNT))[skipped]
                best = min(best, candidate, key=lambda price: price.of(TYPICAL_COUNT))
        return best
