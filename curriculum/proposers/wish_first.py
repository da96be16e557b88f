"""What people tell the agent comes before its plan.

Covers: which of two proposers is asked. Not covered: what either makes of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.asking import WishBoard
from curriculum.task import Proposal, Proposer, TaskRecord
from mc_server import Observation


class WishFirstProposer:
    """Asks `answering` once about each new wish, and `planning` otherwise.

    A wish that `answering` leaves open does not hold up the plan: it is shown again when another
    one is told, and to whoever writes programs.
    """

    def __init__(self, wishes: WishBoard, answering: Proposer, planning: Proposer) -> None:
        self._wishes = wishes
        self._answering = answering
        self._planning = planning
        self._asked: set[int] = set()

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        """See `Proposer.propose`."""
        new = {wish.id for wish in self._wishes.open()} - self._asked
        self._asked |= new
        chosen = self._answering if new else self._planning
        return chosen.propose(observation, history)
