"""Verifying skills: run from their starts, judged, and what that says of each of them.

Covers which exercises are run, telling what broke from what only calls it, and since when. What is
written to the library is `verdicts.py`'s, running is `skill_gym.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from curriculum import CurriculumError, Judged
from mc_server import GameData
from skills import (
    Skill,
    SkillError,
    SkillLibrary,
    SkillUse,
    changes_between,
    reached,
)
from voyager.gym.exercise import START, Exercise, Trial
from voyager.gym.report import Report, SkillReport, Standing
from voyager.gym.skill_gym import Gym
from voyager.gym.starts import exercise_of, starts_of
from voyager.uses.call_goals import did_its_work
from voyager.uses.execution_uses import PlayedOn


@dataclass(frozen=True)
class Progress:
    """A trial that has just ended, and how many of all have."""

    trial: Trial
    ended: int
    known: int


@dataclass
class Verification:
    """One verification of some skills of a library, which it only reads.

    `starts` of each skill at most. `played_on` is what the gym's programs run on. `on_progress`
    hears of every trial.
    """

    library: SkillLibrary
    gym: Gym
    game_data: GameData
    played_on: PlayedOn
    starts: int = 3
    on_progress: Callable[[Progress], None] = lambda _: None
    _trials: dict[str, tuple[Trial, ...]] = field(default_factory=dict, init=False)
    _hindered: dict[str, str] = field(default_factory=dict, init=False)

    def run(self, names: Iterable[str]) -> Report:
        """Exercise these skills, and what the ones that fail call, to see which is to blame."""
        wanted = sorted(set(names))
        self._exercise(wanted)
        failed = [name for name in wanted if self._fails(name)]
        self._exercise(sorted(self._callees_of(failed) - self._tried()))
        broken = {name for name in self._tried() if self._fails(name)}
        reports = {name: self._report(name, broken) for name in sorted(self._tried())}
        for name, callees in self._dependents(broken).items():
            reports[name] = self._depending(name, callees, reports.get(name))
        return Report(tuple(reports[name] for name in sorted(reports)))

    def trials(self) -> tuple[Trial, ...]:
        """All that were run, by skill, in the order of the starts."""
        return tuple(trial for name in sorted(self._trials) for trial in self._trials[name])

    # -- running -------------------------------------------------------------------------------

    def _exercise(self, names: Sequence[str]) -> None:
        exercises: list[Exercise] = []
        for name in names:
            try:
                exercises += self._exercises_of(self.library.get(name))
            except (SkillError, CurriculumError) as error:
                self._hindered[name] = str(error)
        ended: dict[int, Trial] = {}
        try:
            for trial in self.gym.run(exercises):
                # By identity: two exercises may be equal.
                ended[id(trial.exercise)] = _without_details(trial)
                self.on_progress(Progress(trial, len(ended), len(exercises)))
        finally:
            self.gym.stop()
        for exercise in exercises:
            name = exercise.skill.name
            self._trials[name] = (*self._trials.get(name, ()), ended[id(exercise)])

    def _exercises_of(self, skill: Skill) -> list[Exercise]:
        uses = self.library.uses.of(skill.name, skill.version)
        exercises = [
            exercise_of(skill, self.library, start, game_data=self.game_data)
            for start in starts_of(skill, uses, self.starts, self.game_data)
        ]
        for exercise in exercises:
            if isinstance(exercise.goal, Judged):
                self._hindered[skill.name] = (
                    "Whether its goal is reached cannot be told from the state of the game:"
                    f" {exercise.goal.text}"
                )
                return []
        return exercises

    # -- what it says --------------------------------------------------------------------------

    def _tried(self) -> set[str]:
        return {*self._trials, *self._hindered}

    def _ran(self, name: str) -> list[Trial]:
        return [trial for trial in self._trials.get(name, ()) if trial.verdict is not None]

    def _fails(self, name: str) -> bool:
        """Whether it works from nowhere, or no more from where it has worked in the gym.

        The same start gives the same result for as long as nothing changes.
        """
        ran = self._ran(name)
        if not ran or all(trial.passed for trial in ran):
            return False
        if not any(trial.passed for trial in ran):
            return True
        passed_before = {use.environment.get(START) for use in self._uses(name) if use.passed} - {
            None
        }
        return any(not trial.passed and trial.exercise.start.key in passed_before for trial in ran)

    def _report(self, name: str, broken: set[str]) -> SkillReport:
        skill, trials, ran = self.library.get(name), self._trials.get(name, ()), self._ran(name)
        told = SkillReport(name, skill.version, Standing.WORKS, skill.status.value, trials)
        if not ran:
            faults = [trial.fault for trial in trials if trial.fault]
            why = self._hindered.get(name) or (faults[0] if faults else "There was nothing to run.")
            return _but(told, Standing.NOT_RUN, why)
        failed = next((trial for trial in ran if not trial.passed), None)
        if failed is None:
            return told
        if name not in broken:
            return _but(told, Standing.PARTLY, _why(failed))
        last = next((use for use in reversed(self._uses(name)) if use.passed), None)
        return SkillReport(
            name,
            skill.version,
            Standing.BROKE,
            skill.status.value,
            trials,
            _why(failed),
            last.used_at if last else "",
            self._changes(skill, last) if last else (),
        )

    def _changes(self, skill: Skill, last: SkillUse) -> tuple[str, ...]:
        """What it ran on when it worked last, against what it ran on now."""
        return changes_between(
            last.environment, self.played_on.environment(skill, self.library.find)
        )

    def _dependents(self, broken: set[str]) -> dict[str, tuple[str, ...]]:
        """Who is not to blame and calls what is, directly or not, with those to blame."""
        roots = sorted(name for name in broken if self._is_to_blame(name, broken))
        found: dict[str, tuple[str, ...]] = {}
        for root in roots:
            for caller in self._callers_of(root) - set(roots):
                found[caller] = (*found.get(caller, ()), root)
        return found

    def _is_to_blame(self, name: str, broken: set[str]) -> bool:
        """Whether a skill that fails does so by itself, not because one that it calls fails."""
        called = self._callees_of([name]) & broken - {name}
        failed = next(trial.execution for trial in self._ran(name) if not trial.passed)
        if not called or failed is None:
            return True
        if not failed.skill_calls:
            return failed.error is not None and failed.error.module == name
        return all(
            did_its_work(self.library.get(call.name), call, self.played_on.names)
            for call in failed.skill_calls
            if call.name in called
        )

    def _depending(
        self, name: str, callees: tuple[str, ...], known: SkillReport | None
    ) -> SkillReport:
        skill = self.library.get(name)
        why = f"It calls {' and '.join(callees)}."
        trials = known.trials if known else ()
        last, changes = (known.last_passed, known.changes) if known else ("", ())
        return SkillReport(
            name,
            skill.version,
            Standing.DEPENDS,
            skill.status.value,
            trials,
            why,
            last,
            changes,
            callees,
        )

    def _uses(self, name: str) -> tuple[SkillUse, ...]:
        return self.library.uses.of(name, self.library.get(name).version)

    def _callees_of(self, names: Iterable[str]) -> set[str]:
        """The skills that these call, directly or not; themselves only if they are called."""
        return {
            *reached((called for name in names for called in self._callees(name)), self._callees)
        }

    def _callees(self, name: str) -> list[str]:
        """The skills that this one calls itself, but not itself."""
        skill = self.library.find(name)
        called = skill.calls if skill else ()
        return [one for one in called if one != name and self.library.find(one) is not None]

    def _callers_of(self, name: str) -> set[str]:
        """The skills that call this one, directly or not."""
        return {*reached([name], self.library.callers)} - {name}


def _without_details(trial: Trial) -> Trial:
    """Of thousands of runs only so much is kept as is told."""
    if trial.execution is None:
        return trial
    return replace(trial, execution=replace(trial.execution, calls=(), events=(), trace=()))


def _but(told: SkillReport, standing: Standing, why: str) -> SkillReport:
    return replace(told, standing=standing, why=why)


def _why(failed: Trial) -> str:
    verdict = failed.verdict
    return (verdict.critique or "; ".join(verdict.evidence)) if verdict else failed.fault
