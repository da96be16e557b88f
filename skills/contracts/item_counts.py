"""Counting items under a name that may be a family's: `log` for oak_log, birch_log, ...

Covers the rule of names as it can be known from what was seen alone: a name that was itself seen is
no family, any other means all that end in `_<name>`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping


def kinds_of(name: str, seen: Collection[str]) -> tuple[str, ...]:
    """Those of the names seen that `name` stands for, sorted."""
    if name in seen:
        return (name,)
    return tuple(sorted(other for other in seen if other.endswith(f"_{name}")))


def count_of(name: str, inventory: Mapping[str, int]) -> int:
    """How many of the name are carried; of a family, of its most frequent kind."""
    return max((inventory[kind] for kind in kinds_of(name, inventory)), default=0)


def total_of(name: str, inventory: Mapping[str, int]) -> int:
    """How many of the name are carried; of a family, of all kinds together."""
    return sum(inventory[kind] for kind in kinds_of(name, inventory))
