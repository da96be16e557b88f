"""Program text from the recipe graph: how to have an item, with everything it needs first.

Covers: the JavaScript lines that get an item by mining, crafting, smelting or hunting. They call
known skills for what is needed, after what these need themselves, and helper functions inside the
program where none is known. Not covered: goals and retries (`recipe_writer`), and which skill is
called (`supply`).

Every line asks first what is carried, so a program run twice, or half-way, does only what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from curriculum import FURNACE, STATION_DISTANCE, TABLE, Costs, Source, TechTree
from skills import Need
from voyager.writers.entry_names import capitalised
from voyager.writers.known_skills.services import Manner, Service, Services
from voyager.writers.known_skills.supply import Supply

Lines = list[str]
MINING_ROUNDS = 8
"""How often a program mines again when drops were lost or were of another kind."""
CRAFTING_ROUNDS = 4
HUNTING_ROUNDS = 40
"""A mob may drop nothing of what is wanted."""
LARGEST_BATCH = 64
"""One unit that needs less than one of an item needs one for so many units at most."""


@dataclass(frozen=True)
class Variety:
    """How to vary a program: `slack` more of each ingredient, a tool `tool_rank` tiers better."""

    slack: int = 0
    tool_rank: int = 0


@dataclass
class RecipeProgram:
    """Writes lines. `services` are the skills that get items; none gets `wanted`, if given."""

    tree: TechTree
    costs: Costs
    services: Services
    carried: Mapping[str, int]
    variety: Variety = field(default_factory=Variety)
    wanted: str | None = None
    _helpers: dict[str, Lines] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.supply = Supply(self.services, self._inputs, self.carried, self.wanted)

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

    def ensure(self, item: str, amount: str, need: str = "") -> Lines:
        """Lines that get the item only if fewer than `amount` are carried.

        `need` is what that serves, where it is not the item alone.
        """
        return self._if(f"countItem({quoted(item)}) < {amount}", self._get(item, amount, need))

    def ensure_tool(self, tools: frozenset[str]) -> Lines:
        """Lines that name the `tools` and make one unless one is carried; none if none wanted."""
        if not tools:
            return []
        ranked = sorted(tools, key=lambda tool: (self.costs.unit[tool].of(1), tool))
        makeable = [tool for tool in ranked if self.costs.unit[tool].known]
        rank = min(self.variety.tool_rank, max(0, len(makeable) - 1))
        good = ranked[ranked.index(makeable[rank]) :] if makeable else ranked
        known = next((tool for tool in makeable[rank:] if self.supply.service(tool)), None)
        wanted = known or (makeable[rank] if makeable else ranked[0])
        return [
            f"const tools = {quoted(*good)}",
            *self._if("countItem(tools) < 1", self._get(wanted, "1")),
        ]

    def ensure_station(self, station: str, need: str = "") -> Lines:
        """Lines that make a table or furnace unless one is carried or stands near."""
        near = f"findBlock({quoted(station)}, {STATION_DISTANCE:.0f})"
        made = self._get(station, "1", need)
        return self._if(f"countItem({quoted(station)}) < 1 && !{near}", made)

    def call(self, service: Service, amount: str, need: str) -> Lines:
        """Lines that get `amount` of what the service gets, after what it needs itself."""
        if not self.needs(service, ""):
            return service.lines(amount, need)
        name = self._helper_name(service.item, service.skill.name)
        if name not in self._helpers:
            self._helpers[name] = []
            if service.manner is Manner.EACH:
                body = service.lines(
                    "count", service.item, self.needs(service, f"{service.units:g}")
                )
            else:
                body = [
                    f"const missing = count - {service.carried}",
                    "if (missing <= 0) return",
                    *service.lines("count", service.item, self.needs(service, "missing")),
                ]
            self._helpers[name] = [f"async function {name} (count) {{", *indented(body), "}"]
        return [f"await {name}({amount}) // serves {need}"]

    def needs(self, service: Service, units: str) -> Lines:
        """Lines that get what the skill needs for so many units, as far as it can be got."""
        by_item = {need.item: need for need in service.needs if self.supply.leads_to(need.item)}
        lines: Lines = []
        for item in self._in_order(by_item):
            need, why = by_item[item], f"{item}, which {service.skill.name} needs"
            if need.station:
                lines += self.ensure_station(item, why)
            else:
                lines += self.ensure(item, _needed(need, units), why)
        return lines

    def _get(self, item: str, amount: str, need: str = "") -> Lines:
        """A call that gets the item: of a known skill, or of a helper."""
        service = self.supply.service(item)
        if service is not None:
            return self.call(service, amount, need or item)
        source = self._best(item)
        if source is None:
            return []
        name = self._helper_name(item)
        if name not in self._helpers:
            self._helpers[name] = []
            body = self.have(item, "count", source)
            self._helpers[name] = [f"async function {name} (count) {{", *indented(body), "}"]
        return [f"await {name}({amount})" + (f" // serves {need}" if need else "")]

    def _helper_name(self, item: str, by: str = "") -> str:
        """No skill's name: inside the program it would stand for the helper."""
        name = f"get{capitalised(item)}" + (f"By{capitalised(by)}" if by else "")
        while name in self.services.names:
            name += "Here"
        return name

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
        for name in self._in_order(source.ingredients):
            count = source.ingredients[name]
            amount = runs if count == 1 else f"{count} * {runs}"
            lines += self.ensure(name, self._with_slack(amount))
        return lines

    def _in_order(self, items: Iterable[str]) -> list[str]:
        """What is made from others of them first."""
        chains = {name: self._chain(name, set()) for name in items}
        return sorted(
            chains,
            key=lambda name: sum(name in chain for n, chain in chains.items() if n != name),
        )

    def _with_slack(self, amount: str) -> str:
        return f"{amount} + {self.variety.slack}" if self.variety.slack else amount

    def _chain(self, item: str, seen: set[str]) -> set[str]:
        """Everything the item is made with, tools and stations included."""
        inputs = self._inputs(item)
        if inputs is None or item in seen:
            return seen
        seen.add(item)
        for name in inputs:
            self._chain(name, seen)
        return seen

    def _inputs(self, item: str) -> Sequence[str] | None:
        """What the item's recipe asks for, tools and stations included; None without a recipe."""
        source = self._best(item)
        if source is None:
            return None
        needs = list(source.ingredients)
        if source.tools:
            needs.append(min(source.tools, key=lambda tool: (self.costs.unit[tool].of(1), tool)))
        needs += [TABLE] if source.needs_table else []
        needs += [FURNACE] if source.action == "smelt" else []
        return needs

    def _best(self, item: str) -> Source | None:
        return next(iter(self.costs.sources(item)), None) if item in self.costs.unit else None


def _needed(need: Need, units: str) -> str:
    """An expression for how many of the item so many units need."""
    each = Fraction(need.amount.most).limit_denominator(LARGEST_BATCH)
    if not need.per_unit:
        return str(ceil(each))
    if units == "1":
        return str(ceil(each))
    product = units if each.numerator == 1 else f"{each.numerator} * {units}"
    return product if each.denominator == 1 else f"Math.ceil({product} / {each.denominator})"


def quoted(*names: str) -> str:
    """A JavaScript string, or an array of them."""
    texts = [f"'{name}'" for name in names]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def indented(lines: Sequence[str]) -> Lines:
    """The lines two spaces further in."""
    return [f"  {line}" if line else "" for line in lines]
