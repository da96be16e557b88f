"""Making a program of Voyager's one of ours, by changes at the places its syntax tree names.

Covers: the parameter `bot` goes, for the bot is a global here; so do arguments for it in calls of
the program's own functions and of other skills; calls of primitives go through their adapters. What
nothing is known of stays as it is, for the linter to tell. A program of ours is not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from mc_server import GameData, NameUse, ProgramFacts, TopFunction
from voyager.exchange.adapters import ADAPTERS, HELPERS

_BOT = "bot"
_ROUNDS = 12
"""Calls in arguments of calls are adapted one round after the other."""
Reader = Callable[[str], ProgramFacts]


@dataclass(frozen=True)
class Rewritten:
    """The source as it may run here, and what was changed in it, a clause each."""

    source: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edit:
    """What comes in place of a part of the source."""

    start: int
    end: int
    text: str
    note: str = ""
    helper: str = ""


def rewrite(source: str, skills: Collection[str], reader: Reader, game_data: GameData) -> Rewritten:
    """The program for here. `skills` are names of skills of the same kind that it may call.

    A source that does not parse comes back as it is. Raises SourceTooLongError.
    """
    facts = reader(source)
    taken = [*_parameter_edits(facts)]
    without_bot = {function.name for function in facts.functions if _takes_bot(function)}
    notes: dict[str, None] = dict.fromkeys(edit.note for edit in taken)
    helpers: dict[str, None] = {}
    source = edited(source, taken)
    for _ in range(_ROUNDS):
        edits = [*_call_edits(source, reader(source), without_bot, skills, game_data)]
        if not edits:
            break
        source = edited(source, edits)
        notes |= dict.fromkeys(edit.note for edit in edits)
        helpers |= dict.fromkeys(edit.helper for edit in edits if edit.helper)
    # Behind, so that the lines above are those of the source as it came.
    added = "".join(f"\n\n{HELPERS[name]}" for name in helpers)
    return Rewritten(source.rstrip() + added if added else source, tuple(filter(None, notes)))


def _takes_bot(function: TopFunction) -> bool:
    return bool(function.parameters) and function.parameters[0].text == _BOT


def _parameter_edits(facts: ProgramFacts) -> Iterator[Edit]:
    for function in filter(_takes_bot, facts.functions):
        first, *rest = function.parameters
        end = rest[0].start if rest else first.end
        yield Edit(first.start, end, "", "bot is a global and no parameter")


def _call_edits(
    source: str,
    facts: ProgramFacts,
    without_bot: Collection[str],
    skills: Collection[str],
    game_data: GameData,
) -> Iterator[Edit]:
    """The outermost calls that are given the bot; what is in their arguments has its turn later."""
    units = _Units(source)
    end = -1
    for use in sorted(facts.uses, key=lambda use: (use.start, -use.end)):
        if use.start < end or not _is_given_bot(use):
            continue
        if use.is_own:
            edit = _bot_taken(use) if use.name in without_bot else None
        elif adapter := ADAPTERS.get(use.name):
            texts = tuple(units.cut(each.start, each.end) for each in use.arguments[1:])
            adapted = adapter(texts, use.arguments[1:], game_data)
            edit = Edit(
                use.start,
                use.end,
                f"{adapted.name}({', '.join(adapted.arguments)})",
                adapted.note,
                adapted.helper,
            )
        else:
            edit = _bot_taken(use) if use.name in skills else None
        if edit:
            end = use.end
            yield edit


def _is_given_bot(use: NameUse) -> bool:
    return (
        use.is_called
        and len(use.path) == 1
        and bool(use.arguments)
        and use.arguments[0].text == _BOT
    )


def _bot_taken(use: NameUse) -> Edit:
    first, *rest = use.arguments
    return Edit(first.start, rest[0].start if rest else first.end, "")


class _Units:
    """A text by units of UTF-16, in which places in a source are counted."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode("utf-16-le", "surrogatepass")

    def cut(self, start: int, end: int | None = None) -> str:
        last = None if end is None else end * 2
        return self._bytes[start * 2 : last].decode("utf-16-le", "replace")


def edited(source: str, edits: list[Edit]) -> str:
    units, kept, position = _Units(source), [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        kept += [units.cut(position, edit.start), edit.text]
        position = edit.end
    return "".join([*kept, units.cut(position)])
