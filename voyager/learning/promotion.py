"""Candidates tried beside play: each runs once more in a scratch world of another seed.

A version beside the one in use is tried until it can be compared with that; a skill that failed
within other programs is tried by itself (`doubts.py`). Trials are begun and applied between two
tasks, one at each. In a simulation, which must be repeatable, a trial is applied a fixed number of
tasks after it began, and waited for if need be; else when it is ready. What has not been applied
when the sitting ends is dropped: the candidate stays one, and since nothing but the
library says so, it is found again in the next sitting, however this one ended.

Not covered: which status follows (`status_review.py`), and running the trial (`voyager/gym`).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, field, replace

from curriculum import GoalError, Judged
from mc_server import GameData
from skills import (
    USES_TO_COMPARE,
    Change,
    Skill,
    SkillError,
    SkillLibrary,
    SkillStatus,
    SkillUse,
    UseKind,
)
from voyager.gym.exercise import Exercise, Trial
from voyager.gym.skill_gym import Gym
from voyager.gym.starts import exercise_of, starts_of
from voyager.journal.journal import Journal
from voyager.learning.doubts import Doubts
from voyager.learning.status_review import StatusReview
from voyager.uses.execution_uses import PlayedOn, UsesOfExecution

TRIES = 2
"""A candidate that failed so often elsewhere is left to its next use, or to a person."""
LEAST_SECONDS = 120.0
TIMES_RECORDED_SECONDS = 3.0
"""How long a trial may take, in the world's time: elsewhere the way may be longer."""
TASKS_AHEAD = 3
"""In a simulation a trial is applied so many tasks after it began.

To make a world and run a skill in it takes about three times as long as a task of play without it.
"""
WORLDS_IN_STEP = 2
"""Trials under way at once in a simulation: with one, most skills of a short sitting stay untried,
with more, play waits for the processors."""
WAIT_SECONDS = 300.0
"""For a trial in a simulation, on a slow machine; after it the trial has not taken place."""
_END_SECONDS = 0.2
"""Between two words to a gym that it is to end."""


@dataclass
class _UnderWay:
    """A trial that has begun, and how many tasks were played since."""

    result: Future[Trial | None]
    tasks_since: int = 0


@dataclass
class Promotion:
    """Tries the candidates of a library in one sitting. `seed` is that of the world played.

    `in_step`: whether trials are applied after a fixed number of tasks, see above.
    """

    journal: Journal
    library: SkillLibrary
    gym: Gym
    played_on: PlayedOn
    seed: int
    in_step: bool
    game_data: GameData | None = None
    _under_way: list[_UnderWay] = field(default_factory=list, init=False)
    _tried: set[tuple[str, int, int]] = field(default_factory=set, init=False)
    _pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(WORLDS_IN_STEP, "promotion"), init=False
    )
    _doubts: Doubts = field(init=False)

    def __post_init__(self) -> None:
        self._doubts = Doubts(self.library, self.game_data)

    def between_tasks(self) -> None:
        """Apply what was found out, and begin the next trial if there is one."""
        for one in self._under_way:
            one.tasks_since += 1
        while self._under_way and self._is_due(self._under_way[0]):
            trial = self._result_of(self._under_way.pop(0))
            if trial is not None and trial.verdict is not None and trial.verdict.decided:
                self._apply(trial)
        if len(self._under_way) < (WORLDS_IN_STEP if self.in_step else 1):
            exercise = self._next()
            if exercise is not None:
                self._under_way.append(_UnderWay(self._pool.submit(self._try, exercise)))

    def close(self) -> None:
        """End what runs; what it would have shown is found out another time."""
        running = [one.result for one in self._under_way if not one.result.cancel()]
        if running:
            self.gym.stop()
            # What had not quite begun was not there to be ended.
            while wait(running, _END_SECONDS).not_done:
                self.gym.stop()
        self._pool.shutdown()

    def _is_due(self, one: _UnderWay) -> bool:
        return one.tasks_since >= TASKS_AHEAD if self.in_step else one.result.done()

    def _try(self, exercise: Exercise) -> Trial | None:
        return next(iter(self.gym.run([exercise])), None)

    def _result_of(self, one: _UnderWay) -> Trial | None:
        try:
            return one.result.result(WAIT_SECONDS)
        except FutureTimeoutError:
            self.gym.stop()
            return None

    def _next(self) -> Exercise | None:
        for skill in self.library.untried():
            uses = self.library.uses.of(skill.name, skill.version)
            tries = sum(use.kind is UseKind.EXERCISED for use in uses)
            key = (skill.name, skill.version, tries)
            if key in self._tried or self._tried_enough(skill, uses):
                continue
            self._tried.add(key)
            exercise = elsewhere(skill, self.library, self.seed, tries, self.game_data)
            if exercise is not None:
                return exercise
        return self._doubts.next()

    def _tried_enough(self, skill: Skill, uses: Sequence[SkillUse]) -> bool:
        """Whether another trial would change nothing."""
        failed = sum(
            change.change == Change.FAILED and change.version == skill.version
            for change in self.library.history(skill.name)
        )
        compared = sum(use.passed is not None for use in uses) >= USES_TO_COMPARE
        return failed >= TRIES or (skill.status is SkillStatus.VERIFIED and compared)

    def _apply(self, trial: Trial) -> None:
        """Keep the use and what follows from it together, unless it was changed meanwhile."""
        tried, start = trial.exercise.skill, trial.exercise.start
        assert trial.execution is not None and trial.verdict is not None, "it was judged"
        with self.journal.transaction():
            skill = self.library.get(tried.name, tried.version)
            self.library.uses.add(self._use(trial, skill))
            skill = self.library.get(tried.name, tried.version)
            if skill.pinned or not skill.usable:
                return
            statuses = StatusReview(self.library, self.journal.tell)
            if trial.passed:
                statuses.verified(skill, f"it worked again in {start.origin}")
            else:
                error = trial.execution.error
                why = error.message if error else trial.verdict.critique
                said = f"in {start.origin}: {why or trial.execution.outcome.value}"
                self.library.note_failure(skill.name, skill.version, said)
            statuses.review([skill.name])

    def _use(self, trial: Trial, skill: Skill) -> SkillUse:
        assert trial.execution is not None, "it was judged"

        def find(name: str) -> Skill | None:
            return skill if name == skill.name else self.library.find(name)

        uses = UsesOfExecution(
            trial.execution,
            find,
            self.played_on,
            self.journal.current_run.id,
            seed=trial.exercise.start.seed,
        )
        arguments = trial.exercise.script.arguments
        return uses.of_entry(skill, UseKind.EXERCISED, arguments, trial.passed)


def elsewhere(
    skill: Skill, library: SkillLibrary, seed: int, tries: int, game_data: GameData | None = None
) -> Exercise | None:
    """The skill once more in a world of another seed, with what it had when it worked first.

    None where that cannot be: its goal is for a model to judge, or what it calls cannot be used.
    """
    other = zlib.crc32(f"{seed} {skill.name} {skill.version} {tries}".encode()) & 0x7FFFFFFF
    uses = library.uses.of(skill.name, skill.version) or library.uses.of(skill.name)
    try:
        library.closure([skill.name], skill)
        start = starts_of(skill, uses, 1, game_data)[0]
        start = replace(start, seed=other, position=None, origin=f"a world of seed {other}")
        exercise = exercise_of(skill, library, start, game_data=game_data)
    except (SkillError, GoalError):
        return None
    if isinstance(exercise.goal, Judged):
        return None
    recorded = max((use.seconds for use in uses if use.passed), default=0.0)
    seconds = max(LEAST_SECONDS, TIMES_RECORDED_SECONDS * recorded)
    return replace(exercise, deadline_seconds=min(seconds, exercise.deadline_seconds))
