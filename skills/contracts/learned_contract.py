"""What experience says of a skill: what it needs, what it yields, how long and how well it works.

Covers the value, its JSON, and asking it of a state of the game. How it is learned from uses is
`learning.py`'s, its words are `contract_words.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spread:
    """Least, middle and most of a number over the uses that passed."""

    least: float
    median: float
    most: float


@dataclass(frozen=True)
class Failure:
    """A way in which the skill failed: the error's code or the outcome, how often, and when.

    `conditions` are what these failures shared and no success had, one sentence each.
    """

    code: str
    count: int
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class LearnedContract:
    """Learned from the uses of one version of a skill.

    Items are named as in the inventory, or by a family that all uses shared (`planks`). With
    `per_count` the numbers of `consumes` and `yields` are for one unit of the skill's `count`.

    `consumes`: items that every success had fewer of after. `holds`: items (tools) that every
    success carried before and after, and some failure lacked or the program asks for. `stations`:
    kinds of block that every success had in reach. `dimensions`, `light`, `time_of_day`, `food`,
    `free_slots`: set only where successes and failures differ in it. `yields`: items that every
    success had more of after; `sometimes` those that only some had. `moves_blocks` is how far from
    where it began it ended.
    """

    uses: int
    successes: int
    consumes: Mapping[str, Spread] = field(default_factory=dict)
    holds: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    light: tuple[int, int] | None = None
    time_of_day: tuple[int, int] | None = None
    least_food: int | None = None
    least_free_slots: int | None = None
    yields: Mapping[str, Spread] = field(default_factory=dict)
    sometimes: Mapping[str, Spread] = field(default_factory=dict)
    per_count: bool = False
    seconds: Spread | None = None
    moves_blocks: Spread | None = None
    failures: tuple[Failure, ...] = ()
