"""A reserve of food and tools, a bed, and arms against what has killed before: tasks of their own.

Covers `UpkeepFirstProposer`, which stands around another proposer. With moderation: seldom, only
what is within reach, and towards a goal only what hunger and past deaths make necessary. Not
covered: what takes no planning (`voyager/upkeep`).

Nothing is remembered between calls but the history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from curriculum.errors import NoPlanError
from curriculum.goals.families import count_of, game_names
from curriculum.goals.goal import Ate, InventoryGained, InventoryHas, Killed
from curriculum.goals.goal_forms import leaves
from curriculum.planning.tech_tree import Step, TechTree
from curriculum.proposers.tech_tree_proposer import MONSTERS, PREY, describe_step
from curriculum.task import Proposal, Proposer, Task, TaskRecord
from curriculum.wording import one
from mc_server import GameData, Observation

PROPOSER = "upkeep"
TASKS_BETWEEN = 5
"""So many other tasks come between two for the reserve."""
TASKS_AFTER_FAILURE = 12
"""So many come before anything of this proposer's is tried again that has failed."""
MOST_IN_A_ROW = 14
FOOD_RESERVE = 12
"""Points of food that are carried at least, where an animal is in sight."""
HUNGRY_BELOW = 12.0
"""Points of food (of 20) under which a reserve is seen to on the way to a goal as well."""
PREY_DISTANCE = 24.0
MEATS_WANTED = 3
NIGHT = range(12542, 23460)
BED_DISTANCE = 32.0
BED_STEPS = 6
SHEEP_DISTANCE = 32.0
PICKAXE_USES = 20
SPARE_PICKAXE = "stone_pickaxe"
SPARE_STEPS = 4
FIRST_TOOLS = ("stone_pickaxe", "stone_sword")
"""Made anew, before anything else, by who has lost them all: nothing much is reached without."""
FIRST_ARMS = ("stone_sword", "iron_chestplate")
"""Made before monsters are hunted. What comes after is for those who have died of them."""
FED_FROM = 16.0
"""Points of food with which monsters are hunted: who has less hardly heals."""
UNSAFE_FOODS = frozenset(
    {"chicken", "chorus_fruit", "poisonous_potato", "pufferfish", "rotten_flesh", "spider_eye"}
    | {"suspicious_stew"}
)
MORE_ARMS = ("iron_sword", "iron_leggings", "iron_helmet", "iron_boots")
_AS_GOOD = ("iron", "diamond", "netherite")


class UpkeepFirstProposer:
    """Implements `Proposer` around another one.

    `goal_item` None where there is none; `open_ended` tells whether anything else is to be reached.
    `deaths_by_monsters` counts those in this world.
    """

    def __init__(
        self,
        proposer: Proposer,
        game_data: GameData,
        goal_item: str | None,
        deaths_by_monsters: Callable[[], int],
        *,
        open_ended: bool,
        food: bool = True,
        tools: bool = True,
        bed: bool = True,
    ) -> None:
        self._proposer = proposer
        self._data = game_data
        self._tree = TechTree(game_data)
        self._names = game_names(game_data)
        self._goal = goal_item
        self._deaths_by_monsters = deaths_by_monsters
        self._open_ended = open_ended
        self._food, self._tools, self._bed = food, tools, bed

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        """What the other one proposes, or what is to be had before."""
        if (lost := self._lost_tools(observation, history)) is not None:
            return Proposal(lost)
        if not self._is_reached(observation) and not _lately(history, TASKS_BETWEEN):
            task = self._reserve(observation, history)
            if task is not None:
                return Proposal(task)
        proposal = self._proposer.propose(observation, history)
        if proposal.task is None or not self._tools:
            return proposal
        arms = self._arms(proposal.task, observation, history)
        return proposal if arms is None else Proposal(arms)

    def _is_reached(self, seen: Observation) -> bool:
        return self._goal is not None and count_of(self._goal, seen.inventory, self._names) > 0

    def _reserve(self, seen: Observation, history: Sequence[TaskRecord]) -> Task | None:
        if _failed_lately(history):
            return None
        if self._food and (self._open_ended or seen.food < HUNGRY_BELOW):
            task = self._provisions(seen)
            if task is not None:
                return task
        if not self._open_ended:
            return None
        task = self._sleeping_place(seen) if self._bed else None
        return task or (self._spare_pickaxe(seen) if self._tools else None)

    def _provisions(self, seen: Observation) -> Task | None:
        """An animal in sight, by day, while little food is carried."""
        points = self._data.food_points
        reserve = sum(points.get(name, 0) * count for name, count in seen.inventory.items())
        if reserve >= FOOD_RESERVE or seen.time_of_day in NIGHT:
            return None
        prey = sorted(
            (entity.distance, PREY[entity.name])
            for entity in seen.nearby_entities
            if entity.name in PREY and entity.distance <= PREY_DISTANCE
        )
        if not prey or prey[0][1] not in self._data.items or prey[0][1] == self._goal:
            return None
        meat = prey[0][1]
        count = seen.inventory.get(meat, 0) + MEATS_WANTED
        return self._first_step(meat, count, seen, "a reserve of food", 1)

    def _sleeping_place(self, seen: Observation) -> Task | None:
        """A bed to carry, while sheep are in sight."""
        stands = any(
            block.name.endswith("_bed") and block.distance <= BED_DISTANCE
            for block in seen.nearby_blocks
        )
        carried = any(name.endswith("_bed") for name in seen.inventory)
        wool = max((n for name, n in seen.inventory.items() if name.endswith("_wool")), default=0)
        sheep = any(
            entity.name == "sheep" and entity.distance <= SHEEP_DISTANCE
            for entity in seen.nearby_entities
        )
        if stands or carried or (wool < MEATS_WANTED and not sheep):
            return None
        return self._first_step("bed", 1, seen, "a bed for the nights", BED_STEPS)

    def _spare_pickaxe(self, seen: Observation) -> Task | None:
        """Another pickaxe before the last one breaks."""
        uses = [left for name, left in seen.uses_left.items() if name.endswith("_pickaxe")]
        if not uses or sum(uses) >= PICKAXE_USES or SPARE_PICKAXE not in self._data.items:
            return None
        count = seen.inventory.get(SPARE_PICKAXE, 0) + 1
        why = "the last pickaxe is nearly worn"
        return self._first_step(SPARE_PICKAXE, count, seen, why, SPARE_STEPS)

    def _lost_tools(self, seen: Observation, history: Sequence[TaskRecord]) -> Task | None:
        """The way back to the first tools, where there were some and none of the kind is left."""
        if not (self._tools and self._open_ended) or _failed_lately(history):
            return None
        if _own_in_a_row(history) >= MOST_IN_A_ROW:
            return None
        for item in FIRST_TOOLS:
            kind = item.partition("_")[2]
            if item not in self._data.items or any(name.endswith(kind) for name in seen.inventory):
                continue
            if any(record.passed and _is_had(kind, record) for record in history):
                return self._first_step(item, 1, seen, f"no {kind} is left", None)
        return None

    def _arms(self, task: Task, seen: Observation, history: Sequence[TaskRecord]) -> Task | None:
        """What to have before monsters are hunted: more of it for who has died of them."""
        deaths = self._deaths_by_monsters()
        if (not self._open_ended and not deaths) or _failed_lately(history):
            return None
        if _own_in_a_row(history) >= MOST_IN_A_ROW or not self._hunts_monsters(task, seen):
            return None
        wanted = (*FIRST_ARMS, *MORE_ARMS) if deaths else FIRST_ARMS
        for item in wanted:
            if item in self._data.items and not _has_as_good(item, seen.inventory):
                why = "monsters have killed before" if deaths else "against the monsters"
                found = self._first_step(item, 1, seen, why, None)
                if found is not None:
                    return found
        return self._strength(seen)

    def _strength(self, seen: Observation) -> Task | None:
        """A meal of what is carried, so that wounds heal in the fight."""
        points = self._data.food_points
        foods = [name for name in seen.inventory if name in points and name not in UNSAFE_FOODS]
        if seen.food >= FED_FROM or not foods:
            return None
        best = min(foods, key=lambda name: (-points[name], name))
        why = f"food is at {seen.food:g} of 20, and wounds of monsters have to heal"
        return Task(f"Eat {one(best)}", Ate(name=best), why, PROPOSER)

    def _hunts_monsters(self, task: Task, seen: Observation) -> bool:
        for leaf in leaves(task.goal):
            if isinstance(leaf, Killed) and leaf.name in MONSTERS:
                return True
            if not isinstance(leaf, InventoryHas | InventoryGained):
                continue
            there = count_of(leaf.name, seen.inventory, self._names)
            try:
                steps = self._tree.plan(leaf.name, there + 1, seen)
            except NoPlanError:
                continue
            if steps and _is_about_monsters(steps[0]):
                return True
        return False

    def _first_step(
        self, item: str, count: int, seen: Observation, why: str, most_steps: int | None
    ) -> Task | None:
        """The first of the steps to an item, if they are few enough and lead to no monsters."""
        try:
            steps = self._tree.plan(item, count, seen)
        except NoPlanError:
            return None
        too_many = most_steps is not None and len(steps) > most_steps
        if not steps or too_many or any(_is_about_monsters(step) for step in steps):
            return None
        step = steps[0]
        goal: InventoryHas | InventoryGained = InventoryHas(name=step.item, count=step.total)
        if count_of(step.item, seen.inventory, self._names) >= step.total:
            goal = InventoryGained(name=step.item, count=step.count)
        return Task(describe_step(step), goal, why, PROPOSER)


def _is_about_monsters(step: Step) -> bool:
    return step.action == "kill" and not MONSTERS.isdisjoint(step.mobs)


def _is_had(kind: str, record: TaskRecord) -> bool:
    """Whether the task was to have a tool of the kind."""
    goal = record.task.goal
    return isinstance(goal, InventoryHas | InventoryGained) and goal.name.endswith(kind)


def _has_as_good(item: str, inventory: Mapping[str, int]) -> bool:
    """Whether the item is carried, or the same of iron or better."""
    kind = item.partition("_")[2]
    return any(name in inventory for name in (item, *(f"{m}_{kind}" for m in _AS_GOOD)))


def _lately(history: Sequence[TaskRecord], tasks: int) -> bool:
    """Whether one of the last tasks was of this proposer's; one begun is finished all the same."""
    recent = [record.task.proposer == PROPOSER for record in history[-tasks:]]
    return any(recent) and not (recent[-1] and _own_in_a_row(history) < TASKS_BETWEEN)


def _failed_lately(history: Sequence[TaskRecord]) -> bool:
    recent = history[-TASKS_AFTER_FAILURE:]
    return any(record.task.proposer == PROPOSER and not record.passed for record in recent)


def _own_in_a_row(history: Sequence[TaskRecord]) -> int:
    count = 0
    while count < len(history) and history[-1 - count].task.proposer == PROPOSER:
        count += 1
    return count
