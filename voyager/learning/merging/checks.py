"""Whether what a merge would leave works: which exercises show it, and what their outcome says.

A changed program is run from the starts of the one in whose place it is, and has to reach that
one's goal from each, or else the old one must fail there as well. Not covered: running exercises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from mc_server import GameData
from skills import Skill, SkillLibrary
from voyager.gym.exercise import Exercise, Trial
from voyager.gym.skill_gym import Gym
from voyager.gym.starts import exercise_of, starts_of

STARTS = 2
"""For each program: one like it had before, and one elsewhere."""


@dataclass(frozen=True)
class Replacement:
    """A skill as it is, and the name of the one that would be called in its place.

    `arguments` are what that one is called with; None: as the old one was.
    """

    old: Skill
    new: str
    arguments: tuple[Any, ...] | None = None


@dataclass(frozen=True)
class Check:
    """An exercise of a skill as it is, and of what would be in its place."""

    before: Exercise
    after: Exercise


@dataclass(frozen=True)
class CheckResult:
    """What the checks said: `trials` of what would be, and why it does not do, a sentence."""

    trials: tuple[Trial, ...]
    failure: str | None


def checks_of(
    library: SkillLibrary,
    replacements: Iterable[Replacement],
    applied: Callable[[], AbstractContextManager[object]],
    game_data: GameData | None = None,
) -> tuple[Check, ...]:
    """The exercises for each replacement; within `applied` the library is as it would be.

    Raises SkillError, and GoalError for a contract that is no goal.
    """
    begun = []
    for one in replacements:
        uses = library.uses.of(one.old.name, one.old.version)
        for start in starts_of(one.old, uses, STARTS, game_data):
            given = start.arguments if one.arguments is None else ()
            begun.append((one, start, exercise_of(one.old, library, start, given, game_data)))
    with applied():
        return tuple(
            Check(
                before, exercise_of(library.get(one.new), library, start, one.arguments, game_data)
            )
            for one, start, before in begun
        )


def result_of(checks: Sequence[Check], gym: Gym) -> CheckResult:
    """Run all of them, and where one fails what is there now."""
    # By identity: two exercises may be equal.
    by_exercise = {id(check.after): check for check in checks}
    ran = [
        (by_exercise[id(trial.exercise)], trial)
        for trial in gym.run([check.after for check in checks])
    ]
    trials = tuple(trial for _, trial in ran)
    passed = {_called(check) for check, trial in ran if trial.passed}
    failed = [(check, trial) for check, trial in ran if not trial.passed]
    for check, trial in failed:
        if trial.fault:
            return CheckResult(trials, f"{_called(check)} could not be tried: {trial.fault}")
        if _called(check) not in passed:
            return CheckResult(trials, f"{_called(check)} does not work: {_why(trial)}")
    return CheckResult(trials, _what_worked_before(failed, gym))


def _what_worked_before(failed: Sequence[tuple[Check, Trial]], gym: Gym) -> str | None:
    """Of what failed the first thing that works as it is now, from the same start."""
    by_exercise = {id(check.before): (check, trial) for check, trial in failed}
    for before in gym.run([check.before for check, _ in failed]):
        check, trial = by_exercise[id(before.exercise)]
        if before.passed:
            where = check.after.start.origin
            return f"{_called(check)} works no more from a start ({where}): {_why(trial)}"
    return None


def _called(check: Check) -> str:
    given = ", ".join(str(value) for value in check.after.script.arguments)
    call, old = f"{check.after.skill.name}({given})", check.before.skill.name
    return call if old == check.after.skill.name else f"{call} in the place of {old}"


def _why(trial: Trial) -> str:
    seen = "; ".join(trial.verdict.evidence) if trial.verdict else ""
    return f"{seen[:300] or 'nobody could tell what came of it'}."
