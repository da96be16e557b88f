"""Which errors end an agent that is started again, and which of them are waited for."""

from __future__ import annotations

from pathlib import Path

import pytest

from mc_server import (
    BridgeError,
    HomeFolderError,
    JoinFailedError,
    KickedError,
    ServerUnreachableError,
)
from voyager.errors import (
    DatabaseBusyError,
    DatabaseError,
    DatabaseFullError,
    HomeLockedError,
    SettingsError,
)
from voyager.supervision.passing import told_of

HOME = Path("home")
ROOM = 10**12


def told(error, code=4, free_bytes=ROOM):
    answer = told_of(error, code, HOME, free_bytes=lambda folder: free_bytes)
    return answer and (answer["part"], answer["kind"], answer["worth_waiting"] > 0)


@pytest.mark.parametrize(
    ("error", "broke"),
    [
        (DatabaseFullError("x"), ("disk", "full", True)),
        (DatabaseBusyError("x"), ("database", "busy", True)),
        (HomeFolderError("x"), ("disk", "unwritable", False)),
        (ServerUnreachableError("x"), ("server", "lost", False)),
        (BridgeError("x"), ("host", "lost", False)),
        (JoinFailedError("x"), ("server", "lost", False)),
        (KickedError("Be off"), ("server", "lost", False)),
        (KickedError("You are banned"), None),
        (SettingsError("x"), None),
        (DatabaseError("x"), None),
        (HomeLockedError("x"), ("home", "locked", False)),
    ],
)
def test_what_passes_is_told_with_what_broke(error, broke):
    assert told(error) == broke


@pytest.mark.parametrize("kind", [ServerUnreachableError, KickedError, JoinFailedError])
def test_a_foreign_server_is_waited_for_as_long_as_the_patience_lasts(kind):
    answer = told_of(error := kind("x"), 3, HOME, 300.0)
    assert answer and (answer["part"], answer["worth_waiting"]) == ("server", 300.0)
    error.waited_seconds = 100.0
    answer = told_of(error, 3, HOME, 300.0)
    assert answer and answer["worth_waiting"] == 200.0
    error.waited_seconds = 300.0
    assert told_of(error, 3, HOME, 300.0) is None
    assert told_of(kind("x"), 3, HOME, 0.0) is None


def test_a_bot_that_is_banned_for_good_is_not_waited_for():
    assert told_of(KickedError("You are banned"), 3, HOME, 300.0) is None


@pytest.mark.parametrize("error", [DatabaseError("x"), HomeFolderError("x"), OSError(28, "x")])
def test_what_a_disk_without_room_brings_about_is_waited_for_whatever_it_says(error):
    assert told(error, free_bytes=1000) == ("disk", "full", True)


def test_a_fault_of_ours_is_told_with_its_place_also_on_a_full_disk():
    try:
        raise KeyError("nothing")
    except KeyError as error:
        answer = told_of(error, None, HOME, free_bytes=lambda folder: 0)
    assert answer is not None
    assert answer["cause"] == f"The agent failed (test_passing.py:{LINE}): KeyError: 'nothing'."
    assert answer["trace"].endswith("KeyError: 'nothing'\n")


LINE = next(
    number
    for number, line in enumerate(Path(__file__).read_text().splitlines(), start=1)
    if line.strip().startswith("raise KeyError")
)
