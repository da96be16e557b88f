"""Goals in words that a predicate could state.

Covers: finding names of items and blocks in a text, and telling "have three iron ingots" from "the
house has a roof". Not covered: judging.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from curriculum.errors import GoalError
from mc_server import GameData

LONGEST_NAME = 5
"""Words in the longest names that are looked for."""
_BETWEEN = 4
"""Words that may stand between a verb and what it is about: "get at least 3 oak logs"."""
_HAVE = "have has having get gets got obtain acquire own owns carry carries collect collected"
_HAVE += " gather gathered possess hold holds craft crafted make made smelt smelted"
_VERBS = {
    **dict.fromkeys(_HAVE.split(), "inventory_has"),
    **dict.fromkeys(["mine", "mined", "dig", "break", "broken", "chop", "chopped"], "mined"),
    **dict.fromkeys(["place", "placed"], "placed"),
    **dict.fromkeys(["kill", "killed", "slay", "hunt", "hunted"], "killed"),
    **dict.fromkeys(["eat", "eaten", "ate", "consume"], "ate"),
    **dict.fromkeys(["equip", "equipped", "wear", "wears", "wearing", "wield"], "equipped"),
    **dict.fromkeys(["store", "stored", "deposit", "deposited"], "stored"),
}
_WORD = re.compile(r"[a-z0-9_]+")


def refuse_what_a_predicate_states(text: str, game_data: GameData) -> None:
    """Raises GoalError for a text that only says to have, make, mine or kill something."""
    words = _WORD.findall(text.lower()[:2000])
    known = frozenset(game_data.items) | frozenset(game_data.entity_drops)
    for place, name in _places(words, known):
        before = words[max(0, place - _BETWEEN) : place]
        verb = next((word for word in reversed(before) if word in _VERBS), None)
        if verb is None or (_VERBS[verb] != "killed" and name not in game_data.items):
            continue
        raise GoalError(
            f"A `judged` goal is only for what no predicate can state; {verb!r} and {name!r} are"
            f' stated by {{"type": "{_VERBS[verb]}", "name": "{name}", ...}}.'
        )


def names_in(text: str, known: Collection[str], limit: int = 8) -> tuple[str, ...]:
    """The names that a text speaks of, "iron pickaxes" as iron_pickaxe, in order."""
    words = _WORD.findall(text.lower()[:2000])
    return tuple(dict.fromkeys(name for _, name in _places(words, known)))[:limit]


def _places(words: list[str], known: Collection[str]) -> list[tuple[int, str]]:
    """Where in the words a name begins, the longest name there; none inside another."""
    found: list[tuple[int, str]] = []
    index = 0
    while index < len(words):
        for length in range(min(LONGEST_NAME, len(words) - index), 0, -1):
            name = _known("_".join(words[index : index + length]), frozenset(known))
            if name:
                found.append((index, name))
                index += length - 1
                break
        index += 1
    return found


@lru_cache(maxsize=4096)
def _known(name: str, known: frozenset[str]) -> str | None:
    for tried in (name, name.removesuffix("s"), name.removesuffix("es")):
        if tried in known:
            return tried
    return None
