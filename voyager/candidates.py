"""From a program to an attempt: it is run in a world that is kept, and judged.

Covers: one program as it is; several (`Program.alternatives`), each from the same snapshot of a
world that can be put back, which is then as after the best of them; several on a server of somebody
else, of which one is chosen before anything runs. Not covered: writing them, and judging.

A process that is killed while programs are tried leaves the snapshot of the world before them, and
`forget_trials` puts that back: it goes only after the world as after the best one is on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from curriculum import Task
from mc_server import (
    Bridge,
    Execution,
    Observation,
    Outcome,
    ProgramError,
    ServerError,
    WorldSnapshot,
)
from skills import SkillError
from voyager.journal.candidate_records import Candidate
from voyager.journal.journal_records import OpenTask
from voyager.records import Attempt, Critic, Program, Verdict
from voyager.steps import Steps

PREFIX = "trial-"
BEFORE = f"{PREFIX}before"


class RestorableWorld(Protocol):
    """A world that can be put back; `EmbeddedServer` and `Simulation`. Raises ServerError."""

    def create_snapshot(self, name: str) -> WorldSnapshot:
        """Keep it as it is now."""

    def restore_snapshot(self, name: str) -> None:
        """Put it back."""

    def list_snapshots(self) -> Sequence[WorldSnapshot]:
        """What is kept."""

    def delete_snapshot(self, name: str) -> None:
        """Keep one no longer."""

    def save(self) -> None:
        """Return once the world as it is now is on the disk."""

    def revive(self) -> bool:
        """Start it again if it has ended, as it was saved last; whether it had."""


class Chooser(Protocol):
    """Chooses among programs that have not run; `Reviewer` asks a language model."""

    def choose(
        self, task: Task, observation: Observation, programs: Sequence[Program]
    ) -> tuple[int, str]:
        """The index of the best one, and why."""


@dataclass
class Trials:
    """How programs become attempts in one sitting.

    `world`: the world if it can be put back, else None; then `chooser` chooses, or the first is
    taken. With `stop_at_first_pass` no other is tried once one has passed: game time counts.
    """

    bridge: Bridge
    critic: Critic
    steps: Steps
    deadline_seconds: float
    world: RestorableWorld | None = None
    chooser: Chooser | None = None
    stop_at_first_pass: bool = True

    def run(
        self, open_task: OpenTask, number: int, program: Program, earlier: Sequence[Attempt] = ()
    ) -> Attempt:
        """The attempt that comes of the program or of the best one among it and its alternatives.

        `earlier` are the task's attempts before it. The world is on the disk as this leaves it.
        """
        runs = [attempt.execution for attempt in earlier]
        programs = (replace(program, alternatives=()), *program.alternatives)
        if len(programs) == 1:
            return self._in_kept_world(open_task, number, programs[0], runs)
        if self.world is None:
            chosen = self._chosen_unseen(open_task, number, programs)
            return self._in_kept_world(open_task, number, chosen, runs)
        return _Rollouts(self, self.world, open_task, number, programs, runs).run()

    def execute(self, program: Program) -> Execution:
        """What came of the program, which does not run where a skill it calls is banned by now."""
        try:
            script = self.steps.script(program)
        except SkillError as error:
            seen = self.bridge.observe()
            fault = ProgramError("SkillUnavailable", str(error), "unavailable")
            return Execution(Outcome.PROGRAM_ERROR, seen, seen, 0.0, error=fault)
        return self.bridge.execute(script, self.deadline_seconds, self.steps.progress)

    def _in_kept_world(
        self, open_task: OpenTask, number: int, program: Program, earlier: Sequence[Execution]
    ) -> Attempt:
        execution = self.execute(program)
        if not self.steps.world_kept():
            execution = _lost(execution, self.bridge.observe())
        before = open_task.runs_before(execution, earlier)
        verdict = self.critic.judge(open_task.task, execution, before)
        return Attempt(number, program, execution, verdict)

    def _chosen_unseen(
        self, open_task: OpenTask, number: int, programs: Sequence[Program]
    ) -> Program:
        chosen, why = 0, "it was written first"
        if self.chooser is not None:
            chosen, why = self.chooser.choose(open_task.task, self.bridge.observe(), programs)
        self.steps.candidates_tried(
            open_task,
            number,
            [
                Candidate(i + 1, one, i == chosen, why if i == chosen else "not run")
                for i, one in enumerate(programs)
            ],
        )
        return programs[chosen]


class _Rollouts:
    """Several programs for one attempt, each from the same moment of the world."""

    def __init__(
        self,
        trials: Trials,
        world: RestorableWorld,
        open_task: OpenTask,
        number: int,
        programs: Sequence[Program],
        earlier: Sequence[Execution],
    ) -> None:
        self._trials = trials
        self._world = world
        self._open_task = open_task
        self._number = number
        self._programs = programs
        self._earlier = earlier

    def run(self) -> Attempt:
        """The best one's attempt, in the world as after it."""
        before = self._trials.bridge.observe()
        self._at_once(partial(self._world.create_snapshot, BEFORE))
        tried: list[Attempt] = []
        for index, program in enumerate(self._programs):
            if tried:
                self._put_back(BEFORE, before)
            tried.append(self._try(index, program))
            if tried[-1].verdict.passed and self._trials.stop_at_first_pass:
                break
        best = max(range(len(tried)), key=lambda index: self._merit(tried[index]))
        self._leave_as_after(best, tried)
        self._trials.steps.candidates_tried(self._open_task, self._number, self._told(tried, best))
        return tried[best]

    def _try(self, index: int, program: Program) -> Attempt:
        trials, count = self._trials, len(self._programs)
        trials.steps.progress(f"candidate {index + 1} of {count}: {program.entry}")
        execution = trials.execute(program)
        # Before it is judged, for the world goes on while a judge thinks.
        if not self._at_once(partial(self._world.create_snapshot, _after(index))):
            execution = _lost(execution, trials.bridge.observe())
        runs = self._open_task.runs_before(execution, self._earlier)
        verdict = trials.critic.judge(self._open_task.task, execution, runs)
        return Attempt(self._number, program, execution, verdict)

    def _merit(self, attempt: Attempt) -> tuple[bool, float, bool, float]:
        """What the best one has more of: the goal, parts of it, no error, less time."""
        execution = attempt.execution
        parts = self._trials.critic.parts_reached(self._open_task.task, execution)
        completed = execution.outcome is Outcome.COMPLETED
        return attempt.verdict.passed, parts, completed, -execution.seconds

    def _leave_as_after(self, best: int, tried: Sequence[Attempt]) -> None:
        after = tried[best].execution.after
        if best != len(tried) - 1:
            self._put_back(_after(best), after)
        if not self._trials.steps.world_kept():
            self._put_back(_after(best), after)
            self._world.save()
        # The moment before the trials goes first: from then on the world stays as it is.
        for name in (BEFORE, *(_after(index) for index in range(len(tried)))):
            self._at_once(partial(self._world.delete_snapshot, name))

    def _put_back(self, name: str, seen: Observation) -> None:
        self._at_once(partial(self._world.restore_snapshot, name))
        self._trials.bridge.put_back(seen)

    def _at_once(self, act: Callable[[], object]) -> bool:
        """Do it to the world; False when that had ended, and is now again what was saved last."""
        try:
            act()
        except ServerError:
            if not self._world.revive():
                raise
            act()
            return False
        return True

    def _told(self, tried: Sequence[Attempt], best: int) -> list[Candidate]:
        task = self._open_task.task
        told = []
        for index, program in enumerate(self._programs):
            attempt = tried[index] if index < len(tried) else None
            why = "not run, for one had passed"
            if attempt is not None:
                parts = self._trials.critic.parts_reached(task, attempt.execution)
                why = _result(attempt.verdict, attempt.execution, parts)
            told.append(Candidate(index + 1, program, index == best, why, attempt))
        return told


def forget_trials(world: RestorableWorld) -> bool:
    """Put a world back in which programs were being tried when the process ended; whether so.

    For the start of a sitting, before the bot joins. Snapshots of trials are gone after it.
    """
    try:
        names = [one.name for one in world.list_snapshots() if one.name.startswith(PREFIX)]
    except ServerError:  # some other one cannot be read, which is told to whoever asks for it
        return False
    if BEFORE in names:
        world.restore_snapshot(BEFORE)
        world.save()
    for name in names:
        world.delete_snapshot(name)
    return BEFORE in names


def _after(index: int) -> str:
    return f"{PREFIX}after-{index + 1}"


def _result(verdict: Verdict, execution: Execution, parts: float) -> str:
    reached = "passed" if verdict.passed else f"not passed, parts of the goal reached: {parts:.2g}"
    return f"{execution.outcome.value} after {execution.seconds:.1f} s, {reached}"


def _lost(execution: Execution, after: Observation) -> Execution:
    """What came of a program in a world that ended before it was saved.

    What happened in it is no more the world's, so nothing may be judged by it.
    """
    error = ProgramError(
        "WorldLost",
        "the server ended before it had saved what the program did; the world is as it was saved"
        " last",
        "world_lost",
    )
    return replace(execution, outcome=Outcome.DISCONNECTED, after=after, error=error, events=())
