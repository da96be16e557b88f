"""Whole sittings in which something is killed: played on, or left without a trace and continued."""

from __future__ import annotations

import os
import signal

import pytest

from tests.live.playing import WORLD_RATE, Player, ask
from tests.live.processes import (
    Process,
    bot_process,
    descendants,
    needs_proc,
    node_host,
    wait_until,
)

pytestmark = [pytest.mark.live, needs_proc, pytest.mark.timeout(240)]


def world_server(pid: int) -> Process:
    (server,) = (p for p in descendants(pid) if "--world-folder=" in p.command)
    return server


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


def test_a_simulation_goes_on_when_its_host_is_killed(tmp_path):
    player = Player("--home", tmp_path, "--goal", "stick", "--seed", "7", "--world-rate", "max")
    player.wait_for("attempt")
    node_host(player.process.pid).kill()
    assert player.finish() == 0, "\n".join(player.lines)
    assert ask("runs", "show", "--home", tmp_path)["inventory"]["stick"] > 0


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
    assert wait_until(lambda: not any(p.runs for p in left), 20), [p for p in left if p.runs]
    again = Player(*options)
    again.wait_for("going on with run 1")
    again.wait_for("attempt")
    again.kill()
