"""A task: what to do next, why, and how to tell that it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from curriculum.goals.goal import Goal
from curriculum.goals.goal_forms import leaves
from curriculum.goals.goal_key import goal_key
from mc_server import Observation


@dataclass(frozen=True)
class Task:
    """`description` is one imperative sentence, `why` a short reason, `proposer` who said so."""

    description: str
    goal: Goal
    why: str
    proposer: str


@dataclass(frozen=True)
class TaskRecord:
    """A task that has ended in this world; `passed` as the critic judged its last attempt."""

    task: Task
    passed: bool
    critique: str = ""

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The same for tasks that come to the same thing."""
        return goal_key(self.task.goal)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of the goal's parts."""
        return frozenset(leaf.type for leaf in leaves(self.task.goal))


@dataclass(frozen=True)
class Proposal:
    """What a proposer answers: a task, or None and the reason why there is none.

    `finished` is True when there is nothing left to do (the goal is reached), False when the
    proposer is stuck.
    """

    task: Task | None
    reason: str = ""
    finished: bool = False


class Proposer(Protocol):
    """Chooses the next task."""

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        """The next task, seen from the world as it is and what was done in it so far."""
