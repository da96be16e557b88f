"""The goal that a skill without one claims to reach, so that running it can be judged.

Covers three sources, the first that there is counts: a tag `@goal` in the comment above the
function, as JSON or in words (`gain 3 oak_log`); the skill's name (`mineThreeCoalOres`,
`craftStonePickaxe`); the last thing that its program makes, mines or kills. Where none tells, what
running it changed has to (`judging.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curriculum import (
    Goal,
    GoalError,
    UnknownItemError,
    goal_to_json,
    members,
    parse_goal,
    validate_names,
)
from mc_server import GameData, NameUse, ProgramFacts
from voyager.exchange.adapters import PLACE_HELPER

_TAG = re.compile(r"@goal\s+(.+?)(?=\n[\s*]*@|\n\s*\n|\Z)", re.S)
_IN_WORDS = re.compile(
    r"(?P<verb>have|gain|mine|kill|place|store|eat|equip)\s+"
    r"(?:(?P<count>\d{1,4})\s+)?(?P<name>[\w: ]+)",
    re.I,
)


def _of_words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[A-Z]?[a-z]+|\d+|[A-Z]+(?![a-z])")
_TYPES = {
    "have": "inventory_has",
    "gain": "inventory_gained",
    "mine": "mined",
    "kill": "killed",
    "place": "placed",
    "store": "stored",
    "eat": "ate",
    "equip": "equipped",
}
_GAINING = _of_words(
    "craft make mine collect gather obtain get smelt cook chop dig harvest fetch bake burn withdraw"
    " take pick cut acquire"
)
_SMELTING = _of_words("smelt cook bake burn")
_KILLING = _of_words("kill hunt slay fight defeat")
_PLACING = _of_words("place put set build")
_STORING = _of_words("deposit store stash")
_EATING = _of_words("eat consume")
_EQUIPPING = _of_words("equip wear hold wield")
_COUNTING = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: number for number, word in enumerate(_COUNTING.split(" "), start=1)}
_FILLING = _of_words("the some more new my basic simple of nearby")
_BEGINNING_AGAIN = frozenset(["and", "into", "then"])
_ENDING = _of_words("from with using near at for in to by if when")
"""After these words of a name another thing is named, and how it comes about."""


@dataclass(frozen=True)
class ClaimedGoal:
    """A goal and where it comes from, in words."""

    goal: Goal
    origin: str


class GoalTagError(ValueError):
    """The tag `@goal` does not hold a goal; the message is a sentence."""


def claimed_goal(
    name: str, comment: str, facts: ProgramFacts, game_data: GameData
) -> ClaimedGoal | None:
    """What the skill is to reach, None where nothing tells. Raises GoalTagError."""
    if tag := _TAG.search(comment):
        return ClaimedGoal(_tagged(_without_stars(tag[1]), game_data), "its @goal")
    said, done = _by_name(name, game_data), _by_program(facts.uses, game_data)
    if said:
        return ClaimedGoal(_narrower(said, done), "its name")
    return ClaimedGoal(done, "what it calls") if done else None


def _narrower(said: Goal, done: Goal | None) -> Goal:
    """Of a family in a name (`table`) the kind that the program goes for."""
    family, kind = (goal_to_json(goal) if goal else {} for goal in (said, done))
    is_kind = str(kind.get("name", "")).endswith(f"_{family.get('name')}")
    if not is_kind or kind.get("type") != family.get("type"):
        return said
    return parse_goal({**family, "name": kind["name"]})


def _without_stars(text: str) -> str:
    return " ".join(line.strip().strip("*").strip() for line in text.splitlines()).strip()


def _tagged(text: str, game_data: GameData) -> Goal:
    try:
        goal = parse_goal(text) if text.startswith("{") else _in_words(text)
        validate_names(goal, game_data)
    except (GoalError, UnknownItemError) as error:
        raise GoalTagError(f"Its @goal is none: {error}") from error
    return goal


def _in_words(text: str) -> Goal:
    match = _IN_WORDS.fullmatch(text.strip().rstrip("."))
    if match is None:
        raise GoalError(
            f"'{text[:60]}' says nothing; write JSON, or a verb, a count and a name, like"
            " gain 3 oak_log (have, gain, mine, kill, place, store, eat, equip)."
        )
    return _goal(_TYPES[match["verb"].lower()], match["name"], int(match["count"] or 1))


def _goal(type_: str, name: str, count: int) -> Goal:
    counted = {} if type_ in ("ate", "equipped") else {"count": count}
    return parse_goal({"type": type_, "name": name, **counted})


def _by_name(name: str, game_data: GameData) -> Goal | None:
    # A name may be without a word: `_`.
    verb, *rest = [word.lower() for word in _WORD.findall(name)] or [""]
    said = _said(rest)
    counts = [_count(word) for word in said if _count(word)]
    words = _meant([word for word in said if not _count(word)])
    count = counts[0] if counts else 1
    if verb in _KILLING:
        mob = _longest(words, frozenset(game_data.entity_drops))
        return _goal("killed", mob, count) if mob else None
    blocks = frozenset(game_data.blocks)
    for verbs, type_, known in (
        (_PLACING, "placed", blocks),
        (_STORING, "stored", game_data.items),
        (_EATING, "ate", frozenset(game_data.food_points)),
    ):
        if verb in verbs:
            thing = _longest(words, known)
            return _goal(type_, thing, count) if thing else None
    if verb in _EQUIPPING:
        thing = _longest(words, game_data.items)
        return _goal("equipped", thing, 1) if thing and not _is_armour(thing) else None
    if verb not in _GAINING:
        return None
    thing = _longest(words, game_data.items | blocks)
    gained = _gained(verb, thing, game_data) if thing else None
    return _goal("inventory_gained", gained, count) if gained else None


def _said(words: Sequence[str]) -> list[str]:
    """The words about the last thing that is named."""
    said: list[str] = []
    for word in words:
        if word in _ENDING:
            break
        if word in _BEGINNING_AGAIN:
            said = []
        elif word not in _FILLING:
            said.append(word)
    return said


def _meant(words: Sequence[str]) -> list[str]:
    """Wood is what logs are of, in a name; `oak_wood` would be a block of its own."""
    if words and words[-1] == "wood":
        return [*words[:-1], "log"]
    has_log = any(word in ("log", "logs") for word in words)
    return [word for word in words if word != "wood" or not has_log]


def _count(word: str) -> int:
    return int(word) if word.isdigit() and len(word) < 5 else _NUMBERS.get(word, 0)


def _is_armour(name: str) -> bool:
    return name.endswith(("helmet", "chestplate", "leggings", "boots", "shield", "armor"))


def _longest(words: Sequence[str], known: frozenset[str]) -> str | None:
    """The longest run of words that is a name or a family, singular if need be; the last such."""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length, -1, -1):
            for name in _singulars("_".join(words[start : start + length])):
                if members(name, known):
                    return name
    return None


def _singulars(name: str) -> Iterator[str]:
    yield name
    for ending, instead in (("s", ""), ("es", ""), ("ves", "f"), ("ies", "y")):
        if name.endswith(ending):
            yield name.removesuffix(ending) + instead


def _gained(verb: str, name: str, game_data: GameData) -> str | None:
    """What is carried after it was mined, smelted or made."""
    kinds = members(name, game_data.items | frozenset(game_data.blocks))
    if verb in _SMELTING:
        is_output = name in game_data.smelting
        return name if is_output else next(_smelted(kinds, game_data), None)
    block = game_data.blocks.get(kinds[0])
    if verb in ("craft", "make") or name in game_data.recipes or block is None or len(kinds) > 1:
        return name
    return block.drops[0] if block.drops else None


def _smelted(inputs: Sequence[str], game_data: GameData) -> Iterator[str]:
    """What smelting any of these gives."""
    for output, known in sorted(game_data.smelting.items()):
        if {*inputs} & {*known}:
            yield output


def _by_program(uses: Sequence[NameUse], game_data: GameData) -> Goal | None:
    for use in sorted(uses, key=lambda use: -use.start):
        if not use.is_called or len(use.path) > 1 or not use.arguments:
            continue
        first = use.arguments[0]
        text = str(first.value) if first.kind == "string" else ""
        if goal := _of_call(use.name, text, game_data):
            return goal
    return None


def _of_call(called: str, name: str, game_data: GameData) -> Goal | None:
    if called == "craftItem" and members(name, game_data.items):
        return _goal("inventory_gained", name, 1)
    if called == "killMob" and name in game_data.entity_drops:
        return _goal("killed", name, 1)
    if called == "mineBlock" and members(name, frozenset(game_data.blocks)):
        gained = _gained("mine", name, game_data)
        return _goal("inventory_gained", gained, 1) if gained else _goal("mined", name, 1)
    if called == "smeltItem":
        output = next(_smelted([name], game_data), None)
        return _goal("inventory_gained", output, 1) if output else None
    if called == "eat":
        return _goal("ate", name, 1) if name in game_data.food_points else None
    if called in ("placeItem", PLACE_HELPER) and name in game_data.blocks:
        return _goal("placed", name, 1)
    return None
