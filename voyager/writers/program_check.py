"""Looking over a program a language model wrote, before anything runs.

Covers: is there one async function to start, are all names it calls and all items it names known,
is nothing asked for that a program does not have. Each problem is a sentence for the model to act
on. Not covered: syntax and confinement, which are the sandbox's, and whether it works.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from curriculum import Goal, close_names, goal_to_json, members
from mc_server import GameData
from skills import PrimitiveReference, Skill, calls_in
from voyager.writers.javascript_text import (
    Call,
    Function,
    UnfinishedCodeError,
    calls,
    closing,
    code_only,
    line_at,
    split_list,
    top_level_functions,
)
from voyager.writers.program_names import (
    FORBIDDEN,
    FORBIDDEN_OF_BOT,
    GAME_GLOBALS,
    KEYWORDS,
    LANGUAGE_GLOBALS,
    MODULES,
    THERE,
)

SOURCE_CHARACTERS = 20_000
_OPERATORS = "(,=+-*/&|?:[!<>.%~^"
_LITERAL_NAME = re.compile(r"(['\"`])([a-z0-9_]+)\1")
_REQUIRE = re.compile(r"(?<![\w$.])require(?![\w$])(?:\s*\(\s*(['\"`])([^'\"`\n]*)\1\s*\))?")
_LAST_WORD = re.compile(r"[A-Za-z_$][\w$]*\Z")


@dataclass(frozen=True)
class Vocabulary:
    """What a program may call, and the version's names."""

    primitives: Sequence[PrimitiveReference]
    skills: Sequence[Skill]
    game_data: GameData

    @property
    def awaited(self) -> frozenset[str]:
        """Names whose calls take time."""
        slow = {primitive.name for primitive in self.primitives if primitive.is_async}
        return frozenset(slow | {skill.name for skill in self.skills})

    @property
    def names(self) -> frozenset[str]:
        """Every primitive and skill."""
        return self.awaited | {primitive.name for primitive in self.primitives}

    @property
    def takes_names(self) -> frozenset[str]:
        """Primitives whose first argument names items or blocks (mobs, where they are known)."""
        return frozenset(
            primitive.name
            for primitive in self.primitives
            if re.match(r"\w+\s*\((?:\w*[nN]ames?|input)\b", primitive.signature)
            and ("Mob" not in primitive.name or self.game_data.entity_drops)
        )


@dataclass(frozen=True)
class CheckedProgram:
    """What was found out about a program that may run."""

    source: str
    entry: str
    calls: tuple[str, ...]
    description: str
    when_to_use: str
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class MissingHelper:
    """A function that a program calls and nobody has written.

    `line` is where it is first called; `parameters` are names that fit the arguments there, and
    `awaited` says whether that call is.
    """

    name: str
    line: int
    parameters: tuple[str, ...] = ()
    awaited: bool = True


class ProgramProblemError(ValueError):
    """The program should not be run; the message names every problem found.

    `missing_helpers` are functions that could be written, when nothing else is wrong with it.
    """

    def __init__(self, message: str, missing_helpers: tuple[MissingHelper, ...] = ()) -> None:
        super().__init__(message)
        self.missing_helpers = missing_helpers


def check_program(source: str, goal: Goal, vocabulary: Vocabulary) -> CheckedProgram:
    """What the program is. Raises ProgramProblemError with sentences for its writer."""
    if len(source) > SOURCE_CHARACTERS:
        raise ProgramProblemError(
            f"The program has {len(source)} characters; keep it below {SOURCE_CHARACTERS}."
        )
    code, functions = _read(source)
    source = _without_start(source, code, functions, _entry(functions, code))
    code, functions = _read(source)
    entry = _entry(functions, code)
    problems = [
        *_forbidden(source, code),
        *_entry_problems(entry, vocabulary),
        *_unknown_calls(source, code, functions, vocabulary),
        *_not_awaited(source, code, vocabulary),
        *_unknown_names(source, code, vocabulary),
    ]
    if problems:
        raise ProgramProblemError(" ".join(problems))
    description, when_to_use = _header(source, entry)
    return CheckedProgram(
        source=source,
        entry=entry.name,
        calls=calls_in(source, vocabulary.names),
        description=description,
        when_to_use=when_to_use,
        parameters=_parameters(entry, goal),
    )


def _read(source: str) -> tuple[str, tuple[Function, ...]]:
    try:
        code = code_only(source)
        return code, top_level_functions(source, code)
    except UnfinishedCodeError as error:
        raise ProgramProblemError(
            f"The code is cut off or its brackets do not match: {error}."
        ) from error


def _entry(functions: Sequence[Function], code: str) -> Function:
    """The last async function at the top that no other function there calls."""
    candidates = [function for function in functions if function.is_async]
    if not candidates:
        raise ProgramProblemError(
            "There is no async function at the top level; define the program as"
            " `async function nameOfTheTask () { ... }`."
        )
    for function in reversed(candidates):
        others = [f for f in functions if f is not function]
        if not any(c.name == function.name for f in others for c in calls(code[f.start : f.end])):
            return function
    return candidates[-1]


def _without_start(source: str, code: str, functions: Sequence[Function], entry: Function) -> str:
    """The source without lines that start the program themselves: the agent does that."""
    start_line = re.compile(rf"^[ \t]*(?:await[ \t]+)?{re.escape(entry.name)}[ \t]*\([^\n]*$", re.M)
    kept, position = [], 0
    for match in start_line.finditer(code):
        if not any(f.start <= match.start() < f.end for f in functions):
            kept.append(source[position : match.start()])
            position = match.end()
    return "".join([*kept, source[position:]]).strip()


def _forbidden(source: str, code: str) -> list[str]:
    problems = []
    for word, why in FORBIDDEN.items():
        if match := re.search(rf"(?<![\w$.]){word}(?![\w$])", code):
            line = line_at(source, match.start())
            problems.append(f"Line {line} uses `{word}`: {why}.")
    for member, why in FORBIDDEN_OF_BOT.items():
        if match := re.search(rf"(?<![\w$.])bot\s*\.\s*{member}(?![\w$])", code):
            problems.append(f"Line {line_at(source, match.start())} uses `bot.{member}`: {why}.")
    return problems + _required(source, code)


def _required(source: str, code: str) -> list[str]:
    """Modules that are not there; code has the places, and source the names."""
    places = (match.start() for match in _REQUIRE.finditer(code))
    wanted = [(place, match[2]) for place in places if (match := _REQUIRE.match(source, place))]
    unknown = [
        f"Line {line_at(source, place)} requires {name or 'what is not a name'}"
        for place, name in wanted
        if name not in MODULES
    ]
    known = f"`require` knows {', '.join(MODULES)} and nothing else; {THERE}."
    return [f"{'; '.join(unknown)}: {known}"] if unknown else []


def _entry_problems(entry: Function, vocabulary: Vocabulary) -> list[str]:
    problems = []
    if not re.fullmatch(r"[a-z][A-Za-z0-9]*", entry.name):
        problems.append(f"Name the function in camelCase, not `{entry.name}`.")
    if entry.name in vocabulary.names:
        problems.append(
            f"`{entry.name}` is there already; call it, or give your function another name."
        )
    if entry.parameters and re.match(r"bot\b", entry.parameters[0]):
        problems.append(f"`bot` is a global; take it out of the parameters of `{entry.name}`.")
    elif bare := [p for p in entry.parameters if "=" not in p and not p.startswith("...")]:
        problems.append(
            f"`{entry.name}` is called without arguments: give {', '.join(bare)} a default value."
        )
    return problems


def _unknown_calls(
    source: str, code: str, functions: Sequence[Function], vocabulary: Vocabulary
) -> list[str]:
    known = vocabulary.names | KEYWORDS | LANGUAGE_GLOBALS | GAME_GLOBALS | set(FORBIDDEN)
    known |= {function.name for function in functions}
    problems = []
    unknown = {call.name: call for call in reversed(calls(code)) if call.name not in known}
    for name, call in sorted(unknown.items(), key=lambda item: item[1].start):
        # A name that also stands somewhere uncalled was bound there: a parameter, a constant.
        if re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])(?!\s*\()", code):
            continue
        if re.search(rf"function\s*\*?\s*{re.escape(name)}\s*\(", code):
            continue
        if _is_method(code, call):
            continue
        close = close_names(name, vocabulary.names)
        advice = f"did you mean {' or '.join(close)}?" if close else "write it or do without it."
        problems.append(f"Line {line_at(source, call.start)} calls `{name}`, unknown: {advice}")
    return problems


def _is_method(code: str, call: Call) -> bool:
    """Whether this defines a method of a class or an object, as what a block follows does."""
    return code[closing(code, call.arguments) + 1 :].lstrip().startswith("{")


def _not_awaited(source: str, code: str, vocabulary: Vocabulary) -> list[str]:
    awaited = vocabulary.awaited
    return [
        f"Line {line_at(source, call.start)} calls `{call.name}` without `await`."
        for call in calls(code)
        if call.name in awaited and _begins_statement(code, call)
    ]


def _begins_statement(code: str, call: Call) -> bool:
    before = code[: call.start].rstrip()
    gap = code[len(before) : call.start]
    word = _LAST_WORD.search(before)
    if word:
        return "\n" in gap and word[0] not in KEYWORDS
    if not before or before[-1] in ";{})":
        return True
    return "\n" in gap and before[-1] not in _OPERATORS


def _unknown_names(source: str, code: str, vocabulary: Vocabulary) -> list[str]:
    data = vocabulary.game_data
    known: Collection[str] = data.items | frozenset(data.blocks) | frozenset(data.entity_drops)
    takes_names = vocabulary.takes_names
    problems = []
    for call in calls(code):
        if call.name not in takes_names:
            continue
        for name in _literal_names(source, code, call):
            if not members(name, known):
                close = close_names(name, known)
                advice = f"; did you mean {' or '.join(close)}?" if close else "."
                line = line_at(source, call.start)
                problems.append(f"Line {line}: Minecraft {data.version} has no '{name}'{advice}")
    return problems


def _literal_names(source: str, code: str, call: Call) -> list[str]:
    """The names written out in the first argument: a string or a list of strings."""
    arguments = split_list(source, code, call.arguments)
    first = arguments[0] if arguments else ""
    if whole := _LITERAL_NAME.fullmatch(first):
        return [whole[2]]
    if first.startswith("[") and first.endswith("]"):
        return [match[2] for match in _LITERAL_NAME.finditer(first)]
    return []


def _header(source: str, entry: Function) -> tuple[str, str]:
    """What the comment above the entry says the program does, and when to use it."""
    comment = re.search(
        r"(?:^[ \t]*//[^\n]*\n)+\Z|/\*(?:(?!\*/).)*\*/\s*\Z", source[: entry.start], re.M | re.S
    )
    if comment is None:
        return "", ""
    lines = [line.strip().strip("/*").strip() for line in comment[0].splitlines()]
    does: list[str] = []
    when: list[str] = []
    for line in lines:
        part = when if when or re.match(r"(use|when)\b", line, re.I) else does
        part.append(line)
    return " ".join(filter(None, does)), " ".join(filter(None, when))


def _parameters(entry: Function, goal: Goal) -> dict[str, str]:
    """`count`, where its default is the count that the goal asks for."""
    wanted = goal_to_json(goal).get("count")
    for parameter in entry.parameters:
        if match := re.fullmatch(r"count\s*=\s*(\d+)", parameter):
            return {"count": "count"} if int(match[1]) == wanted else {}
    return {}
