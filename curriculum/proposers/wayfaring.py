"""What to do when a proposer has nothing left: go somewhere else, and lay in stocks.

Covers `WayfaringProposer`, which stands around another proposer. New land has other blocks, animals
and biomes, and what failed at one place may go well at the next. Not covered: getting away from a
place where nothing moves on (`voyager/unsticking`).

Nothing is remembered between calls but the history.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from curriculum.errors import NoPlanError
from curriculum.goals.goal import InventoryGained, ReachedPosition
from curriculum.planning.tech_tree import TechTree
from curriculum.proposers.failed_ways import failed_ways
from curriculum.proposers.tech_tree_proposer import describe_step
from curriculum.task import Proposal, Proposer, Task, TaskRecord
from mc_server import GameData, Observation

PROPOSER = "wayfaring"
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
"""Turns by this much never point the same way twice."""
FIRST_BLOCKS, MORE_BLOCKS, MOST_BLOCKS = 96.0, 32.0, 320.0
"""How far the first way leads, how much further each next one, and the longest."""
RANGE = 40.0
SURFACE_Y = 72.0
STOCKS = ("raw_iron", "coal", "log", "diamond", "raw_gold", "redstone", "cobblestone", "raw_copper")
"""Laid in by turns while there is nothing new."""
STOCK_COUNT = 8
WAYS_BEFORE_A_STOCK = 2
FAILED_WAYS_IN_A_ROW = 8
"""After so many the bot cannot get away at all."""
TRIES_AT_A_GOAL = 24
"""Tasks of this proposer's in a row after which a goal that always fails is given up."""


class WayfaringProposer:
    """Implements `Proposer` around another one. `endless` for play without a goal.

    Towards a goal it steps in only where ways there have failed, and not for ever.
    """

    def __init__(self, proposer: Proposer, game_data: GameData, endless: bool) -> None:
        self._proposer = proposer
        self._tree = TechTree(game_data)
        self._endless = endless

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        """What the other one proposes, or something for the meantime."""
        proposal = self._proposer.propose(observation, history)
        if proposal.task is not None or proposal.finished:
            return proposal
        own = _own_in_a_row(history)
        if not self._endless and not (failed_ways(history).any() and len(own) < TRIES_AT_A_GOAL):
            return proposal
        last = own[-FAILED_WAYS_IN_A_ROW:]
        if len(last) == FAILED_WAYS_IN_A_ROW and not any(record.passed for record in last):
            return proposal
        why = proposal.reason.split(". ")[0].rstrip(".")
        return Proposal(self.elsewhere(observation, history, why))

    def elsewhere(self, observation: Observation, history: Sequence[TaskRecord], why: str) -> Task:
        """A stock to lay in every few ways, else the next way."""
        number = sum(1 for record in history if record.task.proposer == PROPOSER)
        if self._endless and number % (WAYS_BEFORE_A_STOCK + 1) == WAYS_BEFORE_A_STOCK:
            stock = self._stock(observation, history, number)
            if stock is not None:
                return stock
        return way_elsewhere(observation, number, why)

    def _stock(
        self, observation: Observation, history: Sequence[TaskRecord], number: int
    ) -> Task | None:
        turn = number // (WAYS_BEFORE_A_STOCK + 1)
        skips = failed_ways(history)
        for offset in range(len(STOCKS)):
            item = STOCKS[(turn + offset) % len(STOCKS)]
            try:
                wanted = observation.inventory.get(item, 0) + STOCK_COUNT
                steps = self._tree.plan(item, wanted, observation, skips)
            except NoPlanError:
                continue
            if len(steps) == 1:
                goal = InventoryGained(name=item, count=STOCK_COUNT)
                return Task(describe_step(steps[0]), goal, "a stock for later", PROPOSER)
        return None


def way_elsewhere(observation: Observation, number: int, why: str) -> Task:
    """The `number`th way to somewhere else, from where the bot stands."""
    blocks = min(FIRST_BLOCKS + MORE_BLOCKS * (number % 8), MOST_BLOCKS)
    angle = number * GOLDEN_ANGLE
    here = observation.position
    x = round(here.x + blocks * math.cos(angle))
    z = round(here.z + blocks * math.sin(angle))
    goal = ReachedPosition(x=x, y=SURFACE_Y, z=z, range=RANGE)
    return Task(f"Look around at {x}, {z}", goal, why, PROPOSER)


def _own_in_a_row(history: Sequence[TaskRecord]) -> list[TaskRecord]:
    """The last tasks, as far back as nothing else has passed between them."""
    own: list[TaskRecord] = []
    for record in reversed(history):
        if record.task.proposer == PROPOSER:
            own.append(record)
        elif record.passed:
            break
    return own[::-1]
