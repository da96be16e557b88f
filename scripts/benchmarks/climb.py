"""From an empty inventory to a diamond, a new home for each world: how often, how long, why not.

`--seeds 1-10 --rates 1,max --line-of-sight` choose what is played. Every climb is one
`voyager play`, and one more without the gym beside play, for the ratio of the two; a line for each
goes to standard error as it ends.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Figure, figure

ROOT = Path(__file__).resolve().parent.parent.parent
TIMEOUT_SECONDS = 3600


@dataclass(frozen=True)
class Climb:
    """What came of one world. `game_seconds`: of the world's time, in programs."""

    seed: int
    rate: str
    gym: bool
    reached: bool
    seconds: float
    game_seconds: float
    tasks: int
    failed: int
    deaths: int
    reason: str

    def line(self) -> str:
        """For somebody who waits."""
        ending = "reached" if self.reached else "NOT REACHED"
        how = "" if self.gym else " without the gym"
        return (
            f"seed {self.seed} at rate {self.rate}{how}: {ending} after {self.seconds:.0f} s"
            f" ({self.game_seconds:.0f} s of the game), {self.tasks} tasks, {self.failed} failed,"
            f" {self.deaths} deaths: {self.reason}\n"
        )


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--seeds", default="1-3", help="a range or a list (default: 1-3)")
    parser.add_argument("--rates", default="max", help="world rates, a list (default: max)")
    parser.add_argument("--goal", default="diamond", help="the item (default: diamond)")
    parser.add_argument("--line-of-sight", action="store_true", help="only what can be seen")
    parser.add_argument("--hours", type=float, default=0.5, help="the most a climb may take")


def run(options: argparse.Namespace) -> dict[str, Figure]:
    """Climb in every world at every rate and return the figures by name."""
    figures: dict[str, Figure] = {}
    for rate in options.rates.split(","):
        climbs, ratios = [], []
        for seed in seeds(options.seeds):
            bare, one = (climb(seed, rate, options, gym) for gym in (False, True))
            climbs.append(one)
            if bare.reached and one.reached:
                ratios.append((one.seconds / bare.seconds, one.game_seconds / bare.game_seconds))
        reached = [each for each in climbs if each.reached]
        figures[f"rate_{rate}_reached"] = figure([float(each.reached) for each in climbs], "share")

        def of(value: Callable[[Climb], float], among: list[Climb] = reached) -> list[float]:
            return [value(each) for each in among]

        if reached:
            figures[f"rate_{rate}_time"] = figure(of(lambda each: each.seconds), "seconds")
            figures[f"rate_{rate}_game_time"] = figure(
                of(lambda each: each.game_seconds), "seconds"
            )
        if ratios:
            times, game_times = zip(*ratios, strict=True)
            figures[f"rate_{rate}_time_by_gym"] = figure(times, "of the time without the gym")
            figures[f"rate_{rate}_game_time_by_gym"] = figure(
                game_times, "of the game's time without the gym"
            )
        figures[f"rate_{rate}_deaths"] = figure(of(lambda each: each.deaths, climbs), "deaths")
    return figures


def seeds(text: str) -> list[int]:
    """`1-3` and `4,7` and both."""
    chosen: list[int] = []
    for part in text.split(","):
        low, _, high = part.partition("-")
        chosen += range(int(low), int(high or low) + 1)
    return chosen


def climb(seed: int, rate: str, options: argparse.Namespace, gym: bool) -> Climb:
    """One `voyager play` in a new home."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-P", "-m", "voyager", "play", "--home", home, "--json"]
        command += ["--seed", str(seed), "--goal", options.goal, "--world-rate", rate]
        command += ["--hours", str(options.hours)]
        command += ["--line-of-sight"] if options.line_of_sight else []
        command += [] if gym else ["--no-gym"]
        begun = time.perf_counter()
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
        )
        ended = result(seed, rate, gym, time.perf_counter() - begun, done)
        sys.stderr.write(ended.line())
        return ended


def result(
    seed: int, rate: str, gym: bool, seconds: float, done: subprocess.CompletedProcess[str]
) -> Climb:
    """What a `voyager play --json` that ended tells."""
    if not done.stdout:
        why = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        return Climb(seed, rate, gym, False, seconds, 0, 0, 0, 0, why)
    shown = json.loads(done.stdout)
    tasks = shown["tasks"]
    return Climb(
        seed,
        rate,
        gym,
        shown["status"] == "finished",
        seconds,
        shown["game_seconds"],
        len(tasks),
        sum(task["status"] != "passed" for task in tasks),
        shown["deaths"],
        shown["reason"] or "",
    )
