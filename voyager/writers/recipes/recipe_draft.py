"""A function for a goal, before it is text: its name, parameters, lines and description.

Covers each kind of goal that recipes and primitives can reach. Not covered: the lines that get an
item (`recipe_program`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum import (
    AllOf,
    Ate,
    Costs,
    Equipped,
    Goal,
    HasRoom,
    InventoryGained,
    InventoryHas,
    Killed,
    Mined,
    NoPlanError,
    Placed,
    ReachedPosition,
    Source,
    Task,
    TechTree,
    count_of,
    members,
    plural,
    words,
)
from mc_server import Observation
from skills import Skill
from voyager.errors import WriterError
from voyager.uses.circumstances import circumstances_of
from voyager.writers.entry_names import capitalised, entry_from_words
from voyager.writers.known_skills.services import ExperienceOf, Services, nothing_known
from voyager.writers.recipes.recipe_program import (
    Lines,
    RecipeProgram,
    Variety,
    indented,
    quoted,
)
from voyager.writers.recipes.surplus import LEAVING_BEHIND, surplus_lines
from voyager.writers.recipes.variation import Variation

DIRECTIONS = ("north", "east", "south", "west")
EXPLORE_SECONDS = 90
STEP_ASIDE_SECONDS = 15
_HUNGRY = "When hungry and there is food; also: restore hunger, health."
_VERBS = {"mine": "mine", "craft": "craft", "smelt": "smelt", "kill": "hunt"}


@dataclass(frozen=True)
class Draft:
    """A function before it is text. `arguments` are its parameters with the values to pass."""

    entry: str
    lines: Lines
    arguments: Mapping[str, float]
    parameters: Mapping[str, str]
    description: str
    when_to_use: str


class Drafter:
    """One program in the making."""

    def __init__(
        self,
        tree: TechTree,
        names: frozenset[str],
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        variation: Variation,
        experience_of: ExperienceOf = nothing_known,
    ) -> None:
        self._tree, self._names, self._task = tree, names, task
        self._observation, self._skills, self._variation = observation, skills, variation
        self._experience_of = experience_of

    def draft(self, goal: Goal) -> Draft:
        """The function for the goal. Raises WriterError."""
        if isinstance(goal, InventoryHas | InventoryGained):
            return self._item(goal)
        if isinstance(goal, Mined | Killed | Placed):
            return self._deed(goal)
        if isinstance(goal, Ate | Equipped):
            return self._use(goal)
        if isinstance(goal, ReachedPosition):
            return self._go(goal)
        if isinstance(goal, HasRoom):
            return self._put_away(goal)
        if isinstance(goal, AllOf):
            return self._all(goal)
        raise WriterError(
            f"No recipe leads to {goal.describe()!r}; a task like this needs a language model."
        )

    def prelude(self, goal: Goal) -> Lines:
        """What a failed attempt asks to be done first: look elsewhere, or step aside."""
        lines: Lines = []
        if self._variation.explore:
            blocks = self._looked_for(goal)
            what = quoted(*blocks) if blocks else "() => false"
            seconds = EXPLORE_SECONDS * self._variation.explore
            lines += _explore(what, seconds, self._variation.explore, "look somewhere else first")
        if self._variation.aside:
            seconds = STEP_ASIDE_SECONDS * self._variation.aside
            lines += _explore("() => false", seconds, self._variation.aside, "get away from here")
        return lines

    # One kind of goal each

    def _item(self, goal: InventoryHas | InventoryGained) -> Draft:
        item, kinds = goal.name, plural(goal.name, 2)
        source = self._source(item, goal.count)
        gains = isinstance(goal, InventoryGained)
        entry = entry_name(source, more=gains)
        program = self._program(entry, self._tree.costs(item, self._observation), item)
        verb = _VERBS[source.action].capitalize()
        if gains:
            lines = [f"const wanted = countItem({quoted(item)}) + count"]
            lines += program.have(item, "wanted", source)
            description = f"{verb} {kinds} until count more are carried."
        else:
            lines = program.have(item, "count", source)
            description = f"{verb} {kinds} until count of them are carried."
        lines += program.helpers()
        values, parameters = {"count": goal.count}, {"count": "count"}
        return Draft(entry, lines, values, parameters, description, _when(source))

    def _deed(self, goal: Mined | Killed | Placed) -> Draft:
        name, kinds = goal.name, plural(goal.name, 2)
        verb = {"mined": "mine", "killed": "kill", "placed": "place"}[goal.type]
        entry = f"{verb}{capitalised(f'{name} blocks' if isinstance(goal, Mined) else kinds)}"
        program = self._program(entry, self._tree.costs_of_all(self._observation))
        if isinstance(goal, Mined):
            lines = program.ensure_tool(self._tools_for(name))
            lines += [f"await mineBlock({quoted(name)}, count)"]
        elif isinstance(goal, Killed):
            lines = [f"await killMob({quoted(name)}, count)"]
        else:
            lines = self._ensure(program, name, "count")
            lines += ["for (let placed = 0; placed < count; placed++) {"]
            lines += [f"  await placeItem({quoted(name)})", "}"]
        lines += program.helpers()
        values, parameters = {"count": goal.count}, {"count": "count"}
        description = f"{verb.capitalize()} count {kinds}."
        when = f"When the task is to {verb} {kinds}, whatever becomes of them."
        return Draft(entry, lines, values, parameters, description, when)

    def _use(self, goal: Ate | Equipped) -> Draft:
        name = goal.name
        if name is None:
            return Draft("eatSomething", ["await eat()"], {}, {}, "Eat what is carried.", _HUNGRY)
        if isinstance(goal, Ate):
            entry, what = f"eat{capitalised(name)}", f"Eat {words(name)}."
            line, when = f"await eat({quoted(name)})", _HUNGRY
        else:
            place = goal.destination.replace("-", "_")
            entry = f"equip{capitalised(name)}In{capitalised(place)}"
            what = f"Equip {words(name)} in {words(place)}."
            line = f"await equip({quoted(name)}, {quoted(goal.destination)})"
            when = f"When {words(name)} is to be held or worn."
        program = self._program(entry, self._tree.costs_of_all(self._observation))
        lines = [*self._ensure(program, name, "1"), line]
        return Draft(entry, lines + program.helpers(), {}, {}, what, when)

    def _go(self, goal: ReachedPosition) -> Draft:
        values = {"x": goal.x, "y": goal.y, "z": goal.z, "range": goal.range}
        lines = ["await goTo(x, y, z, range)"]
        text = "Go to a position, to within so many blocks."
        when = "When a place given by coordinates is to be reached; also: walk, travel, move."
        return Draft("goToPosition", lines, values, {name: name for name in values}, text, when)

    def _put_away(self, goal: HasRoom) -> Draft:
        program = self._program("putAwaySurplus", self._tree.costs_of_all(self._observation))
        lines = [*surplus_lines(self._tree.game_data), *LEAVING_BEHIND]
        lines += self._ensure(program, "chest", "1")
        lines += [
            "const { position } = await placeItem('chest')",
            "await deposit(position, surplus)",
            *program.helpers(),
        ]
        values, parameters = {"count": goal.count}, {"count": "count"}
        text = "Put what is not needed soon into a chest, to have count free places."
        when = "When the inventory is full or nearly so; also: store, stow, tidy up, make room."
        return Draft("putAwaySurplus", lines, values, parameters, text, when)

    def _all(self, goal: AllOf) -> Draft:
        """The goals one after the other, each as a function of its own inside."""
        lines: Lines = []
        parts = [self.draft(part) for part in goal.goals]
        for number, part in enumerate(parts, 1):
            signature = ", ".join(f"{key} = {value:g}" for key, value in part.arguments.items())
            lines += [
                f"async function part{number} ({signature}) {{",
                *indented(part.lines),
                "}",
                f"await part{number}()",
            ]
        entry = entry_from_words(self._task.description)
        text = f"{self._task.description.rstrip('.')}."
        when = "When all of this is wanted: " + " ".join(part.description for part in parts)
        return Draft(entry, lines, {}, {}, text, when)

    # What they are made of

    def _program(self, entry: str, costs: Costs, item: str | None = None) -> RecipeProgram:
        variety = Variety(self._variation.slack, self._variation.tool_rank)
        services = self._services(entry)
        if not services.needed <= costs.unit.keys():
            costs = self._tree.costs_of_all(self._observation)
        carried = self._observation.inventory
        return RecipeProgram(self._tree, costs, services, carried, variety, item)

    def _ensure(self, program: RecipeProgram, name: str, amount: str) -> Lines:
        """Get the item where that is possible; else it has to be there."""
        known = any(price.known for n, price in program.costs.unit.items() if n == name)
        return program.ensure(name, amount) if known else []

    def _services(self, entry: str) -> Services:
        """What known skills get; none that failed, is being written, or calls what is."""
        usable = [
            skill
            for skill in self._skills
            if skill.name != entry
            and skill.name not in self._variation.avoided
            and not self._leads_to(skill, entry)
        ]
        here, is_family = circumstances_of(self._observation), self._tree.graph.is_family
        return Services(usable, self._experience_of, here, is_family)

    def _leads_to(self, skill: Skill, entry: str) -> bool:
        """Whether the skill, or one it calls, calls the function that is being written."""
        by_name = {other.name: other for other in self._skills}
        seen, queue = {skill.name}, [skill]
        while queue:
            for called in queue.pop().calls:
                if called == entry:
                    return True
                if called in by_name and called not in seen:
                    seen.add(called)
                    queue.append(by_name[called])
        return False

    def _source(self, item: str, count: int) -> Source:
        """How to get the item: as planned from here, or as the task's own words ask."""
        costs = self._tree.costs(item, self._observation)
        sources = costs.sources(item)
        asked = self._task.description.lower().rstrip(".").partition(" from ")[2]
        for source in sources:
            if asked and source.ingredients and all(words(n) in asked for n in source.ingredients):
                return source
        try:
            there = count_of(item, self._observation.inventory, self._names)
            steps = self._tree.plan(item, max(count, there + 1), self._observation)
        except NoPlanError as error:
            raise WriterError(str(error)) from error
        last = steps[-1]
        for source in sources:
            if source.action == last.action and set(source.ingredients) == set(last.ingredients):
                return source
        return sources[0]

    def _tools_for(self, block: str) -> frozenset[str]:
        """The tools that harvest every kind meant; empty when a bare hand will do for some."""
        blocks = self._tree.game_data.blocks
        wanted = [blocks[name].harvest_tools for name in members(block, blocks)]
        return frozenset.intersection(*wanted) if wanted and all(wanted) else frozenset()

    def _looked_for(self, goal: Goal) -> tuple[str, ...]:
        """The blocks whose absence stopped the last attempt, if the goal tells."""
        if isinstance(goal, Mined):
            return (goal.name,)
        if isinstance(goal, InventoryHas | InventoryGained):
            source = self._source(goal.name, goal.count)
            if source.action == "mine":
                return self._tree.block_names(
                    source, self._tree.costs(goal.name, self._observation)
                )
        return ()


def entry_name(source: Source, more: bool = False) -> str:
    """The function's name: the task's, without the number."""
    verb = _VERBS[source.action] + ("More" if more else "")
    made = source.action in ("craft", "smelt")
    return verb + capitalised(source.item if made else plural(source.item, 2))


def _explore(what: str, seconds: int, turn: int, why: str) -> Lines:
    direction = DIRECTIONS[turn % len(DIRECTIONS)]
    options = f"{{ maxSeconds: {seconds}, direction: '{direction}' }}"
    return [
        "try {",
        f"  await exploreUntil({what}, {options}) // {why}",
        "} catch (error) {",
        "  console.log(error.message)",
        "}",
    ]


def _when(source: Source) -> str:
    """When to call it, with the other words people use for it: skills are found by meaning."""
    item = words(source.item)
    parts = ", ".join(f"{n} {words(name)}" for name, n in source.ingredients.items())
    blocks = ", ".join(words(name) for name in source.blocks[:4])
    made = f"made from {parts}" if parts else f"mined from {blocks}" if blocks else "from mobs"
    synonyms = {"mine": "collect, gather, dig", "craft": "make, build", "smelt": "cook, furnace"}
    also = synonyms.get(source.action, "kill, hunt")
    return (
        f"When N {plural(source.item, 2)} are needed; also: {also}, get, obtain {item}. "
        f"Yields {source.item}, {made}."
    )
