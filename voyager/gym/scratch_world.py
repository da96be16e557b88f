"""A world that is made for one exercise and thrown away after it: a simulation with a bot in it.

Covers starting it from a `Start`, running one script there, and ending it from another thread. Not
covered: what is run, and what is thought of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mc_server import (
    BotSettings,
    BridgeError,
    EmbeddedServerSettings,
    Execution,
    GameData,
    HomeFolderError,
    MineflayerBridge,
    Outcome,
    Script,
    ScriptModule,
    Simulation,
)
from voyager.gym.exercise import Start
from voyager.gym.left_behind import folder_of_ones_own

USERNAME = "Voyager"
_SETTLE = Script(
    (ScriptModule("settle", "async function settle () { await bot.waitForChunksToLoad() }"),),
    "settle",
)
"""The bot knows the land around it, and what it carries."""
_SETTLE_SECONDS = 60.0


class ScratchWorld:
    """A running world with a bot in it. All but `abandon` belongs to one thread."""

    def __init__(
        self,
        node: Path,
        folder: Path,
        primitives_folder: Path,
        seed: int,
        gives_way: bool = False,
    ) -> None:
        self.simulation = Simulation(
            EmbeddedServerSettings(
                world_folder=folder, seed=seed, node=node, allow_test_operations=True
            ),
            begins_with_bot=True,
            gives_way=gives_way,
        )
        self._bridge = MineflayerBridge(
            BotSettings(
                host=self.simulation.host,
                port=self.simulation.port,
                username=USERNAME,
                primitives_folder=primitives_folder,
                world_rate=math.inf,
                simulation=self.simulation.name,
                patience_seconds=0.0,
            ),
            node,
        )

    def join(self) -> GameData:
        """Start the world, and have the bot stand in it. Raises McServerError."""
        self.simulation.start()
        return self._bridge.join()

    def begin(self, start: Start) -> GameData:
        """The world as it is before the exercise. Raises McServerError when it cannot be made."""
        game_data = self.join()
        self.simulation.operate("set_scene", **_scene(start))
        settled = self._bridge.execute(_SETTLE, _SETTLE_SECONDS)
        if settled.outcome is not Outcome.COMPLETED:
            raise BridgeError(f"The bot did not get ready in a scratch world: {settled.error}.")
        return game_data

    def run(self, script: Script, deadline_seconds: float) -> Execution:
        """What came of the script."""
        return self._bridge.execute(script, deadline_seconds)

    def abandon(self) -> None:
        """End it soon, from any thread: what is under way in it fails."""
        self.simulation.abandon()

    def close(self) -> None:
        """End it. Safe to call twice."""
        self._bridge.close()
        self.simulation.stop()


@contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """A new folder inside of `parent`, gone after. Raises HomeFolderError."""
    stack = ExitStack()
    try:
        parent.mkdir(parents=True, exist_ok=True)
        own = stack.enter_context(folder_of_ones_own(parent))
    except OSError as error:
        raise HomeFolderError(
            f"No scratch world can be made in {parent} ({error.strerror}): see that it can be"
            " written to and has space."
        ) from error
    with stack:
        yield own


def _scene(start: Start) -> dict[str, Any]:
    """What `set_scene` of the embedded server takes."""
    return {
        "position": asdict(start.position) if start.position else None,
        "inventory": dict(start.inventory),
        "worn": list(start.worn),
        "hand": start.hand,
        "stations": list(start.stations),
        "time_of_day": start.time_of_day,
        "health": start.health,
        "food": start.food,
    }
