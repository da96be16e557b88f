"""What of Mineflayer a program may use: the bot, its path finder, goals, the version's data.

Covers the list, which the Node host makes of what the sandbox shows to programs, with the
signatures of the packages' own declarations; and looking something up in it. Not covered:
primitives and skills.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from mc_server.host_question import ask_host

FOUND_AT_MOST = 12
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_CLOSE_ENOUGH = 0.8


@dataclass(frozen=True)
class BotMember:
    """One thing that a program may use.

    `name` is dotted: `bot.dig`, `goals.GoalNear`, `Vec3.offset` (of any vector); `window.`,
    `block.`, `item.` and `entity.` stand for what the bot gives. `signature` is how it is declared.
    `gives` is its type, what it resolves to when `is_async`, empty when nobody says. `needed` and
    `most` are counts of arguments, None when they are not known.
    """

    name: str
    signature: str
    is_method: bool
    is_async: bool
    gives: str
    needed: int | None
    most: int | None


@dataclass(frozen=True)
class BotReference:
    """All that a program may use, and the events it may listen to."""

    all_members: tuple[BotMember, ...]
    events: tuple[str, ...]

    @cached_property
    def members(self) -> Mapping[str, BotMember]:
        """By dotted name."""
        return {member.name: member for member in self.all_members}

    def names_of(self, owner: str) -> tuple[str, ...]:
        """The names of what an owner (`bot`, `bot.pathfinder`, `goals`) has."""
        start = f"{owner}."
        names = (name.removeprefix(start) for name in self.members if name.startswith(start))
        return tuple(name for name in names if "." not in name)

    def search(self, text: str, limit: int = FOUND_AT_MOST) -> tuple[BotMember, ...]:
        """The members nearest to words or a name (`bot.dig`, `place a block`), best first."""
        asked = text.strip().removesuffix("()")
        wanted = _words(asked)
        scores = {member: _score(member, asked, wanted) for member in self.all_members}
        found = [member for member, score in scores.items() if score > 0]
        return tuple(sorted(found, key=lambda member: -scores[member])[:limit])


def _score(member: BotMember, asked: str, wanted: frozenset[str]) -> float:
    name = member.name
    if asked.lower() in (name.lower(), name.rpartition(".")[2].lower()):
        return 10.0
    if name.lower().startswith(f"{asked.lower()}."):
        return 5.0
    own, around = _words(name.rpartition(".")[2]), _words(member.signature)
    score = sum(2.0 * _near(word, own) + 0.5 * (word in around) for word in wanted)
    return score / (1 + 0.1 * len(own)) if score >= 1 else 0.0


def _near(word: str, words: frozenset[str]) -> float:
    return max((_likeness(word, other) for other in words), default=0.0)


def _likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    likeness = SequenceMatcher(None, word, other).ratio()
    return likeness if likeness >= _CLOSE_ENOUGH else 0.0


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text[:200]))


_MEMBERS = TypeAdapter(tuple[BotMember, ...])


@lru_cache(maxsize=1)
def bot_reference(node: Path) -> BotReference:
    """What there is, asked of the Node host once. Raises BridgeError when there is no host."""
    told = ask_host(node, "describe_bot")
    return BotReference(_MEMBERS.validate_python(told["members"]), tuple(told["events"]))
