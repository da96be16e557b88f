"""The function of a program that is started, and what is written above it.

Covers finding it, taking out what starts it by itself, and its names, comment and parameters. Not
covered: what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum import Goal, goal_to_json
from mc_server import ProgramFacts, TopFunction
from voyager.writers.checks.program_vocabulary import Problem, Vocabulary

_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_WHEN = re.compile(r"(use|when)\b", re.I)


def entry_of(facts: ProgramFacts) -> TopFunction | None:
    """The last async function at the top that no other function there uses."""
    candidates = [one for one in facts.functions if one.is_async and not one.is_generator]
    used = {name for function in facts.functions for name in function.uses}
    free = [function for function in candidates if function.name not in used]
    return next(reversed(free or candidates), None)


def no_entry(facts: ProgramFacts) -> str:
    """Why there is nothing to start."""
    written = "`async function nameOfTheTask () { ... }`"
    constant = next((one.name for one in facts.variables if one.is_function), None)
    if constant is not None:
        return (
            f"There is no async function at the top level: `{constant}` is a variable; define it as"
            f" {written.replace('nameOfTheTask', constant)}."
        )
    return f"There is no async function at the top level; define the program as {written}."


def without_starts(source: str, facts: ProgramFacts, entry: TopFunction) -> str:
    """The source without statements that start the program themselves: the agent does that."""
    kept, position = [], 0
    for start in facts.starts:
        if entry.name in start.uses:
            kept.append(source[position : start.start])
            position = start.end
    return "".join([*kept, source[position:]]).strip()


def entry_problems(entry: TopFunction, vocabulary: Vocabulary) -> Iterator[Problem]:
    """What of its name and parameters would not do."""
    line, name = entry.line, entry.name
    if not _NAME.fullmatch(name):
        yield Problem(line, f"Name the function in camelCase, not `{name}`.")
    if name in vocabulary.names:
        yield Problem(
            line, f"`{name}` is there already; call it, or give your function another name."
        )
    elif name not in vocabulary.rewritable and vocabulary.is_taken(name):
        yield Problem(line, f"`{name}` is another skill's name; give your function one of its own.")
    if entry.parameters and entry.parameters[0].name == "bot":
        yield Problem(line, f"`bot` is a global; take it out of the parameters of `{name}`.")
        return
    bare = [one.text for one in entry.parameters if one.default is None and not one.is_rest]
    if bare:
        yield Problem(
            line, f"`{name}` is called without arguments: give {', '.join(bare)} a default value."
        )


def described(entry: TopFunction) -> tuple[str, str]:
    """What the comment above the entry says the program does, and when to use it."""
    does: list[str] = []
    when: list[str] = []
    for line in entry.comment.splitlines():
        text = line.strip().strip("/*").strip()
        part = when if when or _WHEN.match(text) else does
        part.append(text)
    return " ".join(filter(None, does)), " ".join(filter(None, when))


def counted(entry: TopFunction, goal: Goal) -> dict[str, str]:
    """`count`, where its default is the count that the goal asks for."""
    wanted = goal_to_json(goal).get("count")
    defaults = {one.name: one.default for one in entry.parameters}
    is_goal_s = wanted is not None and defaults.get("count") == str(wanted)
    return {"count": "count"} if is_goal_s else {}
