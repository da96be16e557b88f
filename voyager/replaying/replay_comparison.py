"""Two runs side by side: which tasks, attempts and verdicts are the same, and which is not first.

Covers what was decided and what came of it in the game. Not covered: times, tokens, and prompts.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from voyager.foreign_text import in_a_line
from voyager.reports.transcripts import rows

VALUE_CHARACTERS = 200
TASK_FIELDS = ("description", "goal", "proposer")
ATTEMPT_FIELDS = (
    *("writer", "entry", "arguments", "source", "status"),
    *("outcome", "error", "verdict", "critic", "evidence", "critique"),
)


@dataclass(frozen=True)
class PlayedTask:
    """A task with its attempts, those that were interrupted left out."""

    number: int
    status: str
    values: Mapping[str, Any]
    attempts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class PlayedRun:
    """What was decided in a run and what came of it."""

    status: str
    inventory: Mapping[str, int]
    tasks: tuple[PlayedTask, ...]


@dataclass(frozen=True)
class Difference:
    """The first thing that differs; `task` and `attempt` are None where it is of none."""

    what: str
    task: int | None
    attempt: int | None
    original: Any
    replayed: Any

    def __str__(self) -> str:
        place = "at the end" if self.task is None else f"in task {self.task}"
        if self.attempt is not None:
            place += f", attempt {self.attempt}"
        return f"{place}: the {self.what} was {_short(self.original)}, now {_short(self.replayed)}"


@dataclass(frozen=True)
class Comparison:
    """How many tasks and attempts there were in the original, and how many came out the same."""

    tasks: int
    tasks_same: int
    attempts: int
    attempts_same: int
    difference: Difference | None

    @property
    def same(self) -> bool:
        """Whether nothing at all differs."""
        return self.difference is None


def read_played_run(connection: sqlite3.Connection, run_id: int) -> PlayedRun:
    """A run as it is compared."""
    status, inventory = connection.execute(
        "SELECT status, inventory FROM runs WHERE id = ?", (run_id,)
    ).fetchone()
    tasks = tuple(
        PlayedTask(
            task["iteration"],
            task["status"],
            {name: task[name] for name in TASK_FIELDS} | {"goal": json.loads(task["goal"])},
            _attempts(connection, task["id"]),
        )
        for task in rows(
            connection,
            f"SELECT id, iteration, status, {', '.join(TASK_FIELDS)} FROM tasks WHERE run_id = ?"
            " ORDER BY iteration",
            run_id,
        )
    )
    return PlayedRun(status, json.loads(inventory), tasks)


def compare(original: PlayedRun, replayed: PlayedRun) -> Comparison:
    """The original, as far as it was played, beside its replay."""
    differences = [
        list(_differences_of(one, other))
        for one, other in zip_longest(original.tasks, replayed.tasks)
    ]
    every = [difference for found in differences for difference in found]
    attempts = sum(len(task.attempts) for task in original.tasks)
    attempts_same = sum(
        one == other
        for task, again in zip(original.tasks, replayed.tasks, strict=False)
        for one, other in zip(task.attempts, again.attempts, strict=False)
    )
    every += _differences_at_end(original, replayed)
    return Comparison(
        len(original.tasks),
        sum(not found for found in differences[: len(original.tasks)]),
        attempts,
        attempts_same,
        every[0] if every else None,
    )


def _differences_of(one: PlayedTask | None, other: PlayedTask | None) -> Sequence[Difference]:
    if one is None or other is None:
        there = one or other
        assert there is not None, "zip_longest yields at least one of the two"
        names = [task and task.values["description"] for task in (one, other)]
        return [Difference("task", there.number, None, *names)]
    found = [
        Difference(name, one.number, None, one.values[name], other.values[name])
        for name in TASK_FIELDS
        if one.values[name] != other.values[name]
    ]
    stopped = one.status == "open"  # what comes after that is the replay's own
    for number, (mine, its) in enumerate(zip_longest(one.attempts, other.attempts), start=1):
        if mine is None and stopped:
            break
        found += _differences_of_attempts(one.number, number, mine, its)
    if one.status != other.status and not stopped:
        found.append(Difference("status", one.number, None, one.status, other.status))
    return found


def _differences_of_attempts(
    task: int, number: int, mine: Mapping[str, Any] | None, its: Mapping[str, Any] | None
) -> list[Difference]:
    if mine is None or its is None:
        entries = [one and one["entry"] for one in (mine, its)]
        return [Difference("program", task, number, *entries)]
    return [
        Difference(name, task, number, mine[name], its[name])
        for name in ATTEMPT_FIELDS
        if mine[name] != its[name]
    ]


def _differences_at_end(original: PlayedRun, replayed: PlayedRun) -> list[Difference]:
    if any(task.status == "open" for task in original.tasks):
        return []
    found = []
    if original.status in ("finished", "stuck") and original.status != replayed.status:
        found.append(Difference("status", None, None, original.status, replayed.status))
    if original.inventory != replayed.inventory:
        inventories = (original.inventory, replayed.inventory)
        found.append(Difference("inventory", None, None, *inventories))
    return found


def _attempts(connection: sqlite3.Connection, task_id: int) -> tuple[Mapping[str, Any], ...]:
    columns = ", ".join(name for name in ATTEMPT_FIELDS if name not in ("status", "verdict"))
    return tuple(
        dict(row)
        for row in rows(
            connection,
            f"SELECT {columns}, a.status,"
            " CASE v.passed WHEN 1 THEN 'passed' WHEN 0 THEN 'not passed' END AS verdict"
            " FROM attempts a LEFT JOIN executions e ON e.attempt_id = a.id"
            " LEFT JOIN verdicts v ON v.attempt_id = a.id"
            " WHERE a.task_id = ? AND a.status NOT IN ('interrupted', 'running') ORDER BY a.number",
            task_id,
        )
    )


def _short(value: Any) -> str:
    return "nothing" if value is None else f"'{in_a_line(str(value), VALUE_CHARACTERS)}'"
