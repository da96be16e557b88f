"""From an execution to the uses of the skills in it: of the program itself, and of all it called.

Covers what each use was, and whether it did what its skill is for. That of the program is the
critic's to say. A called skill passed when it ended without an error and its contract's goal holds
between before and after, its parameters set from the arguments; what that cannot tell is left open.
Not covered: keeping them (`voyager/learning/kept_skills.py`), and what is learned from them
(`skills/contracts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from curriculum import game_names
from mc_server import (
    Circumstances,
    Execution,
    GameData,
    Outcome,
    ProgramError,
    SkillCall,
    mineflayer_version,
    without_gains,
)
from skills import Skill, SkillUse, UseKind, environment_of, primitives_folder, reached
from voyager.uses.call_goals import did_its_work
from voyager.uses.circumstances import circumstances_of

USES_OF_ONE_SKILL = 10
"""In one execution; a loop that calls a skill a hundred times says no more than its first calls."""


@dataclass(frozen=True)
class PlayedOn:
    """What programs run on. `names` are the version's items and blocks, None if unknown."""

    game_version: str
    names: Collection[str] | None = None
    primitives_folder: Path = field(default_factory=primitives_folder)

    @classmethod
    def of(cls, game_data: GameData) -> PlayedOn:
        """On that version, with the primitives that are installed."""
        return cls(game_data.version, game_names(game_data))

    def environment(self, skill: Skill, find: Callable[[str], Skill | None]) -> dict[str, str]:
        """What a use of the skill depends on; see `SkillUse.environment`."""

        def calls_of(name: str) -> tuple[str, ...]:
            called = find(name)
            return called.calls if called else ()

        calls = reached(skill.calls, calls_of)
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
        after = self._own(call).after if call else None
        if after is None and run.outcome not in (Outcome.DIED, Outcome.DISCONNECTED):
            after = circumstances_of(run.own_after)
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
        own = self._own(call)
        passed = did_its_work(skill, call, self.played_on.names)
        if own != call and passed != did_its_work(skill, own, self.played_on.names):
            passed = None  # it owes that to a reflex
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
            own.after,
            call.error,
        )

    def _own(self, call: SkillCall) -> SkillCall:
        """The call as it would have ended without what reflexes gained and used up meanwhile."""
        end = call.started_seconds + call.seconds
        acts = [
            act
            for act in self.execution.reflexes
            if call.started_seconds <= act.started_seconds < end and act.items
        ]
        if call.after is None or not acts:
            return call
        inventory = without_gains(call.after.inventory, acts)
        return replace(call, after=replace(call.after, inventory=inventory))

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
