"""Program text from the recipe graph: how to have an item, with everything it needs first.

Covers: the JavaScript lines that get an item by mining, crafting, smelting or hunting. They call
known skills for what is needed, and helper functions inside the program where none is known. Not
covered: goals and retries (`recipe_writer`).

Every line asks first what is carried, so a program run twice, or half-way, does only what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from curriculum import FURNACE, STATION_DISTANCE, TABLE, Costs, Source, TechTree
from voyager.writers.entry_names import capitalised
from voyager.writers.known_skills.services import Service

Lines = list[str]
MINING_ROUNDS = 8
"""How often a program mines again when drops were lost or were of another kind."""
CRAFTING_ROUNDS = 4
HUNTING_ROUNDS = 40
"""A mob may drop nothing of what is wanted."""


@dataclass(frozen=True)
class Variety:
    """How to vary a program: `slack` more of each ingredient, a tool `tool_rank` tiers better."""

    slack: int = 0
    tool_rank: int = 0


@dataclass
class RecipeProgram:
    """Writes lines. `services` has the skill that gets an item."""

    tree: TechTree
    costs: Costs
    services: Mapping[str, Service]
    variety: Variety = field(default_factory=Variety)
    _helpers: dict[str, Lines] = field(default_factory=dict)

    def have(self, item: str, amount: str, source: Source) -> Lines:
        """Lines after which `amount` (a JavaScript expression) of the item are carried.

        They belong into a function: they return when there is nothing to do.
        """
        if source.action == "mine":
            return self._mine(source, amount)
        if source.action == "kill":
            return self._hunt(source, amount)
        if source.action == "smelt":
            return self._smelt(source, amount)
        return self._craft(source, amount)

    def helpers(self) -> Lines:
        """The functions that the lines written so far call and that are no skills."""
        return [line for lines in self._helpers.values() for line in ("", *lines)]

    def ensure(self, item: str, amount: str) -> Lines:
        """Lines that get the item only if fewer than `amount` are carried."""
        return self._if(f"countItem({quoted(item)}) < {amount}", self._get(item, amount))

    def ensure_tool(self, tools: frozenset[str]) -> Lines:
        """Lines that name the `tools` and make one unless one is carried; none if none wanted."""
        if not tools:
            return []
        ranked = sorted(tools, key=lambda tool: (self.costs.unit[tool].of(1), tool))
        makeable = [tool for tool in ranked if self.costs.unit[tool].known]
        rank = min(self.variety.tool_rank, max(0, len(makeable) - 1))
        good = ranked[ranked.index(makeable[rank]) :] if makeable else ranked
        known = next((tool for tool in makeable[rank:] if tool in self.services), None)
        wanted = known or (makeable[rank] if makeable else ranked[0])
        return [
            f"const tools = {quoted(*good)}",
            *self._if("countItem(tools) < 1", self._get(wanted, "1")),
        ]

    def ensure_station(self, station: str) -> Lines:
        """Lines that make a table or furnace unless one is carried or stands near."""
        near = f"findBlock({quoted(station)}, {STATION_DISTANCE:.0f})"
        return self._if(f"countItem({quoted(station)}) < 1 && !{near}", self._get(station, "1"))

    def _get(self, item: str, amount: str) -> Lines:
        """A call that gets the item: of a known skill, or of a helper."""
        if item in self.services:
            return self.services[item].lines(amount)
        source = self._best(item)
        if source is None:
            return []
        name = f"get{capitalised(item)}"
        if name not in self._helpers:
            self._helpers[name] = []
            body = self.have(item, "count", source)
            self._helpers[name] = [f"async function {name} (count) {{", *indented(body), "}"]
        return [f"await {name}({amount})"]

    def _if(self, condition: str, body: Lines) -> Lines:
        if len(body) > 1:
            return [f"if ({condition}) {{", *indented(body), "}"]
        return [f"if ({condition}) {line}" for line in body]

    def _mine(self, source: Source, amount: str) -> Lines:
        item = quoted(source.item)
        blocks = quoted(*self.tree.block_names(source, self.costs))
        rounds = MINING_ROUNDS * source.tries
        loop = f"for (let round = 0; countItem({item}) < {amount} && round < {rounds}; round++) {{"
        mining = f"await mineBlock({blocks}, {amount} - countItem({item}))"
        if not source.tools:
            return [loop, f"  {mining}", "}"]
        name_tools, *make_tool = self.ensure_tool(source.tools)
        body = [
            *make_tool,
            "try {",
            f"  {mining}",
            "} catch (error) {",
            "  // A tool that broke is made anew.",
            "  if (error.code !== 'missing_tool' || countItem(tools) > 0) throw error",
            "}",
        ]
        return [name_tools, loop, *indented(body), "}"]

    def _hunt(self, source: Source, amount: str) -> Lines:
        item = quoted(source.item)
        condition = f"countItem({item}) < {amount} && round < {HUNTING_ROUNDS}"
        return [
            f"for (let round = 0; {condition}; round++) {{",
            f"  await killMob({quoted(*source.mobs)}, 1)",
            "}",
        ]

    def _craft(self, source: Source, amount: str) -> Lines:
        item = quoted(source.item)
        runs = "missing" if source.amount == 1 else f"Math.ceil(missing / {source.amount})"
        body = [f"const missing = {amount} - countItem({item})"]
        family = self.tree.graph.is_family(source.item)
        if not family:
            body += ["if (missing <= 0) return"]
        if source.needs_table:
            body += self.ensure_station(TABLE)
        body += self._ingredients(source, runs)
        body += [f"await craftItem({item}, missing)"]
        if not family:
            return body
        # Of a family, one kind has to reach the amount, and what is crafted may be another kind.
        condition = f"countItem({item}) < {amount} && round < {CRAFTING_ROUNDS}"
        return [f"for (let round = 0; {condition}; round++) {{", *indented(body), "}"]

    def _smelt(self, source: Source, amount: str) -> Lines:
        item = quoted(source.item)
        [raw] = source.ingredients
        fuel = self._fuel("missing", raw)
        # Getting what is smelted may use up the fuel.
        again = fuel if self._cheapest_fuel() in self._chain(raw, set()) else []
        return [
            f"const missing = {amount} - countItem({item})",
            "if (missing <= 0) return",
            *self.ensure_station(FURNACE),
            *fuel,
            *self.ensure(raw, self._with_slack("missing")),
            *again,
            f"await smeltItem({quoted(raw)}, missing)",
        ]

    def _fuel(self, smelts: str, raw: str) -> Lines:
        """Lines that get the cheapest fuel unless enough of some is carried, what is smelted aside.

        `smelts` is an expression for how many items, `raw` what is smelted.
        """
        cheapest = self._cheapest_fuel()
        if cheapest is None:
            return []
        by_worth: dict[float, list[str]] = {}
        for name, each in sorted(self.tree.graph.fuels.items(), key=lambda fuel: -fuel[1]):
            if self.costs.unit[name].known and name != raw:
                by_worth.setdefault(each, []).append(name)
        there = [f"{each:g} * countItem({quoted(*n)})" for each, n in by_worth.items()]
        worth = there[0] if len(there) == 1 else f"Math.max({', '.join(there)})"
        pieces = f"Math.ceil({smelts} / {self.tree.graph.fuels[cheapest]:g})"
        return self._if(f"{worth} < {smelts}", self._get(cheapest, pieces))

    def _cheapest_fuel(self) -> str | None:
        prices = [
            (self.costs.unit[name].of(1), name)
            for name in self.tree.graph.fuels
            if self.costs.unit[name].known
        ]
        return min(prices, default=(0.0, None))[1]

    def _ingredients(self, source: Source, runs: str) -> Lines:
        """Ingredients that are made from others first, so that none is used up again."""
        lines: Lines = []
        chains = {name: self._chain(name, set()) for name in source.ingredients}
        order = sorted(
            source.ingredients,
            key=lambda name: sum(name in chain for n, chain in chains.items() if n != name),
        )
        for name in order:
            count = source.ingredients[name]
            amount = runs if count == 1 else f"{count} * {runs}"
            lines += self.ensure(name, self._with_slack(amount))
        return lines

    def _with_slack(self, amount: str) -> str:
        return f"{amount} + {self.variety.slack}" if self.variety.slack else amount

    def _chain(self, item: str, seen: set[str]) -> set[str]:
        """Everything the item is made with, tools and stations included."""
        source = self._best(item)
        if source is None or item in seen:
            return seen
        seen.add(item)
        needs = list(source.ingredients)
        if source.tools:
            needs.append(min(source.tools, key=lambda tool: (self.costs.unit[tool].of(1), tool)))
        needs += [TABLE] if source.needs_table else []
        needs += [FURNACE] if source.action == "smelt" else []
        for name in needs:
            self._chain(name, seen)
        return seen

    def _best(self, item: str) -> Source | None:
        return next(iter(self.costs.sources(item)), None)


def quoted(*names: str) -> str:
    """A JavaScript string, or an array of them."""
    texts = [f"'{name}'" for name in names]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def indented(lines: Sequence[str]) -> Lines:
    """The lines two spaces further in."""
    return [f"  {line}" if line else "" for line in lines]
