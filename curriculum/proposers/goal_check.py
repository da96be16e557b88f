"""Whether a goal that a model made up can be a task: known names, within reach, sensible, new.

Covers: everything that can be told without trying. Each refusal is a sentence that says what is
wrong and, where it can, what to propose instead. Not covered: reading goals (`goal_forms`), and
whether a program for it can be written.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

from curriculum.errors import CurriculumError, GoalError, UnknownItemError
from curriculum.goals.biomes import biomes_of
from curriculum.goals.families import close_names, game_names, members
from curriculum.goals.goal import (
    AllOf,
    AnyOf,
    Ate,
    Equipped,
    Goal,
    HasAdvancement,
    HasRoom,
    InBiome,
    InDimension,
    InventoryGained,
    InventoryHas,
    Judged,
    Not,
    ReachedPosition,
    Slept,
    validate_names,
)
from curriculum.goals.goal_forms import PARTS, leaves
from curriculum.goals.goal_key import goal_key
from curriculum.goals.judged_text import refuse_what_a_predicate_states
from curriculum.planning.reach import Reach, WorldLimits
from curriculum.planning.tech_tree import TechTree
from curriculum.proposers.back_off import waits
from curriculum.task import TaskRecord
from curriculum.wording import words
from mc_server import GameData, Observation, Position

STEPS_AT_MOST = 6
"""Steps of a plan that one task may hold: a wooden pickaxe from bare hands takes five."""
EACH_AT_MOST = 128
"""Blocks to mine, mobs to kill or things to move in one task: some minutes of work."""
WALK_AT_MOST = 500.0
"""Blocks to a position: two minutes of walking."""
LOWEST, HIGHEST = -64, 320
PLACES = 36
STACK = 64
ROOM_AT_LEAST = 2
"""Empty places without which hardly anything can be got: digging brings things nobody asked for."""
ROOM_WANTED = 8
RECENTLY = 10
"""Tasks for which the same thing is not done again."""
JUDGED_CHARACTERS = 300
_DIMENSIONS = ("overworld", "the_nether", "the_end")
_AGAIN_AT_ONCE = (InventoryHas, InventoryGained, Ate, Slept, HasRoom)
"""What may be needed again at any time: things are used up, and hunger comes back."""


class GoalChecker:
    """Refuses goals, for one version of the game in a world with these limits."""

    def __init__(
        self, game_data: GameData, limits: WorldLimits | None = None, tree: TechTree | None = None
    ) -> None:
        self._data = game_data
        self._names = game_names(game_data)
        self._biomes = biomes_of(game_data.version)
        self.limits = limits or WorldLimits()
        self.reach = Reach(tree or TechTree(game_data))

    def check_task(
        self, goal: Goal, observation: Observation, history: Sequence[TaskRecord]
    ) -> None:
        """Raises CurriculumError when the goal cannot be the next task."""
        self.check_goal(goal, observation)
        finding = goal.evaluate(observation, observation, (), self._names)
        if finding.passed:
            raise GoalError(f"The goal holds already ({finding.text}); propose something new.")
        _refuse_failed(goal, history)
        _refuse_done(goal, history)
        _refuse_without_room(goal, observation, history)
        self._refuse_large(goal, observation)

    def check_goal(self, goal: Goal, observation: Observation) -> None:
        """Raises CurriculumError when the goal can never be reached, however many steps it took."""
        parts = leaves(goal)
        if len(parts) > PARTS:
            raise GoalError(f"A goal has at most {PARTS} predicates, not {len(parts)}.")
        validate_names(goal, self._data)
        for part in parts:
            self._check_part(part, observation)
        self._check_together(goal)
        self._check_ways(goal, observation)

    def _check_ways(self, goal: Goal, observation: Observation) -> None:
        """Of alternatives one way is enough."""
        if isinstance(goal, AllOf):
            for part in goal.goals:
                self._check_ways(part, observation)
        elif isinstance(goal, AnyOf):
            first: CurriculumError | None = None
            for part in goal.goals:
                try:
                    return self._check_ways(part, observation)
                except CurriculumError as error:
                    first = first or error
            raise first or GoalError("There is no way to any of it.")
        elif not isinstance(goal, Not):
            self.reach.steps(goal, observation)

    # -- single predicates ---------------------------------------------------------------------

    def _check_part(self, part: Goal, observation: Observation) -> None:
        if isinstance(part, InBiome):
            self._check_biome(part.name, observation)
        elif isinstance(part, InDimension):
            self._check_dimension(part.name)
        elif isinstance(part, ReachedPosition):
            _check_position(part, observation)
        elif isinstance(part, HasAdvancement):
            self._check_advancement(part.name)
        elif isinstance(part, Judged):
            self._check_judged(part)
        elif isinstance(part, HasRoom):
            if part.count > PLACES:
                raise GoalError(f"The inventory has {PLACES} places, not {part.count}.")
        elif not (isinstance(part, InventoryHas) and self._slots(part) <= PLACES):
            _check_count(getattr(part, "count", 1), str(getattr(part, "name", "")))

    def _check_biome(self, name: str, observation: Observation) -> None:
        here = observation.biome.strip().lower().removeprefix("minecraft:")
        if not self._biomes or members(name, (here,)):
            return
        kinds = members(name, self._biomes)
        if not kinds:
            close = close_names(name, self._biomes)
            raise UnknownItemError(name, close, "biome", self._data.version)
        if not {self._biomes[kind] for kind in kinds} & set(self.limits.dimensions):
            raise GoalError(f"{name} is in no dimension that this world has.")

    def _check_dimension(self, name: str) -> None:
        if name not in _DIMENSIONS:
            close = close_names(name, _DIMENSIONS) or _DIMENSIONS
            raise UnknownItemError(name, close, "dimension", self._data.version)
        if name not in self.limits.dimensions:
            raise GoalError(f"This world has no {name}: there is no way there.")

    def _check_advancement(self, name: str) -> None:
        if not self.limits.advancements:
            raise GoalError("This world grants no advancements: state the goal by what is had.")
        if name.count("/") != 1 or name.startswith("/") or name.endswith("/"):
            raise GoalError(f"{name!r} is no advancement; their names are like story/mine_stone.")

    def _check_judged(self, part: Judged) -> None:
        if len(part.text) > JUDGED_CHARACTERS:
            raise GoalError(
                f"A `judged` goal is one or two sentences ({JUDGED_CHARACTERS} letters)."
            )
        refuse_what_a_predicate_states(part.text, self._data)

    # -- predicates together -------------------------------------------------------------------

    def _check_together(self, goal: Goal) -> None:
        if isinstance(goal, Not):
            raise GoalError("A goal says what is to be, not only what is not to be.")
        if isinstance(goal, AnyOf):
            for part in goal.goals:
                self._check_together(part)
        if not isinstance(goal, AllOf):
            return
        unwanted = [leaf for part in goal.goals if isinstance(part, Not) for leaf in leaves(part)]
        wanted = [leaf for part in goal.goals if not isinstance(part, Not) for leaf in leaves(part)]
        if not wanted:
            raise GoalError("A goal says what is to be, not only what is not to be.")
        for part in goal.goals:
            if isinstance(part, AllOf | AnyOf):
                self._check_together(part)
        for no in unwanted:
            if any(self._excludes(no, yes) for yes in wanted):
                raise GoalError(f"The goal contradicts itself: not ({no.describe()}).")
        alternatives = any(isinstance(part, AnyOf) for part in goal.goals)
        for one, other in combinations(wanted if not alternatives else [], 2):
            if self._clash(one, other):
                raise GoalError(
                    f"The goal contradicts itself: {one.describe()}, and {other.describe()}."
                )
        if not alternatives and sum(self._slots(leaf) for leaf in wanted) > PLACES:
            raise GoalError(f"All of that does not fit into the {PLACES} places of the inventory.")

    def _excludes(self, no: Goal, yes: Goal) -> bool:
        same = no.type == yes.type and getattr(no, "name", "") == getattr(yes, "name", "")
        if isinstance(no, ReachedPosition) and isinstance(yes, ReachedPosition):
            return no == yes
        return same and getattr(no, "count", 1) <= getattr(yes, "count", 1)

    def _clash(self, one: Goal, other: Goal) -> bool:
        """Whether one state of the game cannot be both."""
        if isinstance(one, InDimension) and isinstance(other, InDimension):
            return one.name != other.name
        if isinstance(one, InBiome) and isinstance(other, InBiome):
            return not (one.name.endswith(other.name) or other.name.endswith(one.name))
        if isinstance(one, ReachedPosition) and isinstance(other, ReachedPosition):
            apart = Position(one.x, one.y, one.z).distance_to(Position(other.x, other.y, other.z))
            return apart > one.range + other.range
        if isinstance(one, Equipped) and isinstance(other, Equipped):
            kinds = set(members(one.name, self._data.items))
            shared = kinds & set(members(other.name, self._data.items))
            return one.destination == other.destination and not shared
        return False

    def _slots(self, leaf: Goal) -> int:
        if isinstance(leaf, HasRoom):
            return leaf.count
        if not isinstance(leaf, InventoryHas):
            return 0
        single = any(kind in self._data.tool_uses for kind in members(leaf.name, self._data.items))
        return math.ceil(leaf.count / (1 if single else STACK))

    # -- now -----------------------------------------------------------------------------------

    def _refuse_large(self, goal: Goal, observation: Observation) -> None:
        if isinstance(goal, AnyOf):
            return
        steps = self.reach.steps(goal, observation)
        effort = sum(step.count for step in steps if step.action in ("mine", "kill"))
        if len(steps) <= STEPS_AT_MOST and effort <= EACH_AT_MOST:
            return
        # In names as a goal has them: words such as "logs" would be taken for names.
        first = [f"{step.action} {step.count} {step.item}" for step in steps[:3]]
        raise GoalError(
            f"That is too large for one task ({len(steps)} steps, {effort} blocks or mobs). First"
            f" comes: {'; then '.join(first)}. Propose one of these."
        )


def _check_count(count: int, name: str) -> None:
    if count > EACH_AT_MOST:
        raise GoalError(
            f"{count:,} {words(name)} are too many for one task: at most {EACH_AT_MOST}."
        )


def _check_position(part: ReachedPosition, observation: Observation) -> None:
    if not all(math.isfinite(number) for number in (part.x, part.y, part.z, part.range)):
        raise GoalError("A position has numbers for x, y, z and range.")
    if not LOWEST <= part.y <= HIGHEST:
        raise GoalError(f"y = {part.y:g} is outside the world ({LOWEST} to {HIGHEST}).")
    distance = observation.position.distance_to(Position(part.x, part.y, part.z))
    if distance > WALK_AT_MOST:
        raise GoalError(
            f"That position is {distance:.0f} blocks away; at most {WALK_AT_MOST:.0f} in one task."
        )


def _refuse_failed(goal: Goal, history: Sequence[TaskRecord]) -> None:
    wait = waits(history).get(goal_key(goal))
    if wait is not None and wait.tasks_left:
        times = "once" if wait.failures == 1 else f"{wait.failures} times"
        raise GoalError(
            f"That failed {times} and may be tried again after {wait.tasks_left} other tasks;"
            " propose something else."
        )


def _refuse_without_room(
    goal: Goal, observation: Observation, history: Sequence[TaskRecord]
) -> None:
    """With a full inventory one task after the other would fail, whatever it is about."""
    gets = any(isinstance(leaf, InventoryHas | InventoryGained) for leaf in leaves(goal))
    if not gets or observation.free_slots >= ROOM_AT_LEAST:
        return
    room = HasRoom(count=ROOM_WANTED)
    wait = waits(history).get(goal_key(room))
    if wait is None or not wait.tasks_left:
        raise GoalError(
            f"Only {observation.free_slots} of {PLACES} places of the inventory are empty, so that"
            f' nothing new can be picked up. First make room: {{"type": "has_room", "count":'
            f" {room.count}}}."
        )


def _refuse_done(goal: Goal, history: Sequence[TaskRecord]) -> None:
    if all(isinstance(leaf, _AGAIN_AT_ONCE) for leaf in leaves(goal)):
        return
    key = goal_key(goal)
    for record in history[-RECENTLY:]:
        if record.passed and record.key == key:
            raise GoalError(
                f"That was done a short while ago ({record.task.description[:100]!r}); propose"
                " something new."
            )
