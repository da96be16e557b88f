"""A goal's tree in words: which parts are done, which one is played, what comes after.

Covers the parts that count, in the order of doing; those that were replaced are left out. Not
covered: where the tree is kept (`goal_tree_store.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from curriculum import GoalTree, NodeStatus, goal_to_json

NEXT = "next"
_MARKS = {
    NodeStatus.PASSED.value: "[x]",
    NodeStatus.FAILED.value: "[!]",
    NodeStatus.OPEN.value: "[ ]",
    NEXT: "[>]",
}


def goal_nodes(tree: GoalTree) -> list[dict[str, Any]]:
    """The nodes as scripts read them, parents first; `depth` is 0 for the whole goal.

    `status` is `open`, `next` (being played, or the first to be), `passed` or `failed`.
    """
    playing = tree.next()
    return [
        {
            "number": node.number,
            "parent": node.parent,
            "depth": tree.depth(node.number),
            "description": node.description,
            "goal": None if node.goal is None else goal_to_json(node.goal),
            "status": NEXT if node is playing else node.status.value,
            "critique": node.critique,
        }
        for node in tree.in_order()
    ]


def goal_lines(parts: Iterable[tuple[int, str, str]]) -> list[str]:
    """A line for each (depth, status, description)."""
    return [f"{'  ' * depth}{_MARKS[status]} {text}" for depth, status, text in parts]
