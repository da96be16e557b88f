"""Which ways of the planner's have failed, and for how long each is left alone.

Covers reading it off the history: (action, item) by how many of its cheapest ways are left out.
Every second failure leaves out one way more; after a rest, which doubles with each of them, all may
be tried again, for the place or the tools may be others by then. Nothing is remembered, so a
resumed run knows it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curriculum.planning.costs import Skips
from curriculum.task import Task, TaskRecord

PROPOSER = "tech_tree"
TRIES_BEFORE_ANOTHER_WAY = 2
LONGEST_REST = 32
"""Tasks after which what failed is tried again at the latest."""
VERBS = {"mine": "Mine", "craft": "Craft", "smelt": "Smelt", "kill": "Hunt for"}
_ACTIONS = {verb.split()[0]: action for action, verb in VERBS.items()} | {"Eat": "eat"}


@dataclass(frozen=True)
class FailedWay:
    """An (action, item) that failed `failures` times in a row; all may be tried in `tasks_left`."""

    failures: int
    ways_left_out: int
    tasks_left: int


def failed_ways(history: Sequence[TaskRecord]) -> Skips:
    """How many of the cheapest ways to each (action, item) are left out of the next plan."""
    found = _resting(history)
    return Skips({key: way.ways_left_out for key, way in found.items() if way.tasks_left})


def last_failed_way(history: Sequence[TaskRecord]) -> FailedWay | None:
    """What the last task's failure has put off, if it was one of the planner's."""
    key = _key(history[-1].task) if history else None
    return None if key is None else _resting(history).get(key)


def _resting(history: Sequence[TaskRecord]) -> dict[tuple[str, str], FailedWay]:
    failures: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    for index, record in enumerate(history):
        key = _key(record.task)
        if key is None:
            continue
        if record.passed:
            failures.pop(key, None)
        else:
            failures[key] = failures.get(key, 0) + 1
            last[key] = index
    found = {}
    for key, count in failures.items():
        ways = count // TRIES_BEFORE_ANOTHER_WAY
        rest = min(2**ways, LONGEST_REST) if ways else 0
        tasks_since = len(history) - 1 - last[key]
        found[key] = FailedWay(count, ways, max(0, rest - tasks_since))
    return found


def _key(task: Task) -> tuple[str, str] | None:
    action = _ACTIONS.get(task.description.split(" ")[0])
    name = getattr(task.goal, "name", None)
    # A language model's stand-in proposes under a longer name that begins with this one.
    if not task.proposer.startswith(PROPOSER) or action is None or name is None:
        return None
    return action, str(name)
