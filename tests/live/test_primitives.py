"""The primitives in the embedded world: what each achieves, and its main errors.

The scenarios are JavaScript (`tests/skills/primitives_scenarios.js`): one Node process plays them
one after the other in one world, in simulated time, and prints a line for each.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from mc_server.node import find_node

pytestmark = pytest.mark.live

ROOT = Path(__file__).resolve().parent.parent.parent
SCENARIOS = ROOT / "tests" / "skills" / "primitives_scenarios.js"
TIMEOUT_SECONDS = 600
NAMES = re.findall(r"^  '([^']+)': async", SCENARIOS.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def reports() -> dict[str, dict[str, object]]:
    """What came of each scenario, by name."""
    command = [
        str(find_node()),
        "-r",
        str(ROOT / "mc_server" / "clock.js"),
        str(ROOT / "tests" / "skills" / "run_primitives_scenarios.js"),
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "WORLD_RATE": "max"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    return {report["name"]: report for report in lines}


@pytest.mark.timeout(TIMEOUT_SECONDS + 20)  # the first one waits for all
@pytest.mark.parametrize("name", NAMES)
def test_scenario(reports: dict[str, dict[str, object]], name: str) -> None:
    assert name in reports, "the scenario was not played"
    assert reports[name]["ok"], reports[name]["message"]
