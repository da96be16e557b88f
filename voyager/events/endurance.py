"""What is told of a long session: faults, reflexes, deaths, being stuck, checkpoints.

Covers what happens around the loop's steps. The steps' own events are in `playing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from voyager.events.base import Event


@dataclass(frozen=True)
class FaultHappened(Event):
    """Something broke that is not the program's doing; it is being put right.

    `fault` is its row in `faults`, `part` what broke (`bot`, `host`, `server`, `agent`, `endpoint`,
    `disk`, `database`, `index`, `world`, `machine`), `kind` how (`ended`, `froze`, `kicked`,
    `unreachable`, `full`, `damaged`, ...), `cause` a sentence.
    """

    type: ClassVar[str] = "fault_happened"
    fault: int
    part: str
    kind: str
    cause: str


@dataclass(frozen=True)
class FaultOver(Event):
    """Play goes on after a fault: so many seconds later, in the way `how` says, a sentence."""

    type: ClassVar[str] = "fault_over"
    fault: int
    part: str
    kind: str
    seconds: float
    how: str


@dataclass(frozen=True)
class MachineSlept(Event):
    """The machine slept, or its clock was set, by `seconds`. No fault: play goes on."""

    type: ClassVar[str] = "machine_slept"
    seconds: float


@dataclass(frozen=True)
class ReflexActed(Event):
    """A reflex of the bot acted by itself, between programs or under one.

    `why` and `outcome` are in words, `seconds` of the world's time, `items` what the inventory
    gained (or lost, below 0) by it: none of that is a program's merit.
    """

    type: ClassVar[str] = "reflex_acted"
    reflex: str
    why: str
    outcome: str
    seconds: float
    items: Mapping[str, int] = field(default_factory=dict)
    position: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class UpkeepDone(Event):
    """What was seen to between two tasks: shelter, sleep, chests, things fetched after a death."""

    type: ClassVar[str] = "upkeep_done"
    duty: str
    why: str
    done: bool
    outcome: str
    seconds: float
    items: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class BotDied(Event):
    """The bot died: of what, where, and what it lost there. `seconds` is the run's time."""

    type: ClassVar[str] = "bot_died"
    cause: str
    position: tuple[float, float, float]
    dimension: str
    lost: Mapping[str, int]
    seconds: float


@dataclass(frozen=True)
class StuckNoticed(Event):
    """Nothing moved on for a while; `rung` is what is tried now, `why` what stood still.

    The rungs, in order: `another_path`, `another_place`, `another_task`, `ask_model`, `tech_tree`.
    `after_task` is the journal's number of the task that had ended last: clocks may jump and two
    things may happen in one millisecond, so what came before and after is told by it.
    """

    type: ClassVar[str] = "stuck_noticed"
    rung: str
    why: str
    after_task: int


@dataclass(frozen=True)
class TaskPutOff(Event):
    """A task that failed `failures` times in a row is left alone for `tasks` other tasks."""

    type: ClassVar[str] = "task_put_off"
    description: str
    failures: int
    tasks: int
    reason: str


@dataclass(frozen=True)
class CheckpointTaken(Event):
    """The agent's state, and the world's where it is ours (`world`), can be gone back to.

    `why` is `automatic`, `by command`, `before a rewind`, or the like.
    """

    type: ClassVar[str] = "checkpoint_taken"
    name: str
    why: str
    world: bool
    seconds: float


@dataclass(frozen=True)
class CheckpointFailed(Event):
    """No checkpoint could be taken; play goes on. `reason` is a sentence."""

    type: ClassVar[str] = "checkpoint_failed"
    reason: str


@dataclass(frozen=True)
class BotSeen(Event):
    """How the bot is right now, as `mc_server.BotState` has it. Shown, not kept in the journal."""

    type: ClassVar[str] = "bot_seen"
    state: Mapping[str, Any]


@dataclass(frozen=True)
class LineReached(Event):
    """The running program is at this line of this module. Shown, not kept in the journal."""

    type: ClassVar[str] = "line_reached"
    module: str
    line: int
    text: str
