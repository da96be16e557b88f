"""A journal as many nights of play leave it, made up: the mix of rows is that of real ones.

Covers writing it into the tables; what is in the rows is plausible, and the same for the same seed.
"""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from voyager.journal.database import open_database, time_text, transaction
from voyager.journal.journal_opening import MIGRATIONS

OUTCOMES = ("completed",) * 7 + ("program_error", "program_error", "timed_out", "died")
CAUSES = ("Voyager was slain by Zombie", "Voyager drowned", "Voyager fell from a high place")
FAULTS = (("bot", "ended"), ("server", "unreachable"), ("endpoint", "down"), ("host", "ended"))
REFLEXES = ("eat", "flee", "fight", "water", "pits")
DUTIES = ("sleep", "shelter", "chests", "food", "fetch")
THINGS = ("oak_log", "stick", "wooden_pickaxe", "stone_pickaxe", "iron_ingot", "iron_pickaxe")
SITTINGS = 40
SECONDS_OF_AN_ATTEMPT = 25.0
PAGE_OF_WORLD = json.dumps({"nearby_blocks": [{"name": "oak_log", "distance": 3.5}] * 120})
PROGRAM = "async function mineLogs (bot) {\n" + "  await mineBlock('oak_log', 1)\n" * 60 + "}\n"


@dataclass
class LongJournal:
    """Writes a run of so many events and attempts, and keeps count."""

    connection: sqlite3.Connection
    events: int
    attempts: int
    random: random.Random = field(default_factory=lambda: random.Random(1))
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    told: list[tuple[int, str, str, str]] = field(default_factory=list)
    written: int = 0

    def write(self) -> None:
        """All of it, in transactions of a thousand attempts."""
        with transaction(self.connection):
            self.connection.execute(
                "INSERT INTO worlds VALUES (1, 'default', 'embedded', 1, ?)", (self._at(),)
            )
            self.connection.execute(
                "INSERT INTO runs (id, world_id, version, username, status, started_at)"
                " VALUES (1, 1, '1.20.4', 'Voyager', 'stopped', ?)",
                (self._at(),),
            )
            self._skills()
        numbers = iter(range(1, self.attempts + 1))
        while some := [*itertools.islice(numbers, 1000)]:
            with transaction(self.connection):
                for number in some:
                    self._attempt(number)
                self._flush()
        with transaction(self.connection):
            seconds = self.attempts * SECONDS_OF_AN_ATTEMPT
            self.connection.execute(
                "UPDATE runs SET seconds = ?, ended_at = ?", (seconds, self._at())
            )

    def _attempt(self, number: int) -> None:
        if number % (1 + self.attempts // SITTINGS) == 1:
            self._sitting()
        second = number % 5 in (0, 3)  # every task has one attempt or two
        task, chance = number - (2 * number // 5), self.random.random()
        if not second:
            self._begin_task(task)
        outcome = self.random.choice(OUTCOMES)
        passed = outcome == "completed" and chance < 0.8
        begun = self._at()
        self._tell("program_written", attempt=1, entry="mineLogs", source=PROGRAM)
        self._around(number)
        self._pass(SECONDS_OF_AN_ATTEMPT * 0.9)
        self._tell(
            "verdict_given", attempt=1, passed=passed, outcome=outcome, seconds=number * 25.0
        )
        error = json.dumps({"name": f"{chance:.1f}Error", "message": "no"})
        self._add(
            "attempts (id, task_id, number, status, entry, arguments, source, calls, writer,"
            " reused, started_at)",
            (number, task, 1 + second, "judged", f"skill{number % 300}", "[]", PROGRAM, "[]", "w"),
            number % 3 == 0,
            begun,
        )
        self._add(
            "executions (attempt_id, outcome, error, calls, events, chat, before, after, seconds)",
            (number, outcome, error if outcome == "program_error" else None, "[]", "[]", "[]"),
            *(PAGE_OF_WORLD, PAGE_OF_WORLD, 20.0),
        )
        self._add(
            "verdicts (task_id, attempt_id, passed, critic, evidence, critique)",
            (task, number, passed, "state", "[]", "The goal is not reached."),
        )
        if passed or second:
            self._end_task(task, passed)
        self._pass(SECONDS_OF_AN_ATTEMPT * 0.1)

    def _begin_task(self, task: int) -> None:
        description = f"Mine {task % 400} oak logs"
        self._tell("task_proposed", iteration=task, description=description, why="needed")
        self._add(
            "tasks (id, run_id, iteration, description, goal, why, proposer, status, started_at)",
            (task, 1, task, description, "{}", "needed", "tech_tree", "failed", self._at()),
        )
        self._tell("tokens_spent", purpose="write", model="m", tokens=900, cost=0.001)
        self._add(
            "model_calls (run_id, task_id, at, role, purpose, model, messages, answer, seconds,"
            " input_tokens, output_tokens, cost)",
            (1, task, self._at(), "writer", "write", "m", "[]", PROGRAM, 2.0, 700, 200, 0.001),
        )

    def _end_task(self, task: int, passed: bool) -> None:
        self.connection.execute(
            "UPDATE tasks SET status = ?, critique = ?, ended_at = ? WHERE id = ?",
            ("passed" if passed else "failed", "The goal is not reached.", self._at(), task),
        )
        self._tell("task_ended", iteration=task, passed=passed, attempts=1, seconds=25.0)
        if not passed and task % 10 == 0:
            self._tell("stuck_noticed", rung="another_place", why="nothing moved")
            description = f"Mine {task % 400} oak logs"
            self._tell("task_put_off", description=description, failures=3, tasks=8, reason="no")

    def _around(self, number: int) -> None:
        """What happens beside the loop, so often that the events come to as many as asked."""
        if number % 10 == 0:
            fault = self._add(
                "faults (run_id, at, part, kind, cause, over_at, seconds, how)",
                (1, self._at(), *FAULTS[number // 10 % 4], "It ended.", self._at(), 3.0, "again"),
            )
            self._tell("fault_happened", fault=fault, part="bot", kind="ended", cause="It ended.")
            self._tell("fault_over", fault=fault, part="bot", kind="ended", seconds=3.0, how="-")
        if number % 25 == 0:
            self._add(
                "deaths (run_id, at, seconds, cause, dimension, x, y, z, world_age_ticks, lost)",
                (1, self._at(), 1.0, CAUSES[number // 25 % 3], "overworld"),
                *(1, 2, 3, 9, '{"stick": 2}'),
            )
        if number % 50 == 0:
            self._tell("checkpoint_taken", name=f"c{number}", why="automatic", seconds=0.4)
        if number <= len(THINGS):
            self._tell("milestone_reached", name=THINGS[number - 1], seconds=number * 25.0)
            self._add(
                "milestones (run_id, name, iteration, seconds)",
                (1, THINGS[number - 1], number, number * 25.0),
            )
        left, to_come = self.events - self.written, self.attempts - number + 1
        for nth in range(max(0, left // to_come - 4)):
            act = {
                "why": "food is 6",
                "outcome": f"ate {nth % 3} bread",
                "seconds": 1.6,
                "items": {},
            }
            if nth % 20:
                self._tell("reflex_acted", reflex=REFLEXES[nth % 5], position=[1, 64, 2], **act)
            else:
                self._tell("upkeep_done", duty=DUTIES[number % 5], done=True, **act)

    def _sitting(self) -> None:
        seconds = self.attempts * SECONDS_OF_AN_ATTEMPT / SITTINGS
        self._pass(3600)
        self._add(
            "sittings (run_id, started_at, ended_at, seconds, world_seconds, ending)",
            (1, self._at(), time_text(self.now + timedelta(seconds=seconds)), seconds, seconds, ""),
        )
        self._tell("run_started", run=1, world="default", resumed=True)

    def _skills(self) -> None:
        for nth in range(300):
            name = f"skill{nth}"
            self._add(
                "skill_versions (name, version, source, signature, description, when_to_use, calls,"
                " contract, parameters, status, successes, run_id, task, attempt, writer,"
                " game_version)",
                (name, 1, PROGRAM, name, "Mines logs", "", "[]", "{}", "{}", "verified", nth, 1),
                *("t", 1, "w", "1.20.4"),
            )
            self._add("skills (name, active_version)", (name, 1))
            self._add(
                "skill_changes (name, version, change, reason, run_id)",
                (name, 1, "quarantined" if nth % 30 == 0 else "verified", "it worked", 1),
            )

    def _tell(self, kind: str, /, **data: Any) -> None:
        self.written += 1
        self.told.append((1, self._at(), kind, json.dumps(data)))

    def _flush(self) -> None:
        self.connection.executemany(
            "INSERT INTO events (run_id, at, type, data) VALUES (?, ?, ?, ?)", self.told
        )
        self.told.clear()

    def _add(self, table: str, values: tuple[Any, ...], *more: Any) -> int:
        values = (*values, *more)
        marks = ", ".join("?" * len(values))
        cursor = self.connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)
        return int(cursor.lastrowid or 0)

    def _pass(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def _at(self) -> str:
        return time_text(self.now)


def write_long_journal(file: Path, events: int, attempts: int) -> None:
    """Make the database and write the run."""
    connection = open_database(file, MIGRATIONS)
    connection.execute("PRAGMA synchronous = OFF")
    try:
        LongJournal(connection, events, attempts).write()
    finally:
        connection.close()
