"""How long the planner takes to find what an item needs, from what a bot sees in a new world."""

from __future__ import annotations

import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.measure import Figure, timed

from curriculum import TechTree
from mc_server import (
    BotSettings,
    EmbeddedServer,
    EmbeddedServerSettings,
    MineflayerBridge,
    find_node,
)
from skills import primitives_folder

PLANNED = ("iron_ingot", "diamond_pickaxe", "white_bed")
REPETITIONS = 20


def run() -> dict[str, Figure]:
    """Measure and return the figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        settings = EmbeddedServerSettings(Path(folder) / "world", seed=1, node=find_node())
        with EmbeddedServer(settings) as server:
            bot = BotSettings(server.host, server.port, "Bench", primitives_folder())
            with closing(MineflayerBridge(bot, find_node())) as bridge:
                tree = TechTree(bridge.join())
                seen = bridge.observe()
    return {item: timed(partial(tree.plan, item, 1, seen), REPETITIONS) for item in PLANNED}
