"""What a bot waits for, how long, and when it gives up."""

from __future__ import annotations

import pytest

from mc_server import (
    BotSettings,
    BridgeError,
    KickedError,
    MineflayerBridge,
    ServerStartError,
    ServerUnreachableError,
)
from mc_server.node_host import HostGoneError
from mc_server.patience import Patience, passes, passes_at_first


@pytest.mark.parametrize(
    ("error", "at_first", "later"),
    [
        (ServerUnreachableError("Nothing answers."), False, True),
        (KickedError("Server restarting"), False, True),
        (KickedError("You logged in from another location"), True, True),
        (KickedError("multiplayer.disconnect.name_taken"), True, True),
        (KickedError("You are banned from this server"), False, False),
        (KickedError("You are not white-listed on this server!"), False, False),
        (KickedError("multiplayer.disconnect.not_whitelisted"), False, False),
        (ServerStartError("The port is taken."), False, False),
    ],
)
def test_what_is_waited_for(error, at_first, later):
    assert (passes_at_first(error), passes(error)) == (at_first, later)


def test_pauses_double_up_to_a_longest_and_end_with_the_patience():
    pauses: list[float] = []
    patience = Patience(20, lambda _: None, lambda: sum(pauses), pauses.append)
    error = ServerUnreachableError("Nothing answers.")
    for _ in range(6):
        patience.wait(error)
    with pytest.raises(ServerUnreachableError, match=r"Nothing answers\. 7 tries in 20 s"):
        patience.wait(error)
    assert pauses == [0.5, 1, 2, 4, 8, 4.5]


def test_a_night_without_the_server_is_waited_for_with_ever_longer_pauses():
    pauses: list[float] = []
    patience = Patience(30 * 3600, lambda _: None, lambda: sum(pauses), pauses.append)
    error = KickedError("Server restarting")
    while sum(pauses) < 30 * 3600:
        patience.wait(error)
    with pytest.raises(KickedError, match="tries in 108000 s did not help") as failed:
        patience.wait(error)
    assert failed.value.waited_seconds == 30 * 3600
    assert (max(pauses), pauses[10]) == (60, 8)
    assert len(pauses) > 1024  # as often as a number can be doubled


def test_a_fault_that_is_not_the_servers_is_tried_three_times():
    pauses: list[float] = []
    patience = Patience(120, lambda _: None, lambda: sum(pauses), pauses.append)
    for _ in range(2):
        patience.wait(BridgeError("It did not answer."))
    with pytest.raises(BridgeError, match="3 tries"):
        patience.wait(BridgeError("It did not answer."))


def test_a_host_that_ends_again_and_again_is_an_error_that_says_so(tmp_path, monkeypatch):
    started = []

    def dying(_: object) -> object:
        started.append(1)
        raise HostGoneError("The Node host has ended.")

    monkeypatch.setattr("mc_server.mineflayer_bridge.running_host", dying)
    lines: list[str] = []
    settings = BotSettings("localhost", 1, "a", tmp_path, version="1.20.4")
    bridge = MineflayerBridge(settings, tmp_path / "node", note=lines.append)
    with pytest.raises(BridgeError, match="ended 3 times in a row"):
        bridge.join()
    assert (len(started), len(lines)) == (3, 2)
