"""The one interface to a bot in a Minecraft world.

`Bridge` is what the agent knows; `mineflayer_bridge.MineflayerBridge` is the real one. A bridge
owns one bot, stays connected between programs, and brings the bot back after a program was killed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mc_server.execution import Execution
from mc_server.game_data import GameData
from mc_server.observation import Chest, Observation
from mc_server.script import Script


@dataclass(frozen=True)
class BotSettings:
    """How the bot joins.

    `version` None asks the server. `primitives_folder` holds one JavaScript file for each primitive
    a program may call. `world_rate` is how many times faster than normal the embedded world runs
    (1 on every other server); the bot's clocks run at the same rate. `math.inf` is a simulation:
    the bot is in the process of the world that `simulation` names.
    """

    host: str
    port: int
    username: str
    primitives_folder: Path
    version: str | None = None
    world_rate: float = 1.0
    join_timeout_seconds: float = 60.0
    silence_timeout_seconds: float = 30.0
    """How long a server may send nothing at all before the connection counts as lost."""
    patience_seconds: float = 120.0
    """How long a bot that was in the world waits for its server to come back."""
    line_of_sight: bool = False
    """Whether searches find only blocks that the bot can have seen."""
    reflexes: tuple[str, ...] = ()
    """The names of the reflexes that act, each a file of `reflexes_folder`."""
    reflexes_folder: Path | None = None
    """Holds one JavaScript file for each reflex; None where there are none."""
    chests: tuple[Chest, ...] = ()
    """Containers that are remembered from earlier."""
    simulation: str | None = None
    """`Simulation.name` of the world to join; `host` and `port` then say nothing."""


class Bridge(Protocol):
    """A bot in a world. Not safe for use from several threads at once, but for `cancel`."""

    def join(self) -> GameData:
        """Connect and wait until the bot stands in the world.

        Raises ServerUnreachableError, KickedError or BridgeError.
        """

    def observe(self) -> Observation:
        """What the client knows now; waits for a server that is away, and joins it again.

        Raises ServerUnreachableError, KickedError or BridgeError when that does not help.
        """

    def put_back(self, seen: Observation) -> Observation:
        """Say that the world was put back to when `seen` was observed; what is seen of it now.

        The bot joins anew, and remembers nothing that came after. Errors as with `observe`.
        """

    def execute(
        self,
        script: Script,
        deadline_seconds: float,
        on_progress: Callable[[str], None] | None = None,
    ) -> Execution:
        """Run a script to its end or its deadline (in seconds of the world's time).

        A script that does not end is killed and the bot brought back before this returns, so the
        next call finds it in the world. A server that is away when the script is to start is waited
        for; errors as with `observe`. `on_progress` gets short lines (from a thread of the bridge)
        while it runs. KeyboardInterrupt cancels the script and is raised again.
        """

    def cancel(self, reason: str) -> None:
        """End the script that runs, from any thread: for a budget that is spent, or a shutdown.

        Its `execute` returns soon with the outcome `timed_out` and an error that says the reason.
        Does nothing when none runs.
        """

    def close(self) -> None:
        """Leave the world and end every process. Safe to call twice."""
