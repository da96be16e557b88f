"""The journal: every step of the loop, written in one transaction with the state it changes.

Covers writing, and reading what the loop itself needs to go on where it stood. Reports for people
are in `voyager/reports/`. The journal never writes skills: whoever stores one does it inside
`Journal.transaction()`, so that both are kept or neither.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from curriculum import Task, TaskRecord, goal_to_json, parse_goal
from mc_server import Execution
from voyager.errors import WriterError
from voyager.events import BotSeen, Event, LineReached, ModelSaid, ProgressReported
from voyager.journal import attempt_records
from voyager.journal.attempt_records import dump
from voyager.journal.candidate_records import Candidate, record_candidates
from voyager.journal.database import time_text, transaction
from voyager.journal.journal_records import OpenTask, Run, World
from voyager.journal.judged_attempts import built_before, judged_attempts
from voyager.journal.past_tasks import PastTasks
from voyager.journal.sittings import SittingBook
from voyager.records import Program, Verdict

_ONLY_SHOWN = (ProgressReported, ModelSaid, BotSeen, LineReached)

MIGRATIONS = ("journal", Path(__file__).parent / "migrations")


class Journal:
    """Writes to an open database; `listener` hears each event once it is committed."""

    def __init__(
        self, connection: sqlite3.Connection, listener: Callable[[Event], None] = lambda _: None
    ) -> None:
        self._db = connection
        self._listener = listener
        self._past_tasks = PastTasks(connection)
        self.sitting = SittingBook(connection)
        self._untold: list[Event] = []
        self._waiting: deque[Callable[[], None]] = deque()
        self.run: Run | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The open database."""
        return self._db

    @contextmanager
    def transaction(self, kept: Callable[[], object] = lambda: None) -> Iterator[None]:
        """All that is written inside is kept, or none of it; then the events are told.

        `kept` is called between the two, for a listener may raise what it likes.
        """
        self._untold = []
        waited: list[Callable[[], None]] = []
        try:
            with transaction(self._db):
                self._write_waiting(waited)
                yield
        except BaseException:
            self._waiting.extendleft(reversed(waited))
            raise
        kept()
        told, self._untold = self._untold, []
        for event in told:
            self._listener(event)

    def later(self, write: Callable[[], None]) -> None:
        """Have `write` called inside the next transaction; from any thread.

        Where that transaction fails it is called again in the one after.
        """
        self._waiting.append(write)

    def _write_waiting(self, written: list[Callable[[], None]]) -> None:
        while self._waiting and self.run is not None:
            written.append(self._waiting.popleft())
            written[-1]()

    def tell(self, event: Event) -> None:
        """Record an event in the current transaction; what only shows progress is passed on."""
        if isinstance(event, _ONLY_SHOWN):
            self._listener(event)
            return
        self._db.execute(
            "INSERT INTO events (run_id, at, type, data) VALUES (?, ?, ?, ?)",
            (self.current_run.id, time_text(), event.type, dump(event.to_json())),
        )
        self._untold.append(event)

    # -- worlds and runs ---------------------------------------------------------------------

    def world(self, name: str) -> World | None:
        """The world of that name, if it was ever played."""
        row = self._db.execute(
            "SELECT id, name, server, seed FROM worlds WHERE name = ?", (name,)
        ).fetchone()
        return World(*row) if row else None

    def add_world(self, name: str, server: str, seed: int | None) -> World:
        """Remember a new world."""
        with transaction(self._db):
            cursor = self._db.execute(
                "INSERT INTO worlds (name, server, seed, created_at) VALUES (?, ?, ?, ?)",
                (name, server, seed, time_text()),
            )
        return World(int(cursor.lastrowid or 0), name, server, seed)

    def forget_world(self, world: World) -> None:
        """Remove a world in which no run was begun."""
        with transaction(self._db):
            self._db.execute("DELETE FROM worlds WHERE id = ?", (world.id,))

    def open_run(
        self,
        world: World,
        goal: str | None,
        version: str,
        username: str,
        model: str | None,
        settings: Mapping[str, Any] | None = None,
    ) -> Run:
        """Go on with this world's run towards the goal, or begin one.

        `settings` is what this sitting is played with, kept as JSON (`kept_settings.py`).
        A run that was finished is taken up as well: what it reached may have been used up since.
        """
        with transaction(self._db):
            self._mark_interrupted()
            row = self._db.execute(
                "SELECT id, seconds FROM runs WHERE world_id = ? AND goal IS ?"
                " ORDER BY id DESC LIMIT 1",
                (world.id, goal),
            ).fetchone()
            if row is None:
                cursor = self._db.execute(
                    "INSERT INTO runs (world_id, goal, version, username, model, settings, status,"
                    " started_at) VALUES (?, ?, ?, ?, ?, ?, 'playing', ?)",
                    (world.id, goal, version, username, model, dump(settings or {}), time_text()),
                )
                self.run = Run(int(cursor.lastrowid or 0), world, goal, 0.0, resumed=False)
            else:
                self._db.execute(
                    "UPDATE runs SET status = 'playing', reason = '', version = ?, username = ?,"
                    " model = ?, settings = ?, ended_at = NULL WHERE id = ?",
                    (version, username, model, dump(settings or {}), row[0]),
                )
                self.run = Run(row[0], world, goal, row[1], resumed=True)
            self.sitting.begin(self.run.id, self.run.seconds)
        return self.run

    def _mark_interrupted(self) -> None:
        """Only one process plays in a home folder: what still counts as under way was broken off.

        Be it in this world or another.
        """
        self._db.execute("UPDATE attempts SET status = 'interrupted' WHERE status = 'running'")
        self._db.execute(
            "UPDATE runs SET status = 'stopped', reason = 'interrupted' WHERE status = 'playing'"
        )
        self.sitting.close_cut_off()

    def close_run(self, status: str, reason: str) -> None:
        """Note how the sitting ended; call inside `transaction()`."""
        self._db.execute(
            "UPDATE runs SET status = ?, reason = ?, ended_at = ? WHERE id = ?",
            (status, reason, time_text(), self.current_run.id),
        )
        self.sitting.end(reason)

    def note_inventory(self, inventory: Mapping[str, int]) -> None:
        """Keep what is carried; call inside `transaction()`."""
        self._db.execute(
            "UPDATE runs SET inventory = ? WHERE id = ?",
            (dump(dict(inventory)), self.current_run.id),
        )

    def note_seconds(
        self, run_seconds: float, open_task: OpenTask | None = None, task_seconds: float = 0.0
    ) -> None:
        """Keep the time played, and the task's share; call inside `transaction()`."""
        self._db.execute(
            "UPDATE runs SET seconds = ? WHERE id = ?", (run_seconds, self.current_run.id)
        )
        self.sitting.note(run_seconds)
        if open_task is not None:
            self._db.execute(
                "UPDATE tasks SET seconds = ? WHERE id = ?", (task_seconds, open_task.id)
            )

    @property
    def current_run(self) -> Run:
        """The run that is played. RuntimeError before `open_run`."""
        if self.run is None:
            raise RuntimeError("open_run() comes first")
        return self.run

    # -- tasks -------------------------------------------------------------------------------

    def open_task(self) -> OpenTask | None:
        """The task that was in flight when the last sitting ended."""
        row = self._db.execute(
            "SELECT id, iteration, description, goal, why, proposer, seconds FROM tasks"
            " WHERE run_id = ? AND status = 'open'",
            (self.current_run.id,),
        ).fetchone()
        if row is None:
            return None
        started, spent = self._db.execute(
            "SELECT COALESCE(MAX(number), 0), COUNT(*) FILTER (WHERE status != 'interrupted')"
            " FROM attempts WHERE task_id = ?",
            (row[0],),
        ).fetchone()
        task = Task(row[2], parse_goal(row[3]), row[4], row[5])
        attempts = judged_attempts(self._db, row[0])
        built = built_before(self._db, row[0])
        return OpenTask(row[0], row[1], task, attempts, started, spent, row[6], True, built)

    def start_task(self, task: Task) -> OpenTask:
        """A new task is in flight; call inside `transaction()`."""
        iteration = self._db.execute(
            "SELECT COUNT(*) + 1 FROM tasks WHERE run_id = ?", (self.current_run.id,)
        ).fetchone()[0]
        cursor = self._db.execute(
            "INSERT INTO tasks (run_id, iteration, description, goal, why, proposer, status,"
            " started_at) VALUES (?, ?, ?, ?, ?, ?, 'open', ?)",
            (
                self.current_run.id,
                iteration,
                task.description,
                dump(goal_to_json(task.goal)),
                task.why,
                task.proposer,
                time_text(),
            ),
        )
        task_id = int(cursor.lastrowid or 0)
        return OpenTask(task_id, iteration, task, built=built_before(self._db, task_id))

    def end_task(self, open_task: OpenTask, passed: bool, critique: str) -> int:
        """The task is done with; returns how many attempts there were, interrupted ones included.

        Call inside `transaction()`.
        """
        self._db.execute(
            "UPDATE tasks SET status = ?, critique = ?, ended_at = ? WHERE id = ?",
            ("passed" if passed else "failed", critique, time_text(), open_task.id),
        )
        attempts: int = self._db.execute(
            "SELECT COUNT(*) FROM attempts WHERE task_id = ?", (open_task.id,)
        ).fetchone()[0]
        return attempts

    def history(self) -> list[TaskRecord]:
        """Every task that has ended in this world, in all its runs, oldest first."""
        return self._past_tasks.of_world(self.current_run.world.id)

    # -- attempts ----------------------------------------------------------------------------

    def start_attempt(self, open_task: OpenTask, number: int, program: Program) -> int:
        """A program is about to run; returns the attempt's row. Call inside `transaction()`."""
        return attempt_records.start_attempt(self._db, open_task.id, number, program)

    def mark_cut_off(self, attempt_id: int) -> None:
        """The attempt is not to count; call inside `transaction()`."""
        self._db.execute("UPDATE attempts SET status = 'interrupted' WHERE id = ?", (attempt_id,))

    def record_unwritten(self, open_task: OpenTask, number: int, error: WriterError) -> None:
        """No program came of this attempt; call inside `transaction()`."""
        attempt_records.record_unwritten(self._db, open_task.id, number, str(error))

    def record_candidates(
        self, open_task: OpenTask, number: int, candidates: Sequence[Candidate]
    ) -> None:
        """How the programs of an attempt fared, and which is its own; inside `transaction()`."""
        record_candidates(self._db, open_task.id, number, candidates)

    def record_execution(self, attempt_id: int, execution: Execution) -> None:
        """What the program did; call inside `transaction()`."""
        attempt_records.record_execution(self._db, attempt_id, execution)

    def record_verdict(self, open_task: OpenTask, attempt_id: int | None, verdict: Verdict) -> None:
        """How it was judged; call inside `transaction()`."""
        attempt_records.record_verdict(self._db, open_task.id, attempt_id, verdict)

    # -- milestones --------------------------------------------------------------------------

    def add_milestones(self, names: Sequence[str], iteration: int, seconds: float) -> list[str]:
        """Keep the names not reached in this world before and return them, in order.

        Call inside `transaction()`.
        """
        known = {
            row[0]
            for row in self._db.execute(
                "SELECT m.name FROM milestones m JOIN runs r ON r.id = m.run_id"
                " WHERE r.world_id = ?",
                (self.current_run.world.id,),
            )
        }
        new = [name for name in names if name not in known]
        self._db.executemany(
            "INSERT INTO milestones (run_id, name, iteration, seconds) VALUES (?, ?, ?, ?)",
            [(self.current_run.id, name, iteration, seconds) for name in new],
        )
        return new
