"""What a snapshot of the embedded world costs: taking it, putting it back, its size.

Measured in a new world and in one with many edits, with one bot in it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.measure import Figure, figure, timed

from mc_server import (
    BotSettings,
    EmbeddedServer,
    EmbeddedServerSettings,
    MineflayerBridge,
    find_node,
)
from skills import primitives_folder

REPETITIONS = 30
EDITED_LAYERS = range(100, 116)
"""Layers of 32 by 32 blocks that are changed: 16,384 edits."""


def run() -> dict[str, Figure]:
    """Measure and return the figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        settings = EmbeddedServerSettings(
            Path(folder) / "world", seed=1, node=find_node(), allow_test_operations=True
        )
        with EmbeddedServer(settings) as server:
            bot = BotSettings(server.host, server.port, "Bench", primitives_folder())
            bridge = MineflayerBridge(bot, find_node())
            bridge.join()
            try:
                return _snapshots(server, "new") | _snapshots(server, "edited", _edit)
            finally:
                bridge.close()


def _edit(server: EmbeddedServer) -> None:
    spawn = server.status()["spawnPoint"]
    x, z = int(spawn["x"]) + 8, int(spawn["z"]) + 8
    for y in EDITED_LAYERS:
        block = "stone" if y % 2 else "glass"
        server.operate("fill", **{"from": [x, y, z], "to": [x + 31, y, z + 31]}, block=block)


def _snapshots(
    server: EmbeddedServer, name: str, prepare: Callable[[EmbeddedServer], None] | None = None
) -> dict[str, Figure]:
    if prepare:
        prepare(server)
    snapshot = server.create_snapshot(name)
    return {
        f"{name}_create": timed(partial(server.create_snapshot, name), REPETITIONS),
        f"{name}_restore": timed(partial(server.restore_snapshot, name), REPETITIONS),
        f"{name}_size": figure([snapshot.size_bytes / 1000], "kilobytes"),
    }
