"""How a bot is right now, small enough to be told about once a second while anything goes on.

Covers the value alone, for those who watch; what the loop decides by is an `Observation`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from mc_server.observation import Position
from mc_server.wire import Count, Number, Numbers, Text, Texts, parse


@dataclass(frozen=True)
class BotState:
    """Where the bot is and what it has; fields as in `Observation`.

    `yaw` is in radians as Mineflayer has it (0 looks to the north, more turns to the left).
    `world_age_ticks` counts the world's twentieths of a second; `reflex` names the reflex at work.
    """

    position: Position
    yaw: Number
    dimension: Text
    biome: Text
    time_of_day: Count
    world_age_ticks: Count
    health: Number
    food: Number
    inventory: Numbers
    equipment: Texts = field(default_factory=dict)
    reflex: Text | None = None

    @classmethod
    def from_json(cls, data: Any) -> BotState:
        """Read what the bot's process tells. Raises BridgeError when it is no state."""
        return parse(_ADAPTER, data, "a bot's state")


_ADAPTER = TypeAdapter(BotState)
