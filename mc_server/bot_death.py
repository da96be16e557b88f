"""A death of the bot while no program ran, as the bot's process tells it.

Covers the value alone. A death under a program is an event of its `Execution`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from mc_server.observation import Position
from mc_server.wire import Count, Numbers, Text, parse


@dataclass(frozen=True)
class BotDeath:
    """Of what (in the server's words), where, and at which age of the world.

    `carried` is what the bot had just before, `left` what it has in its next life.
    """

    cause: Text
    position: Position
    dimension: Text
    carried: Numbers
    left: Numbers
    world_age_ticks: Count

    @classmethod
    def from_json(cls, data: Any) -> BotDeath:
        """Read what the bot's process tells. Raises BridgeError when it is no death."""
        return parse(_ADAPTER, data, "a bot's death")


_ADAPTER = TypeAdapter(BotDeath)
