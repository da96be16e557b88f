"""Expanding one wanted item into everything that must be produced for it.

Covers: the bookkeeping of one plan: what of the inventory it uses, how much wear is left in which
tool, which source yields each shortfall, and the order of it all. Not covered: prices (`costs`).

Works on a stock that starts as the inventory: wanting an item takes it from the stock, and what is
short is produced, after wanting that production's own ingredients, tools, table, furnace and fuel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import ceil, inf

from curriculum.errors import NoPlanError
from curriculum.goals.families import members
from curriculum.planning.costs import Costs
from curriculum.planning.recipe_graph import RecipeGraph, Source
from curriculum.planning.ways import FURNACE, TABLE
from mc_server import Observation

CARRIED_FACTOR = 0.1
"""A carried ingredient that nothing else wants costs this part of getting a new one."""


@dataclass
class Production:
    """Getting `count` from a source in `runs` runs, with the nodes it needs and for what."""

    source: Source
    runs: int
    count: int
    wants: dict[str, None] = field(default_factory=dict)
    tool: str | None = None
    fuel: str | None = None
    needed_for: str | None = None


class Expansion:
    """One plan in the making.

    `aliases` pins a family to one kind that is also wanted by name, `kinds` says which kind of a
    family to count on.
    """

    def __init__(
        self,
        graph: RecipeGraph,
        costs: Costs,
        observation: Observation,
        aliases: Mapping[str, str] | None = None,
        kinds: Mapping[str, str] | None = None,
    ) -> None:
        self._graph = graph
        self._costs = costs
        self._inventory = observation.inventory
        self._aliases = dict(aliases or {})
        self._stock = dict(observation.inventory)
        self._untouched = dict(observation.inventory)
        self._made_last: dict[str, Production] = {}
        uses = graph.game_data.tool_uses
        self._uses = {
            name: observation.uses_left.get(name, uses[name] * count)
            for name, count in observation.inventory.items()
            if name in uses and count > 0
        }
        self._kinds = dict(kinds or {})
        self._wanted: Counter[str] = Counter()
        self._active: list[str] = []
        self._to_fire: list[Production] = []
        self._done: list[Production] = []

    # What is there

    def kind(self, node: str) -> str:
        """The one kind in which a family is counted: that of which most is, or can be, carried."""
        if node in self._aliases:
            return self._aliases[node]
        if not self._graph.is_family(node):
            return node
        if node not in self._kinds:
            self._kinds[node] = self._choose_kind(node)
        return self._kinds[node]

    def _choose_kind(self, node: str) -> str:
        """The most valuable kind carried, what it is made from counted in; else the family."""
        feeders = [
            (name, source.amount / count)
            for source in self._graph.sources(node)
            if source.action == "craft" and len(source.ingredients) == 1
            for name, count in source.ingredients.items()
        ]
        best, best_value = node, 0.0
        for kind in self._graph.family(node):
            value = float(self._inventory.get(kind, 0))
            fed: list[tuple[float, str, str]] = []
            for name, gain in feeders:
                for ingredient in self._graph.makers(kind, name):
                    there = self._inventory.get(ingredient, 0)
                    fed.append((there * gain, name, ingredient))
            value += max(fed, default=(0.0, "", ""))[0]
            if value > best_value:
                best, best_value = kind, value
                for worth, name, ingredient in sorted(fed):
                    if worth > 0:
                        self._kinds[name] = ingredient
        return best

    def _available(self, node: str) -> int:
        return self._stock.get(self.kind(node), 0)

    def _take(self, node: str, count: int) -> int:
        """Take up to `count` from the stock; what was taken."""
        name = self.kind(node)
        taken = min(count, self._stock.get(name, 0))
        self._stock[name] = self._stock.get(name, 0) - taken
        # What the inventory does not cover comes from what a production yielded beyond its count.
        carried = min(taken, self._untouched.get(name, 0))
        if carried:
            self._untouched[name] -= carried
        if taken > carried and name in self._made_last:
            self._made_last[name].count += taken - carried
        return taken

    # What is wanted

    def plan(self, node: str, count: int) -> None:
        """Expand the one item that is wanted. Raises NoPlanError."""
        self.need(node, count)
        # Fuel comes last: it burns what nothing else wants, so it stays the same in every plan.
        while self._to_fire:
            source = self._to_fire[0].source
            alike = [production for production in self._to_fire if production.source == source]
            self._to_fire = [p for p in self._to_fire if p.source != source]
            main, self._done = self._done, []
            self._have_fuel(alike)
            self._done += main

    def need(self, node: str, count: int, needed_for: str | None = None) -> None:
        """Have `count` of the node, and use them up. Raises NoPlanError."""
        node = self._aliases.get(node, node)
        self._wanted[node] += count
        short = count - self._take(node, count)
        if short > 0:
            self._produce(node, short, needed_for)
            self._stock[self.kind(node)] -= short

    def _produce(self, node: str, count: int, needed_for: str | None) -> None:
        """Add at least `count` of the node to the stock."""
        if node in self._active:
            raise NoPlanError(f"{node} is needed to get {node}, so there is no way to the first.")
        self._active.append(node)
        while count > 0:
            source, runs = self._choose(node, count)
            self._run(source, runs, min(count, runs * source.amount), needed_for)
            count -= runs * source.amount
        self._active.pop()

    def _choose(self, node: str, count: int) -> tuple[Source, int]:
        """The source with the lowest price an item, given what the stock can put in."""
        best: tuple[float, Source, int] | None = None
        for source in self._costs.sources(node):
            runs = ceil(count / source.amount)
            covered = min(
                (self._available(name) // n for name, n in source.ingredients.items()), default=runs
            )
            for tried in {runs, min(covered, runs)} - {0}:
                price = self._price(source, tried) / min(count, tried * source.amount)
                if price < inf and (best is None or price < best[0] - 1e-9):
                    best = (price, source, tried)
        if best is None:
            raise NoPlanError(
                f"No way is known to get {node}: nothing that can be mined, crafted, smelted or "
                "hunted leads to it."
            )
        return best[1], best[2]

    def _price(self, source: Source, runs: int) -> float:
        price = self._costs.run_price(source).of(runs) + self._tool_price(source)
        if source.needs_table and not self._has_station(TABLE):
            price += self._costs.unit[TABLE].of(1)
        if source.action == "smelt" and not self._has_station(FURNACE):
            price += self._costs.unit[FURNACE].of(1)
        for name, n in source.ingredients.items():
            # Tools and stations are no raw material, however much of it is in them.
            spare = name not in self._graph.game_data.tool_uses and name not in (TABLE, FURNACE)
            price += self._ingredient_price(name, n * runs, CARRIED_FACTOR if spare else 1.0)
        return price

    def _ingredient_price(self, name: str, count: int, carried_factor: float) -> float:
        """What it takes to put in so many: the carried ones for less, the rest at full price."""
        unit = self._costs.unit[name]
        carried = min(count, self._available(name))
        if carried < count and not (unit.known and self._has_way(name)):
            return inf
        price = carried * (unit.each if unit.known else 1.0) * carried_factor
        return price + (unit.of(count - carried) if carried < count else 0.0)

    def _has_way(self, name: str) -> bool:
        """Whether it can be made of something else than what is being made (no block of ingots)."""
        return name not in self._active and any(
            not (source.ingredients.keys() & set(self._active))
            for source in self._costs.sources(name)
        )

    def _tool_price(self, source: Source) -> float:
        if not source.tools or any(self._uses.get(tool, 0) > 0 for tool in source.tools):
            return 0.0
        wanted = (tool for tool in source.tools if tool not in self._active)
        return min((self._costs.unit[tool].of(1) for tool in wanted), default=inf)

    def _has_station(self, station: str) -> bool:
        return self._costs.is_near(station) or self._stock.get(station, 0) > 0

    # What is done for it

    def _run(self, source: Source, runs: int, count: int, needed_for: str | None) -> None:
        production = Production(source, runs, count, needed_for=needed_for)
        if source.needs_table:
            self._have_station(TABLE, production)
        if source.action == "smelt":
            self._have_station(FURNACE, production)
            self._to_fire.append(production)
        if source.tools:
            self._have_tool(source, runs * source.tries, production)
        for name, n in source.ingredients.items():
            self.need(name, n * runs, source.item)
            production.wants[self._aliases.get(name, name)] = None
        kind = self.kind(source.item)
        self._stock[kind] = self._stock.get(kind, 0) + runs * source.amount
        uses = self._graph.game_data.tool_uses.get(source.item)
        if uses is not None:
            self._uses[source.item] = self._uses.get(source.item, 0) + uses * runs * source.amount
        self._made_last[kind] = production
        self._done.append(production)

    def _have_station(self, station: str, production: Production) -> None:
        """A table or furnace: carried or near, else made; not used up."""
        if not self._has_station(station):
            self._produce(station, 1, production.source.item)
        if station in self._made_last:
            production.wants[station] = None

    def _have_fuel(self, productions: list[Production]) -> None:
        """The cheapest fuel for all that is smelted from one source, carried before any other."""
        production, smelts = productions[0], sum(production.runs for production in productions)
        best: tuple[float, str, int] | None = None
        for fuel, each in self._graph.fuels.items():
            pieces = ceil(smelts / each)
            price = self._ingredient_price(fuel, pieces, CARRIED_FACTOR)
            kind = self.kind(fuel)
            burns = kind == fuel or kind in self._graph.game_data.fuels
            if price == inf or not burns:
                continue
            if best is None or price < best[0] - 1e-9:
                best = (price, fuel, pieces)
        if best is None:
            raise NoPlanError(
                f"Nothing is known to burn, so {production.source.item} cannot be had."
            )
        self.need(best[1], best[2], production.source.item)
        for production in productions:
            production.wants[self._aliases.get(best[1], best[1])] = None
            production.fuel = best[1]

    def _have_tool(self, source: Source, uses: int, production: Production) -> None:
        """Wear for so many blocks: from carried tools, the cheapest first, then from new ones."""
        tools = sorted(source.tools, key=lambda tool: (self._costs.unit[tool].of(1), tool))
        for tool in tools:
            spent = min(uses, self._uses.get(tool, 0))
            if spent > 0:
                self._uses[tool] -= spent
                uses -= spent
                production.tool = production.tool or tool
                if tool in self._made_last:
                    production.wants[tool] = None
        if uses <= 0:
            return
        tool = next((t for t in tools if t not in self._active), tools[0])
        each = self._graph.game_data.tool_uses.get(tool, uses)
        self._produce(tool, ceil(uses / each), source.item)
        self._uses[tool] = self._uses.get(tool, 0) - uses
        production.tool = production.tool or tool
        production.wants[tool] = None

    # The result

    def kinds_made_twice(self) -> dict[str, str]:
        """Families produced beside one of their own kinds: they had better be that kind."""
        made = {production.source.item for production in self._done}
        return {
            node: kinds[0]
            for node in made
            if self._graph.is_family(node)
            and (kinds := sorted(made & set(members(node, self._graph.game_data.items))))
        }

    def kinds_enough(self) -> dict[str, str]:
        """Families of which something was produced though one carried kind covers all of it."""
        made = {production.source.item for production in self._done}
        enough: dict[str, str] = {}
        for node in made:
            if self._graph.is_family(node):
                kinds = self._graph.family(node)
                most = max(kinds, key=lambda kind: self._inventory.get(kind, 0))
                if self._inventory.get(most, 0) >= self._wanted[node]:
                    enough[node] = most
        return enough

    def in_order(self) -> list[Production]:
        """All productions, those of one item merged, each after what it wants; tools early."""
        merged: dict[Source, Production] = {}
        for production in self._done:
            if production.source in merged:
                first = merged[production.source]
                first.count += production.count
                first.runs = ceil(first.count / production.source.amount)
                first.wants.update(production.wants)
            else:
                merged[production.source] = replace(production, wants=dict(production.wants))
        waiting = list(merged.values())
        ordered: list[Production] = []
        while waiting:
            unmade = {production.source.item for production in waiting}
            ready = [p for p in waiting if not (p.wants.keys() & unmade - {p.source.item})]
            if not ready:
                return self._done
            production = min(ready, key=self._urgency)
            waiting.remove(production)
            ordered.append(production)
        return ordered

    def _urgency(self, production: Production) -> int:
        """Tools first, then what is made on the spot, then what must be walked for."""
        if production.source.item in self._graph.game_data.tool_uses:
            return 0
        return 1 if production.source.action == "craft" else 2
