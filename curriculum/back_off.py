"""When a task that failed may be taken again, read off the history alone.

Covers: what counts as the same task, how often it failed, and how many other tasks come first: two
after one failure, four after two, and so on. Nothing is remembered, so a resumed run knows it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curriculum.goal import Goal
from curriculum.goal_forms import leaves
from curriculum.task import TaskRecord

LONGEST = 6
"""After so many failures the wait no longer doubles: 64 tasks."""
_SAME = {"inventory_gained": "inventory_has"}


@dataclass(frozen=True)
class Wait:
    """A goal that failed `failures` times in a row and rests for `tasks_left` more tasks."""

    record: TaskRecord
    failures: int
    tasks_left: int


def goal_key(goal: Goal) -> tuple[str, ...]:
    """The same for goals that come to the same thing: kinds and names, not numbers."""
    return tuple(sorted(_leaf_key(leaf) for leaf in leaves(goal)))


def _leaf_key(leaf: Goal) -> str:
    if leaf.type == "judged":
        return f"judged {' '.join(sorted(set(leaf.text.lower().split())))}"
    if leaf.type == "reached_position":
        return f"reached_position {leaf.x:.0f} {leaf.z:.0f}"
    return f"{_SAME.get(leaf.type, leaf.type)} {getattr(leaf, 'name', '')}"


def waits(history: Sequence[TaskRecord]) -> dict[tuple[str, ...], Wait]:
    """Every goal whose last task failed, with how long it still rests (0: it may be tried)."""
    found: dict[tuple[str, ...], Wait] = {}
    for index, record in enumerate(history):
        key = goal_key(record.task.goal)
        if record.passed:
            found.pop(key, None)
            continue
        failures = found[key].failures + 1 if key in found else 1
        rest = 2 ** min(failures, LONGEST)
        since = len(history) - 1 - index
        found[key] = Wait(record, failures, max(0, rest - since))
    return found
