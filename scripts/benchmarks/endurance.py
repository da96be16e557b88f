"""Long times in the embedded world: what stays in memory, what ticks cost, what goes wrong.

One bot that waits for a week of the world's days, then six that wander for one; `--waiting-days`,
`--wandering-days`, `--bots` and `--seed` choose otherwise. Simulated: the week takes minutes, the
day about half an hour. endurance.js plays; a line for each sample goes to standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.measure import Figure, figure

from mc_server import find_node

SCRIPT = Path(__file__).resolve().parent / "endurance.js"
CLOCK = SCRIPT.parent.parent.parent / "mc_server" / "clock.js"
DAY_TICKS = 24_000
TIMEOUT_SECONDS = 4 * 3600


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--waiting-days", type=float, default=7, help="days (default: 7)")
    parser.add_argument("--wandering-days", type=float, default=1, help="days (default: 1)")
    parser.add_argument("--bots", type=int, default=6, help="who wander (default: 6)")
    parser.add_argument("--seed", type=int, default=1, help="of the world (default: 1)")


def run(options: argparse.Namespace) -> dict[str, Figure]:
    """Play both and return the figures by name."""
    waiting = play(options.waiting_days, 1, options.seed, "--wait")
    wandering = play(options.wandering_days, options.bots, options.seed)
    return {**figures("waiting", waiting), **figures("wandering", wandering)}


def play(days: float, bots: int, seed: int, *more: str) -> dict[str, Any]:
    """The outcome of one long time, as endurance.js tells it; nothing when it has no days."""
    if days == 0:
        return {}
    ticks = round(days * DAY_TICKS)
    command = [
        str(find_node()),
        "--expose-gc",
        "-r",
        str(CLOCK),
        str(SCRIPT),
        "--ticks",
        str(ticks),
    ]
    command += ["--bots", str(bots), "--seed", str(seed), *more]
    environment = {**os.environ, "WORLD_RATE": "max"}
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, env=environment, text=True,
        timeout=TIMEOUT_SECONDS,
    )  # fmt: skip
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


def figures(name: str, outcome: dict[str, Any]) -> dict[str, Figure]:
    """What is told of an outcome: of each kind of figure all samples but the first."""
    if not outcome:
        return {}
    samples = outcome["samples"][1:]
    heap = [each["heap"] for each in samples]
    return {
        f"{name}_heap": figure(heap, "MB"),
        f"{name}_heap_growth": figure([late_growth(heap)], "MB"),
        f"{name}_resident": figure([each["rss"] for each in samples], "MB"),
        f"{name}_saved": figure([each["savedKilobytes"] for each in samples], "kB"),
        f"{name}_capture": figure([each["captureMilliseconds"] for each in samples], "ms"),
        f"{name}_tick": figure([each["tickMean"] for each in samples], "ms"),
        f"{name}_longest_tick": figure([each["tickLongest"] for each in samples], "ms"),
        f"{name}_hung": figure([sum(each["hung"] for each in outcome["counts"])], "rounds"),
        f"{name}_troubles": figure([len(outcome["troubles"])], "troubles"),
    }


def late_growth(values: list[float]) -> float:
    """How much more the last third holds than the third before it, by their medians."""
    third = max(1, len(values) // 3)
    return statistics.median(values[-third:]) - statistics.median(values[-2 * third : -third])
