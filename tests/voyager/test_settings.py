"""Options of `play` that cannot be are refused in a sentence that names them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import mc_server
from voyager.errors import SettingsError
from voyager.opening.settings import EMBEDDED_VERSION, PlaySettings

HOME = Path("home")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"world": ""}, "cannot name a world"),
        ({"world": "../up"}, "cannot name a world"),
        ({"world": ".."}, "cannot name a world"),
        ({"world": "a/b"}, "cannot name a world"),
        ({"world": "w\n"}, "cannot name a world"),
        ({"world": "x" * 65}, "cannot name a world"),
        ({"username": "ab"}, "cannot name a player"),
        ({"username": "seventeen_letters"}, "cannot name a player"),
        ({"username": "with space"}, "cannot name a player"),
        ({"port": -1}, "is no port"),
        ({"port": 65536}, "is no port"),
        ({"seed": 2**31}, "--seed"),
        ({"seed": -(2**31) - 1}, "--seed"),
        ({"world_rate": 0.0}, "--world-rate"),
        ({"world_rate": 10.5}, "--world-rate"),
        ({"world_rate": float("nan")}, "--world-rate"),
        ({"world_rate": math.inf, "port": 25565}, "--port"),
        ({"server": "localhost:25565", "world_rate": math.inf}, "--world-rate"),
        ({"world_rate": -math.inf}, "--world-rate"),
        ({"tasks": 0}, "--tasks"),
        ({"hours": 0.0}, "--hours"),
        ({"hours": -1.0}, "--hours"),
        ({"hours": float("nan")}, "--hours"),
        ({"patience": -1.0}, "--patience"),
        ({"patience": float("nan")}, "--patience"),
        ({"patience": math.inf}, "--patience"),
        ({"server": "localhost:25565", "seed": 0}, "--seed"),
        ({"server": "localhost:25565", "port": 1}, "--port"),
        ({"server": "localhost:25565", "world_rate": 2.0}, "--world-rate"),
        ({"version": "1.19.4"}, "1.20.4.*--version"),
        ({"server": ""}, "HOST:PORT"),
        ({"server": "localhost:"}, "HOST:PORT"),
        ({"server": ":25565"}, "HOST:PORT"),
        ({"server": "localhost:0"}, "HOST:PORT"),
        ({"server": "localhost:65536"}, "HOST:PORT"),
        ({"server": "localhost:²"}, "HOST:PORT"),
        ({"server": "localhost:port"}, "HOST:PORT"),
        ({"server": "http://localhost:25565"}, "HOST:PORT"),
        ({"server": "::1"}, "HOST:PORT"),
    ],
)
def test_what_cannot_be_is_refused(options, said):
    with pytest.raises(SettingsError, match=said):
        PlaySettings(HOME, **options).check()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"version": EMBEDDED_VERSION},
        {"world_rate": math.inf},
        {"world": "second-world_2.0", "seed": -(2**31), "port": 65535, "world_rate": 10.0},
        {"require_sandbox": True, "patience": 0.0},
        {"username": "abc", "tasks": 1, "hours": 0.01, "model": "m", "base_url": "http://h/v1"},
        {"server": "play.example.org", "version": "1.8.9", "hours": float("inf")},
        {"server": "[::1]:25566"},
    ],
)
def test_what_can_be_is_taken(options):
    PlaySettings(HOME, **options).check()


@pytest.mark.parametrize(
    ("server", "name"),
    [
        ("embedded", "mine"),
        ("example.org:25566", "example.org:25566"),
        ("example.org", "example.org:25565"),
        ("[::1]", "[::1]:25565"),
    ],
)
def test_a_foreign_world_is_named_after_its_address_in_full(server, name):
    assert PlaySettings(HOME, world="mine", server=server).world_name == name


@pytest.mark.parametrize(
    ("options", "seconds"),
    [
        ({}, 120),
        ({"server": "example.org"}, 12 * 3600),
        ({"server": "example.org", "patience": 5}, 5),
    ],
)
def test_a_night_without_a_foreign_server_is_waited_for_by_default(options, seconds):
    assert PlaySettings(HOME, **options).server_patience == seconds


def test_the_embedded_version_is_the_servers_own():
    server = Path(mc_server.__file__).with_name("embedded") / "version.js"
    assert f"const VERSION = '{EMBEDDED_VERSION}'" in server.read_text(encoding="utf-8")
