"""How soon a bot is ready again after an endless program, and after its process was killed."""

from __future__ import annotations

import os
import signal
import statistics
import threading
import time
from collections.abc import Callable
from functools import partial

from benchmarks.measure import Figure, figure, timed
from benchmarks.parts.bare_bot import BareBot
from benchmarks.parts.processes import can_tell, descendants, is_running, largest
from benchmarks.parts.small_script import small_script

from mc_server import MineflayerBridge, find_node
from mc_server.node_host import running_host

ENDLESS = "async function endless () { while (true); }"
DEADLINE_SECONDS = 1.0
LOOK_SECONDS = 0.002
ROUNDS = 5


def recovery(bridge: MineflayerBridge, port: int) -> dict[str, Figure]:
    """From an endless loop's deadline, and from a kill out of the blue, to the next observation.

    Beside it: how long a bare bot takes from nothing into the same world, at that port.
    """
    ready, killed, back = [], [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ended = _when_ended(lambda: bridge.execute(small_script(ENDLESS), DEADLINE_SECONDS))
        ready.append(time.perf_counter() - begun - DEADLINE_SECONDS)
        if ended is not None:
            killed.append(ended - begun - DEADLINE_SECONDS)
            back.append(time.perf_counter() - ended)
    bare = timed(partial(_join_bare, port), ROUNDS, warm_ups=0)
    figures = {
        "bare_join": bare,
        "endless_to_ready": figure(ready, "seconds"),
        "endless_to_bare_join": figure([statistics.median(ready) / bare.median], "times"),
    }
    if killed:
        figures["endless_to_killed"] = figure(killed, "seconds")
        figures["endless_killed_to_ready"] = figure(back, "seconds")
        figures["kill_to_ready"] = timed(partial(_kill, bridge), ROUNDS, warm_ups=0)
    return figures


def _when_ended(act: Callable[[], object]) -> float | None:
    """Do it and return when the bot's process of before ended; None where that is not told."""
    if not can_tell():
        act()
        return None
    bot = largest(descendants(running_host(find_node()).pid)) or 0
    ended: list[float] = []

    def watch() -> None:
        while is_running(bot):
            time.sleep(LOOK_SECONDS)
        ended.append(time.perf_counter())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    act()
    watcher.join(LOOK_SECONDS * 10)
    return ended[0] if ended else None


def _join_bare(port: int) -> None:
    with BareBot(port, "Newcomer"):
        pass


def _kill(bridge: MineflayerBridge) -> None:
    bot = largest(descendants(running_host(find_node()).pid))
    assert bot is not None
    os.kill(bot, signal.SIGKILL)
    bridge.observe()
