"""What the writers without a model are given of the library: look-ups by what a task needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from curriculum import (
    AllOf,
    AnyOf,
    Ate,
    Equipped,
    Goal,
    HasRoom,
    InventoryGained,
    InventoryHas,
    Mined,
    Placed,
    Task,
    TechTree,
    goal_to_json,
    members,
)
from skills import (
    LearnedContract,
    Skill,
    SkillLibrary,
    SkillStatus,
    UnknownSkillError,
    needs_of,
    source_names,
)
from voyager.writers.known_skills.reuse import reuse_arguments
from voyager.writers.known_skills.services import Experience, ExperienceOf, reliability_step

_OF_ONE_ITEM = InventoryHas | InventoryGained | Placed | Equipped | Ate
NEEDS_DEEP = 4
"""So many skills in a row may each need what the next one gets."""


def skills_on_the_way(library: SkillLibrary, tree: TechTree) -> Callable[[Task], Sequence[Skill]]:
    """For the planner: the skills that get the goal's items, or what these are made from.

    With them those that get what the skills need, and what that is made from.
    """
    known_of = experience_of(library, tree)

    def found(task: Task) -> Sequence[Skill]:
        known: dict[str, Skill] = {}
        looked_for: set[str] = set()
        items = _items_for(task.goal, tree)
        for _ in range(NEEDS_DEEP):
            new = _with_kinds(items, tree) - looked_for
            looked_for |= new
            skills = [one for one in library.getting(new) if one.name not in known] if new else []
            known |= {one.name: one for one in skills}
            needs = {need.item for one in skills for need in known_of(one).needs}
            items = frozenset().union(*(_made_from(item, tree) for item in needs))
        return [*known.values()]

    return found


def _items_for(goal: Goal, tree: TechTree) -> frozenset[str]:
    """The items that may be needed on the way to a goal."""
    if isinstance(goal, AllOf | AnyOf):
        return frozenset().union(*(_items_for(part, tree) for part in goal.goals))
    if isinstance(goal, _OF_ONE_ITEM) and goal.name is not None:
        return _made_from(goal.name, tree)
    if isinstance(goal, HasRoom):
        return _made_from("chest", tree)
    if isinstance(goal, Mined):
        blocks = tree.game_data.blocks
        tools = {tool for name in members(goal.name, blocks) for tool in blocks[name].harvest_tools}
        return frozenset().union(*(_made_from(tool, tree) for tool in tools))
    return frozenset()


def _made_from(item: str, tree: TechTree) -> frozenset[str]:
    """The item and what it can be made from; alone where the version does not know it."""
    return tree.needed_for(item) | {item}


def _with_kinds(items: frozenset[str], tree: TechTree) -> frozenset[str]:
    """The items, and of families every kind: what gets one of these gets the family."""
    kinds = (tree.graph.family(item) for item in items if tree.graph.is_family(item))
    return items.union(*kinds)


def skills_for(library: SkillLibrary) -> Callable[[Goal], Sequence[Skill]]:
    """The skills whose contract may be the goal, the best first.

    Among them newer versions of the same, which are not yet in their place.
    """

    def candidates(goal: Goal) -> Sequence[Skill]:
        wanted = goal_to_json(goal)
        found = library.find_by_contract(wanted["type"], wanted.get("name"))
        found += [newer for one in found for newer in library.rewritten(one.name)]
        return sorted(found, key=lambda one: _worth(one, library.contract(one.name, one.version)))

    return candidates


def is_name_of_another(library: SkillLibrary) -> Callable[[Goal, str], bool]:
    """Whether a name is that of a skill in use for another goal: no program for this one has it."""

    def is_taken(goal: Goal, name: str) -> bool:
        try:
            skill = library.get(name)
        except UnknownSkillError:
            return False
        return skill.usable and reuse_arguments(skill, goal) is None

    return is_taken


def _worth(skill: Skill, learned: LearnedContract | None) -> tuple[bool, int, float]:
    """Verified first, then the more reliable, then the quicker."""
    seconds = learned.seconds.median if learned and learned.seconds else 0.0
    return skill.status is not SkillStatus.VERIFIED, -reliability_step(skill, learned), seconds


def experience_of(library: SkillLibrary, tree: TechTree) -> ExperienceOf:
    """What is known of a skill from its uses, read with the recipes of what it names."""

    def known(skill: Skill) -> Experience:
        learned = library.contract(skill.name, skill.version)
        if learned is None:
            return Experience()
        called = []
        for name in set(skill.calls) - library.primitives:
            with suppress(UnknownSkillError):  # a damaged library has gaps
                called.append(library.get(name))
        return Experience(learned, needs_of(skill, learned, called, _ingredients(skill, tree)))

    return known


def _ingredients(skill: Skill, tree: TechTree) -> frozenset[str]:
    """What the recipes ask for whose results the skill's source names."""
    sources = (source for name in source_names(skill).named for source in tree.graph.sources(name))
    return frozenset(name for source in sources for name in source.ingredients)
