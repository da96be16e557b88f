"""Plans through the recipe graph: which steps lead from what is carried to an item.

Covers: `TechTree.plan`, exact amounts, tool wear, tables, furnaces and fuel, the order of steps.
Not covered: where the graph comes from (`recipe_graph`), prices (`costs`), turning steps into
tasks (`tech_tree_proposer`) or programs.

A plan is made anew from each observation; nothing of it is kept. So a step that went wrong, a lost
tool or a found chest need no repair: the next plan starts from what is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from curriculum.errors import NoPlanError, UnknownItemError
from curriculum.goals.families import close_names, normalise_name
from curriculum.planning.costs import Costs, Skips
from curriculum.planning.expansion import Expansion, Production
from curriculum.planning.recipe_graph import Source
from curriculum.planning.ways import ways_in
from mc_server import GameData, Observation


@dataclass(frozen=True)
class Step:
    """One thing to do: get `count` of `item`, so that `total` are carried after it.

    `action` is mine, craft, smelt or kill. `blocks` (mine) and `mobs` (kill) name what to look for;
    `tool` is the tool the plan uses, None for a bare hand, and `tools` are all that would do.
    `ingredients` is what the whole step uses up, `fuel` what a furnace burns, `table` whether a
    crafting table is needed. `needed_for` is the item of the step that wants this one, None for
    the last.
    """

    action: str
    item: str
    count: int
    total: int
    blocks: tuple[str, ...] = ()
    mobs: tuple[str, ...] = ()
    tool: str | None = None
    tools: tuple[str, ...] = ()
    ingredients: Mapping[str, int] = field(default_factory=dict)
    table: bool = False
    fuel: str | None = None
    needed_for: str | None = None


class TechTree:
    """Plans for one version of the game."""

    def __init__(self, game_data: GameData) -> None:
        self.game_data = game_data
        self._ways = ways_in(game_data)
        self.graph = self._ways.graph

    def resolve(self, name: str) -> str:
        """The node meant by a name as people write it. Raises UnknownItemError with close names."""
        node = normalise_name(name)
        if node not in self.game_data.items and not self.graph.family(node):
            close = close_names(node, self.game_data.items)
            raise UnknownItemError(name, close, "item", self.game_data.version)
        return node

    def needed_for(self, item: str) -> frozenset[str]:
        """The item and every one it can be made from or with."""
        return frozenset(self._ways.closure(item))

    @property
    def everything(self) -> frozenset[str]:
        """Every item of the version."""
        return frozenset(self._ways.everything)

    def costs(self, item: str, observation: Observation, skips: Skips | None = None) -> Costs:
        """Prices of the item and of everything it can be made from."""
        return Costs(self._ways, observation, self._ways.closure(item), skips)

    def costs_of_all(self, observation: Observation, skips: Skips | None = None) -> Costs:
        """Prices of every item of the version. Takes some hundredths of a second."""
        return Costs(self._ways, observation, self._ways.everything, skips)

    def plan(
        self,
        item: str,
        count: int,
        observation: Observation,
        skips: Skips | None = None,
        costs_of_all: Costs | None = None,
    ) -> list[Step]:
        """Ordered steps until `count` of `item` (a name or a family) are carried.

        Empty when they already are. The cheapest way by `costs`, without the ways in `skips`; who
        plans for many items at once gives `costs_of_all`, which saves most of the time.
        Raises UnknownItemError, and NoPlanError when nothing leads there.
        """
        node = self.resolve(item)
        costs = costs_of_all or self.costs(node, observation, skips)
        if self.graph.is_family(node) and not self.graph.sources(node):
            node = self._easiest_kind(node, observation, skips)
            costs = costs_of_all or self.costs(node, observation, skips)
        expansion = Expansion(self.graph, costs, observation)
        expansion.plan(node, count)
        aliases, kinds = expansion.kinds_made_twice(), expansion.kinds_enough()
        if aliases or kinds:
            expansion = Expansion(self.graph, costs, observation, aliases, kinds)
            expansion.plan(node, count)
        return [
            self._step(production, costs, observation, expansion)
            for production in expansion.in_order()
        ]

    def _easiest_kind(self, family: str, observation: Observation, skips: Skips | None) -> str:
        """The cheapest member of a family that is not had as one: of beds the white one."""
        kinds = self.graph.family(family)
        unit = Costs(self._ways, observation, self._ways.closure(*kinds), skips).unit
        return min(kinds, key=lambda kind: (unit[kind].of(1), kind))

    def _step(
        self, production: Production, costs: Costs, observation: Observation, expansion: Expansion
    ) -> Step:
        source = production.source
        carried = observation.inventory.get(expansion.kind(source.item), 0)
        return Step(
            action=source.action,
            item=source.item,
            count=production.count,
            total=carried + production.count,
            blocks=self.block_names(source, costs),
            mobs=source.mobs,
            tool=production.tool,
            tools=tuple(sorted(source.tools, key=lambda tool: (costs.unit[tool].of(1), tool))),
            ingredients={name: n * production.runs for name, n in source.ingredients.items()},
            table=source.needs_table,
            fuel=production.fuel,
            needed_for=production.needed_for,
        )

    def block_names(self, source: Source, costs: Costs) -> tuple[str, ...]:
        """The names to look for: the family's own when every kind of it is a block that will do."""
        if source.action != "mine":
            return ()
        if self.graph.is_family(source.item):
            kinds = self.graph.family(source.item)
            if set(kinds) <= set(source.blocks):
                return (source.item,)
        return costs.findable(source.blocks)


__all__ = ["NoPlanError", "Skips", "Step", "TechTree"]
