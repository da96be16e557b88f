"""What the search index knows of a skill: the text it is found by."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from skills.skill import SkillStatus

_WORD_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")
# The model sees 256 tokens: what comes first is sure to be seen.
_ITEMS_NAMED = 6
_NAMES_NAMED = 6


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
    learned: str | None = None,
    other_names: Iterable[str] = (),
) -> IndexDocument:
    """The document of a skill: the name in words, other names, yields, description, when to use it.

    `learned` is the JSON of what was learned of it. Of that only what it yields is searched for:
    numbers say nothing about what a skill is for, and would change the text with every use.
    """
    names = [in_words(other) for other in other_names if other.strip()][:_NAMES_NAMED]
    gives = [*dict.fromkeys(in_words(item) for item in _yields(learned))][:_ITEMS_NAMED]
    parts = (
        in_words(name),
        f"also called {', '.join(names)}" if names else "",
        f"gives {', '.join(gives)}" if gives else "",
        description,
        when_to_use,
    )
    return IndexDocument(name, version, SkillStatus(status), "\n".join(filter(None, parts)))


def in_words(name: str) -> str:
    """A name of code or of the game as people write it: `mineIronOre`, `iron_ore`."""
    return _WORD_BOUNDARY.sub(" ", name).lower()


def _yields(learned: str | None) -> Iterator[str]:
    contract = json.loads(learned) if learned else {}
    if until := contract.get("until"):
        yield until
    yield from contract.get("yields", ())
    yield from contract.get("sometimes", ())
