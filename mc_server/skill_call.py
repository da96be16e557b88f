"""What happened around one call of a skill's function, as the bot's process saw it.

Covers the state of the game when a function of a script was called and when it ended. The script's
own entry is one of these calls, and so is every skill that it calls. Not covered: calls of
primitives (`PrimitiveCall`), and whether a call did what the skill is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from mc_server.observation import INVENTORY_SLOTS, Position
from mc_server.program_error import ProgramError
from mc_server.wire import Count, Few, Number, Numbers, Text


@dataclass(frozen=True)
class Circumstances:
    """The game at one instant, small enough to be taken at every call.

    `inventory` counts items by name, worn and held ones included. `hand` is the item held, `worn`
    are the others. `stations` are the kinds of block that things are made at (`crafting_table`,
    `furnace`, ...) within four blocks; where only what was seen counts, only those. `light` is that
    of the bot's own block, 0 to 15, None where the client does not know it: of what shines or of
    the open sky, whichever is more, and the sky's is not less at night, for which there is
    `time_of_day` (0 to 23999 ticks).
    """

    position: Position
    dimension: Text
    biome: Text
    time_of_day: Count
    light: Annotated[int, Field(ge=0, le=15)] | None
    health: Number
    food: Number
    inventory: Numbers
    free_slots: Count = INVENTORY_SLOTS
    hand: Text | None = None
    worn: Annotated[tuple[Text, ...], Few] = ()
    stations: Annotated[tuple[Text, ...], Few] = ()


@dataclass(frozen=True)
class SkillCall:
    """One call of the function that a module of the script defines.

    `caller` is the module whose call this one happened within, also after an await or by a function
    that it was given; None for the entry alone. What a listener calls counts as the entry's. A
    module that calls itself by its name calls no other. `started_seconds` counts from the program's
    start and `seconds` is how long it took, in the world's time. `after` is None, and `ended`
    False, when the program was cut off in the middle of it, or did not await it; `error` is what it
    threw. Of more than 200 calls the first are kept, and the trace says how many were left out.
    """

    name: Text
    caller: Text | None
    arguments: Annotated[tuple[Any, ...], Few]
    started_seconds: Number
    seconds: Number
    before: Circumstances
    after: Circumstances | None
    ended: bool = True
    error: ProgramError | None = None
