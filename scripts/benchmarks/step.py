"""What a step costs beside the game itself: joining, observing, running an empty program.

Measured against a normal tick of the game (50 ms), since a step should add at most one.
"""

from __future__ import annotations

import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks.measure import Figure, figure, timed

from curriculum import TechTree
from mc_server import (
    BotSettings,
    EmbeddedServer,
    EmbeddedServerSettings,
    GameData,
    MineflayerBridge,
    Observation,
    Outcome,
    Script,
    ScriptModule,
    find_node,
)
from skills import primitives_folder

REPETITIONS = 50
PLANNED = ("iron_ingot", "diamond_pickaxe", "white_bed")
TICK_SECONDS = 0.05
EMPTY = Script((ScriptModule("nothing", "async function nothing () {}"),), "nothing")
ENDLESS = Script(
    (ScriptModule("endless", "async function endless () { while (true); }"),), "endless"
)


def run() -> dict[str, Figure]:
    """Measure and return the figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        settings = EmbeddedServerSettings(Path(folder) / "world", seed=1, node=find_node())
        with EmbeddedServer(settings) as server:
            started = time.perf_counter()
            bot = BotSettings(server.host, server.port, "Bench", primitives_folder())
            bridge = MineflayerBridge(bot, find_node())
            game_data = bridge.join()
            joined = time.perf_counter()
            try:
                return (
                    {
                        "server_start": figure([started - begun], "seconds"),
                        "bot_join": figure([joined - started], "seconds"),
                    }
                    | _steps(bridge)
                    | _planning(game_data, bridge.observe())
                )
            finally:
                bridge.close()


def _planning(game_data: GameData, seen: Observation) -> dict[str, Figure]:
    tree = TechTree(game_data)
    return {f"plan_{item}": timed(partial(tree.plan, item, 1, seen), 20) for item in PLANNED}


def _steps(bridge: MineflayerBridge) -> dict[str, Figure]:
    def empty() -> None:
        outcome = bridge.execute(EMPTY, 10).outcome
        if outcome is not Outcome.COMPLETED:
            raise RuntimeError(f"an empty program ended as {outcome}")

    step = timed(empty, REPETITIONS)
    return {
        "observe": timed(bridge.observe, REPETITIONS),
        "empty_step": step,
        "empty_step_in_ticks": Figure(
            round(step.median / TICK_SECONDS, 3), round(step.p95 / TICK_SECONDS, 3), "ticks", step.n
        ),
        # One second of deadline, then the kill, the new process and the bot back in the world.
        "endless_program": timed(lambda: bridge.execute(ENDLESS, 1), 3, warm_ups=0),
    }
