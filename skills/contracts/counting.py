"""How many units a call of a skill was asked for: its `count`, less what was carried already.

Covers reading that from the skill's contract, parameters and signature. `inventory_has` asks for a
number that is carried in the end, every other goal that counts for that many more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from skills.contracts.item_counts import count_of
from skills.contracts.skill_use import SkillUse
from skills.skill import Skill

LARGEST_COUNT = 1_000_000
_DEFAULT = r"\b{}\s*=\s*(\d{{1,6}}(?:\.\d+)?)\b"


@dataclass(frozen=True)
class Counting:
    """`position` of the argument that counts, what holds without it, and the item it counts to."""

    position: int | None = None
    default: float = 1
    until: str = ""

    def units(self, use: SkillUse) -> float:
        """How many units this use had to get; below 1 where all was there already."""
        count = count_asked(use.arguments, self.position, self.default)
        return count - (count_of(self.until, use.before.inventory) if self.until else 0)


def count_asked(arguments: Sequence[Any], position: int | None, default: float) -> float:
    """The argument that counts; what holds without it where that is no number to count with."""
    if position is None or len(arguments) <= position:
        return default
    given = arguments[position]
    if isinstance(given, bool) or not isinstance(given, int | float):
        return default
    return given if abs(given) <= LARGEST_COUNT else default


def counting_of(skill: Skill | None) -> Counting:
    """What the skill counts; nothing where its contract has no count."""
    wanted = None if skill is None else skill.contract.get("count")
    if skill is None or not isinstance(wanted, int | float) or abs(wanted) > LARGEST_COUNT:
        return Counting()
    until = str(skill.contract.get("name", ""))
    if skill.contract.get("type") != "inventory_has":
        until = ""
    for position, (name, path) in enumerate(skill.parameters.items()):
        if path == "count":
            default = re.search(_DEFAULT.format(re.escape(name)), skill.signature)
            return Counting(position, float(default[1]) if default else float(wanted), until)
    return Counting(None, float(wanted), until)
