"""What to try for next when nobody has named a goal.

Covers: ordering the items never had yet, and the foods. Not covered: how to get them
(`tech_tree`).

A tool that harvests blocks no earlier tool could comes first, for it opens everything behind it.
The rest is ordered by price, made dearer for what there is much of already, so that foods, armour,
blocks and the many kinds of one thing take turns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import inf

from curriculum.planning.costs import Costs, Skips
from curriculum.planning.recipe_graph import suffixes
from curriculum.planning.tech_tree import TechTree
from curriculum.task import TaskRecord
from mc_server import Observation

KIND_SURCHARGE = 30.0
"""Added to the price for each thing of the same last word already had (doors, slabs, ...)."""
CATEGORY_FACTOR = 0.05
"""By how much of itself a price grows for each thing of the same category already had."""


class Frontier:
    """Orders items for one version of the game."""

    def __init__(self, tree: TechTree) -> None:
        self._tree = tree
        self._data = tree.game_data
        graph = tree.graph
        self._items = tuple(item for item in sorted(self._data.items) if graph.sources(item))
        self._unlocks: dict[str, frozenset[str]] = {}
        for tool in sorted(self._data.tool_uses):
            blocks = (b for b in self._data.blocks.values() if tool in b.harvest_tools)
            self._unlocks[tool] = frozenset(block.name for block in blocks if block.drops)

    def items(
        self,
        observation: Observation,
        history: Sequence[TaskRecord],
        skips: Skips,
        costs: Costs | None = None,
    ) -> Iterator[str]:
        """Items never had yet, best first; only such as some plan may lead to.

        `costs` are those of all items, if they are at hand.
        """
        had = self.had(observation, history)
        costs = costs or self._tree.costs_of_all(observation, skips)
        new = [item for item in self._items if item not in had and costs.unit[item].known]
        yield from self._tools(new, had, costs)
        kinds = Counter(_last_word(item) for item in had)
        categories = Counter(self._category(item) for item in had)

        def price(item: str) -> tuple[float, str]:
            plain = costs.unit[item].of(1)
            spread = 1 + CATEGORY_FACTOR * categories[self._category(item)]
            return plain * spread + KIND_SURCHARGE * kinds[_last_word(item)], item

        yield from sorted(new, key=price)

    def foods(self, observation: Observation, skips: Skips) -> list[str]:
        """Foods, the cheapest a point first."""
        costs = self._tree.costs_of_all(observation, skips)
        points = self._data.food_points
        priced = [
            (costs.unit[food].of(2) / points[food], food)
            for food in sorted(points)
            if points[food] > 0 and food in costs.unit
        ]
        return [food for price, food in sorted(priced) if price < inf]

    def had(self, observation: Observation, history: Sequence[TaskRecord]) -> set[str]:
        """Every item carried now or asked for by a task that passed; families with all kinds."""
        names = {name for name, count in observation.inventory.items() if count > 0}
        for record in history:
            name = getattr(record.task.goal, "name", None)
            if record.passed and name is not None:
                names.update(self._tree.graph.family(str(name)))
        # One kind of a family that is had alike (planks) stands for all of them.
        for name in list(names):
            for family in suffixes(name):
                if self._tree.graph.is_family(family) and self._tree.graph.sources(family):
                    names.update(self._tree.graph.family(family))
        return names

    def _tools(self, new: Iterable[str], had: set[str], costs: Costs) -> list[str]:
        """New tools that harvest what nothing had so far does, the cheapest a block first."""
        reached = frozenset[str]().union(*(self._unlocks.get(item, ()) for item in had))
        priced: list[tuple[float, str]] = []
        for tool in new:
            opened = len(self._unlocks.get(tool, frozenset()) - reached)
            if opened:
                priced.append((costs.unit[tool].of(1) / opened, tool))
        return [tool for _, tool in sorted(priced)]

    def _category(self, item: str) -> str:
        if item in self._data.food_points:
            return "food"
        if item in self._data.tool_uses:
            return "tool"
        return "block" if item in self._data.blocks else "material"


def _last_word(item: str) -> str:
    return item.rsplit("_", 1)[-1]
