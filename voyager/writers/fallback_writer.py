"""Two writers for one task: a language model's first, the planner where that does not get on.

Covers whose turn it is: the first writer's until it has failed so often, then the other's once,
then the first's again; and the other's whenever the model cannot be used, or writes nothing of use
task after task. Not covered: writing, and how a model that failed is shown (the books of the models
tell that).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from curriculum import Rest, Task
from mc_server import Observation
from skills import Skill
from voyager.errors import BudgetSpentError, ModelError, WriterError
from voyager.events import ModelRests, WriterChanged
from voyager.records import Attempt, Program, ProgramWriter
from voyager.writers.model.llm_writer import WRITER as FIRST
from voyager.writers.recipes.recipe_writer import WRITER as OTHER

USELESS_TASKS = 2
"""After so many tasks in a row for which it wrote nothing of use the model rests."""

Asked = tuple[Task, Observation, Sequence[Skill], Sequence[Attempt]]
"""What a writer is given."""


class FallbackWriter:
    """Implements `ProgramWriter`.

    `after_failures`: so many failed attempts of the first writer at a task, and the other tries.
    `tell` hears when another writer tries than before, and when the first rests. A model that
    failed is left alone for `retry_after_seconds` of `clock`, which gives seconds that only go
    forward. `skills_for_other` retrieves for the other writer; without it, it gets the skills that
    the first does.
    """

    def __init__(
        self,
        first: ProgramWriter,
        other: ProgramWriter,
        after_failures: int,
        tell: Callable[[WriterChanged | ModelRests], None],
        retry_after_seconds: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        skills_for_other: Callable[[Task], Sequence[Skill]] | None = None,
    ) -> None:
        self._first = first
        self._other = other
        self._after_failures = after_failures
        self._tell = tell
        self._retry_after_seconds = retry_after_seconds
        self._clock = clock
        self._skills_for_other = skills_for_other
        self._writing = FIRST
        self._task: Task | None = None
        self._unwritten = 0
        self._wrote = False
        self._other_gave_up = False
        self._rest = Rest()
        self._useless_tasks = 0
        self._tasks_begun = 0
        self._away: ModelError | None = None
        self._away_until = 0.0

    def write(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> Program:
        """See `ProgramWriter.write`; it raises no ModelError."""
        if task is not self._task:
            self._begin(task)
        asked = (task, observation, skills, attempts)
        failures = self._unwritten + _written_by(FIRST, attempts)
        others_turn = failures >= self._after_failures and not _written_by(OTHER, attempts)
        if others_turn and not self._other_gave_up:
            try:
                program = self._ask_other(asked)
            except WriterError:
                self._other_gave_up = True
            else:
                why = f"{failures} attempt{'s' * (failures > 1)} of the language model failed"
                return self._by(OTHER, program, f"{why}; the planner tries.")
        if self._away is not None and self._clock() < self._away_until:
            return self._without_model(_away(self._away), asked)
        if not self._rest.over(self._tasks_begun):
            why = f"The language model rests ({self._rest.why}); the planner goes on."
            with suppress(WriterError):  # nobody else can write this: the model is asked after all
                return self._by(OTHER, self._ask_other(asked), why)
        try:
            program = self._ask_first(asked)
        except ModelError as error:
            return self._without_model(_away(error), asked)
        return self._by(FIRST, program, "The language model is asked again.")

    def _begin(self, task: Task) -> None:
        """Another task; the last one may have shown that asking is of no use."""
        self._tasks_begun += 1
        if self._wrote:
            self._useless_tasks = 0
            self._rest.end()
        elif self._unwritten:
            self._useless_tasks += 1
            if self._useless_tasks >= USELESS_TASKS:
                why = f"it wrote nothing that can be used for {self._useless_tasks} tasks"
                tasks = self._rest.begin(self._tasks_begun, why)
                self._tell(ModelRests("write", tasks, f"{why}."))
        self._task, self._unwritten, self._wrote, self._other_gave_up = task, 0, False, False

    def _ask_first(self, asked: Asked) -> Program:
        try:
            program = self._first.write(*asked)
        except ModelError as error:
            # A budget is looked at anew for every task, and asking it costs nothing.
            if not isinstance(error, BudgetSpentError):
                self._away_until = self._clock() + self._retry_after_seconds
                self._away = error
            raise
        except WriterError:
            self._unwritten += 1
            raise
        self._away = None
        self._wrote = True
        return program

    def _without_model(self, away: str, asked: Asked) -> Program:
        try:
            program = self._ask_other(asked)
        except WriterError as cannot:
            raise WriterError(f"{away}, and the planner cannot do this: {cannot}") from cannot
        return self._by(OTHER, program, f"{away}; the planner goes on.")

    def _ask_other(self, asked: Asked) -> Program:
        task, observation, skills, attempts = asked
        if self._skills_for_other is not None:
            skills = self._skills_for_other(task)
        return self._other.write(task, observation, skills, attempts)

    def _by(self, writer: str, program: Program, reason: str) -> Program:
        if writer != self._writing:
            self._tell(WriterChanged(writer, reason))
            self._writing = writer
        return program


def _written_by(writer: str, attempts: Sequence[Attempt]) -> int:
    """How many attempts were this writer's own; skills called as they stand are nobody's."""
    return sum(attempt.program.writer == writer for attempt in attempts)


def _away(error: ModelError) -> str:
    return f"The language model cannot be asked ({str(error).rstrip('.')})"
