"""What play does where layers of the sandbox are missing, and a bot in a network of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mc_server import BotSettings, MineflayerBridge, Script, ScriptModule
from mc_server.embedded_server import EmbeddedServer
from mc_server.node import find_node
from mc_server.sandbox import sandbox_layers
from skills import primitives_folder
from tests.live.playing import ask, run
from tests.live.processes import bot_process, needs_proc

pytestmark = pytest.mark.live

OUTER = {
    "memory_limit",
    "file_size_limit",
    "parent_death",
    "no_new_privileges",
    "network",
    "process_namespace",
}
WARNING = "warning: programs are confined less than they could be, without "


def short_sitting(home: Path) -> list[str | Path]:
    return ["--home", home, "--seed", "1", "--world-rate", "max", "--tasks", "1"]


def test_play_without_the_tools_warns_and_keeps_what_was_missing(tmp_path):
    home = tmp_path / "home"
    done = run("play", *short_sitting(home), PATH=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    warnings = [line for line in done.stdout.splitlines() if line.startswith(WARNING)]
    assert len(warnings) == 1
    assert set(warnings[0].removeprefix(WARNING).split(";")[0].split(", ")) == OUTER
    assert set(ask("runs", "show", "--home", home)["sandbox_missing"]) == OUTER


def test_play_that_requires_the_sandbox_does_not_begin_without_it(tmp_path):
    home = tmp_path / "home"
    done = run("play", *short_sitting(home), "--require-sandbox", PATH=str(tmp_path))
    assert done.returncode == 6, done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert all(name in done.stderr for name in OUTER)
    assert ask("runs", "list", "--home", home) == []


def test_play_that_requires_the_sandbox_plays_where_it_is_whole(tmp_path):
    missing = [layer.name for layer in sandbox_layers(find_node()) if not layer.active]
    home = tmp_path / "home"
    done = run("play", *short_sitting(home), "--require-sandbox")
    assert done.returncode == (6 if missing else 0), done.stdout + done.stderr
    if not missing:
        assert WARNING not in done.stdout
        assert ask("runs", "show", "--home", home)["sandbox_missing"] == []


@pytest.fixture(scope="module")
def bridge(embedded_server: EmbeddedServer) -> Iterator[MineflayerBridge]:
    settings = BotSettings(
        embedded_server.host, embedded_server.port, "sandboxed", primitives_folder()
    )
    with closing(MineflayerBridge(settings, find_node())) as bridge:
        bridge.join()
        yield bridge


@needs_proc
def test_the_bot_plays_in_a_network_of_its_own_where_the_machine_has_one(bridge):
    separate = {layer.name: layer.active for layer in sandbox_layers(find_node())}["network"]
    bot = bot_process(os.getpid())
    assert (network_of(bot.pid) != network_of(os.getpid())) is separate
    source = "async function main () { await bot.waitForTicks(2); return bot.health }"
    execution = bridge.execute(Script((ScriptModule("main", source),), "main", ()), 30)
    assert execution.result == 20


def network_of(pid: int) -> str:
    return os.readlink(f"/proc/{pid}/ns/net")
