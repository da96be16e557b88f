"""Playing one leaf of a goal tree: the next task for it, or how it ended.

Covers: leaves about items, which the recipe graph's proposer plays step by step however far away
they are; all others, which are one task once what they need is at hand; and telling from the
history how that went. Not covered: the order of leaves, and what to do when one fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from curriculum.errors import CurriculumError
from curriculum.goal_trees.goal_tree import GoalNode
from curriculum.goals.families import count_of, game_names
from curriculum.goals.goal import AllOf, Ate, Goal, HasRoom, InventoryHas
from curriculum.goals.goal_forms import leaves
from curriculum.planning.reach import Reach
from curriculum.prompting import short
from curriculum.proposers.tech_tree_proposer import HUNGRY_BELOW, WOUNDED_BELOW, TechTreeProposer
from curriculum.task import Proposer, Task, TaskRecord
from mc_server import GameData, Observation

PROPOSER = "goal_tree"
TRIES = 2
"""Tasks for one leaf that may fail before the leaf is replaced."""
STEPS_AT_ONCE = 2
"""Steps to what a leaf needs that its own program is left with; what takes more is got first."""
CROWDED_BELOW = 5
WHY_CHARACTERS = 200


@dataclass(frozen=True)
class LeafOutcome:
    """A leaf is done, or failed with a critique, or goes on with a task."""

    task: Task | None = None
    passed: bool = False
    critique: str = ""


class LeafPlayer:
    """Plays leaves of `whole`, a goal in words. `survival` proposes meals and tidying up."""

    def __init__(self, game_data: GameData, reach: Reach, survival: Proposer, whole: str) -> None:
        self._why = short(f"a part of: {whole}", WHY_CHARACTERS)
        self._names = game_names(game_data)
        self._reach = reach
        self._survival = survival
        self._towards = lru_cache(maxsize=16)(lambda *item: TechTreeProposer(game_data, *item))

    def play(
        self, node: GoalNode, goal: Goal, observation: Observation, history: Sequence[TaskRecord]
    ) -> LeafOutcome:
        """What comes next for the leaf; `history` is all of it, the leaf's own part is found."""
        since = history[node.since :]
        if goal.evaluate(observation, observation, (), self._names).passed:
            return LeafOutcome(passed=True)
        own = [record for record in since if _is_of(record.task, node, goal)]
        if own and own[-1].passed:
            return LeafOutcome(passed=True)
        if len(own) >= TRIES:
            return LeafOutcome(critique=own[-1].critique or "its task failed")
        try:
            wanted = self._wanted(goal, observation)
        except CurriculumError as error:
            return LeafOutcome(critique=str(error))
        if wanted is not None:
            return self._items(wanted, node, observation, since)
        task = Task(node.description, goal, self._why, PROPOSER)
        return LeafOutcome(self._care(observation, history) or task)

    def _wanted(self, goal: Goal, observation: Observation) -> tuple[str, int] | None:
        """The item to get next; None when the leaf's own task can begin."""
        parts = goal.goals if isinstance(goal, AllOf) else (goal,)
        about_items = all(isinstance(part, InventoryHas) for part in parts)
        for leaf in leaves(goal) if isinstance(goal, AllOf) or len(leaves(goal)) == 1 else ():
            for name, count in self._reach.needs(leaf, observation):
                item = self._reach.item_for(name)
                if any(self._carried(one, observation) >= count for one in (name, item)):
                    continue
                far = len(self._reach.steps_to(name, count, observation)) > STEPS_AT_ONCE
                if about_items or far:
                    return item, count
        return None

    def _carried(self, name: str, observation: Observation) -> int:
        return count_of(name, observation.inventory, self._names)

    def _items(
        self,
        wanted: tuple[str, int],
        node: GoalNode,
        observation: Observation,
        since: Sequence[TaskRecord],
    ) -> LeafOutcome:
        proposal = self._towards(*wanted).propose(observation, since)
        if proposal.task is None:
            # Held after all, as a family counts it: then the leaf's own task may try.
            return LeafOutcome(passed=proposal.finished, critique=proposal.reason)
        why = short(f"{proposal.task.why}, for: {node.description}", WHY_CHARACTERS)
        proposer = f"{proposal.task.proposer} for {PROPOSER}"
        return LeafOutcome(replace(proposal.task, why=why, proposer=proposer))

    def _care(self, observation: Observation, history: Sequence[TaskRecord]) -> Task | None:
        """A meal, or room in the inventory, where one of them is needed first."""
        fine = observation.food >= HUNGRY_BELOW and observation.health >= WOUNDED_BELOW
        if fine and observation.free_slots >= CROWDED_BELOW:
            return None
        task = self._survival.propose(observation, history).task
        return task if task is not None and isinstance(task.goal, Ate | HasRoom) else None


def _is_of(task: Task, node: GoalNode, goal: Goal) -> bool:
    return task.proposer == PROPOSER and task.description == node.description and task.goal == goal
