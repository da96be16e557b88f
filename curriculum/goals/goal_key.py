"""Which goals count as the same: kinds and names, not numbers."""

from __future__ import annotations

from curriculum.goals.goal import Goal
from curriculum.goals.goal_forms import leaves

_SAME = {"inventory_gained": "inventory_has"}


def goal_key(goal: Goal) -> tuple[str, ...]:
    """The same for goals that come to the same thing."""
    return tuple(sorted(_leaf_key(leaf) for leaf in leaves(goal)))


def _leaf_key(leaf: Goal) -> str:
    if leaf.type == "judged":
        return f"judged {' '.join(sorted(set(leaf.text.lower().split())))}"
    if leaf.type == "reached_position":
        return f"reached_position {leaf.x:.0f} {leaf.z:.0f}"
    return f"{_SAME.get(leaf.type, leaf.type)} {getattr(leaf, 'name', '')}"
