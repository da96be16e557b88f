"""Carries out what is planned: it is tried in scratch worlds, then all is changed, or nothing.

What is tried is the library as it would be: the plan is applied, the exercises are put together,
and it is undone before they run. What has changed in the library meanwhile ends the merge. Not
covered: what is planned (`merge_plan.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from curriculum import CurriculumError
from mc_server import GameData
from skills import Skill, SkillError, SkillLibrary, SkillStatus
from voyager.events import Event, SkillsMerged
from voyager.gym.exercise import Trial
from voyager.gym.skill_gym import Gym
from voyager.gym.verdicts import record
from voyager.journal.database import transaction
from voyager.learning.merging.checks import Replacement, checks_of, result_of
from voyager.learning.merging.merge_plan import LeftAlone, MergePlan
from voyager.uses.execution_uses import PlayedOn


class _UndoneError(Exception):
    """Ends a transaction of which nothing is to be kept."""


@dataclass(frozen=True)
class Merger:
    """Changes the library of an open database. `tell` hears of every merge, in its transaction."""

    connection: sqlite3.Connection
    library: SkillLibrary
    gym: Gym
    played_on: PlayedOn
    game_data: GameData | None = None
    tell: Callable[[Event], None] = lambda _: None

    def carry_out(self, plan: MergePlan) -> SkillsMerged | LeftAlone:
        """Do it if it works; else why nothing was changed."""

        @contextmanager
        def applied() -> Iterator[None]:
            try:
                with transaction(self.connection):
                    self._apply(plan)
                    yield
                    raise _UndoneError
            except _UndoneError:
                pass

        names = (plan.kept.name, *plan.names)
        try:
            checks = checks_of(self.library, _replacements(plan), applied, self.game_data)
        except (SkillError, CurriculumError) as error:
            return LeftAlone(names, str(error))
        result = result_of(checks, self.gym)
        if result.failure:
            return LeftAlone(names, result.failure)
        with transaction(self.connection):
            if any(self._has_changed(skill) for skill in plan.all_before):
                return LeftAlone(names, "They have changed meanwhile; merge them again.")
            self._apply(plan)
            record(self.library, self.played_on, sorted(result.trials, key=_by_start))
            merged = SkillsMerged(plan.kept.name, plan.names, plan.reason)
            self.tell(merged)
        return merged

    def _has_changed(self, skill: Skill) -> bool:
        now = self.library.get(skill.name)
        return (now.version, now.status, now.pinned) != (skill.version, skill.status, skill.pinned)

    def _apply(self, plan: MergePlan) -> None:
        """All of it; inside of a transaction."""
        names = " and ".join(plan.names)
        if plan.rewrites:
            self._replace(plan.kept, f"takes the place of {names}: {plan.reason}")
        for _, caller in plan.callers:
            self._replace(caller, f"calls {plan.kept.name} in the place of {names}")
        for skill in plan.merged:
            others = (skill.name, *self.library.other_names(skill.name))
            reason = f"merged into {plan.kept.name}: {plan.reason}"
            self.library.set_status(skill.name, SkillStatus.RETIRED, reason=reason)
            for other in others:
                self.library.add_other_name(plan.kept.name, other)

    def _replace(self, skill: Skill, reason: str) -> None:
        """A new version, in the place of the one in use and with its status."""
        stored = self.library.add(replace(skill, status=SkillStatus.CANDIDATE), reason)
        if skill.status is SkillStatus.VERIFIED:
            self.library.verify(skill.name, stored.version, reason)
        self.library.activate(skill.name, stored.version, reason)


def _by_start(trial: Trial) -> tuple[str, str, int]:
    """The same order whichever trial ended first."""
    exercise = trial.exercise
    return exercise.skill.name, str(exercise.script.arguments), exercise.start.seed


def _replacements(plan: MergePlan) -> list[Replacement]:
    """What has to be shown: that nothing is lost of what was merged, and that its callers work."""
    found = [Replacement(before, after.name) for before, after in plan.callers]
    if plan.is_the_same_program and not plan.rewrites:
        return found
    of_skills = [Replacement(old, plan.kept.name, given) for old, given in plan.arguments]
    return [*(one for one in of_skills if plan.rewrites or one.old.name != one.new), *found]
