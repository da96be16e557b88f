"""What the loop writes between its steps, each as one transaction.

Covers the order that makes a kill harmless: first the world is on the disk, then the journal and
the library say in one transaction what was reached in it. A kill between the two leaves a world
that is ahead of the journal, never behind: the task in flight is then found to hold already.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from curriculum import Task, TaskRecord
from mc_server import Execution, Observation, Script, ScriptModule, ServerError
from skills import Skill, SkillLibrary
from voyager.errors import WriterError
from voyager.events import (
    CandidatesTried,
    Event,
    MilestoneReached,
    ModelsReady,
    ProgramWritten,
    ProgressReported,
    RunEnded,
    RunStarted,
    SandboxIncomplete,
    TaskEnded,
    TaskProposed,
    VerdictGiven,
    WritingFailed,
)
from voyager.journal.candidate_records import Candidate
from voyager.journal.journal import Journal
from voyager.journal.journal_records import OpenTask
from voyager.journal.model_books import ModelBooks
from voyager.learning.kept_skills import KeptSkills
from voyager.records import Attempt, Program, Verdict
from voyager.upkeep.chest_book import ChestBook
from voyager.upkeep.death_book import DeathBook
from voyager.uses.execution_uses import PlayedOn


class Keeper(Protocol):
    """What keeps the world; a server of `mc_server`."""

    def save(self) -> None:
        """Return once the world as it is now is kept. Raises ServerError when it has ended."""

    def revive(self) -> bool:
        """Start it again if it has ended, with the world as it was kept last; whether it had."""


class Steps:
    """Writes the steps of one sitting.

    `describe` puts a program that passed into words, `clock` gives seconds that only go forward,
    `names` are those of the version's items and blocks, where they are known. `twin_of` as in
    `KeptSkills`.
    """

    def __init__(
        self,
        journal: Journal,
        library: SkillLibrary,
        world: Keeper,
        game_version: str,
        books: ModelBooks | None = None,
        describe: Callable[[Task, Program], Program] = lambda task, program: program,
        clock: Callable[[], float] = time.monotonic,
        names: Collection[str] | None = None,
        twin_of: Callable[[Skill], Skill | None] = lambda skill: None,
    ) -> None:
        self._journal = journal
        self._library = library
        self._world = world
        library.begin_run(journal.current_run.id)
        self._skills = KeptSkills(journal, library, PlayedOn(game_version, names), twin_of)
        self._deaths = DeathBook(journal)
        self._chests = ChestBook(journal.connection, journal.current_run.world.id)
        self._game_version = game_version
        self._books = books or ModelBooks(journal)
        self._describe = describe
        self._clock = clock
        self._begun = clock()
        self._open_task: OpenTask | None = None
        self._task_begun = self._begun
        self._writer_said = ""

    # -- reading where we stand ----------------------------------------------------------------

    def interrupted_task(self) -> OpenTask | None:
        """The task that was in flight when the last sitting ended, announced as taken up again."""
        open_task = self._journal.open_task()
        if open_task is not None:
            self._take_up(open_task)
            with self._journal.transaction():
                self._announce(open_task)
        return open_task

    def history(self) -> list[TaskRecord]:
        """Every task that has ended in this world."""
        return self._journal.history()

    def sitting_seconds(self) -> float:
        """Seconds played in this sitting."""
        return self._clock() - self._begun

    def world_seconds(self) -> float:
        """Seconds of the world's time that the run has lasted, over all its sittings."""
        return self._journal.sitting.run_world_seconds()

    def script(self, program: Program) -> Script:
        """The program with every skill it calls, in the order in which they must be defined."""
        called = [s for s in self._library.closure(program.calls) if s.name != program.entry]
        modules = [ScriptModule(skill.name, skill.source) for skill in called]
        modules.append(ScriptModule(program.entry, program.source))
        return Script(tuple(modules), program.entry, program.arguments)

    # -- the steps -----------------------------------------------------------------------------

    def sitting_begun(self, seen: Observation) -> None:
        """The bot stands in the world; what it carries is as the server has it."""
        run = self._journal.current_run
        with self._journal.transaction():
            self._journal.note_inventory(seen.inventory)
            self._journal.tell(
                RunStarted(
                    run.id,
                    run.world.name,
                    run.goal,
                    run.world.server,
                    self._game_version,
                    run.resumed,
                    dict(seen.inventory),
                )
            )
        self._skills.sync_index()

    def sandbox_incomplete(self, missing: Mapping[str, str]) -> None:
        """Programs of this sitting run without these layers; why, by the name of each."""
        with self._journal.transaction():
            self._journal.tell(SandboxIncomplete(missing))

    def models_ready(self, models: Mapping[str, str]) -> None:
        """What the models of this sitting can do, in words by role."""
        with self._journal.transaction():
            self._journal.tell(ModelsReady(models))

    def task_proposed(self, task: Task) -> OpenTask:
        """The task is in flight from here on."""
        self._books.write_waiting()
        with self._journal.transaction():
            open_task = self._journal.start_task(task)
            self._books.adopt(open_task.id)
            self._take_up(open_task)
            self._announce(open_task)
        return open_task

    def program_written(self, open_task: OpenTask, number: int, program: Program) -> int:
        """The program is about to run; returns the attempt's row."""
        self._books.write_waiting()
        with self._journal.transaction():
            attempt_id = self._journal.start_attempt(open_task, number, program)
            self._note_seconds()
            self._journal.tell(
                ProgramWritten(
                    number,
                    program.entry,
                    program.writer,
                    program.reused,
                    program.source,
                )
            )
        self._writer_said = ""
        return attempt_id

    def writing_failed(self, open_task: OpenTask, number: int, error: WriterError) -> None:
        """No program came of this attempt."""
        self._books.write_waiting()
        with self._journal.transaction():
            self._journal.record_unwritten(open_task, number, error)
            self._note_seconds()
            self._journal.tell(WritingFailed(number, str(error)))
        self._writer_said = str(error)
        self._books.about(open_task.id, number + 1)

    def candidates_tried(
        self, open_task: OpenTask, number: int, candidates: Sequence[Candidate]
    ) -> None:
        """Of the programs written for this attempt one was chosen, and is its program."""
        chosen = next(one for one in candidates if one.chosen)
        results = tuple(f"{one.name}: {one.why}" for one in candidates)
        with self._journal.transaction():
            self._journal.record_candidates(open_task, number, candidates)
            self._journal.tell(CandidatesTried(number, chosen.name, results))

    def tell(self, event: Event) -> None:
        """Something happened that changes nothing else."""
        with self._journal.transaction():
            self._journal.tell(event)

    def progress(self, text: str) -> None:
        """A line from the running program; may be called from another thread."""
        self._journal.tell(ProgressReported(text))

    def world_kept(self) -> bool:
        """Save the world; False when it had ended, and is now again what was saved last."""
        try:
            self._world.save()
        except ServerError:
            if not self._world.revive():
                raise
            self.progress("The server has ended. It was started again.")
            return False
        return True

    def attempt_judged(
        self, open_task: OpenTask, attempt_id: int, attempt: Attempt, ran: bool = True
    ) -> None:
        """The attempt is over; when it passed, so is the task, and its program is a skill.

        The world was kept before it was judged. Not `ran`: only the verdict is new.
        """
        self._books.write_waiting()
        after = attempt.execution.after
        if attempt.verdict.passed:
            # Before the transaction: a language model may be asked.
            described = self._describe(open_task.task, attempt.program)
            attempt = replace(attempt, program=described)
        with self._journal.transaction():
            if ran:
                self._journal.record_execution(attempt_id, attempt.execution)
                self.note_world(attempt.execution, open_task.id)
            self._journal.record_verdict(open_task, attempt_id, attempt.verdict)
            self._note_seconds()
            self._tell_verdict(attempt.number, attempt.verdict, attempt.execution.outcome, after)
            self._skills.note(open_task.task, attempt, attempt_id, ran)
            self._note_inventory(open_task, after)
            self._books.about(open_task.id, attempt.number + 1)
            if attempt.verdict.passed:
                self._end(open_task, True, "")
        self._skills.sync_index()

    def attempt_cut_off(self, attempt_id: int) -> None:
        """The attempt fell to an outage: it counts as little as one that was interrupted."""
        with self._journal.transaction():
            self._journal.mark_cut_off(attempt_id)

    def task_held(self, open_task: OpenTask, verdict: Verdict, seen: Observation) -> None:
        """The goal held before anything was tried: the task is done, and no skill comes of it."""
        with self._journal.transaction():
            self._journal.record_verdict(open_task, None, verdict)
            self._tell_verdict(0, verdict, "held already", seen)
            self._note_inventory(open_task, seen)
            self._end(open_task, True, "")

    def task_failed(self, open_task: OpenTask, attempts: Sequence[Attempt]) -> None:
        """No attempt is left. What a program came to tells more than why no other was written."""
        judged = attempts[-1].verdict.critique if attempts else ""
        with self._journal.transaction():
            self._end(open_task, False, judged or self._writer_said)

    def sitting_ended(self, status: str, reason: str) -> None:
        """The run's row says how it ended; a run that is not finished can be continued."""
        self._books.write_waiting()
        with self._journal.transaction():
            self._note_seconds()
            self._journal.close_run(status, reason)
            self._journal.tell(RunEnded(status, reason, self._run_seconds()))

    def note_world(self, execution: Execution, task_id: int | None = None) -> None:
        """What is known of the world after a program ran; call inside a transaction."""
        self._deaths.note_execution(execution, self._run_seconds(), task_id)
        self._chests.note(execution.after)
        self._journal.note_inventory(execution.after.inventory)

    # -- parts of a transaction ----------------------------------------------------------------

    def _take_up(self, open_task: OpenTask) -> None:
        self._open_task = open_task
        self._task_begun = self._clock() - open_task.seconds
        self._writer_said = ""
        self._books.about(open_task.id, open_task.attempts_started + 1)

    def _run_seconds(self) -> float:
        return self._journal.current_run.seconds + self.sitting_seconds()

    def _note_seconds(self) -> None:
        """Time is kept with every step: a kill loses no more of it than of the rest."""
        task_seconds = self._clock() - self._task_begun
        self._journal.note_seconds(self._run_seconds(), self._open_task, task_seconds)

    def _announce(self, open_task: OpenTask) -> None:
        task = open_task.task
        self._journal.tell(
            TaskProposed(
                open_task.iteration, task.description, task.why, task.proposer, open_task.resumed
            )
        )

    def _tell_verdict(self, number: int, verdict: Verdict, outcome: str, seen: Observation) -> None:
        self._journal.tell(
            VerdictGiven(
                number,
                verdict.passed,
                verdict.critic,
                verdict.evidence,
                verdict.critique,
                outcome,
                self._run_seconds(),
                dict(seen.inventory),
            )
        )

    def _note_inventory(self, open_task: OpenTask, seen: Observation) -> None:
        seconds = self._run_seconds()
        self._journal.note_inventory(seen.inventory)
        for name in self._journal.add_milestones(
            sorted(seen.inventory), open_task.iteration, seconds
        ):
            self._journal.tell(MilestoneReached(name, open_task.iteration, seconds))

    def _end(self, open_task: OpenTask, passed: bool, critique: str) -> None:
        self._note_seconds()
        seconds = self._clock() - self._task_begun
        attempts = self._journal.end_task(open_task, passed, critique)
        self._open_task = None
        self._books.about(None)
        self._journal.tell(
            TaskEnded(open_task.iteration, open_task.task.description, passed, attempts, seconds)
        )
