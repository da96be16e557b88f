"""Whole sittings: played, killed, continued, taken to another world."""

from __future__ import annotations

import random
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from skills import open_library
from tests.live.playing import WORLD_RATE, Player, ask, run
from voyager.journal.database import open_database
from voyager.journal.journal_opening import MIGRATIONS

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

GOAL = "stone_pickaxe"


def play(home: Path, *more: str) -> list[str | Path]:
    """Options of the sittings below."""
    return ["--home", home, "--goal", GOAL, "--world-rate", WORLD_RATE, *more]


@pytest.fixture(scope="module")
def played_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder in which a stone pickaxe was made."""
    home = tmp_path_factory.mktemp("played")
    done = run("play", *play(home, "--seed", "1"))
    assert done.returncode == 0, done.stdout + done.stderr
    return home


def test_the_goal_is_in_the_inventory_and_every_task_has_evidence(played_home):
    shown = ask("runs", "show", "--home", played_home)
    assert shown["inventory"][GOAL] == 1
    assert shown["status"] == "finished"
    assert all(t["status"] == "passed" for t in shown["tasks"])
    assert all(t["verdict"]["passed"] and t["verdict"]["evidence"] for t in shown["tasks"])
    assert {"log", "planks"} & {m["name"].split("_")[-1] for m in shown["milestones"]}


def test_the_same_command_again_has_nothing_left_to_do(played_home):
    before = ask("runs", "show", "--home", played_home)
    again = run("play", *play(played_home))
    assert again.returncode == 0, again.stderr
    shown = ask("runs", "show", "--home", played_home)
    assert shown["run"] == before["run"]
    assert shown["tasks"] == before["tasks"]
    assert "carried" in shown["reason"]


def test_skills_are_listed_found_by_meaning_and_shown(played_home):
    names = [s["name"] for s in ask("skills", "list", "--home", played_home)]
    assert "craftStonePickaxe" in names and "mineLogs" in names
    found = ask("skills", "search", "cut down trees", "--home", played_home)
    assert found[0]["name"] == "mineLogs"
    assert found == sorted(found, key=lambda s: -s["score"])
    shown = ask("skills", "show", "craftStonePickaxe", "--home", played_home)
    assert "craftItem('stone_pickaxe'" in shown["source"]
    assert "craftStick" in shown["calls"]


def test_another_world_reuses_the_skills_and_writes_fewer_programs(played_home):
    first = ask("runs", "show", "1", "--home", played_home)
    done = run("play", *play(played_home, "--world", "second", "--seed", "9"))
    assert done.returncode == 0, done.stdout + done.stderr
    second = ask("runs", "show", "--home", played_home)
    assert second["world"] == "second"
    assert second["inventory"][GOAL] == 1
    assert second["programs_reused"] > 0
    assert second["programs_written"] < first["programs_written"]


def test_a_killed_sitting_goes_on_and_repeats_nothing(tmp_path):
    moments = random.Random(7)
    for _ in range(3):
        player = Player(*play(tmp_path, "--seed", "2"))
        player.wait_for("run 1 in")
        for _ in range(moments.randint(1, 4)):
            player.wait_for("")
        player.kill()
    player = Player(*play(tmp_path))
    assert player.finish() == 0, "\n".join(player.lines)
    assert any("going on with run 1" in line for line in player.lines)

    shown = ask("runs", "show", "--home", tmp_path)
    assert shown["inventory"][GOAL] == 1
    passed = [t["description"] for t in shown["tasks"] if t["status"] == "passed"]
    assert len(passed) == len(set(passed)) == len(shown["tasks"])
    assert_index_agrees(tmp_path)


def assert_index_agrees(home: Path) -> None:
    """Every skill whose storing was journalled is there, and the index holds just these."""
    with (
        closing(open_database(home / "voyager.db", MIGRATIONS)) as connection,
        closing(open_library(connection, home / "index")) as library,
    ):
        assert library.check() == []
        assert set(library.names()) == stored_skills(connection)


def stored_skills(connection: sqlite3.Connection) -> set[str]:
    """The names that the journal says were stored."""
    return {
        row[0]
        for row in connection.execute(
            "SELECT json_extract(data, '$.name') FROM events WHERE type = 'skill_stored'"
        )
    }


def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(tmp_path):
    player = Player(*play(tmp_path, "--seed", "3"))
    player.wait_for("attempt 1")
    player.send(signal.SIGINT)
    assert player.finish() == 130, "\n".join(player.lines)
    assert "Traceback" not in "\n".join(player.lines)
    assert any("Go on with: scripts/play" in line for line in player.lines)
    assert ask("runs", "show", "--home", tmp_path)["status"] == "stopped"
