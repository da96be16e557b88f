"""The embedded server as a process: keeping its world, refusing what it must, never outliving us.

What the world is like to play in is tested in JavaScript, in tests/mc_server/embedded*.test.js.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mc_server.embedded_server import EmbeddedServer, EmbeddedServerSettings
from mc_server.errors import HomeFolderError, NodeMissingError, ServerError, ServerStartError
from mc_server.node import find_node

pytestmark = pytest.mark.live

BOT = """
const bot = require('mineflayer').createBot({
  host: '127.0.0.1', port: Number(process.argv[1]), username: 'keeper', version: '1.20.4'
})
bot.once('spawn', () => console.log('spawned'))
process.stdin.on('end', () => process.exit(0)).resume()
"""


@pytest.fixture
def settings(tmp_path: Path) -> EmbeddedServerSettings:
    return EmbeddedServerSettings(
        world_folder=tmp_path / "world",
        seed=5,
        node=find_node(),
        allow_test_operations=True,
        log_file=tmp_path / "server.log",
    )


class Bot:
    """A Mineflayer bot that only stands in the world."""

    def __init__(self, port: int) -> None:
        self._process = subprocess.Popen(
            [str(find_node()), "-e", BOT, str(port)],
            cwd=Path(sys.modules["mc_server"].__file__ or "").parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Bot:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "spawned\n"
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


def eventually(condition: Callable[[], Any], timeout_seconds: float = 60) -> bool:
    deadline = time.monotonic() + timeout_seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def player(server: EmbeddedServer) -> dict[str, Any]:
    players: list[dict[str, Any]] = server.status()["players"]
    return players[0]


def test_a_killed_server_keeps_world_and_inventory(settings: EmbeddedServerSettings) -> None:
    with EmbeddedServer(settings) as server:
        spawn = server.status()["spawnPoint"]
        place = {"x": int(spawn["x"]) + 2, "y": int(spawn["y"]) + 3, "z": int(spawn["z"])}
        with Bot(server.port):
            server.operate("give", item="diamond", count=3)
            server.operate("set_block", **place, block="gold_block")
            server.operate("teleport", x=place["x"] + 0.5, y=place["y"] + 1, z=place["z"] + 0.5)
            server.save()
            server.kill()
    with EmbeddedServer(settings) as server, Bot(server.port):
        assert player(server)["inventory"] == {"diamond": 3}
        assert abs(player(server)["position"]["x"] - place["x"] - 0.5) < 0.01
        assert server.operate("get_block", **place)["name"] == "gold_block"


def test_what_happens_is_saved_soon_without_asking(
    settings: EmbeddedServerSettings,
) -> None:
    world_file = settings.world_folder / "world.json"
    with EmbeddedServer(settings) as server, Bot(server.port):
        server.operate("give", item="emerald")
        assert eventually(lambda: "emerald" in world_file.read_text())


def test_killed_at_any_moment_the_world_can_be_opened(settings: EmbeddedServerSettings) -> None:
    for kill in range(5):
        server = EmbeddedServer(settings)
        server.start()
        height = 200 + kill
        for x in range(20):
            server.operate("set_block", x=x, y=height, z=0, block="stone")
        saving = threading.Thread(target=lambda s=server: _ignore_end(s))
        saving.start()
        time.sleep(0.002 * kill)
        server.kill()
        saving.join()
        state = json.loads((settings.world_folder / "world.json").read_text())
        assert state["seed"] == 5


def _ignore_end(server: EmbeddedServer) -> None:
    with contextlib.suppress(ServerError):
        server.save()


def test_a_world_keeps_its_difficulty_until_another_is_asked_for(
    settings: EmbeddedServerSettings,
) -> None:
    found = []
    for asked in (None, "peaceful", None, "hard"):
        with EmbeddedServer(dataclasses.replace(settings, difficulty=asked)) as server:
            found.append(server.status()["difficulty"])
    assert found == ["normal", "peaceful", "peaceful", "hard"]


def test_a_taken_port_is_named(settings: EmbeddedServerSettings, tmp_path: Path) -> None:
    with EmbeddedServer(settings) as server:
        second = dataclasses.replace(settings, world_folder=tmp_path / "other", port=server.port)
        with pytest.raises(ServerStartError, match=rf"Port {server.port} .* is taken"):
            EmbeddedServer(second).start()


def test_a_world_is_played_by_one_server_only(settings: EmbeddedServerSettings) -> None:
    with EmbeddedServer(settings), pytest.raises(ServerStartError, match="being played"):
        EmbeddedServer(settings).start()


def test_a_damaged_world_is_refused_and_left_alone(settings: EmbeddedServerSettings) -> None:
    settings.world_folder.mkdir()
    world_file = settings.world_folder / "world.json"
    world_file.write_text('{"format": 1, "seed"')
    with pytest.raises(ServerStartError, match="is damaged"):
        EmbeddedServer(settings).start()
    assert world_file.read_text() == '{"format": 1, "seed"'


def test_a_world_remembers_its_seed(settings: EmbeddedServerSettings) -> None:
    with EmbeddedServer(settings):
        pass
    with pytest.raises(ServerStartError, match="seed 5, not 6"):
        EmbeddedServer(dataclasses.replace(settings, seed=6)).start()


def test_a_folder_that_cannot_be_written_is_named(
    settings: EmbeddedServerSettings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    blocked = dataclasses.replace(settings, world_folder=tmp_path / "file" / "world")
    with pytest.raises(HomeFolderError, match="cannot be written"):
        EmbeddedServer(blocked).start()


def test_a_missing_node_is_named(settings: EmbeddedServerSettings, tmp_path: Path) -> None:
    with pytest.raises(NodeMissingError, match=r"no Node\.js"):
        EmbeddedServer(dataclasses.replace(settings, node=tmp_path / "node")).start()


def test_a_world_that_cannot_be_saved_is_told_and_saved_later(
    settings: EmbeddedServerSettings,
) -> None:
    events: list[str] = []
    obstacle = settings.world_folder / "world.json.new"
    server = EmbeddedServer(settings, on_event=lambda event: events.append(event["event"]))
    with server, Bot(server.port):
        server.save()
        obstacle.mkdir()
        server.operate("give", item="apple")
        assert eventually(lambda: "error" in events)
        with pytest.raises(HomeFolderError, match=r"could not be saved .*check the folder"):
            server.save()
        obstacle.rmdir()
        assert eventually(lambda: "save_recovered" in events)
        assert player(server)["inventory"] == {"apple": 1}
    assert "apple" in (settings.world_folder / "world.json").read_text()


def test_test_operations_are_refused_in_play(settings: EmbeddedServerSettings) -> None:
    played = dataclasses.replace(settings, allow_test_operations=False)
    with EmbeddedServer(played) as server:
        with pytest.raises(ServerError, match="no operation 'give'"):
            server.operate("give", item="diamond")
        with pytest.raises(ServerError, match="no operation 'constructor'"):
            server.operate("constructor")


def test_a_stopped_server_answers_with_an_error(settings: EmbeddedServerSettings) -> None:
    server = EmbeddedServer(settings)
    server.start()
    server.stop()
    server.stop()
    assert not server.is_alive
    with pytest.raises(ServerError, match="start it again"):
        server.status()


def test_the_server_dies_with_its_parent(settings: EmbeddedServerSettings) -> None:
    parent = f"""
import dataclasses, sys, time
from pathlib import Path
from mc_server.embedded_server import EmbeddedServer, EmbeddedServerSettings
server = EmbeddedServer(EmbeddedServerSettings(Path({str(settings.world_folder)!r}), 5,
                                               Path({str(settings.node)!r})))
server.start()
print(server.process_id, flush=True)
time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    child = int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()
    assert eventually(lambda: not _exists(child))


def _exists(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_time_runs_faster_on_request(settings: EmbeddedServerSettings) -> None:
    with EmbeddedServer(dataclasses.replace(settings, world_rate=10)) as server, Bot(server.port):
        before = server.status()["age"]
        started = time.monotonic()
        assert eventually(lambda: server.status()["age"] >= before + 600)
        assert time.monotonic() - started < 29  # at the normal rate 600 ticks take 30 s


def test_an_older_world_is_named_and_left_alone(settings: EmbeddedServerSettings) -> None:
    settings.world_folder.mkdir()
    world_file = settings.world_folder / "world.json"
    world_file.write_text('{"format": 1, "seed": 5}')
    with pytest.raises(ServerStartError, match="has format 1, and this server reads format"):
        EmbeddedServer(settings).start()
    assert world_file.read_text() == '{"format": 1, "seed": 5}'


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot freeze a process by a signal")
def test_a_server_that_is_frozen_when_it_is_to_save_is_ended_and_comes_back(
    settings: EmbeddedServerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EmbeddedServer(settings) as server:
        port, pid = server.port, server.process_id
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        monkeypatch.setattr("mc_server.embedded_server.ANSWER_TIMEOUT_SECONDS", 0.5)
        with pytest.raises(ServerError, match="did not answer 'save'"):
            server.save()
        monkeypatch.undo()
        assert server.revive()
        assert server.port == port
        server.save()
