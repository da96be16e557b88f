"""What was never had, done or seen, and how urgent something new is.

Covers: reading it off the history and the progress, without a model. Not covered: choosing (a
proposer does that).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import get_args

from curriculum.errors import NoPlanError
from curriculum.goals.goal import (
    AllOf,
    AnyOf,
    Goal,
    HasRoom,
    InventoryGained,
    Judged,
    Not,
    ReachedPosition,
)
from curriculum.planning.costs import Costs, Skips
from curriculum.planning.frontier import Frontier
from curriculum.planning.tech_tree import TechTree
from curriculum.task import TaskRecord
from mc_server import Observation

PLANS_TRIED = 24
"""Plans made to see how far away the frontier is; each takes a thousandth of a second."""
NEAR_STEPS = 2
SHOWN = 12
STRONG_FROM = 5
"""Tasks in a row that brought nothing new after which only something new will do."""
MILD_FROM = 2

_NOTHING_NEW = (AllOf, AnyOf, Not, Judged, InventoryGained, HasRoom, ReachedPosition)


@dataclass(frozen=True)
class Progress:
    """What was reached in this world in all its runs, as the journal knows it."""

    items_held: frozenset[str] = field(default_factory=frozenset)
    biomes: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Exploration:
    """What is new within reach.

    `near` are items never had that are a step or two away, `further` the next ones with the number
    of their steps; `kinds_never_used` are kinds of goals no task that passed had; `stale_tasks`
    counts the last tasks in a row that brought nothing new.
    """

    near: tuple[str, ...]
    further: tuple[tuple[str, int], ...]
    kinds_never_used: tuple[str, ...]
    biomes: tuple[str, ...]
    stale_tasks: int

    @property
    def pressure(self) -> str:
        """How urgent something new is, as an advice; empty when it is not."""
        if self.stale_tasks >= STRONG_FROM:
            return (
                f"The last {self.stale_tasks} tasks brought nothing new. Propose something that was"
                " never had, done or visited, of another kind than the last tasks."
            )
        if self.stale_tasks >= MILD_FROM:
            return f"The last {self.stale_tasks} tasks brought nothing new: look for something new."
        return ""


class Explorer:
    """Looks for what is new in one version of the game."""

    def __init__(self, tree: TechTree, impossible_kinds: Collection[str] = ()) -> None:
        self._tree = tree
        self._impossible = frozenset(impossible_kinds)
        self._frontier = Frontier(tree)

    def explore(
        self, observation: Observation, history: Sequence[TaskRecord], progress: Progress
    ) -> Exploration:
        """What is new from here. Takes a tenth of a second and a half."""
        near: list[str] = []
        further: list[tuple[str, int]] = []
        costs = self._tree.costs_of_all(observation)
        items = self._new_items(observation, history, progress, costs)
        for item in islice(items, PLANS_TRIED):
            try:
                steps = len(self._tree.plan(item, 1, observation, None, costs))
            except NoPlanError:
                continue
            if steps <= NEAR_STEPS:
                near.append(item)
            else:
                further.append((item, steps))
        return Exploration(
            near=tuple(near[:SHOWN]),
            further=tuple(further[:SHOWN]),
            kinds_never_used=tuple(
                kind for kind in kinds_never_used(history) if kind not in self._impossible
            ),
            biomes=tuple(sorted(progress.biomes | {observation.biome})),
            stale_tasks=stale_tasks(history),
        )

    def _new_items(
        self,
        observation: Observation,
        history: Sequence[TaskRecord],
        progress: Progress,
        costs: Costs,
    ) -> Iterator[str]:
        """Items never had, the best first; of things alike (planks, doors) one, but every tool."""
        told: set[str] = set()
        for item in self._frontier.items(observation, history, Skips(), costs):
            kind = item if item in self._tree.game_data.tool_uses else item.rsplit("_", 1)[-1]
            if kind not in told and item not in progress.items_held:
                told.add(kind)
                yield item


def kinds_never_used(history: Sequence[TaskRecord]) -> tuple[str, ...]:
    """Kinds of goals that no task which passed has had, where having had them is something new."""
    kinds = get_args(get_args(Goal)[0])
    single = [k.model_fields["type"].default for k in kinds if k not in _NOTHING_NEW]
    used = frozenset[str]().union(*(record.kinds for record in history if record.passed))
    return tuple(kind for kind in single if kind not in used)


def stale_tasks(history: Sequence[TaskRecord]) -> int:
    """How many of the last tasks in a row failed, or only did again what was done before."""
    done: set[tuple[str, ...]] = set()
    stale = 0
    for record in history:
        key = record.key
        stale = 0 if record.passed and key not in done else stale + 1
        if record.passed:
            done.add(key)
    return stale
