"""What a model would answer that thinks like the planner: replies for a loopback endpoint.

The planner plays a world in simulated time; its tasks and programs become recorded answers.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.parts.sittings import play

from voyager.language_models.replay.replay_server import Reply

PROPOSING = "next task"
"""Words that only a proposer's prompt has."""


def planned_replies(home: Path, seed: int, goal: str) -> list[Reply]:
    """An answer to each question of a model that goes the planner's way to `goal`, in order."""
    play(home, "--seed", str(seed), "--goal", goal, "--world-rate", "max")
    with closing(sqlite3.connect(home / "voyager.db")) as connection:
        rows = connection.execute(
            "SELECT t.description, t.goal, t.why, a.source FROM tasks t JOIN attempts a"
            " ON a.task_id = t.id JOIN verdicts v ON v.attempt_id = a.id AND v.passed"
            " WHERE NOT a.reused ORDER BY t.id"
        ).fetchall()
    replies = []
    for description, task_goal, why, source in rows:
        task = {"reason": why, "description": description, "goal": json.loads(task_goal)}
        replies.append(Reply(match=PROPOSING, text=json.dumps(task)))
        program = f"The plan is {why or 'plain'}.\n\n```javascript\n{source}\n```"
        replies.append(Reply(match=f"<task>\n{description}", text=program))
    return replies
