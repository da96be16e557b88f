"""What the embedded world costs: columns, light, snapshots, and ticks with one and six players.

world.js measures; here it is summed up. Milliseconds depend on the machine, ratios hardly.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from pathlib import Path

from benchmarks.measure import Figure, figure

from mc_server import find_node

SCRIPT = Path(__file__).resolve().parent / "world.js"
TIMEOUT_SECONDS = 300


def run() -> dict[str, Figure]:
    """Measure and return the figures by name."""
    finished = subprocess.run(
        [str(find_node()), str(SCRIPT)],
        check=True,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
    )
    # Libraries print too.
    line = next(each for each in finished.stdout.splitlines() if each.startswith("{"))
    milliseconds: dict[str, list[float]] = json.loads(line)
    column = statistics.mean(milliseconds["column"])
    return {
        "columns_a_second": figure([1000 / column], "columns"),
        "column": figure(milliseconds["column"], "ms"),
        "light_of_column": figure(milliseconds["light"], "ms"),
        "encoding_of_column": figure(milliseconds["encoding"], "ms"),
        "light_to_making": figure([statistics.mean(milliseconds["light"]) / column], "times"),
        "tick_of_one": figure(milliseconds["tickOfOne"], "ms"),
        "tick_of_six": figure(milliseconds["tickOfSix"], "ms"),
        "six_to_one": figure(
            [_ratio(milliseconds["tickOfSix"], milliseconds["tickOfOne"])], "times"
        ),
        "snapshot": figure(milliseconds["snapshots"], "ms"),
    }


def _ratio(these: list[float], those: list[float]) -> float:
    return statistics.mean(these) / statistics.mean(those)
