"""Rules about the bot itself: members that it lacks, goals, vectors, events, what is sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mc_server import BotMember, NameUse, ProgramFacts
from voyager.writers.checks.call_signatures import read_signature
from voyager.writers.checks.program_names import FORBIDDEN_OF_BOT
from voyager.writers.checks.program_vocabulary import Problem, Vocabulary, did_you_mean, near

_OWNERS = {
    ("bot",): "bot",
    ("bot", "pathfinder"): "bot.pathfinder",
    ("bot", "inventory"): "window",
    ("bot", "currentWindow"): "window",
    ("bot", "entity"): "entity",
    ("bot", "entity", "position"): "Vec3",
    ("bot", "heldItem"): "item",
    ("goals",): "goals",
    ("mcData",): "mcData",
}
LONGEST_OWNER = max(map(len, _OWNERS))
_WHOLE = frozenset(["bot", "bot.pathfinder", "goals", "mcData"])
"""Owners of which everything is listed; of others the methods are."""
_OF_ALL = frozenset(["toString", "toJSON", "hasOwnProperty", "valueOf", "Goal"])
_TEXTS = {"bot.chat": 0, "bot.whisper": 1, "bot.updateSign": 1}
_BLOCK_OPTIONS = {"bot.findBlock": "matching", "bot.findBlocks": "matching"}
"""What these find blocks by: their numbers, or a function of the block."""
_LISTENING = re.compile(r"bot\.(?:on|once|addListener|prepend\w*Listener)")
_NAMED_EVENT = re.compile(r"blockUpdate:\(|chat:\w|updateSlot:\d")
_THINGS = frozenset(["Block", "Item", "Entity", "Vec3", "Recipe", "Window"])


def unknown_members(facts: ProgramFacts, _: Vocabulary) -> Iterator[Problem]:
    """What the bot, the path finder, the goals or the data do not have, and fields called."""
    seen = set()
    for use in facts.uses:
        for length in range(1, min(len(use.path), LONGEST_OWNER + 1)):
            owner = _OWNERS.get(use.path[:length])
            is_last = length == len(use.path) - 1
            if owner is None or use.path[: length + 1] in seen:
                continue
            seen.add(use.path[: length + 1])
            if sentence := _member_problem(use, owner, use.path[length], is_last, facts):
                yield Problem(use.line, f"Line {use.line} {sentence}")
                break


def _member_problem(use: NameUse, owner: str, name: str, is_last: bool, facts: ProgramFacts) -> str:
    written = f"{'.'.join(use.path[: use.path.index(name)])}.{name}"
    if owner == "bot" and name in FORBIDDEN_OF_BOT:
        return f"uses `{written}`: {FORBIDDEN_OF_BOT[name]}."
    member = facts.bot.members.get(f"{owner}.{name}")
    is_called = is_last and (use.is_called or use.is_made)
    if member is not None:
        is_field = is_called and not member.is_method and not use.is_made
        # Of what is not declared it is not known whether it is a function.
        if is_field and member.gives and owner == "bot":
            return f"calls `{written}`, which is no function: {member.signature}."
        return ""
    is_question = is_last and use.fate == "asked" and not is_called
    is_world = written == "bot.world" and is_last and use.fate == "passed"
    if name in _OF_ALL or is_question or is_world or use.is_optional:
        return ""
    if owner not in _WHOLE and not is_called:
        return ""
    told = written.rpartition(".")[0]
    return f"uses `{written}`, which a program does not have{_near(name, owner, told, facts)}"


def _near(name: str, owner: str, told: str, facts: ProgramFacts) -> str:
    otherwise = "; use the primitives." if owner == "bot" else "."
    close = [f"`{told}.{each}`" for each in near(name, facts.bot.names_of(owner))]
    return f"; did you mean {' or '.join(close)}?" if close else otherwise


def wrong_members(facts: ProgramFacts, _: Vocabulary) -> Iterator[Problem]:
    """Calls of members and makings of goals that cannot go well, and writing where one may read."""
    for use in facts.uses:
        if use.path[0] == "bot" and len(use.path) == 2 and use.is_written and not use.is_optional:
            yield Problem(use.line, f"Line {use.line} changes `{use.name}`: it can only be read.")
            continue
        member = facts.bot.members.get(_dotted(use, facts))
        if use.path == ("Vec3",):
            yield from _vector(use)
        elif member is not None and (use.is_called or use.is_made):
            yield from _call_of_member(use, member)


def _dotted(use: NameUse, facts: ProgramFacts) -> str:
    """Goals are globals too."""
    goal = f"goals.{use.name}"
    return goal if goal in facts.bot.members else use.name


def _call_of_member(use: NameUse, member: BotMember) -> Iterator[Problem]:
    line, given = use.line, use.arguments
    is_goal = member.name.startswith("goals.")
    if is_goal and not use.is_made:
        yield Problem(line, f"Line {line} calls `{use.name}` without `new`: {member.signature}.")
        return
    if any(argument.kind == "spread" for argument in given):
        return
    # Of a method much is left out that its declaration asks for; goals are taken at their word.
    needed = (member.needed or 0) if is_goal else min(member.needed or 0, 1)
    too_many = is_goal and member.most is not None and len(given) > member.most
    if len(given) < needed or too_many:
        many = f"{len(given)} argument{'' if len(given) == 1 else 's'}"
        yield Problem(line, f"Line {line} gives `{use.name}` {many}: it is {member.signature}.")
        return
    option = _BLOCK_OPTIONS.get(use.name)
    if option is not None and given[0].kind == "object" and option in given[0].texts:
        yield Problem(
            line,
            f"Line {line}: `{use.name}` takes a block's number or a function as `{option}`, and"
            f" finds nothing by a name: {option}: block => block.name === 'oak_log'.",
        )
    parameters = read_signature(member.signature.removeprefix("new ")).parameters
    for parameter, argument in zip(parameters, given, strict=False):
        kinds = {kind.strip() for kind in parameter.type.split("|")} - {"null", "undefined"}
        is_number = argument.kind == "number"
        if argument.kind not in ("string", "template", "number"):
            continue
        if not kinds & _THINGS and (is_number or kinds != {"number"}):
            continue
        if kinds <= _THINGS | {"number"} and not (is_number and "number" in kinds):
            yield Problem(
                line,
                f"Line {line}: `{use.name}` takes {' or '.join(sorted(kinds))} as"
                f" `{parameter.name}`, not {argument.text[:60]}.",
            )


def _vector(use: NameUse) -> Iterator[Problem]:
    count = len(use.arguments)
    has_spread = any(argument.kind == "spread" for argument in use.arguments)
    if use.is_called:
        yield Problem(use.line, f"Line {use.line} calls `Vec3` without `new`: new Vec3(x, y, z).")
    elif use.is_made and count != 3 and not has_spread:
        yield Problem(
            use.line, f"Line {use.line} gives `Vec3` {count} of three numbers: new Vec3(x, y, z)."
        )


def commands_sent(facts: ProgramFacts, _: Vocabulary) -> Iterator[Problem]:
    """Texts that would be commands of the server."""
    for use in facts.uses:
        place = _TEXTS.get(use.name)
        if place is None or not use.is_called or len(use.arguments) <= place:
            continue
        argument = use.arguments[place]
        if argument.kind in ("string", "template") and _is_command(str(argument.value)):
            yield Problem(
                use.line,
                f"Line {use.line} sends a command of the server ({argument.text[:40]}): those are"
                " refused; do it as a player does, with the primitives.",
            )


def _is_command(text: str) -> bool:
    """Whether a line of it begins with a slash, with nothing before it that can be seen."""
    for line in text.split("\n"):
        seen = (one for one in line if unicodedata.category(one)[0] not in "CZ")
        if next(seen, "") == "/":
            return True
    return False


def unknown_events(facts: ProgramFacts, _: Vocabulary) -> Iterator[Problem]:
    """Events of the bot that never come."""
    for use in facts.uses:
        if not use.is_called or not _LISTENING.fullmatch(use.name) or not use.arguments:
            continue
        event = use.arguments[0]
        if event.kind != "string" or _NAMED_EVENT.match(str(event.value)) or use.is_optional:
            continue
        if event.value not in facts.bot.events:
            advice = did_you_mean(str(event.value), facts.bot.events)
            yield Problem(
                use.line, f"Line {use.line} waits for the event '{event.value}', unknown{advice}"
            )
