"""A program's run: what was asked of the bridge, and what came of it.

Covers: `Script` (what to run), `Execution` (what happened) and its parts. A program that fails is
data here, never an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mc_server.observation import Observation


@dataclass(frozen=True)
class ScriptModule:
    """One JavaScript source that defines one function called `name`, visible to later modules."""

    name: str
    source: str


@dataclass(frozen=True)
class Script:
    """Modules in dependency order (skills first, the program last) and the function to call."""

    modules: tuple[ScriptModule, ...]
    entry: str
    arguments: tuple[Any, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "modules": [{"name": m.name, "source": m.source} for m in self.modules],
            "entry": self.entry,
            "arguments": list(self.arguments),
        }


class Outcome(StrEnum):
    """How an execution ended."""

    COMPLETED = "completed"
    PROGRAM_ERROR = "program_error"
    TIMED_OUT = "timed_out"
    KILLED = "killed"
    DIED = "died"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True)
class ProgramError:
    """An error mapped to the program's own line.

    `code` is the typed code of a primitive's error (`not_found`, `missing_ingredients`, ...) or
    None. `module` and `line` (from 1) name the place in the script; None when it is not in it.
    """

    name: str
    message: str
    code: str | None = None
    module: str | None = None
    line: int | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ProgramError:
        """Read what the bridge sends."""
        return cls(data["name"], data["message"], data["code"], data["module"], data["line"])

    def __str__(self) -> str:
        place = f" ({self.module}, line {self.line})" if self.module else ""
        return f"{self.name}: {self.message}{place}"


@dataclass(frozen=True)
class PrimitiveCall:
    """One call of a primitive by the program: what was passed and what came back."""

    name: str
    arguments: tuple[Any, ...]
    seconds: float
    result: Any = None
    error: ProgramError | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PrimitiveCall:
        """Read what the bridge sends."""
        error = data["error"]
        return cls(
            name=data["name"],
            arguments=tuple(data["arguments"]),
            seconds=float(data["seconds"]),
            result=data["result"],
            error=None if error is None else ProgramError.from_json(error),
        )


@dataclass(frozen=True)
class GameEvent:
    """Something the server told the client while the program ran.

    `type` is one of `mined`, `placed`, `collected`, `killed`, `ate`, `slept`, `stored`,
    `withdrawn`, `hurt`, `died`, `advancement`; `data` holds what the type needs, for instance
    `{"name": "oak_log", "count": 1}`. Every type but `hurt`, `died` and `slept` has `name` (of the
    item, block, entity or advancement) and `count`.
    """

    type: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Execution:
    """What one run of a program did; `before` and `after` are observed, not claimed."""

    outcome: Outcome
    before: Observation
    after: Observation
    seconds: float
    error: ProgramError | None = None
    result: Any = None
    calls: tuple[PrimitiveCall, ...] = ()
    events: tuple[GameEvent, ...] = ()
    chat: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Execution:
        """Read what the bridge answers to an `execute` request."""
        error = data["error"]
        return cls(
            outcome=Outcome(data["outcome"]),
            before=Observation.from_json(data["before"]),
            after=Observation.from_json(data["after"]),
            seconds=float(data["seconds"]),
            error=None if error is None else ProgramError.from_json(error),
            result=data["result"],
            calls=tuple(PrimitiveCall.from_json(call) for call in data["calls"]),
            events=tuple(GameEvent(event["type"], event["data"]) for event in data["events"]),
            chat=tuple(data["chat"]),
        )
