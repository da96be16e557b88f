"""New skills are tried in scratch worlds beside play, and a simulation stays repeatable by it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.live.playing import ask, run

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

CHANGES = "SELECT name, version, change, reason, because_of FROM skill_changes ORDER BY id"
USES = (
    "SELECT name, version, kind, passed, seconds, before, after, seed FROM skill_uses ORDER BY id"
)
EVENTS = "SELECT type, data FROM events WHERE type LIKE 'skill%' OR type = 'task_proposed'"


def played(home: Path) -> list[list[tuple[Any, ...]]]:
    """What a sitting to the first pickaxe leaves of its skills."""
    options = ("--home", home, "--goal", "wooden_pickaxe", "--seed", "5", "--world-rate", "max")
    done = run("play", *options, limit_seconds=500)
    assert done.returncode == 0, done.stdout + done.stderr
    with closing(sqlite3.connect(home / "voyager.db")) as journal:
        return [journal.execute(query).fetchall() for query in (CHANGES, USES, EVENTS)]


def test_new_skills_are_verified_in_other_worlds_and_the_same_again(tmp_path):
    homes = tmp_path / "one", tmp_path / "two"
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(played, homes)
    assert one == two
    statuses = {
        skill["name"]: skill["status"] for skill in ask("skills", "list", "--home", homes[0])
    }
    assert statuses["mineLogs"] == "verified"
    # The last one has nowhere to be tried before the sitting ends.
    assert statuses["craftWoodenPickaxe"] == "candidate"
    tried = [use for use in one[1] if use[2] == "exercised"]
    assert tried and all(use[-1] != 5 for use in tried)
    assert not [*(homes[0] / "gym").glob("*")]
