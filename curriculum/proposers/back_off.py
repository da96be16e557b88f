"""When a task that failed may be taken again, read off the history alone.

Covers: how often the same (`goal_key`) failed, and how many other tasks come first: two
after one failure, four after two, and so on. Nothing is remembered, so a resumed run knows it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curriculum.task import TaskRecord

LONGEST = 6
"""After so many failures the wait no longer doubles: 64 tasks."""


@dataclass(frozen=True)
class Wait:
    """A goal that failed `failures` times in a row and rests for `tasks_left` more tasks."""

    record: TaskRecord
    failures: int
    tasks_left: int


def waits(history: Sequence[TaskRecord]) -> dict[tuple[str, ...], Wait]:
    """Every goal whose last task failed, with how long it still rests (0: it may be tried)."""
    found: dict[tuple[str, ...], Wait] = {}
    for index, record in enumerate(history):
        key = record.key
        if record.passed:
            found.pop(key, None)
            continue
        failures = found[key].failures + 1 if key in found else 1
        rest = 2 ** min(failures, LONGEST)
        since = len(history) - 1 - index
        found[key] = Wait(record, failures, max(0, rest - since))
    return found
