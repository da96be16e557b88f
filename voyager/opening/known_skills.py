"""What the writers without a model are given of the library: look-ups by what a task needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curriculum import (
    AllOf,
    AnyOf,
    Ate,
    Equipped,
    Goal,
    InventoryGained,
    InventoryHas,
    Placed,
    Task,
    TechTree,
    goal_to_json,
)
from skills import LearnedContract, Skill, SkillLibrary

_OF_ONE_ITEM = InventoryHas | InventoryGained | Placed | Equipped | Ate


def skills_on_the_way(library: SkillLibrary, tree: TechTree) -> Callable[[Task], Sequence[Skill]]:
    """For the planner: the skills that get the goal's items, or what these are made from."""
    return lambda task: library.getting(_items_for(task.goal, tree))


def _items_for(goal: Goal, tree: TechTree) -> frozenset[str]:
    """The items that may be needed on the way to a goal."""
    if isinstance(goal, AllOf | AnyOf):
        return frozenset().union(*(_items_for(part, tree) for part in goal.goals))
    if isinstance(goal, _OF_ONE_ITEM) and goal.name is not None:
        return tree.needed_for(goal.name)
    return tree.everything


def skills_for(library: SkillLibrary) -> Callable[[Goal], Sequence[Skill]]:
    """The skills whose contract may be the goal, the most successful first.

    After them newer versions of the same, which are not yet in their place.
    """

    def candidates(goal: Goal) -> Sequence[Skill]:
        wanted = goal_to_json(goal)
        found = library.find_by_contract(wanted["type"], wanted.get("name"))
        return [*found, *(newer for one in found for newer in library.rewritten(one.name))]

    return candidates


def skills_getting(library: SkillLibrary) -> Callable[[str], Sequence[Skill]]:
    """The skills that get an item."""
    return lambda item: library.getting((item,))


def contract_of(library: SkillLibrary) -> Callable[[Skill], LearnedContract | None]:
    """What experience says of a skill."""
    return lambda skill: library.contract(skill.name, skill.version)
