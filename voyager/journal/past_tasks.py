"""The tasks that have ended in a world, read from the journal once each.

A history is asked for before every task and may be thousands long; a task that has ended changes no
more.
"""

from __future__ import annotations

import sqlite3

from curriculum import Task, TaskRecord, parse_goal


class PastTasks:
    """Reads them over an open database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._read: dict[int, TaskRecord] = {}

    def of_world(self, world_id: int) -> list[TaskRecord]:
        """Those of all its runs, oldest first."""
        ended = self._db.execute(
            "SELECT t.id FROM tasks t JOIN runs r ON r.id = t.run_id"
            " WHERE r.world_id = ? AND t.status != 'open' ORDER BY t.id",
            (world_id,),
        )
        numbers = [number for (number,) in ended]
        # Not only the last: an interrupted run may be gone on with after another one.
        unread = [number for number in numbers if number not in self._read]
        if unread:
            self._read_from(unread[0])
        return [self._read[number] for number in numbers]

    def _read_from(self, first: int) -> None:
        for number, description, goal, why, proposer, status, critique in self._db.execute(
            "SELECT id, description, goal, why, proposer, status, critique FROM tasks"
            " WHERE id >= ? AND status != 'open'",
            (first,),
        ):
            if number not in self._read:
                task = Task(description, parse_goal(goal), why, proposer)
                self._read[number] = TaskRecord(task, status == "passed", critique)
