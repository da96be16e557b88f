"""Which task is next while a rung of the ladder is in force.

Covers `LadderProposer`, which stands around the sitting's proposer and passes on what that says as
long as things move on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curriculum import Proposal, Proposer, TaskRecord, goal_key, way_elsewhere
from mc_server import Observation
from voyager.unsticking.ladder import ANOTHER_TASK, TECH_TREE

REASON = "What was tried before has not moved on"


class LadderProposer:
    """Implements `Proposer`; `planner` proposes from the tech tree alone.

    `rung` is the one in force, None while things move on.
    """

    def __init__(
        self, proposer: Proposer, planner: Proposer, rung: Callable[[], str | None]
    ) -> None:
        self._proposer = proposer
        self._planner = planner
        self._rung = rung

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        """See `Proposer.propose`."""
        rung = self._rung()
        if rung == TECH_TREE:
            # As if nothing had failed: what did is tried from where the bot stands now.
            return self._planner.propose(observation, [one for one in history if one.passed])
        proposal = self._proposer.propose(observation, history)
        if rung != ANOTHER_TASK or proposal.task is None:
            return proposal
        if goal_key(proposal.task.goal) in _failed_lately(history):
            return Proposal(way_elsewhere(observation, len(history), REASON))
        return proposal


def _failed_lately(history: Sequence[TaskRecord]) -> set[tuple[str, ...]]:
    """The goals that failed since a task last passed."""
    failed = set()
    for record in reversed(history):
        if record.passed:
            break
        failed.add(record.key)
    return failed
