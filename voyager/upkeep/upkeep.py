"""Seeing to things between two tasks: each duty that is due is done, told, and nobody's merit.

Covers the order, what keeps the world, and what is written. Which duties there are, and when each
is due, is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from mc_server import Bridge, Execution, Observation
from voyager.events import UpkeepDone
from voyager.journal.journal import Journal
from voyager.steps import Steps
from voyager.upkeep.errand import Duty, Errand

ERRANDS_A_TURN = 4
FAILURES_TOLERATED = 2
TURNS_OFF = 8
"""So many turns a duty is left alone that failed so often in a row."""


class Upkeep:
    """The duties of one sitting, the most urgent first."""

    def __init__(
        self, journal: Journal, bridge: Bridge, steps: Steps, duties: Sequence[Duty]
    ) -> None:
        self._journal = journal
        self._bridge = bridge
        self._steps = steps
        self._duties = duties
        self._failures: dict[str, int] = {}
        self._rests: dict[str, int] = {}

    def between_tasks(self) -> None:
        """Do what is due; nothing while a task is open."""
        if not self._duties or self._journal.open_task() is not None:
            return
        seen = self._bridge.observe()
        done = 0
        for duty in self._duties:
            if done == ERRANDS_A_TURN or self._rests_still(duty):
                continue
            errand = duty.due(seen)
            if errand is None:
                continue
            execution, died = self._run(duty, errand)
            seen, done = execution.after, done + 1
            if died:
                return

    def _rests_still(self, duty: Duty) -> bool:
        left = self._rests.get(duty.entry, 0)
        self._rests[duty.entry] = max(0, left - 1)
        return left > 0

    def _run(self, duty: Duty, errand: Errand) -> tuple[Execution, bool]:
        """What came of it, and whether the bot died over it."""
        execution = self._bridge.execute(
            errand.script(duty.entry), errand.deadline_seconds, self._steps.progress
        )
        if not self._steps.world_kept():
            return self._nothing_of(execution, self._bridge.observe()), False
        with self._journal.transaction():
            done, outcome = errand.ended(execution)
            self._steps.note_world(execution)
            self._journal.tell(
                UpkeepDone(
                    duty.name, errand.why, done, outcome, execution.seconds, _changes(execution)
                )
            )
        self._failures[duty.entry] = 0 if done else self._failures.get(duty.entry, 0) + 1
        if self._failures[duty.entry] >= FAILURES_TOLERATED:
            self._failures[duty.entry], self._rests[duty.entry] = 0, TURNS_OFF
        return execution, execution.died

    def _nothing_of(self, execution: Execution, now: Observation) -> Execution:
        """The server ended before it was kept: the world is as before."""
        return Execution(execution.outcome, now, now, execution.seconds)


def _changes(execution: Execution) -> dict[str, int]:
    before, after = execution.before.inventory, execution.after.inventory
    changed = {name: after.get(name, 0) - before.get(name, 0) for name in {*before, *after}}
    return {name: count for name, count in sorted(changed.items()) if count}
