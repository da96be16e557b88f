"""A program's run: what was asked of the bridge, and what came of it.

Covers: `Execution` and its parts, checked as they come from the bot's process; what was
to be run is a `Script`. A program that fails is data here, never an exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from mc_server.observation import Observation
from mc_server.program_error import ProgramError
from mc_server.reflex_act import ReflexAct
from mc_server.script import Script
from mc_server.skill_call import SkillCall
from mc_server.wire import Count, Few, LongText, Number, Text, misfit, parse

_NAMELESS = ("died", "slept")
_WHATEVER_THE_CAUSE = ("hurt", "died", "advancement")
"""Events that befall the bot: they count, in a reflex or not."""
_MANY = Field(max_length=20_000)


class Outcome(StrEnum):
    """How an execution ended."""

    COMPLETED = "completed"
    PROGRAM_ERROR = "program_error"
    TIMED_OUT = "timed_out"
    KILLED = "killed"
    DIED = "died"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True)
class PrimitiveCall:
    """One call of a primitive by the program: what was passed and what came back."""

    name: Text
    arguments: Annotated[tuple[Any, ...], Few]
    seconds: Number
    result: Any = None
    error: ProgramError | None = None


@dataclass(frozen=True)
class TraceEntry:
    """One step of a program: an act of the bot, a call of a primitive, a line of the console.

    `seconds` counts from the program's start, in the world's time; `module` and `line` name the
    place in the script, as with `ProgramError`. For instance `bot.dig(stone at 3, 64, -2)`.
    """

    seconds: Number
    module: Text | None
    line: Count | None
    text: LongText

    def __str__(self) -> str:
        place = f" ({self.module}, line {self.line})" if self.module else ""
        return f"{self.seconds:.1f} s: {self.text}{place}"


@dataclass(frozen=True)
class GameEvent:
    """Something the server told the client while the program ran.

    `type` is one of `mined`, `placed`, `collected`, `killed`, `ate`, `slept`, `stored`,
    `withdrawn`, `hurt`, `died`, `advancement`; `data` holds what the type needs, for instance
    `{"name": "oak_log", "count": 1}`. Every type but `hurt`, `died` and `slept` has `name` (of the
    item, block, entity or advancement) and `count`; `died` has `cause`, in the server's words.
    """

    type: Text
    data: Mapping[str, Any]

    def is_complete(self) -> bool:
        """Whether the data hold, in the right types, what is promised for the type."""
        if self.type == "hurt":
            return isinstance(self.data.get("amount"), int | float)
        if self.type in _NAMELESS:
            return True
        return type(self.data.get("count")) is int and isinstance(self.data.get("name"), str)


_CUT_OFF = ("disconnected", "world_lost")


@dataclass(frozen=True)
class Execution:
    """What one run of a program did; `before` and `after` are observed, not claimed.

    `skill_calls` are the calls of the script's functions in the order in which they began, the
    entry first. `reflexes` are the acts of the bot's own that came between, in order; what they
    gained is in `after` and in `events`, and is not the program's.
    """

    outcome: Outcome
    before: Observation
    after: Observation
    seconds: Number
    error: ProgramError | None = None
    result: Any = None
    calls: Annotated[tuple[PrimitiveCall, ...], Few] = ()
    events: Annotated[tuple[GameEvent, ...], _MANY] = ()
    chat: Annotated[tuple[LongText, ...], Few] = ()
    trace: Annotated[tuple[TraceEntry, ...], Few] = ()
    skill_calls: Annotated[tuple[SkillCall, ...], Few] = ()
    reflexes: Annotated[tuple[ReflexAct, ...], Few] = ()

    @property
    def was_cut_off(self) -> bool:
        """Whether the connection or the server was lost under it, which no program can bring about.

        Being kicked may be the program's own doing.
        """
        return self.error is not None and self.error.code in _CUT_OFF

    @property
    def own_events(self) -> tuple[GameEvent, ...]:
        """The events that are the program's doing, or befell the bot: not what reflexes did."""
        spans = [range(act.first_event, act.last_event) for act in self.reflexes]
        return tuple(
            event
            for index, event in enumerate(self.events)
            if event.type in _WHATEVER_THE_CAUSE or not any(index in span for span in spans)
        )

    @property
    def own_after(self) -> Observation:
        """As after it, but for what reflexes gained and used up."""
        inventory = without_gains(self.after.inventory, self.reflexes)
        return replace(self.after, inventory=inventory)

    @property
    def died(self) -> bool:
        """Whether the bot died while it ran, be it of the program's doing or not."""
        return any(event.type == "died" for event in self.events)

    @classmethod
    def from_json(cls, data: Any, script: Script | None = None) -> Execution:
        """Read what the bridge answers to an `execute` request.

        With the script that was run the error gets its excerpt. Raises BridgeError when the answer
        is not an execution.
        """
        execution = parse(_ADAPTER, data, "an execution")
        for event in execution.events:
            if not event.is_complete():
                raise misfit("an execution", f"events.{event.type}", "its data are not of its type")
        if script is None or execution.error is None:
            return execution
        return replace(execution, error=execution.error.within(script))


def without_gains(inventory: Mapping[str, int], acts: Iterable[ReflexAct]) -> dict[str, int]:
    """An inventory as it would be if these reflexes had gained and used up nothing."""
    counts = dict(inventory)
    for act in acts:
        for name, change in act.items.items():
            counts[name] = max(0, counts.get(name, 0) - int(change))
    return {name: count for name, count in counts.items() if count > 0}


_ADAPTER = TypeAdapter(Execution)
