"""The live feed: served by the one who plays, followed by any number of watchers."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.voyager.sittings import LOGS, STICKS
from tests.voyager.watching.feeds import SECONDS, Watching, fed_sitting
from voyager import events
from voyager.supervision.restarting_mark import RestartingMark, is_restarting
from voyager.watching import feed_client
from voyager.watching.feed import MOST_WATCHERS
from voyager.watching.feed_client import follow
from voyager.watching.live_file import LiveAddress, read_live, write_live
from voyager.watching.picture import Picture, empty_picture
from voyager.watching.standing import newest_run, standing


def over(message: dict[str, Any]) -> bool:
    return bool(message["type"] == "session_over")


def connect(home: Path, token: str | None = None) -> socket.socket:
    """A watcher of one's own, for those who do not behave."""
    address = read_live(home)
    assert address is not None
    connection = socket.create_connection(("127.0.0.1", address.port), SECONDS)
    connection.settimeout(SECONDS)
    greeting = {"token": address.token if token is None else token}
    connection.sendall(json.dumps(greeting).encode() + b"\n")
    return connection


def test_every_watcher_hears_the_whole_sitting(tmp_path):
    with fed_sitting(tmp_path, LOGS, STICKS) as (sitting, _):
        watchers = [Watching(tmp_path, over) for _ in range(3)]
        for watcher in watchers:
            assert watcher.begun.wait(SECONDS)
        sitting.agent.play()
    told = [event.type for event in sitting.told]
    for watcher in watchers:
        assert watcher.join().kinds == ["snapshot", *told, "session_over"]
        assert watcher.messages[-1]["status"] == "finished"
        counts = watcher.picture.document["counts"]
        assert (counts["tasks_passed"], counts["items"], counts["skills"]) == (2, 2, 2)


def test_who_comes_late_gets_the_picture_that_the_others_have(tmp_path):
    with fed_sitting(tmp_path, LOGS) as (sitting, feed):
        early = Watching(tmp_path, over)
        assert early.begun.wait(SECONDS)
        sitting.agent.play()
        late = Watching(tmp_path, lambda message: message["type"] == "snapshot").join()
        assert json.loads(feed.snapshot()) == late.messages[0]
    assert early.join().picture.document == late.messages[0]


def test_the_address_is_for_its_owner_alone_and_goes_with_the_session(tmp_path):
    with fed_sitting(tmp_path):
        assert stat.S_IMODE(os.stat(tmp_path / "live.json").st_mode) == 0o600
        address = read_live(tmp_path)
        assert address is not None
        assert address.process == os.getpid()
    assert not (tmp_path / "live.json").exists()


@pytest.mark.parametrize("token", ["", "wrong", "\ud800"])
def test_a_wrong_token_is_told_nothing(tmp_path, token):
    with fed_sitting(tmp_path), connect(tmp_path, token) as connection:
        said = connection.makefile("rb").read()
    assert json.loads(said)["type"] == "refused"


def test_who_does_not_read_slows_nobody_and_gets_a_new_picture_after(tmp_path):
    patience = {"queue_messages": 10, "sending_seconds": 4 * SECONDS}
    with fed_sitting(tmp_path, LOGS, **patience) as (sitting, feed):
        with connect(tmp_path) as idle:
            lines = idle.makefile("rb")
            assert json.loads(lines.readline())["type"] == "snapshot"
            for number in range(200):  # more than all buffers on the way hold
                feed.hear(events.ProgressReported(f"{number} {'x' * 100_000}"))
            sitting.agent.play()
            picture, kinds = Picture(empty_picture()), []
            for line in lines:
                message = json.loads(line)
                picture.take(message)
                kinds.append(message["type"])
                if picture.document["ended"]:
                    break
        assert len(kinds) < 200
        assert "snapshot" in kinds
        assert picture.document["counts"]["tasks_passed"] == 1


def test_who_never_reads_is_let_go(tmp_path):
    with fed_sitting(tmp_path, sending_seconds=0.05) as (_, feed), connect(tmp_path) as idle:
        assert idle.recv(10)
        deadline = time.monotonic() + SECONDS
        while feed.watchers and time.monotonic() < deadline:
            feed.hear(events.ProgressReported("x" * 1_000_000))
        assert not feed.watchers


def test_more_watchers_than_there_is_room_for_are_turned_away(tmp_path):
    with fed_sitting(tmp_path):
        sockets = [connect(tmp_path) for _ in range(MOST_WATCHERS)]
        assert all(one.recv(10) for one in sockets)
        address = read_live(tmp_path)
        assert address is not None
        with socket.create_connection(("127.0.0.1", address.port), SECONDS) as one_more:
            one_more.settimeout(SECONDS)
            assert one_more.recv(10) == b""
        for one in sockets:
            one.close()


def test_an_agent_that_is_started_again_is_found_again(tmp_path):
    with fed_sitting(tmp_path, keeper=os.getpid()) as (_, feed):
        watcher = Watching(tmp_path, over)
        assert watcher.begun.wait(SECONDS)
        feed.close()  # without a word on how the sitting ended, as a kill would
    with fed_sitting(tmp_path, LOGS) as (sitting, _):
        seen = Watching(tmp_path, lambda message: message["type"] == "snapshot")
        seen.join()
        watcher.wait_for("snapshot", 2)
        sitting.agent.play()
    kinds = watcher.join().kinds
    assert kinds[:3] == ["snapshot", "session_lost", "snapshot"]
    assert kinds[-2:] == ["run_ended", "session_over"]


def test_an_agent_that_nobody_starts_again_has_ended(tmp_path):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as keeper:
        with fed_sitting(tmp_path, keeper=keeper.pid) as (_, feed):
            watcher = Watching(tmp_path, over)
            assert watcher.begun.wait(SECONDS)
            feed.close()
        watcher.wait_for("session_lost")
        keeper.communicate(b"\n", timeout=SECONDS)
    assert watcher.join().kinds == ["snapshot", "session_lost", "session_over"]
    assert watcher.messages[-1]["status"] == "failed"


def test_who_joins_while_the_agent_is_started_again_waits_for_it(tmp_path):
    mark = RestartingMark(tmp_path)
    mark.set()
    watcher = Watching(tmp_path, lambda message: message["type"] == "snapshot")
    assert watcher.begun.wait(SECONDS)
    with fed_sitting(tmp_path):
        mark.clear()
        assert watcher.join().kinds == ["session_lost", "snapshot"]


def test_who_waits_for_an_agent_that_is_given_up_is_told(tmp_path, monkeypatch):
    mark = RestartingMark(tmp_path)
    mark.set()
    monkeypatch.setattr(feed_client, "BACK_SECONDS", 0.0)
    assert [message["type"] for message in follow(tmp_path, wait=False)] == ["session_lost"]
    watcher = Watching(tmp_path, over)
    assert watcher.begun.wait(SECONDS)
    mark.clear()
    assert watcher.join().kinds == ["session_lost", "session_over"]


def test_a_mark_whose_process_was_killed_says_nothing(tmp_path):
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from voyager.supervision.restarting_mark import RestartingMark\n"
        "RestartingMark(Path(sys.argv[1])).set()\nos.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert (tmp_path / "restarting").exists() and not is_restarting(tmp_path)
    mark = RestartingMark(tmp_path)
    mark.set()
    assert is_restarting(tmp_path)
    mark.clear()
    assert list(tmp_path.iterdir()) == [] and not is_restarting(tmp_path)


def test_a_killed_watcher_is_no_matter(tmp_path):
    code = (
        "import sys\nfrom pathlib import Path\nfrom voyager.watching.feed_client import follow\n"
        "for message in follow(Path(sys.argv[1])): print(message['type'], flush=True)"
    )
    with fed_sitting(tmp_path, LOGS) as (sitting, _):
        watcher = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert watcher.stdout is not None
        assert watcher.stdout.readline() == "snapshot\n"
        watcher.kill()
        assert sitting.agent.play().status == "finished"
        watcher.communicate(timeout=SECONDS)


def test_without_a_session_that_is_said_once_and_one_is_waited_for(tmp_path):
    assert [message["type"] for message in follow(tmp_path, wait=False)] == ["no_session"]
    watcher = Watching(tmp_path, over)
    assert watcher.begun.wait(SECONDS)
    with fed_sitting(tmp_path, LOGS) as (sitting, _):
        watcher.wait_for("snapshot")
        sitting.agent.play()
    assert watcher.join().kinds[:2] == ["no_session", "snapshot"]


def test_what_a_killed_session_left_is_not_taken_for_one(tmp_path):
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    write_live(tmp_path, LiveAddress(1, "token", ended.pid))
    (message,) = follow(tmp_path, wait=False)
    assert message["type"] == "no_session"
    write_live(tmp_path, LiveAddress(1, "token", os.getpid()))  # its number was given away again
    assert [message["type"] for message in follow(tmp_path, wait=False)] == ["no_session"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"port": 1e999}', "\x00", "[" * 9000])
def test_a_file_that_is_no_address_is_none(tmp_path, text):
    (tmp_path / "live.json").write_text(text)
    assert read_live(tmp_path) is None


def test_how_the_last_run_stands_is_in_the_journal(tmp_path):
    with fed_sitting(tmp_path, LOGS, STICKS) as (sitting, _):
        sitting.agent.play()
        assert newest_run(sitting.connection) == sitting.run.id
        last = standing(sitting.connection, sitting.run.id, None)
    assert last["ended"]["status"] == "finished"
    assert last["counts"]["tasks_passed"] == 2
    assert [milestone["name"] for milestone in last["milestones"]] == ["oak_log", "stick"]
