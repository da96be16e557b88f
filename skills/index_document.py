"""What the search index knows of a skill: the text it is found by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from skills.skill import SkillStatus
from skills.stored_json import object_in

_WORD_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")
# The model sees 256 tokens: what comes first is sure to be seen.
_ITEMS_NAMED = 6
_NAMES_NAMED = 6
_GOALS_OF_ITEMS = ("inventory_has", "inventory_gained")


@dataclass(frozen=True)
class IndexDocument:
    """What the index knows of one skill."""

    name: str
    version: int
    status: SkillStatus
    text: str

    @property
    def id(self) -> str:
        """`name@version`."""
        return f"{self.name}@{self.version}"


def document_of(
    name: str,
    version: int,
    status: str,
    description: str,
    when_to_use: str,
    yields: Iterable[str] = (),
    other_names: Iterable[str] = (),
) -> IndexDocument:
    """The document of a skill: what it yields, its names, the description, when to use it.

    Named in words, what comes of a skill finds it better than all else: recall@1 .71 where name and
    description have .38, recall@5 .93 where these have .76 (60 skills that are described in a few
    words, 42 questions; see `tests/skills/test_ranking.py`).
    """
    gets = [*dict.fromkeys(in_words(item) for item in yields)][:_ITEMS_NAMED]
    names = [in_words(other) for other in other_names if other.strip()][:_NAMES_NAMED]
    parts = (
        f"get {', '.join(gets)}: {in_words(name)}" if gets else in_words(name),
        f"also called {', '.join(names)}" if names else "",
        description,
        when_to_use,
    )
    return IndexDocument(name, version, SkillStatus(status), "\n".join(filter(None, parts)))


def yields_of(goal: str | None, goal_name: str | None, learned: str | None) -> Iterator[str]:
    """The items that a skill was written for and those that it was seen to yield.

    `goal` and `goal_name` are its contract's type and name, `learned` the JSON of what its uses
    have taught. Of that nothing else is searched for: numbers say nothing about what a skill is
    for, and would change its text with every use.
    """
    if goal in _GOALS_OF_ITEMS and goal_name:
        yield goal_name
    contract = object_in(learned) or {}
    if isinstance(until := contract.get("until"), str) and until:
        yield until
    for field in ("yields", "sometimes"):
        items = contract.get(field)
        yield from items if isinstance(items, dict) else ()


def in_words(name: str) -> str:
    """A name of code or of the game as people write it: `mineIronOre`, `iron_ore`."""
    return _WORD_BOUNDARY.sub(" ", name).lower()
