"""From which starts a skill is exercised, and what it has to reach from each.

Covers starts like those it was used from, one elsewhere, and one for a skill that was never used;
and the exercise made of a start. Not covered: running it (`skill_gym.py`).

A start is like a recorded one, not the same: the world is new, of the same seed, so what had been
dug and built there before is not. A use whose goal held before it proves nothing and is no start.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from curriculum import AllOf, AnyOf, Goal, InventoryHas, game_names, kinds_in
from mc_server import GameData, Observation, Position, Script, ScriptModule
from skills import Skill, SkillLibrary, SkillUse, UnknownSkillError, UseKind, in_dependency_order
from voyager.gym.exercise import START, Exercise, Start
from voyager.gym.needs import tools_and_ingredients
from voyager.uses.call_goals import goal_of_call
from voyager.uses.circumstances import observation_of

DEADLINE_SECONDS = 600.0
"""Of the world's time: as long as a program may run in play."""
_OVERWORLD = "overworld"
_NOWHERE = Position(0.0, 0.0, 0.0)


def starts_of(
    skill: Skill,
    uses: Sequence[SkillUse],
    limit: int,
    game_data: GameData | None = None,
) -> tuple[Start, ...]:
    """At most `limit` starts, of several the last one elsewhere: where the skill has not been.

    `uses` are those of this version, newest last. A skill that none of them helps with gets what
    its goal takes, as far as `game_data` tells.
    """
    known = None if game_data is None else game_names(game_data)
    starts = _recorded(skill, uses, known)
    if not starts:
        return _prepared(skill, game_data)[:limit]
    at_home = [start for start in starts if start.position is not None][: max(1, limit - 1)]
    elsewhere = replace(
        starts[0],
        seed=_seed_elsewhere(skill.name, {start.seed for start in starts}),
        position=None,
        time_of_day=None,
        origin="elsewhere: where players of another world begin, with what it had at first",
    )
    return (*at_home, elsewhere)[:limit]


def exercise_of(
    skill: Skill,
    library: SkillLibrary,
    start: Start,
    arguments: tuple[Any, ...] | None = None,
    game_data: GameData | None = None,
) -> Exercise:
    """The skill to be run from that start, with all that it calls, whatever the status of these.

    `arguments` are the start's if none are given. What the goal asks for is left out of what is
    carried, should it hold before. Raises GoalError for a contract that is no goal,
    UnknownSkillError for a call to nothing, SkillCycleError.
    """
    given = start.arguments if arguments is None else arguments
    goal = goal_of_call(skill, given)
    known = None if game_data is None else game_names(game_data)
    called = in_dependency_order(skill.calls, _finder(library))
    modules = [ScriptModule(one.name, one.source) for one in called if one.name != skill.name]
    script = Script((*modules, ScriptModule(skill.name, skill.source)), skill.name, given)
    begins = replace(_without_what_is_wanted(start, goal, known), arguments=given)
    return Exercise(skill, script, goal, begins, DEADLINE_SECONDS)


def _finder(library: SkillLibrary) -> Callable[[str, str | None], Skill | None]:
    def find(name: str, caller: str | None) -> Skill | None:
        if name in library.primitives:
            return None
        try:
            return library.get(name)
        except UnknownSkillError:
            said = f"{caller} calls {name}. " if caller else ""
            known = (*library.names(), *library.primitives)
            raise UnknownSkillError(name, known, said) from None

    return find


def _recorded(
    skill: Skill, uses: Iterable[SkillUse], known: Collection[str] | None
) -> tuple[Start, ...]:
    """Starts like those from which it has worked, each once: the first, then the newest.

    Where it was only tried so far, such as one that was imported, those that it was tried from; but
    none that a verification made up.
    """
    worked = [use for use in uses if use.passed and use.before.dimension == _OVERWORLD]
    used = [use for use in worked if use.kind is not UseKind.EXERCISED]
    starts: dict[str, Start] = {}
    for use in used or [use for use in worked if START not in use.environment]:
        if _holds(goal_of_call(skill, use.arguments), observation_of(use.before), known):
            continue
        start = _like(use, skill.name)
        starts.setdefault(start.key, start)
    first, *later = starts.values() or (None,)
    return () if first is None else (first, *(one for one in reversed(later) if one is not None))


def _like(use: SkillUse, name: str) -> Start:
    before, there = use.before, use.seed is not None
    where = f"in the world of seed {use.seed}" if there else "on another server"
    return Start(
        seed=use.seed if use.seed is not None else _seed_elsewhere(name, ()),
        origin=f"as it was {use.kind} {where} at {before.position}",
        arguments=use.arguments,
        position=before.position if there else None,
        inventory=dict(before.inventory),
        worn=before.worn,
        hand=before.hand,
        stations=before.stations,
        time_of_day=before.time_of_day,
        health=max(before.health, 1.0),
        food=before.food,
    )


def _prepared(skill: Skill, game_data: GameData | None) -> tuple[Start, Start]:
    """For a skill that was never used, in two worlds: what its goal takes, and tools."""
    arguments = tuple(skill.contract.get(path) for path in skill.parameters.values())
    given = tools_and_ingredients(goal_of_call(skill, arguments), game_data)
    first = Start(
        seed=_seed_elsewhere(skill.name, ()),
        origin="never used before: with good tools and what the goal takes, where players begin",
        arguments=arguments,
        inventory=given.inventory,
        stations=given.stations,
    )
    seed, origin = _seed_elsewhere(skill.name, {first.seed}), f"{first.origin} elsewhere"
    return first, replace(first, seed=seed, origin=origin)


def _seed_elsewhere(name: str, taken: Collection[int]) -> int:
    """Always the same one for a name, and none of those taken."""
    seed = zlib.crc32(name.encode()) & 0x7FFFFFFF
    while seed in taken:
        seed = (seed + 1) & 0x7FFFFFFF
    return seed


def _without_what_is_wanted(start: Start, goal: Goal, known: Collection[str] | None) -> Start:
    """The start, without the items that make the goal hold before anything was done."""
    seen = Observation(
        position=start.position or _NOWHERE,
        dimension=_OVERWORLD,
        biome="",
        time_of_day=start.time_of_day or 0,
        health=start.health,
        food=start.food,
        inventory=dict(start.inventory),
    )
    if not _holds(goal, seen, known):
        return start
    wanted = {
        kind
        for name in _names_to_have(goal)
        for kind in kinds_in(name, tuple(start.inventory), known)
    }
    left = {name: count for name, count in start.inventory.items() if name not in wanted}
    return replace(start, inventory=left)


def _holds(goal: Goal, seen: Observation, known: Collection[str] | None) -> bool:
    return goal.evaluate(seen, seen, (), known).passed is True


def _names_to_have(goal: Goal) -> tuple[str, ...]:
    if isinstance(goal, AllOf | AnyOf):
        return tuple(name for part in goal.goals for name in _names_to_have(part))
    return (goal.name,) if isinstance(goal, InventoryHas) else ()
