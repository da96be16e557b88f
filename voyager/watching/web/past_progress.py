"""What was reached: items, levels of the tech tree, tasks, and the program that ran last."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from voyager.loopback import coloured_lines
from voyager.watching.web.rows import read_rows
from voyager.watching.web.tech_levels import tech_tree

TASKS_SHOWN = 12


def read_progress(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """`milestones` of the run, on top of `held_before` in its world; the world's `tech_tree`.

    And the newest `tasks`, the `seconds` played and the `inventory`.
    """
    milestones = read_rows(
        connection,
        "SELECT name, iteration, seconds FROM milestones WHERE run_id = ? ORDER BY id",
        run_id,
    )
    found = connection.execute(
        "SELECT m.name, 0.0 FROM milestones m JOIN runs r ON r.id = m.run_id"
        " WHERE r.world_id = (SELECT world_id FROM runs WHERE id = :run) AND m.run_id != :run",
        {"run": run_id},
    )
    before = dict(found.fetchall())
    reached = before | {one["name"]: one["seconds"] for one in milestones}
    (seconds, inventory) = connection.execute(
        "SELECT seconds, inventory FROM runs WHERE id = ?", (run_id,)
    ).fetchone()
    tasks = read_rows(
        connection,
        "SELECT iteration, description, status, critique, seconds,"
        " (SELECT COUNT(*) FROM attempts WHERE task_id = tasks.id) AS attempts"
        " FROM tasks WHERE run_id = ? AND status != 'open' ORDER BY iteration DESC LIMIT ?",
        run_id,
        TASKS_SHOWN,
    )
    return {
        "milestones": milestones,
        "held_before": len(before),
        "tech_tree": tech_tree(reached),
        "tasks": tasks,
        "seconds": seconds,
        "inventory": json.loads(inventory),
    }


def read_program(connection: sqlite3.Connection, run_id: int) -> dict[str, Any] | None:
    """The newest program, with its task; None before the first."""
    found = read_rows(
        connection,
        "SELECT t.iteration, t.description, t.why, t.proposer, a.number AS attempt, a.entry,"
        " a.writer, a.reused, a.source FROM attempts a JOIN tasks t ON t.id = a.task_id"
        " WHERE t.run_id = ? AND a.source != '' ORDER BY a.id DESC LIMIT 1",
        run_id,
    )
    if not found:
        return None
    program = found[0]
    program["lines"] = coloured_lines(str(program.pop("source")).rstrip())
    return program
