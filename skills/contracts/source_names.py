"""Which items a skill's source names, and which it asks to be there.

Covers names in its strings, told without parsing. A name that it counts or looks for first is not
asked for: it may get that itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from skills.skill import Skill

_STRING = r"""['"]([a-z][a-z0-9_]*)['"]"""
_NAMED = re.compile(_STRING)
_CALLED = r"\b(?:{})\s*\(([^()]*)"
_LOOKED_FOR = re.compile(_CALLED.format("countItem|findBlock|craftItem|mineBlock|exploreUntil"))
_TAKES_FROM_INVENTORY = re.compile(_CALLED.format("equip|eat|placeItem"))
_SMELTS = re.compile(_CALLED.format("smeltItem"))
FURNACE = "furnace"


@dataclass(frozen=True)
class SourceNames:
    """`named` anywhere; `asked` to be carried or near. Not `is_known`: there was no source."""

    named: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    is_known: bool = False


def source_names(skill: Skill | None) -> SourceNames:
    """The names in the skill's source."""
    if skill is None:
        return SourceNames()
    source = skill.source
    asked = _names_in(_TAKES_FROM_INVENTORY, source)
    if _SMELTS.search(source):
        asked |= {FURNACE}
    return SourceNames(
        frozenset(_NAMED.findall(source)), asked - _names_in(_LOOKED_FOR, source), True
    )


def _names_in(call: re.Pattern[str], source: str) -> frozenset[str]:
    return frozenset(
        name for arguments in call.findall(source) for name in _NAMED.findall(arguments)
    )
