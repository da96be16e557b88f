"""Processes that are killed at random instants while they keep skills and take checkpoints.

`VOYAGER_KILLS=100` kills so many; without it a few are, so that the tests stay short.
"""

from __future__ import annotations

import os
import random
import sys
from contextlib import closing
from pathlib import Path

import pytest

from skills import open_library
from tests.voyager.checkpoints.killed_processes import go_back, killed_after, play
from tests.voyager.checkpoints.playing import age_on_disk
from voyager.checkpoints.rewinding import set_right
from voyager.checkpoints.store import CheckpointStore
from voyager.home import Home
from voyager.journal.database import acquire_home_lock, check_database, open_database
from voyager.journal.journal_opening import MIGRATIONS

KILLS = int(os.environ.get("VOYAGER_KILLS", "6"))
GO_BACK_EVERY = 5
LONGEST_SECONDS = 1.5

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="processes are forked"),
    pytest.mark.timeout(150 + 30 * KILLS),
]


def test_every_opening_after_a_kill_is_clean(tmp_path):
    folder, chance = tmp_path / "home", random.Random(7)
    certain: set[str] = set()
    for kill in range(1, KILLS + 1):
        in_its_stride = kill % 4 != 0
        told = killed_after(chance.uniform(0, LONGEST_SECONDS), play, folder, in_its_stride)
        certain |= {line.removeprefix("task ") for line in told if line.startswith("task ")}
        certain = reopened(folder, certain)
        names = [m.name for m in CheckpointStore(Home(folder)).manifests()]
        if kill % GO_BACK_EVERY == 0 and names:
            gone_back(folder, chance.choice(names), chance.uniform(0, LONGEST_SECONDS / 2))
            certain = reopened(folder, set())
    assert len(certain) > 0


def reopened(folder: Path, certain: set[str]) -> set[str]:
    """Open the home folder as the next sitting does, and look at everything; the tasks passed."""
    home = Home(folder)
    with (
        acquire_home_lock(folder),
        closing(_opened(home)) as connection,
        closing(open_library(connection, home.index)) as library,
    ):
        assert check_database(connection) == []
        tasks = connection.execute("SELECT description, status FROM tasks").fetchall()
        assert len({description for description, _ in tasks}) == len(tasks)
        passed = {description for description, status in tasks if status == "passed"}
        assert certain <= passed
        skills = [skill.name for skill in library.list()]
        assert len(skills) == len(set(skills)) == len(passed)
        for description in passed:
            skill = library.get(f"getThing{description.split()[-1]}")
            assert f"/* {skill.name} */" in skill.source
        versions = connection.execute("SELECT MAX(version) FROM skill_versions").fetchone()[0]
        assert versions in (None, 1)
    checkpoints = CheckpointStore(home).listed()
    assert [one.name for one in checkpoints if one.damage] == []
    assert not [*home.checkpoints.glob(".partial-*")] and age_on_disk(folder) > 0
    assert not [*home.worlds.glob("*/snapshots/*")]
    return passed


def gone_back(folder: Path, name: str, seconds: float) -> None:
    """Go back and be killed meanwhile: the pair is that of before or that of the checkpoint."""
    home = Home(folder)
    manifest = CheckpointStore(home).find(name)[1]
    before = (age_on_disk(folder), _passed(home))
    told = killed_after(seconds, go_back, folder, name)
    with acquire_home_lock(folder):
        set_right(home)
    there = (20 * (manifest.world_age_seconds or 0), manifest.tasks_passed)
    now = (age_on_disk(folder), _passed(home))
    assert now in ([there] if "back" in told else [before, there])


def _opened(home: Home):
    set_right(home)
    return open_database(home.database, MIGRATIONS)


def _passed(home: Home) -> int:
    with closing(open_database(home.database, MIGRATIONS)) as connection:
        passed = "SELECT COUNT(*) FROM tasks WHERE status = 'passed'"
        return int(connection.execute(passed).fetchone()[0])
