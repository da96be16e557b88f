"""How long nothing has moved on in a run, read from the journal.

Covers what counts as progress: a task that passed, but for one that only goes elsewhere. Where the
bot gets about meanwhile, as one does who looks for something rare, it takes longer until that
counts as stuck. Not covered: what is done about it (`ladder`).
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from curriculum import WAYFARING

SMALL_BLOCKS = 48.0
"""Within so many blocks the bot counts as not getting about."""
MOVING_FACTOR = 3.0
"""So much longer it may take where it does."""
LOOKED_AT = 400
"""Executions looked back at."""


@dataclass(frozen=True)
class Standstill:
    """Since the last progress, and since the last rung: attempts made and seconds of the world.

    `rungs` were climbed since that progress, the last one `rung`; `tasks_since_rung` have ended
    after it. `gets_about` when the bot was far apart meanwhile. `failed` are the tasks' goals, as
    the journal has them, and `last_task` is its number of the newest task.
    """

    attempts: int
    seconds: float
    rungs: int
    rung: str | None
    tasks_since_rung: int
    gets_about: bool
    failed: tuple[str, ...]
    last_task: int

    def how_much(self, window_seconds: float, window_attempts: int) -> float:
        """In windows; from 1 on it counts as stuck."""
        windows = max(self.seconds / window_seconds, self.attempts / window_attempts)
        return windows / MOVING_FACTOR if self.gets_about else windows


def standstill_of(connection: sqlite3.Connection, run: int) -> Standstill:
    """How the run stands now."""
    (progress,) = connection.execute(
        "SELECT coalesce(max(id), 0) FROM tasks"
        " WHERE run_id = ? AND status = 'passed' AND proposer != ?",
        (run, WAYFARING),
    ).fetchone()
    rungs = connection.execute(
        "SELECT json_extract(data, '$.after_task') AS after_task, json_extract(data, '$.rung')"
        " FROM events WHERE run_id = ? AND type = 'stuck_noticed' AND after_task >= ? ORDER BY id",
        (run, progress),
    ).fetchall()
    after_task, rung = rungs[-1] if rungs else (progress, None)
    executions = connection.execute(
        "SELECT e.seconds, json_extract(plain(e.after), '$.position')"
        " FROM executions e"
        " JOIN attempts a ON a.id = e.attempt_id JOIN tasks t ON t.id = a.task_id"
        " WHERE t.run_id = ? AND t.id > ? ORDER BY a.id DESC LIMIT ?",
        (run, after_task, LOOKED_AT),
    ).fetchall()
    failed = connection.execute(
        "SELECT id, goal FROM tasks WHERE run_id = ? AND id > ? AND status = 'failed' ORDER BY id",
        (run, progress),
    ).fetchall()
    (last_task,) = connection.execute(
        "SELECT coalesce(max(id), 0) FROM tasks WHERE run_id = ?", (run,)
    ).fetchone()
    return Standstill(
        attempts=len(executions),
        seconds=sum(seconds for seconds, _ in executions),
        rungs=len(rungs),
        rung=rung,
        tasks_since_rung=sum(task > after_task for task, _ in failed),
        gets_about=_spread([position for _, position in executions]) > SMALL_BLOCKS,
        failed=tuple(goal for _, goal in failed),
        last_task=last_task,
    )


def _spread(positions: list[str | None]) -> float:
    """The longest side of the box, seen from above, that holds all the positions."""
    points = [json.loads(position) for position in positions if position]
    if not points:
        return 0.0
    sides = (
        max(float(point[axis]) for point in points) - min(float(point[axis]) for point in points)
        for axis in ("x", "z")
    )
    return max(sides)
