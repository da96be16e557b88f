"""From an execution to the uses of the skills in it: of the program itself, and of all it called.

Covers what each use was, and whether it did what its skill is for. That of the program is the
critic's to say. A called skill passed when it ended without an error and its contract's goal holds
between before and after, its parameters set from the arguments; what that cannot tell is left open.
Not covered: keeping them (`kept_skills.py`), and what is learned from them (`skills`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curriculum import AllOf, AnyOf, Goal, GoalError, Judged, Not, parse_goal
from mc_server import (
    Circumstances,
    Execution,
    Observation,
    Outcome,
    ProgramError,
    SkillCall,
    mineflayer_version,
)
from skills import Skill, SkillUse, UseKind, environment_of, primitives_folder

USES_OF_ONE_SKILL = 10
"""In one execution; a loop that calls a skill a hundred times says no more than its first calls."""
STATION_REACH_BLOCKS = 4.5
STATIONS = frozenset(
    {"crafting_table", "furnace", "blast_furnace", "smoker", "campfire", "brewing_stand", "anvil"}
    | {"enchanting_table", "smithing_table", "grindstone", "stonecutter", "loom"}
)
_TOLD_BY_EVENTS = frozenset({"killed", "placed", "mined", "stored", "ate", "slept"})
_NOT_ITS_FAULT = frozenset({"died", "cancelled"})
_WORN_AT = {"helmet": "head", "chestplate": "torso", "elytra": "torso", "leggings": "legs"}
_DEFAULT = r"\b{}\s*=\s*(-?\d+(?:\.\d+)?)"


@dataclass(frozen=True)
class PlayedOn:
    """What programs run on. `names` are the version's items and blocks, None if unknown."""

    game_version: str
    names: Collection[str] | None = None
    primitives_folder: Path = field(default_factory=primitives_folder)

    def environment(self, skill: Skill, find: Callable[[str], Skill | None]) -> dict[str, str]:
        """What a use of the skill depends on; see `SkillUse.environment`."""
        calls, queue = set(skill.calls), list(skill.calls)
        while queue:
            called = find(queue.pop())
            new = set() if called is None else set(called.calls) - calls
            calls |= new
            queue += new
        return environment_of(
            calls, self.primitives_folder, self.game_version, mineflayer_version()
        )


@dataclass(frozen=True)
class UsesOfExecution:
    """Makes the uses of one execution. `find` gives the version of a skill that was loaded."""

    execution: Execution
    find: Callable[[str], Skill | None]
    played_on: PlayedOn
    run_id: int | None = None
    attempt_id: int | None = None
    seed: int | None = None

    def of_entry(
        self, skill: Skill, kind: UseKind, arguments: Sequence[Any], passed: bool | None
    ) -> SkillUse:
        """That of the program itself, which is this skill."""
        run = self.execution
        call = next((c for c in run.skill_calls if c.caller is None and c.name == skill.name), None)
        before = call.before if call else circumstances_of(run.before)
        after = call.after if call else None
        if after is None and run.outcome not in (Outcome.DIED, Outcome.DISCONNECTED):
            after = circumstances_of(run.after)
        seconds = call.seconds if call else run.seconds
        return self._use(
            skill, kind, arguments, passed, run.outcome, seconds, before, after, run.error
        )

    def of_called(self, entry: str) -> list[SkillUse]:
        """Those of the skills that it called, whoever called them, in the order they began."""
        uses: list[SkillUse] = []
        counts: Counter[str] = Counter()
        for call in self.execution.skill_calls:
            if call.caller is None or call.name == entry:
                continue
            skill = self.find(call.name)
            counts[call.name] += 1
            if skill is not None and counts[call.name] <= USES_OF_ONE_SKILL:
                uses.append(self._of_call(skill, call))
        return uses

    def _of_call(self, skill: Skill, call: SkillCall) -> SkillUse:
        passed = did_its_work(skill, call, self.played_on.names)
        outcome = Outcome.COMPLETED if call.error is None else Outcome.PROGRAM_ERROR
        if not call.ended:
            outcome = self.execution.outcome
        return self._use(
            skill,
            UseKind.CALLED,
            call.arguments,
            passed,
            outcome,
            call.seconds,
            call.before,
            call.after,
            call.error,
        )

    def _use(
        self,
        skill: Skill,
        kind: UseKind,
        arguments: Sequence[Any],
        passed: bool | None,
        outcome: Outcome,
        seconds: float,
        before: Circumstances,
        after: Circumstances | None,
        error: ProgramError | None,
    ) -> SkillUse:
        return SkillUse(
            name=skill.name,
            version=skill.version,
            kind=kind,
            arguments=tuple(arguments),
            passed=passed,
            outcome=outcome.value,
            seconds=seconds,
            before=before,
            after=after,
            error_code=error.code if error else None,
            error=error.message if error else None,
            run_id=self.run_id,
            attempt_id=self.attempt_id,
            seed=self.seed,
            environment=self.played_on.environment(skill, self.find),
        )


def did_its_work(skill: Skill, call: SkillCall, names: Collection[str] | None) -> bool | None:
    """Whether a called skill did what its contract says; None where that cannot be told."""
    goal = goal_of_call(skill, call.arguments)
    if goal is None or not call.ended:
        return None
    if call.error is not None:
        return None if call.error.code in _NOT_ITS_FAULT else False
    if call.after is None:
        return None
    before, after = _seen(call.before), _seen(call.after)
    return _without_events(goal).evaluate(before, after, (), names).passed


def goal_of_call(skill: Skill, arguments: Sequence[Any]) -> Goal | None:
    """The goal of the skill's contract for these arguments; None where they make none."""
    data = dict(skill.contract)
    for position, (name, path) in enumerate(skill.parameters.items()):
        default = re.search(_DEFAULT.format(re.escape(name)), skill.signature)
        if position < len(arguments):
            data[path] = arguments[position]
        elif default:
            data[path] = float(default[1])
    try:
        return parse_goal(data)
    except GoalError:
        return None


def circumstances_of(seen: Observation) -> Circumstances:
    """As much of the circumstances as an observation tells."""
    equipment = dict(seen.equipment)
    hand = equipment.pop("hand", None)
    return Circumstances(
        position=seen.position,
        dimension=seen.dimension,
        biome=seen.biome,
        time_of_day=seen.time_of_day,
        light=None,
        health=seen.health,
        food=seen.food,
        inventory=dict(seen.inventory),
        free_slots=seen.free_slots,
        hand=hand,
        worn=tuple(sorted(item for item in equipment.values() if item)),
        stations=tuple(
            sorted(
                block.name
                for block in seen.nearby_blocks
                if block.name in STATIONS and block.distance <= STATION_REACH_BLOCKS
            )
        ),
    )


def _seen(state: Circumstances) -> Observation:
    """The same as an observation, for goals to look at."""
    equipment: dict[str, str | None] = {"hand": state.hand}
    for item in state.worn:
        kind = item.rpartition("_")[2]
        equipment[_WORN_AT.get(kind, "feet" if kind == "boots" else "off-hand")] = item
    return Observation(
        position=state.position,
        dimension=state.dimension,
        biome=state.biome,
        time_of_day=state.time_of_day,
        health=state.health,
        food=state.food,
        inventory=state.inventory,
        free_slots=state.free_slots,
        equipment=equipment,
    )


def _without_events(goal: Goal) -> Goal:
    """What is told by events alone is left open: whose doing one was is not known."""
    if isinstance(goal, AllOf | AnyOf):
        parts = tuple(_without_events(part) for part in goal.goals)
        return goal.model_copy(update={"goals": parts})
    if isinstance(goal, Not):
        return goal.model_copy(update={"goal": _without_events(goal.goal)})
    if goal.type in _TOLD_BY_EVENTS or goal.type == "has_advancement":
        return Judged(text=goal.describe())
    return goal
