"""How a long session keeps itself going: sections of `voyager.toml`, typed and checked.

Covers what may be set and the defaults. What is done about it: `voyager/supervision`, `upkeep`,
`unsticking`, `checkpoints` and the reflexes of the bot (`skills/reflexes`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated

from pydantic import Field

Hours = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1)]


@dataclass(frozen=True)
class ReflexSettings:
    """Which reflexes act by themselves, under programs and between them.

    eat: when hungry, or wounded and not full.
    flee: from what is too strong. fight: what attacks and can be beaten.
    water, lava, suffocation, pits: get out.
    """

    eat: bool = True
    flee: bool = True
    fight: bool = True
    water: bool = True
    lava: bool = True
    suffocation: bool = True
    pits: bool = True

    def names(self) -> tuple[str, ...]:
        """Those that act."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name))


@dataclass(frozen=True)
class UpkeepSettings:
    """What is seen to between two tasks.

    sleep: in a bed, when there is one and it is night; a bed is made where there are sheep.
    shelter: dig in while unarmed or hurt. food, tools: keep a reserve; tools are arms and armour
    too. chests: put away what fills the inventory, and take out what is needed. fetch: go back for
    what was lost at a death, where that is sane.
    """

    sleep: bool = True
    shelter: bool = True
    food: bool = True
    tools: bool = True
    chests: bool = True
    fetch: bool = True


@dataclass(frozen=True)
class UnstickingSettings:
    """When nothing moves on, and what is done then.

    active: whether the ladder is climbed at all. window_minutes: of the world's time without
    progress that count as stuck.
    """

    active: bool = True
    window_minutes: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 20.0


@dataclass(frozen=True)
class CheckpointSettings:
    """When checkpoints are taken by themselves, and how many are kept.

    every_minutes: of play; 0 takes none. keep: of the automatic ones; older ones are thinned, the
    newest stay close together. Those taken by command stay.
    """

    every_minutes: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 20.0
    keep: Count = 12


@dataclass(frozen=True)
class SupervisionSettings:
    """How a session that dies is started again.

    restarts: so many times in a row without a step done in between, then it ends. longest_wait:
    seconds between two tries at most; the first one is at once and the waits double.
    silence: seconds without a sign of life after which the agent counts as frozen.
    """

    restarts: Count = 8
    longest_wait: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 120.0
    silence: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 900.0


@dataclass(frozen=True)
class DiskSettings:
    """How much of the disk a session may take.

    log_megabytes: of each log, which is then begun anew, with one old one kept. free_megabytes: so
    little left on the disk ends automatic checkpoints until there is more again.
    compress_transcripts: whether prompts and answers of ended tasks are kept compressed.
    """

    log_megabytes: Count = 8
    free_megabytes: Count = 256
    compress_transcripts: bool = True

    @property
    def log_bytes(self) -> int:
        """`log_megabytes` in bytes."""
        return self.log_megabytes * 2**20
