"""Whole sittings in which something is killed: played on, or left without a trace and continued."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.live.playing import WORLD_RATE, Player, ask
from tests.live.processes import (
    Process,
    bot_process,
    descendants,
    needs_proc,
    node_host,
    only_one,
    wait_until,
)

pytestmark = [pytest.mark.live, needs_proc, pytest.mark.timeout(600)]


def world_server(pid: int) -> Process:
    return only_one(pid, "--world-folder=")


def agent(pid: int) -> Process:
    """The process that plays, which is kept going by another."""
    return next(p for p in descendants(pid) if p.parent == pid)


def faults(home: Path) -> list[tuple[str, str, str]]:
    """What broke, with its cause; each has come right."""
    with closing(sqlite3.connect(home / "voyager.db")) as connection:
        rows = connection.execute(
            "SELECT part, kind, cause, seconds FROM faults ORDER BY id"
        ).fetchall()
    assert all(seconds is not None and seconds >= 0 for *_, seconds in rows), rows
    return [(part, kind, cause) for part, kind, cause, _ in rows]


def test_a_sitting_goes_on_whatever_is_killed_under_it(tmp_path):
    options = ["--home", tmp_path, "--goal", "wooden_pickaxe", "--seed", "1", "--no-gym"]
    player = Player(*options, "--world-rate", WORLD_RATE)
    for victim in (node_host, world_server, bot_process):
        player.wait_for("attempt")
        victim(player.process.pid).kill()
    assert player.finish() == 0, "\n".join(player.lines)
    shown = ask("runs", "show", "--home", tmp_path)
    assert shown["status"] == "finished"
    assert shown["inventory"]["wooden_pickaxe"] == 1
    assert (tmp_path / "logs" / "voyager.log").read_text().count("has ended") >= 2
    ended = [(part, kind) for part, kind, _ in faults(tmp_path)]
    assert ended == [("host", "ended"), ("server", "ended"), ("bot", "ended")]


FAULTS = {
    "agent killed": (agent, signal.SIGKILL, ("agent", "ended"), "signal SIGKILL"),
    "agent frozen": (agent, signal.SIGSTOP, ("agent", "froze"), "no sign of life for 6 s"),
    "host killed": (node_host, signal.SIGKILL, ("host", "ended"), "signal SIGKILL"),
    "host frozen": (node_host, signal.SIGSTOP, ("host", "froze"), "did not answer"),
    "bot killed": (bot_process, signal.SIGKILL, ("bot", "ended"), "process ended ("),
    "bot frozen": (bot_process, signal.SIGSTOP, ("bot", "froze"), "stopped from outside"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_simulation_goes_on_and_tells_what_broke(tmp_path, name):
    victim, number, broke, words = FAULTS[name]
    configuration = tmp_path / "voyager.toml"
    configuration.write_text("[supervision]\nsilence = 6\n")
    options = ["--home", tmp_path / "home", "--config", configuration, "--goal", "stick"]
    player = Player(*options, "--seed", "7", "--world-rate", "max", "--no-gym")
    player.wait_for("attempt")
    victim(player.process.pid).kill(number)
    assert player.finish() == 0, "\n".join(player.lines)
    assert ask("runs", "show", "--home", tmp_path / "home")["inventory"]["stick"] > 0
    ((part, kind, cause),) = faults(tmp_path / "home")
    assert (part, kind) == broke
    assert words in cause


@pytest.mark.parametrize(
    ("rate", "number"),
    [(WORLD_RATE, signal.SIGKILL), ("max", signal.SIGKILL), ("max", signal.SIGTERM)],
)
def test_a_killed_sitting_leaves_no_process_and_goes_on(tmp_path, rate, number):
    options = ["--home", tmp_path, "--goal", "stick", "--seed", "7", "--world-rate", rate]
    player = Player(*options)
    player.wait_for("attempt")
    left = descendants(player.process.pid)
    assert len(left) >= 2
    os.kill(player.process.pid, number)  # itself alone: the others have to notice
    player.process.wait()
    # It has a minute for ending in order, and then ends all the same.
    assert wait_until(lambda: not any(p.runs for p in left), 90), [p for p in left if p.runs]
    again = Player(*options)
    again.wait_for("going on with run 1")
    again.wait_for("attempt")
    again.kill()
