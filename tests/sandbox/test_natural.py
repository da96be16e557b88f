"""Programs as models write them have the same results confined as they have with the bare bot.

Each is played twice from one moment of a simulated world (`natural/run.js`); what it returns,
throws, prints, builds, carries and leaves behind must be the same.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from mc_server.node import find_node

ROOT = Path(__file__).resolve().parent.parent.parent
NATURAL = ROOT / "tests" / "sandbox" / "natural"
PARTS = 2  # played at the same time
TIMEOUT_SECONDS = 600  # half a minute on a quiet machine
NAMES = sorted(path.stem for path in (NATURAL / "programs").glob("*.js"))


def _play(folder: Path) -> Mapping[str, dict[str, Any]]:
    """What came of each program of the folder, by name; some are played side by side."""
    with ThreadPoolExecutor(PARTS) as executor:
        outputs = list(executor.map(lambda part: _play_part(folder, part), range(PARTS)))
    lines = [line for output in outputs for line in output.splitlines() if line.startswith("{")]
    reports = [json.loads(line) for line in lines]
    return {report["name"]: report for report in reports}


def _play_part(folder: Path, part: int) -> str:
    options = ["--folder", str(folder), "--part", str(part), "--of", str(PARTS)]
    done = subprocess.run(
        [str(find_node()), str(NATURAL / "run.js"), *options],
        cwd=ROOT,
        env={**os.environ, "WORLD_RATE": "max"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def reports() -> Mapping[str, dict[str, Any]]:
    """What came of each program, by name."""
    return _play(NATURAL / "programs")


@pytest.mark.timeout(TIMEOUT_SECONDS + 20)  # the first one waits for all
@pytest.mark.parametrize("name", NAMES)
def test_confined_as_bare(reports: Mapping[str, dict[str, Any]], name: str) -> None:
    assert name in reports, "the program was not played"
    assert reports[name]["same"], "\n".join(reports[name]["differences"])


@pytest.mark.timeout(TIMEOUT_SECONDS + 20)
def test_a_difference_is_told() -> None:
    told = _play(NATURAL / "unlike" / "programs")
    assert not any(report["same"] for report in told.values())
    assert told["looksBehind"]["differences"] == ['result: bare "object", confined "undefined"']
    assert "bot.emit is not a function" in " ".join(told["shouts"]["differences"])
