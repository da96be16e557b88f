"""The goal tree of a run, in the database.

Covers the table `goal_nodes`. The tree itself is the curriculum's (`curriculum.GoalTree`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from curriculum import GoalNode, GoalTree, NodeStatus, goal_to_json, parse_goal
from voyager.events import Event, GoalTreeChanged
from voyager.goal_tree_text import goal_nodes
from voyager.journal.database import time_text, transaction

_COLUMNS = "number, parent, position, description, goal, status, critique, since, revisions"


class GoalTreeStore:
    """Implements `curriculum.GoalTreeStore` for one run. `tell` hears how the tree stands."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        run_id: int,
        tell: Callable[[Event], None] = lambda _: None,
    ) -> None:
        self._db = connection
        self._run_id = run_id
        self._tell = tell

    def load(self) -> GoalTree | None:
        """The tree as it was saved last."""
        tree = self._read()
        if tree is not None:
            self._show(tree)
        return tree

    def _read(self) -> GoalTree | None:
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM goal_nodes WHERE run_id = ? ORDER BY number",
            (self._run_id,),
        ).fetchall()
        if not rows:
            return None
        return GoalTree(tuple(_node(*row) for row in rows))

    def save(self, tree: GoalTree) -> None:
        """Write every node that changed, in one transaction."""
        now = time_text()
        with transaction(self._db):
            saved = self._read()
            known = set(saved.nodes) if saved else set()
            self._db.executemany(
                f"INSERT INTO goal_nodes (run_id, {_COLUMNS}, changed_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (run_id, number) DO UPDATE SET status = excluded.status,"
                " critique = excluded.critique, since = excluded.since,"
                " revisions = excluded.revisions, changed_at = excluded.changed_at",
                [(self._run_id, *_row(node), now) for node in tree.nodes if node not in known],
            )
        self._show(tree)

    def _show(self, tree: GoalTree) -> None:
        nodes = goal_nodes(tree)
        parts = tuple((n["depth"], n["status"], n["description"]) for n in nodes)
        self._tell(GoalTreeChanged(parts))


def _node(
    number: int,
    parent: int | None,
    position: int,
    description: str,
    goal: str | None,
    status: str,
    critique: str,
    since: int,
    revisions: int,
) -> GoalNode:
    return GoalNode(
        number=number,
        parent=parent,
        position=position,
        description=description,
        goal=None if goal is None else parse_goal(goal),
        status=NodeStatus(status),
        critique=critique,
        since=since,
        revisions=revisions,
    )


def _row(node: GoalNode) -> tuple[object, ...]:
    goal = None if node.goal is None else json.dumps(goal_to_json(node.goal), ensure_ascii=False)
    return (
        node.number,
        node.parent,
        node.position,
        node.description,
        goal,
        node.status.value,
        node.critique,
        node.since,
        node.revisions,
    )
