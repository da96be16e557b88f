"""What it costs, from where the player stands, to have one more of an item.

Covers: a price for each node of the recipe graph under one observation, the price of each of its
sources, and what counts as standing near. Not covered: amounts and order (`tech_tree`).

The unit is about a second of play. A price has a part paid once and a part for each item. It holds
everything an item needs from scratch, so that a tool or a furnace not yet there weighs on the
source that wants it. Carried ingredients are not free here: they may run out; the planner, which
knows how many there are, gives them for less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from curriculum.planning.price import TYPICAL_COUNT, UNKNOWN, Price
from curriculum.planning.rarity import is_looked_for
from curriculum.planning.recipe_graph import Source
from curriculum.planning.ways import FURNACE, TABLE, Way, Ways
from mc_server import Observation

CRAFT_COST = 0.5
SMELT_COST = 5.0
KILL_COST = 4.0
WALK_COST_PER_BLOCK = 0.125
UNSEEN_MOB_COST = 60.0
UNSEEN_MOB_EACH_COST = 5.0
STATION_DISTANCE = 16.0
"""Blocks within which a standing table or furnace is used instead of a new one."""
NEGLIGIBLE = 1e-9


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
        ways: Ways,
        observation: Observation,
        nodes: tuple[str, ...],
        skips: Skips | None = None,
    ) -> None:
        self._ways = ways
        self._graph = ways.graph
        self._skips = skips or Skips()
        self._skipped_nodes = {item for (_, item), count in self._skips.counts.items() if count}
        self._distances = {block.name: block.distance for block in observation.nearby_blocks}
        self._mobs: dict[str, float] = {}
        for entity in observation.nearby_entities:
            self._mobs[entity.name] = min(entity.distance, self._mobs.get(entity.name, inf))
        tool_uses = self._graph.game_data.tool_uses
        self.carried_tools = frozenset(name for name in observation.inventory if name in tool_uses)
        self.stations = frozenset(
            station
            for station in (TABLE, FURNACE)
            if observation.inventory.get(station, 0) > 0 or self.is_near(station)
        )
        self._users = ways.users(nodes)
        self.unit: dict[str, Price] = dict.fromkeys(nodes, UNKNOWN)
        self._last_resort: frozenset[str] = frozenset()
        self._runs: dict[Way, Price] = {}
        self._fuel: Price | None = None
        self._relax(set(self.unit))
        # Mobs wander and fight back: one out of sight is asked only for what nothing else yields.
        self._last_resort = frozenset(node for node, price in self.unit.items() if not price.known)
        hunted = {n for n in self._last_resort if any(w.source.mobs for w in ways.to(n))}
        for node in hunted:
            for way in ways.to(node):
                self._runs.pop(way, None)
        self._relax(hunted)
        self._sorted: dict[str, Sequence[Source]] = {}

    def is_near(self, block_name: str) -> bool:
        """Whether such a block stands close enough to be used."""
        return self._distances.get(block_name, inf) <= STATION_DISTANCE

    def findable(self, block_names: Iterable[str]) -> tuple[str, ...]:
        """Those of the blocks that are in sight or can be hoped for."""
        data = self._graph.game_data
        return tuple(
            name for name in block_names if name in self._distances or is_looked_for(name, data)
        )

    def sources(self, node: str) -> Sequence[Source]:
        """The node's usable sources, cheapest first, without those that are to be skipped."""
        if node not in self._sorted:
            self._sorted[node] = self._usable(node)
        return self._sorted[node]

    def _usable(self, node: str) -> Sequence[Source]:
        kept: list[Source] = []
        left_out: dict[str, int] = {}
        priced = [(self._price_of_typical(way), way.source) for way in self._ways.to(node)]
        for price, source in sorted(priced, key=lambda entry: entry[0]):
            skipped = left_out.get(source.action, 0)
            if price == inf:
                break
            if skipped < self._skips.of(source.action, node):
                left_out[source.action] = skipped + 1
            else:
                kept.append(source)
        return kept

    def run_price(self, source: Source) -> Price:
        """The effort of a run, given all it needs: walking, digging, waiting."""
        for way in self._ways.to(source.item):
            if way.source is source:
                return self._run_price(way)
        raise KeyError(f"{source.item} is not had like this")

    def _run_price(self, way: Way) -> Price:
        if way not in self._runs:
            self._runs[way] = self._find_run_price(way)
        return self._runs[way]

    def _find_run_price(self, way: Way) -> Price:
        source = way.source
        if source.action == "mine":
            if way.blocks.isdisjoint(self._distances):
                return way.unseen
            prices = (self._block_price(name, source) for name in source.blocks)
            return min(prices, key=lambda price: price.of(TYPICAL_COUNT))
        if source.action == "kill":
            return self._kill_price(source)
        return Price(0.0, SMELT_COST if source.action == "smelt" else CRAFT_COST)

    def _block_price(self, name: str, source: Source) -> Price:
        distance = self._distances.get(name)
        walk = None if distance is None else distance * WALK_COST_PER_BLOCK
        return self._ways.block_price(name, source, walk)

    def _kill_price(self, source: Source) -> Price:
        seen = [self._mobs[mob] for mob in source.mobs if mob in self._mobs]
        if seen and self._graph.is_main_drop(source.item, source.mobs):
            return Price(min(seen) * WALK_COST_PER_BLOCK, KILL_COST)
        if source.item in self._last_resort:
            return Price(UNSEEN_MOB_COST, KILL_COST + UNSEEN_MOB_EACH_COST)
        return UNKNOWN

    def _price(self, way: Way) -> tuple[float, float]:
        """Setup and each of one item that way; infinite when something it needs is not to be had.

        Numbers and not `Price`: this is asked ten thousand times for one observation.
        """
        source, unit = way.source, self.unit
        run = self._run_price(way)
        setup, each = run.setup, run.each
        if source.tools and not source.tools & self.carried_tools:
            setup += min([unit[tool].of(1) for tool in source.tools])
        for name, count in way.ingredients:
            price = unit[name]
            setup += price.setup
            each += price.each * count
        if source.needs_table:
            setup += self._station_cost(TABLE)
        if source.action == "smelt":
            setup += self._station_cost(FURNACE)
            fuel = self._fuel_price()
            setup += fuel.setup
            each += fuel.each
        return setup, each * (1 / source.amount)

    def _price_of_typical(self, way: Way) -> float:
        setup, each = self._price(way)
        return setup + TYPICAL_COUNT * each

    def _fuel_price(self) -> Price:
        """The cheapest there is for one item."""
        if self._fuel is None:
            prices = [
                Price(self.unit[fuel].setup, self.unit[fuel].each * (1 / smelts))
                for fuel, smelts in self._graph.fuels.items()
            ]
            self._fuel = min(prices, key=lambda price: price.of(1), default=UNKNOWN)
        return self._fuel

    def _station_cost(self, station: str) -> float:
        """What it takes to have a table or furnace; nothing when carried or near."""
        return 0.0 if station in self.stations else self.unit[station].of(1)

    def _relax(self, due: set[str]) -> None:
        """Lower prices until none changes any more (a shortest path over and-or edges).

        `due` are the nodes whose price may be another now: from there on only those are looked at
        that depend on one that changed.
        """
        backwards = list(reversed(self.unit))
        for _ in range(len(self.unit) + 1):
            if not due:
                return
            for node in backwards:
                if node in due:
                    due.remove(node)
                    due.update(self._lowered(node))

    def _lowered(self, node: str) -> Sequence[str]:
        """Lower the node's price if that can be, and return what depends on it then."""
        best = self._best_without(node) if node in self._skipped_nodes else self._best(node)
        if not best.of(TYPICAL_COUNT) < self.unit[node].of(TYPICAL_COUNT) - NEGLIGIBLE:
            return ()
        self.unit[node] = best
        if node in self._graph.fuels:
            self._fuel = None
        return self._users[node]

    def _best(self, node: str) -> Price:
        """The price of the cheapest source."""
        best, lowest = None, inf
        for way in self._ways.to(node):
            price = self._price(way)
            typical = price[0] + TYPICAL_COUNT * price[1]
            if typical < lowest:
                best, lowest = price, typical
        return Price(*best) if best else UNKNOWN

    def _best_without(self, node: str) -> Price:
        """The price of the cheapest source that is not to be skipped."""
        by_action: dict[str, list[Price]] = {}
        for way in self._ways.to(node):
            by_action.setdefault(way.source.action, []).append(Price(*self._price(way)))
        best = UNKNOWN
        for action, prices in by_action.items():
            skipped = self._skips.of(action, node)
            if skipped < len(prices):
                candidate = sorted(prices, key=lambda price: price.of(TYPICAL_COUNT))[skipped]
                best = min(best, candidate, key=lambda price: price.of(TYPICAL_COUNT))
        return best
