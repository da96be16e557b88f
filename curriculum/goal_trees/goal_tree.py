"""A large goal as a tree of smaller ones, and what may happen to it.

Covers: the frozen tree, the order in which its leaves are played, and the changes: splitting a
node, passing and failing, replacing what is left of a node's parts. Each gives a new tree. Not
covered: who splits (`decomposition`), who plays (`goal_tree_proposer`) and where it is kept (a
`GoalTreeStore`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from curriculum.goals.goal import Goal

DEEPEST = 3
"""Levels below the whole goal."""
PARTS_AT_MOST = 8
NODES_AT_MOST = 40
"""Nodes that count at one time, those that were replaced not included."""


class NodeStatus(StrEnum):
    """How a node stands; `revised` ones were replaced and are kept for the record."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"
    REVISED = "revised"


@dataclass(frozen=True)
class Part:
    """One part of a split; without a goal it has to be split again."""

    description: str
    goal: Goal | None


@dataclass(frozen=True)
class GoalNode:
    """A goal in the tree.

    `number` is its own within the tree, `parent` None for the whole; `position` orders siblings.
    `since` is how many tasks had ended when its turn could come: what went before is not its doing.
    `revisions` counts how often its parts were replaced, `critique` says why it failed.
    """

    number: int
    parent: int | None
    position: int
    description: str
    goal: Goal | None
    status: NodeStatus = NodeStatus.OPEN
    critique: str = ""
    since: int = 0
    revisions: int = 0


class GoalTreeStore(Protocol):
    """Keeps the tree of one run."""

    def load(self) -> GoalTree | None:
        """The tree as it was saved last."""

    def save(self, tree: GoalTree) -> None:
        """Keep all of it, at once or not at all."""


@dataclass(frozen=True)
class GoalTree:
    """All nodes, those that were replaced included, by their numbers in order."""

    nodes: tuple[GoalNode, ...]

    @classmethod
    def of(cls, description: str, tasks_so_far: int = 0) -> GoalTree:
        """A tree of the whole goal alone, not split yet."""
        return cls((GoalNode(1, None, 0, description, None, since=tasks_so_far),))

    @property
    def root(self) -> GoalNode:
        """The whole goal."""
        return self.nodes[0]

    def node(self, number: int) -> GoalNode:
        """The node of that number."""
        return next(node for node in self.nodes if node.number == number)

    def children(self, number: int) -> tuple[GoalNode, ...]:
        """A node's parts in order, without those that were replaced."""
        found = [
            node
            for node in self.nodes
            if node.parent == number and node.status is not NodeStatus.REVISED
        ]
        return tuple(sorted(found, key=lambda node: (node.position, node.number)))

    def depth(self, number: int) -> int:
        """How far below the whole goal; 0 for itself."""
        parent = self.node(number).parent
        return 0 if parent is None else 1 + self.depth(parent)

    def room(self) -> int:
        """How many nodes may be added."""
        return NODES_AT_MOST - len(list(self.in_order()))

    def in_order(self, number: int | None = None) -> Iterator[GoalNode]:
        """A node and all below it that counts, parents first, in the order of doing."""
        node = self.root if number is None else self.node(number)
        yield node
        for child in self.children(node.number):
            yield from self.in_order(child.number)

    def leaves(self) -> tuple[GoalNode, ...]:
        """Nodes with a goal of their own, in the order of doing."""
        return tuple(node for node in self.in_order() if node.goal is not None)

    def next(self) -> GoalNode | None:
        """The first open node that has no parts: to be played, or split when it has no goal.

        None when nothing is left to do, or the whole has failed.
        """
        if self.root.status is not NodeStatus.OPEN:
            return None
        return next(
            (
                node
                for node in self.in_order()
                if node.status is NodeStatus.OPEN and not self.children(node.number)
            ),
            None,
        )

    # -- changes -------------------------------------------------------------------------------

    def split(self, number: int, parts: Sequence[Part], tasks_so_far: int) -> GoalTree:
        """The node gets these parts, after those it has."""
        first = max(node.number for node in self.nodes) + 1
        place = max((child.position for child in self.children(number)), default=-1) + 1
        added = tuple(
            GoalNode(first + i, number, place + i, part.description, part.goal, since=tasks_so_far)
            for i, part in enumerate(parts)
        )
        return GoalTree(self.nodes + added)

    def passed(self, number: int, tasks_so_far: int) -> GoalTree:
        """The node is done, and so is every node above it whose parts all are.

        The turn of what is left comes only now, so that of two leaves alike each has its own tasks.
        """
        done = replace(self.node(number), status=NodeStatus.PASSED, critique="")
        tree = self._with(done)
        parent = done.parent
        if parent is not None and all(
            child.status is NodeStatus.PASSED for child in tree.children(parent)
        ):
            return tree.passed(parent, tasks_so_far)
        return GoalTree(
            tuple(
                replace(node, since=tasks_so_far) if node.status is NodeStatus.OPEN else node
                for node in tree.nodes
            )
        )

    def failed(self, number: int, critique: str) -> GoalTree:
        """The node cannot be done as it is."""
        return self._with(replace(self.node(number), status=NodeStatus.FAILED, critique=critique))

    def failed_node(self) -> GoalNode | None:
        """The uppermost node that failed: what is below it is past caring for."""
        failed = [node for node in self.in_order() if node.status is NodeStatus.FAILED]
        return min(failed, key=lambda node: self.depth(node.number), default=None)

    def revised(self, number: int, parts: Sequence[Part], tasks_so_far: int) -> GoalTree:
        """What is not done of the node's parts is replaced by these."""
        tree = self
        for child in self.children(number):
            if child.status is not NodeStatus.PASSED:
                for node in list(tree.in_order(child.number)):
                    tree = tree._with(replace(node, status=NodeStatus.REVISED))
        parent = self.node(number)
        tree = tree._with(
            replace(parent, status=NodeStatus.OPEN, revisions=parent.revisions + 1, critique="")
        )
        return tree.split(number, parts, tasks_so_far)

    def again(self, number: int, critique: str, tasks_so_far: int) -> GoalTree:
        """A node that was done is to be done once more, and with it all above it."""
        node = self.node(number)
        tree = self._with(
            replace(node, status=NodeStatus.OPEN, critique=critique, since=tasks_so_far)
        )
        while node.parent is not None:
            node = tree.node(node.parent)
            revisions = node.revisions + (1 if node.parent is None else 0)
            tree = tree._with(replace(node, status=NodeStatus.OPEN, revisions=revisions))
        return tree

    def _with(self, changed: GoalNode) -> GoalTree:
        return GoalTree(
            tuple(changed if node.number == changed.number else node for node in self.nodes)
        )
