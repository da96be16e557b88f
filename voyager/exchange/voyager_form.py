"""A skill of ours written as Voyager would have it: with the bot as the first of every argument.

Covers calls of other skills and of the primitives that Voyager has too. What only we have (`goTo`,
`countItem`, `equip`, ...) stays as it is: Voyager loads the skill, and has to be given those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from mc_server import NameUse, ProgramFacts, SourceTooLongError
from voyager.exchange.rewriting import Edit, Reader, edited

_NAMES = {
    "mineBlock": "mineBlock",
    "craftItem": "craftItem",
    "placeItem": "placeItem",
    "killMob": "killMob",
    "smeltItem": "smeltItem",
    "withdraw": "getItemFromChest",
    "deposit": "depositItemIntoChest",
    "openChest": "checkItemInsideChest",
}


def for_voyager(source: str, skills: Collection[str], reader: Reader) -> str:
    """The source for Voyager; one that cannot be read as it is."""
    try:
        facts = reader(source)
    except SourceTooLongError:
        return source
    if facts.fault is not None:
        return source
    taking = {one.name for one in facts.functions if one.is_async}
    source = edited(source, [*_parameters(source, facts, taking)])
    facts = reader(source)
    return edited(source, [*_calls(facts, taking, skills)]) if facts.fault is None else source


def _parameters(source: str, facts: ProgramFacts, taking: Collection[str]) -> Iterator[Edit]:
    for function in facts.functions:
        if function.name not in taking:
            continue
        if function.parameters:
            start = function.parameters[0].start
            yield Edit(start, start, "bot, ")
        elif match := re.compile(r"async\s+function\s+[\w$]+\s*\(").match(source, function.start):
            yield Edit(match.end(), match.end(), "bot")


def _calls(facts: ProgramFacts, own: Collection[str], skills: Collection[str]) -> Iterator[Edit]:
    for use in facts.uses:
        if not use.is_called or len(use.path) > 1:
            continue
        if use.is_own:
            if use.name in own:
                yield from _given_bot(use, use.name)
        elif use.name in skills or use.name in _NAMES:
            yield from _given_bot(use, _NAMES.get(use.name, use.name))


def _given_bot(use: NameUse, name: str) -> Iterator[Edit]:
    """Changes that do not overlap with those of calls in the arguments."""
    end_of_name = use.start + len(use.name)
    yield Edit(use.start, end_of_name, name)
    given = use.arguments
    if not given:
        yield Edit(use.end - 1, use.end - 1, "bot")
        return
    yield Edit(given[0].start, given[0].start, "bot, ")
    rest = given[1:]
    if rest and name in _OTHERWISE and not any("(" in each.text for each in rest):
        yield Edit(given[0].end, rest[-1].end, _OTHERWISE[name](*(each.text for each in rest)))


def _fuel_first(count: str, fuel: str = '"coal"') -> str:
    return f", {fuel}, {count}"


def _no_count(*_: str) -> str:
    return ""


_OTHERWISE: Mapping[str, Callable[..., str]] = {"smeltItem": _fuel_first, "killMob": _no_count}
"""What stands behind the first argument, where Voyager's primitive takes something else there."""
