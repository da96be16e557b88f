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
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_CONSTANT = re.compile(
    r"""\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*=\s*(\[[^\]]*\]|['"][^'"]*['"])"""
)
FURNACE = "furnace"


@dataclass(frozen=True)
class SourceNames:
    """`named` anywhere; `asked` to be carried or near; `looked_for`, counted or got by itself.

    Not `is_known`: there was no source.
    """

    named: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    looked_for: frozenset[str] = frozenset()
    is_known: bool = False


def source_names(skill: Skill | None) -> SourceNames:
    """The names in the skill's source."""
    if skill is None:
        return SourceNames()
    source = skill.source
    asked = _names_in(_TAKES_FROM_INVENTORY, source)
    if _SMELTS.search(source):
        asked |= {FURNACE}
    looked_for = _names_in(_LOOKED_FOR, source)
    return SourceNames(
        frozenset(_NAMED.findall(source)), asked - looked_for, looked_for, is_known=True
    )


def _names_in(call: re.Pattern[str], source: str) -> frozenset[str]:
    """The names that such calls are given, themselves or as constants."""
    given = " ".join(call.findall(source))
    words = set(_WORD.findall(given))
    constants = (value for name, value in _CONSTANT.findall(source) if name in words)
    return frozenset(_NAMED.findall(" ".join((given, *constants))))
