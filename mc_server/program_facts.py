"""What can be known of a program's source without running it.

Covers `read_program`, which asks the Node host: the source is parsed as it will be run, in a thread
of the host's own with a time limit. Not covered: what of it is a problem, which depends on
what there is to call (for whoever writes programs).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from mc_server.bot_reference import BotReference, bot_reference
from mc_server.host_question import ask_host

SOURCE_CHARACTERS = 20_000
"""The longest source that is read."""
Fate = (
    Literal["awaited", "returned", "discarded", "gathered", "chained"]
    | Literal["passed", "stored", "read", "asked", "computed"]
)
"""What becomes of a value: `gathered` into a `Promise.all`, `chained` with `.then`, `passed` to a
function, `stored` for later, `read` (a member of it), `asked` (whether it is there, or what it
equals), `computed` with."""


class SourceTooLongError(ValueError):
    """The source has more than `SOURCE_CHARACTERS`."""


@dataclass(frozen=True)
class UnclosedBracket:
    """A bracket that nothing closes, and the line in which it stands."""

    bracket: str
    line: int


@dataclass(frozen=True)
class SyntaxFault:
    """Why a source is no program: the parser's words, where, and that line's text.

    `line` and `column` count from 1.
    """

    message: str
    line: int
    column: int
    text: str
    unclosed: UnclosedBracket | None


@dataclass(frozen=True)
class Refusal:
    """What the sandbox does not take though it is JavaScript; `why` goes on after "Line 3"."""

    line: int
    why: str


@dataclass(frozen=True)
class Parameter:
    """One parameter: `name` is None for a pattern, `default` the source of its default value.

    `start` and `end` bound it in the source, in units of UTF-16 as all such places.
    """

    text: str
    name: str | None
    default: str | None
    is_rest: bool
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class TopFunction:
    """A function declared at the top level; `start` and `end` bound it in the source.

    `comment` is what the comments right above it say, one after the other; `uses` names the other
    functions at the top level that it uses.
    """

    name: str
    is_async: bool
    is_generator: bool
    parameters: tuple[Parameter, ...]
    start: int
    end: int
    line: int
    comment: str
    uses: tuple[str, ...]

    @property
    def signature(self) -> str:
        """How it is declared, in one line, without its body."""
        parameters = " ".join(", ".join(one.text for one in self.parameters).split())
        marks = f"{'async ' if self.is_async else ''}function{'*' if self.is_generator else ''}"
        return f"{marks} {self.name} ({parameters})"


@dataclass(frozen=True)
class TopVariable:
    """A variable or class at the top level, and whether its value is a function."""

    name: str
    is_function: bool


@dataclass(frozen=True)
class TopStart:
    """A statement at the top level that calls or awaits something when the source is evaluated."""

    line: int
    start: int
    end: int
    awaits: bool
    uses: tuple[str, ...]


@dataclass(frozen=True)
class Argument:
    """One argument of a call, as far as it is written out.

    `kind` is `string`, `number`, `boolean`, `null`, `undefined`, `template` (`value` is its head),
    `list` (`texts` are those in it), `object` (`keys` are None when not all can be told, `texts`
    are the keys of texts and lists of texts),
    `function`, `spread` or `expression`. `start` and `end` bound it in the source.
    """

    kind: str
    text: str
    value: str | float | bool | None
    texts: tuple[str, ...]
    keys: tuple[str, ...] | None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class NameUse:
    """Where a program uses a global, or calls a function of its own (`is_own`).

    `path` begins with the global's name: `bot.pathfinder.goto` is `("bot", "pathfinder", "goto")`,
    however the program came to it by constants of its own. `is_called` or `is_made` (with `new`)
    where that is so, with the arguments. `fate` is what becomes of what it gives. `is_optional`
    where it may be missing or fail, `in_callback` whether the function around it is not async and
    was made to be handed on. `start` and `end` bound it in the source, a call with its arguments.
    """

    path: tuple[str, ...]
    line: int
    text: str
    is_own: bool
    gives_promise: bool
    is_called: bool
    is_made: bool
    is_written: bool
    is_optional: bool
    fate: Fate
    arguments: tuple[Argument, ...]
    in_callback: bool
    start: int = 0
    end: int = 0

    @property
    def name(self) -> str:
        """The path as it is written: `bot.pathfinder.goto`."""
        return ".".join(self.path)


@dataclass(frozen=True)
class EndlessLoop:
    """A loop that nothing leaves.

    `is_constant` when its condition holds always; else it asks for the game's state alone, which
    does not change while nothing is awaited. `is_caught` when an error in it is caught around it.
    """

    line: int
    condition: str
    is_constant: bool
    holds_await: bool
    is_caught: bool


@dataclass(frozen=True)
class EndlessCall:
    """A function that calls itself whatever happens, without having awaited anything."""

    name: str
    line: int


@dataclass(frozen=True)
class UnawaitedCallback:
    """An async function that is given to a method of a list (`forEach`) that does not wait."""

    method: str
    line: int


@dataclass(frozen=True)
class ProgramFacts:
    """All that is known of a source; with a `fault` nothing but that and what is refused.

    `declared` are the names that it declares anywhere. `bot` is what there is of the bot.
    """

    fault: SyntaxFault | None
    refused: tuple[Refusal, ...]
    functions: tuple[TopFunction, ...]
    variables: tuple[TopVariable, ...]
    declared: tuple[str, ...]
    starts: tuple[TopStart, ...]
    uses: tuple[NameUse, ...]
    endless_loops: tuple[EndlessLoop, ...]
    endless_calls: tuple[EndlessCall, ...]
    unawaited_callbacks: tuple[UnawaitedCallback, ...]
    bot: BotReference


@dataclass(frozen=True)
class _Read:
    """What the host answers."""

    fault: SyntaxFault | None
    refused: tuple[Refusal, ...]
    functions: tuple[TopFunction, ...]
    variables: tuple[TopVariable, ...]
    declared: tuple[str, ...]
    starts: tuple[TopStart, ...]
    uses: tuple[NameUse, ...]
    endless_loops: tuple[EndlessLoop, ...]
    endless_calls: tuple[EndlessCall, ...]
    unawaited_callbacks: tuple[UnawaitedCallback, ...]


_READ = TypeAdapter(_Read)


def read_program(source: str, node: Path) -> ProgramFacts:
    """The facts of a source; a syntax error is one of them. `node` is the program that runs it.

    The first question takes longer, since the host starts. May be called from any thread. Raises
    SourceTooLongError, and BridgeError when there is no host or the source takes it too long.
    """
    if len(source) > SOURCE_CHARACTERS:
        raise SourceTooLongError(
            f"The program has {len(source)} characters; keep it below {SOURCE_CHARACTERS}."
        )
    # A half of a pair of surrogates cannot be sent, and is no part of any name.
    text = source.encode("utf-16", "replace").decode("utf-16", "replace")
    read = _READ.validate_python(ask_host(node, "read_program", source=text))
    return ProgramFacts(**vars(read), bot=bot_reference(node))
