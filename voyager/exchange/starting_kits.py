"""What a skill is given to begin with when it is run for the first time.

Covers reading from a program's calls, one after the other, what it uses up that it has not got
before: ingredients, fuel, tools, stations. Branches are read as if all were taken, counts that are
not written out by their greatest number. A kit that is too small shows when the skill is run.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from curriculum import members
from mc_server import Argument, GameData, NameUse, ProgramFacts
from voyager.exchange.adapters import PLACE_HELPER

_DEEPEST = 8
"""How far calls of skills are followed."""
_MOST = 64
"""Of one thing: a stack."""
_NAMES = re.compile(r"[A-Za-z_$][\w$]*")
_STATIONS = frozenset(["crafting_table", "furnace", "chest"])
_ITEMS = ("mcData", "itemsByName")
_HANDLING = frozenset({"bot.equip", "bot.consume", "bot.toss", "bot.activateItem"})
_TOOL_ORDER = ("wooden", "stone", "iron", "diamond", "golden", "netherite")
_FOOD_WHEN_HUNGRY = 10.0
FactsOf = Callable[[str], ProgramFacts | None]
"""The facts of a skill that is called, None for what is no skill."""


@dataclass(frozen=True)
class StartingKit:
    """What is carried at the start, and how full the bot is (0 to 20)."""

    inventory: Mapping[str, int] = field(default_factory=dict)
    food: float = 20.0

    def describe(self) -> str:
        """In words."""
        items = ", ".join(f"{count} {name}" for name, count in sorted(self.inventory.items()))
        return f"carrying {items or 'nothing'}{', hungry' if self.food < 20 else ''}"


def starting_kit(facts: ProgramFacts, facts_of: FactsOf, game_data: GameData) -> StartingKit:
    """The kit for a program."""
    packing = _Packing(game_data)
    for use in _calls(facts, facts_of):
        packing.read(use)
    packing.add_handled(facts)
    return StartingKit(dict(sorted(packing.kit.items())), packing.food)


def _calls(facts: ProgramFacts, facts_of: FactsOf, depth: int = 0) -> Iterator[NameUse]:
    for use in sorted(facts.uses, key=lambda use: use.end):
        is_helper = use.name == PLACE_HELPER
        if not use.is_called or len(use.path) > 1 or (use.is_own and not is_helper):
            continue
        called = facts_of(use.name) if depth < _DEEPEST else None
        if called is None:
            yield _with_defaults(use, facts)
        else:
            yield from _calls(called, facts_of, depth + 1)


def _with_defaults(use: NameUse, facts: ProgramFacts) -> NameUse:
    """With the default values of parameters where these are an argument."""
    defaults = {
        parameter.name: parameter.default
        for function in facts.functions
        for parameter in function.parameters
        if parameter.name and parameter.default
    }
    given = tuple(
        replace(each, text=_NAMES.sub(lambda m: defaults.get(m[0]) or m[0], each.text))
        for each in use.arguments
    )
    return replace(use, arguments=given)


class _Packing:
    """What is carried as the calls go by, and what had to be there from the start."""

    def __init__(self, game_data: GameData) -> None:
        self._game_data = game_data
        self._carried: Counter[str] = Counter()
        self._stations: set[str] = set()
        self.kit: Counter[str] = Counter()
        self.food = 20.0

    def read(self, use: NameUse) -> None:
        """One call of a primitive."""
        given = use.arguments
        names = _texts(given[0]) if given else ()
        count = _count(given[1]) if len(given) > 1 else 1
        if use.name == "craftItem" and names:
            self._craft(names[0], count)
        elif use.name == "mineBlock" and names:
            self._mine(names[0], count)
        elif use.name == "smeltItem" and names:
            self._smelt(names[0], count, _texts(given[2]) if len(given) > 2 else ())
        elif use.name in ("placeItem", PLACE_HELPER) and names:
            self._place(names[0])
        elif use.name == "equip" and names:
            self._hold(names[0])
        elif use.name == "eat":
            self._eat(names)
        elif use.name == "deposit" and len(given) > 1:
            for name in given[1].keys or ():
                self._need(name, 1)
        elif use.name == "killMob" and names:
            self._carried.update(self._game_data.entity_drops.get(names[0], ())[:1])

    def add_handled(self, facts: ProgramFacts) -> None:
        """What the program takes into the bot's hand by itself and names in the game's data."""
        called = {use.name for use in facts.uses if use.is_called}
        if not called & _HANDLING:
            return
        if "bot.consume" in called:
            self.food = _FOOD_WHEN_HUNGRY
        for use in facts.uses:
            name = use.path[2] if use.path[:2] == _ITEMS and len(use.path) > 2 else ""
            if name in self._game_data.items and name not in self._carried:
                self._hold(name)

    def _need(self, name: str, count: int) -> None:
        """Takes so many from what is carried; what lacks comes with the kit."""
        kind = self._kind(name)
        lacking = count - self._carried[kind]
        if lacking > 0:
            self.kit[kind] = min(_MOST, self.kit[kind] + lacking)
            self._carried[kind] = count
        self._carried[kind] -= count

    def _hold(self, name: str) -> None:
        self._need(name, 1)
        self._carried[self._kind(name)] += 1

    def _kind(self, name: str) -> str:
        """The kind of a family that is carried, or else its first that is of oak."""
        kinds = members(name, self._game_data.items) or (name,)
        carried = [kind for kind in kinds if self._carried[kind] > 0]
        oak = [kind for kind in kinds if kind.startswith("oak_")]
        return [*carried, *oak, *kinds][0]

    def _station(self, name: str) -> None:
        if name not in self._stations:
            self._hold(name)

    def _craft(self, name: str, count: int) -> None:
        result = self._kind(name)
        recipes = self._game_data.recipes.get(result, ())
        if not recipes:
            return
        recipe = max(
            recipes,
            key=lambda each: (
                sum(self._carried[part] > 0 for part in each.ingredients),
                sum(part.startswith(("oak_", "cobblestone", "coal")) for part in each.ingredients),
            ),
        )
        runs = math.ceil(count / recipe.count)
        if recipe.needs_table:
            self._station("crafting_table")
        for part, number in recipe.ingredients.items():
            self._need(part, number * runs)
        self._carried[result] += runs * recipe.count

    def _mine(self, name: str, count: int) -> None:
        kinds = members(name, frozenset(self._game_data.blocks))
        oak = [kind for kind in kinds if kind.startswith("oak_")]
        if not kinds:
            return
        block = self._game_data.blocks[[*oak, *kinds][0]]
        if block.harvest_tools and not any(self._carried[tool] for tool in block.harvest_tools):
            self._hold(min(block.harvest_tools, key=_tool_order))
        for drop in block.drops[:1]:
            self._carried[drop] += count

    def _smelt(self, name: str, count: int, fuels: Sequence[str]) -> None:
        self._station("furnace")
        self._need(name, count)
        fuel = fuels[0] if fuels else "coal"
        self._need(fuel, math.ceil(count / self._game_data.fuels.get(self._kind(fuel), 1.0)))
        kind = self._kind(name)
        for output, inputs in sorted(self._game_data.smelting.items()):
            if kind in inputs:
                self._carried[output] += count
                break

    def _place(self, name: str) -> None:
        if name in _STATIONS and name in self._stations:
            return
        self._need(name, 1)
        if name in _STATIONS:
            self._stations.add(name)

    def _eat(self, names: Sequence[str]) -> None:
        self.food = _FOOD_WHEN_HUNGRY
        eaten = names or sorted(self._game_data.food_points)
        if not any(self._carried[self._kind(name)] for name in eaten):
            self._need(names[0] if names else "bread", 1)


def _tool_order(tool: str) -> int:
    material = tool.partition("_")[0]
    return _TOOL_ORDER.index(material) if material in _TOOL_ORDER else len(_TOOL_ORDER)


def _texts(argument: Argument) -> tuple[str, ...]:
    if argument.kind == "string" and argument.value:
        return (str(argument.value),)
    return argument.texts if argument.kind == "list" else ()


def _count(argument: Argument) -> int:
    """The number that is written out, or the greatest in an expression; 1 where there is none."""
    if argument.kind == "number" and isinstance(argument.value, int | float):
        return max(1, min(_MOST, int(argument.value)))
    numbers = [int(each) for each in re.findall(r"(?<![\w.])\d{1,4}(?![\w.])", argument.text)]
    return max(1, min(_MOST, max(numbers, default=1)))
