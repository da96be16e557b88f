"""Many bots in one world, in real time: whether the server keeps its twenty ticks a second.

The bots wander, dig and place, all in one process of their own (`crowd.js`). `--bots`, `--seconds`
choose how many and for how long.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Figure, figure

from mc_server import EmbeddedServer, EmbeddedServerSettings, find_node

SCRIPT = Path(__file__).resolve().parent / "crowd.js"
CLOCK = SCRIPT.parent.parent.parent / "mc_server" / "clock.js"
SETTLING_SECONDS = 10.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--bots", type=int, default=8, help="how many (default: 8)")
    parser.add_argument("--seconds", type=float, default=60, help="how long (default: 60)")


def run(options: argparse.Namespace) -> dict[str, Figure]:
    """Let them wander and return the server's figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        settings = EmbeddedServerSettings(Path(folder) / "world", seed=1, node=find_node())
        with EmbeddedServer(settings) as server:
            command = [str(find_node()), "-r", str(CLOCK), str(SCRIPT)]
            command += [str(server.port), str(options.bots)]
            with subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            ) as bots:
                if bots.stdout is None or bots.stdout.readline() != "ready\n":
                    raise RuntimeError("the bots did not get into the world")
                time.sleep(SETTLING_SECONDS)
                figures = _watch(server, options.seconds)
                told, _ = bots.communicate()
    sys.stderr.write(f"{told}")
    troubles = sum(len(each["troubles"]) for each in json.loads(told))
    return figures | {"troubles": figure([troubles], "kicks and errors")}


def _watch(server: EmbeddedServer, seconds: float) -> dict[str, Figure]:
    before, begun = server.status()["figures"], time.perf_counter()
    time.sleep(seconds)
    after, passed = server.status()["figures"], time.perf_counter() - begun
    ticks = after["ticks"] - before["ticks"]
    milliseconds = _total(after) - _total(before)
    slow = after["slowTicks"] - before["slowTicks"]
    return {
        "ticks_a_second": figure([ticks / passed], "ticks"),
        "tick_mean": figure([milliseconds / ticks], "milliseconds"),
        "ticks_over_50_ms": figure([slow / ticks], "share"),
    }


def _total(figures: dict[str, float | dict[str, float]]) -> float:
    ticks, tick = figures["ticks"], figures["tickMilliseconds"]
    assert isinstance(ticks, int | float) and isinstance(tick, dict)
    return ticks * tick["mean"]
