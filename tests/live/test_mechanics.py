"""Every mechanic of the embedded world, shown by a plain Mineflayer bot.

The scenes are JavaScript (`tests/mechanics/areas/*.js`): what is shown, after which source, and how
close to the original it is. One Node process plays an area; `mc_server/embedded/MECHANICS.md` holds
the table made from them.
"""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path

import pytest

from mc_server.node import find_node

pytestmark = pytest.mark.live

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "tests" / "mechanics"
TIMEOUT_SECONDS = 600


def run_node(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(find_node()), *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT_SECONDS,
        check=False,
    )


def scenes() -> list[tuple[str, str]]:
    """Area and name of every mechanic that is shown."""
    done = run_node(str(FOLDER / "run.js"), "--list")
    assert done.returncode == 0, done.stderr
    return [(scene["area"], scene["name"]) for scene in map(json.loads, done.stdout.splitlines())]


@cache
def reports_of(area: str) -> dict[str, dict[str, object]]:
    """What came of each scene of an area, by name."""
    done = run_node(str(FOLDER / "run.js"), area)
    assert done.returncode == 0, done.stderr
    return {report["name"]: report for report in map(json.loads, done.stdout.splitlines())}


@pytest.mark.timeout(TIMEOUT_SECONDS + 20)  # the first of an area waits for all of it
@pytest.mark.parametrize(("area", "name"), scenes())
def test_mechanic(area: str, name: str) -> None:
    report = reports_of(area)[name]
    assert report["ok"], report["message"]


def test_the_page_lists_what_is_shown() -> None:
    done = run_node(str(FOLDER / "table.js"), "--check")
    assert done.returncode == 0, done.stdout + done.stderr
