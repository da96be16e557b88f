"""Who hears what happens around the requests of a bridge: faults, reflexes, how the bot is.

Covers the interface, whose methods do nothing: a listener overrides what it cares for.
"""

from __future__ import annotations

from mc_server.bot_death import BotDeath
from mc_server.bot_state import BotState
from mc_server.reflex_act import ReflexAct


class BridgeListener:
    """Hears what a bridge tells.

    Faults come on the thread that asked, the rest on one of the bridge's: be quick and raise
    nothing.
    """

    def fault_happened(self, part: str, kind: str, cause: str) -> None:
        """Something broke, and is being put right.

        `part` and `kind` as in `voyager.events.FaultHappened`. The same part again, while its first
        fault still lasts, is the same fault.
        """

    def fault_over(self, part: str, how: str) -> None:
        """The part that broke serves again."""

    def bot_died(self, death: BotDeath) -> None:
        """The bot died while no program ran; a program's `Execution` tells of all others."""

    def bot_seen(self, state: BotState) -> None:
        """How the bot is, about once a second of the world's time."""

    def line_reached(self, module: str, line: int, text: str) -> None:
        """The running program is at this line: what it does there, in words."""

    def reflex_acted(self, act: ReflexAct) -> None:
        """A reflex has acted, under a program or between two. Each is told once."""
