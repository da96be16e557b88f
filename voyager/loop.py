"""The loop: propose, retrieve, write, execute, judge, store, checkpoint.

Covers the order of the steps and nothing else: each step is an object given to `Loop`, and every
arrow between two of them is a transaction (`voyager/steps.py`). A killed process loses at
most the step in flight; the next sitting reads where this one stood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from curriculum import Proposer, Task
from mc_server import Bridge, Observation
from skills import Skill
from voyager.candidates import Trials
from voyager.errors import ModelError, SittingOverError, WriterError
from voyager.journal.journal_records import OpenTask
from voyager.limits import Limits
from voyager.records import Attempt, Critic, ProgramWriter
from voyager.steps import Steps

_MOST_CUT_OFF = 3
"""So many attempts at a task that an outage cut off do not count."""


@dataclass(frozen=True)
class Ending:
    """How a sitting ended: `finished`, `stuck` or `stopped`, and why."""

    status: str
    reason: str


@dataclass
class Loop:
    """The agent's steps, put together."""

    bridge: Bridge
    proposer: Proposer
    retrieve: Callable[[Task, Observation], Sequence[Skill]]
    writer: ProgramWriter
    critic: Critic
    trials: Trials
    steps: Steps
    limits: Limits
    between_tasks: Callable[[], None] = lambda: None
    """What else is seen to before each task; put together in `voyager/opening/between_tasks.py`."""

    def play(self) -> Ending:
        """Task after task until there is nothing left to do, no way on, or a limit is reached.

        What no step can go on after ends the sitting in words; its task goes on in the next one.
        """
        try:
            return self._play()
        except (SittingOverError, ModelError) as error:
            return Ending("stopped", str(error))

    def _play(self) -> Ending:
        played = 0
        while not (limit := self._limit_reached(played)):
            self.between_tasks()
            open_task = self.steps.interrupted_task()
            if open_task is None:
                proposal = self.proposer.propose(self.bridge.observe(), self.steps.history())
                if proposal.task is None:
                    status = "finished" if proposal.finished else "stuck"
                    return Ending(status, proposal.reason)
                open_task = self.steps.task_proposed(proposal.task)
            self.work_on(open_task)
            played += 1
        return Ending("stopped", limit)

    def work_on(self, open_task: OpenTask) -> None:
        """Up to N attempts, each told what the ones before it came to."""
        task, attempts = open_task.task, list(open_task.attempts)
        observation = self.bridge.observe()
        if verdict := self.critic.holds(task, observation):
            if self.steps.world_kept():
                return self.steps.task_held(open_task, verdict, observation)
            observation = self.bridge.observe()
        attempt_id = 0
        numbers = list(open_task.attempt_numbers(self.limits.attempts_per_task))
        cut_off = 0
        for number in numbers:
            if attempt_id and not attempts[-1].verdict.decided:
                attempts[-1] = self._judge_again(open_task, attempt_id, attempts)
                if attempts[-1].verdict.passed:
                    return None
                if not attempts[-1].verdict.decided:
                    continue
            try:
                skills = self.retrieve(task, observation)
                program = self.writer.write(task, observation, skills, attempts)
            except WriterError as error:
                self.steps.writing_failed(open_task, number, error)
                continue
            attempt_id = self.steps.program_written(open_task, number, program)
            attempt = self.trials.run(open_task, number, program, attempts)
            self.steps.attempt_judged(open_task, attempt_id, attempt)
            if attempt.verdict.passed or self._time_is_up():
                return None
            attempts.append(attempt)
            observation = attempt.execution.after
            if attempt.execution.was_cut_off and cut_off < _MOST_CUT_OFF:
                # No fault of the program's: there is another attempt for it.
                cut_off += 1
                self.steps.attempt_cut_off(attempt_id)
                numbers.append(numbers[-1] + 1)
            if attempt.execution.died and attempt.verdict.decided:
                # What it was tried with lies where it died: first that is seen to.
                break
        return self.steps.task_failed(open_task, attempts)

    def _judge_again(
        self, open_task: OpenTask, attempt_id: int, attempts: Sequence[Attempt]
    ) -> Attempt:
        """The last attempt, of which nobody could tell: it may have done all that is wanted."""
        *earlier, last = attempts
        runs = open_task.runs_before(last.execution, [one.execution for one in earlier])
        verdict = self.critic.judge(open_task.task, last.execution, runs)
        again = replace(last, verdict=verdict)
        if verdict.decided:
            self.steps.attempt_judged(open_task, attempt_id, again, ran=False)
        return again

    def _limit_reached(self, played: int) -> str:
        """Why to stop now, or an empty string."""
        return self.limits.reached(played, self.steps.sitting_seconds(), self.steps.world_seconds())

    def _time_is_up(self) -> bool:
        return self.limits.time_is_up(self.steps.sitting_seconds(), self.steps.world_seconds())
