"""Proposing tasks from the recipe graph, without a language model.

Covers: the next step towards a named item, or without one towards something never had yet; eating
when hungry. Not covered: the plans themselves (`tech_tree`), the choice of something new
(`frontier`), which ways have failed (`failed_ways`), and what to do when there is no step
(`wayfaring`).

Nothing is remembered between calls: the same observation and history give the same proposal, so a
resumed run goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.errors import NoPlanError
from curriculum.goals.families import count_of, game_names
from curriculum.goals.goal import Ate, HasRoom, InventoryGained, InventoryHas
from curriculum.planning.costs import Skips
from curriculum.planning.frontier import Frontier
from curriculum.planning.tech_tree import Step, TechTree
from curriculum.proposers.failed_ways import PROPOSER, VERBS, failed_ways
from curriculum.task import Proposal, Task, TaskRecord
from curriculum.wording import one, quantity, words
from mc_server import GameData, Observation

HUNGRY_BELOW = 10.0
"""Points of food (of 20) under which eating comes first."""
WOUNDED_BELOW = 12.0
HEALING_FROM = 18.0
"""Wounds heal by themselves from this much food on; under it the wounded eat."""
PROVISIONS_DISTANCE = 24.0
"""How far away an animal may be that is hunted before the dark is gone into without food."""
FOOD_WANTED = 2
"""How many pieces of food one hunt is for."""
CROWDED_BELOW = 5
"""Free places of the inventory (of 36) under which making room comes first: with none at all
neither a chest nor anything else can be made or picked up."""
ROOM_WANTED = 10
TASKS_BETWEEN_ROOMS = 5
"""After making room has failed, so many other tasks come before it is tried again."""
WEAPON = "stone_sword"
"""Made before monsters are hunted and before the first block that wants a pickaxe better than wood:
such blocks lie in the dark, where monsters are. Costs two cobblestone and a stick."""
PREY = {
    "cow": "beef",
    "mooshroom": "beef",
    "pig": "porkchop",
    "sheep": "mutton",
    "rabbit": "rabbit",
}
"""Animals of the land whose meat may be eaten raw."""
MONSTERS = frozenset(
    {"blaze", "cave_spider", "creeper", "drowned", "enderman", "husk", "phantom", "skeleton"}
    | {"slime", "spider", "stray", "witch", "wither_skeleton", "zombie", "zombie_villager"}
)


class TechTreeProposer:
    """Implements `Proposer`. `goal_item` None plays open-ended.

    Raises UnknownItemError, with close names, when the version has no such item.
    """

    def __init__(
        self, game_data: GameData, goal_item: str | None = None, goal_count: int = 1
    ) -> None:
        self._data = game_data
        self._tree = TechTree(game_data)
        self._frontier = Frontier(self._tree)
        self._names = game_names(game_data)
        self._goal = None if goal_item is None else self._tree.resolve(goal_item)
        self._goal_count = goal_count

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        """The next task, or the reason why there is none."""
        if self._goal is not None:
            carried = count_of(self._goal, observation.inventory, self._names)
            if carried >= self._goal_count:
                reason = f"{quantity(self._goal, carried)} carried, {self._goal_count} wanted"
                return Proposal(None, reason, finished=True)
        skips = failed_ways(history)
        first = self._meal(observation, skips) or _room(observation, history)
        if first is not None:
            return Proposal(first)
        if self._goal is not None:
            return self._towards_goal(self._goal, observation, skips, history)
        return self._something_new(observation, skips, history)

    def _towards_goal(
        self, goal: str, observation: Observation, skips: Skips, history: Sequence[TaskRecord]
    ) -> Proposal:
        try:
            steps = self._tree.plan(goal, self._goal_count, observation, skips)
        except NoPlanError as error:
            tried = f"Every known way to {goal} was tried." if skips.any() else str(error)
            return Proposal(None, _stuck(tried, history))
        task = self._weapon(steps[0], observation, skips)
        task = task or self._provisions(steps[0], observation, skips)
        why = _purpose(steps[0], goal)
        return Proposal(task or self._task(steps[0], why, observation, skips))

    def _something_new(
        self, observation: Observation, skips: Skips, history: Sequence[TaskRecord]
    ) -> Proposal:
        for item in self._frontier.items(observation, history, skips):
            try:
                steps = self._tree.plan(item, 1, observation, skips)
            except NoPlanError:
                continue
            if steps:
                task = self._weapon(steps[0], observation, skips)
                why = f"{_purpose(steps[0], item)}, which was never had yet"
                return Proposal(task or self._task(steps[0], why, observation, skips))
        return Proposal(None, _stuck("Nothing new is within reach.", history))

    def _task(self, step: Step, why: str, observation: Observation, skips: Skips) -> Task:
        goal: InventoryHas | InventoryGained = InventoryHas(name=step.item, count=step.total)
        if count_of(step.item, observation.inventory, self._names) >= step.total:
            # Another kind of the family is there already in that number: only more of it helps.
            goal = InventoryGained(name=step.item, count=step.count)
        text = describe_step(step)
        if step.ingredients and skips.of(step.action, step.item):
            # The usual way failed; the words tell a writer which one is meant.
            text += f" from {' and '.join(words(name) for name in step.ingredients)}"
        return Task(text, goal, why, PROPOSER)

    def _weapon(self, step: Step, observation: Observation, skips: Skips) -> Task | None:
        """The next step towards a sword when the step leads to monsters without one."""
        armed = any(name.endswith("_sword") for name in observation.inventory)
        if armed or not _is_dangerous(step):
            return None
        if skips.of("craft", WEAPON):
            return None
        try:
            steps = self._tree.plan(WEAPON, 1, observation, skips)
        except NoPlanError:
            return None
        why = "against the monsters"
        return self._task(steps[0], why, observation, skips) if steps else None

    def _meal(self, observation: Observation, skips: Skips) -> Task | None:
        """Eat what is carried when hungry; playing open-ended, get food when there is none."""
        wounded = observation.health < WOUNDED_BELOW and observation.food < HEALING_FROM
        if observation.food >= HUNGRY_BELOW and not wounded:
            return None
        food = self._carried_food(observation)
        hungry = f"food is at {observation.food:g} of 20"
        if wounded:
            hungry = f"health is at {observation.health:g} of 20, {hungry}"
        if food is not None and not skips.of("eat", food):
            return Task(f"Eat {one(food)}", Ate(name=food), hungry, PROPOSER)
        if food is not None or self._goal is not None:
            return None
        for item in self._frontier.foods(observation, skips):
            try:
                steps = self._tree.plan(item, FOOD_WANTED, observation, skips)
            except NoPlanError:
                continue
            if steps:
                why = f"{hungry}; {_purpose(steps[0], item)}"
                return self._task(steps[0], why, observation, skips)
        return None

    def _provisions(self, step: Step, observation: Observation, skips: Skips) -> Task | None:
        """Hunt what is in sight before going into the dark without food: the fed heal."""
        if not _is_dangerous(step) or self._carried_food(observation) is not None:
            return None
        prey = sorted(
            (entity.distance, PREY[entity.name])
            for entity in observation.nearby_entities
            if entity.name in PREY and entity.distance <= PROVISIONS_DISTANCE
        )
        meats = [item for _, item in prey if item in self._data.items]
        if not meats or meats[0] == self._goal or skips.of("kill", meats[0]):
            return None
        try:
            steps = self._tree.plan(meats[0], FOOD_WANTED, observation, skips)
        except NoPlanError:
            return None
        return self._task(steps[0], "food for the way into the dark", observation, skips)

    def _carried_food(self, observation: Observation) -> str | None:
        """The most filling food carried, but never the item that is the goal."""
        points = self._data.food_points
        foods = [
            name
            for name, count in observation.inventory.items()
            if count > 0 and points.get(name, 0) > 0 and name != self._goal
        ]
        return min(foods, key=lambda name: (-points[name], name), default=None)


def _is_dangerous(step: Step) -> bool:
    """Whether a step leads into the dark or is about monsters."""
    if step.action == "kill":
        return not MONSTERS.isdisjoint(step.mobs)
    return step.action == "mine" and step.tool is not None and not step.tool.startswith("wooden_")


def _room(observation: Observation, history: Sequence[TaskRecord]) -> Task | None:
    """Put things away before the inventory is so full that nothing can be picked up."""
    recent = history[-TASKS_BETWEEN_ROOMS:]
    gave_up = any(isinstance(r.task.goal, HasRoom) and not r.passed for r in recent)
    if observation.free_slots >= CROWDED_BELOW or gave_up:
        return None
    why = f"only {observation.free_slots} places of the inventory are free"
    return Task("Put away what is not needed", HasRoom(count=ROOM_WANTED), why, PROPOSER)


def describe_step(step: Step) -> str:
    """The step as one imperative sentence: "Mine 4 logs", "Craft a furnace"."""
    verb = VERBS[step.action]
    if step.action == "craft" and step.count == 1:
        return f"{verb} {one(step.item)}"
    return f"{verb} {quantity(step.item, step.count)}"


def _purpose(step: Step, goal: str) -> str:
    if step.needed_for is None:
        return f"to have {one(goal)}"
    if step.needed_for == goal:
        return f"needed for {goal}"
    return f"needed for {step.needed_for} on the way to {goal}"


def _stuck(reason: str, history: Sequence[TaskRecord]) -> str:
    """The reason, with the last failure that led there."""
    failed = next((record for record in reversed(history) if not record.passed), None)
    if failed is None:
        return reason
    critique = f" ({failed.critique})" if failed.critique else ""
    return f"{reason} The last task that failed was {failed.task.description!r}{critique}."
