"""What a reflex of the bot did by itself, as the bot's process tells it.

Covers the value alone. Reflexes act between programs and under them; what they gain is no program's
merit (`Execution.reflexes` says what to leave out).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from mc_server.observation import Position
from mc_server.wire import Count, Number, Numbers, Text, parse


@dataclass(frozen=True)
class ReflexAct:
    """One act of a reflex: which one, why, and what came of it.

    `outcome` is in words; `done` tells whether it did what it was for. `items` is by how much each
    item's count in the inventory changed by it. `first_event` and `last_event` are the indices in
    `Execution.events` (the last one excluded) of what happened in it, equal where nothing did or no
    program ran. `started_seconds` counts from the program's start, 0 where none ran; `seconds` is
    how long it took, in the world's time.
    """

    reflex: Text
    why: Text
    outcome: Text
    done: bool
    position: Position
    started_seconds: Number = 0.0
    seconds: Number = 0.0
    items: Annotated[Numbers, Field(max_length=200)] = field(default_factory=dict)
    first_event: Count = 0
    last_event: Count = 0

    @classmethod
    def from_json(cls, data: Any) -> ReflexAct:
        """Read what the bot's process tells. Raises BridgeError when it is none."""
        return parse(_ADAPTER, data, "a reflex's act")


_ADAPTER = TypeAdapter(ReflexAct)
