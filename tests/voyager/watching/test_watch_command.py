"""`voyager watch` in a terminal: how it stands once, and following to the end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from tests.voyager.sittings import LOGS
from tests.voyager.watching.feeds import SECONDS, fed_sitting
from tests.voyager.watching.pictures import state
from voyager import events
from voyager.command_line import main
from voyager.supervision.restarting_mark import RestartingMark
from voyager.watching import feed_client


def watch(home, *options: str) -> int:
    return main(["watch", "--home", str(home), *options])


def test_once_tells_how_the_session_stands(tmp_path, capsys):
    with fed_sitting(tmp_path, LOGS) as (sitting, feed):
        sitting.steps.sitting_begun(sitting.bridge.observe())
        feed.hear(events.BotSeen(state(7.0, 9.0)))
        assert watch(tmp_path, "--once") == 0
        text = capsys.readouterr().out
        assert watch(tmp_path, "--once", "--json") == 0
        document = json.loads(capsys.readouterr().out)
    assert ": being played" in text
    assert "7, 64, 9 in savanna" in text
    assert "3 oak_log" in text
    assert document["playing"] is True
    assert document["bot"]["position"]["x"] == 7.0


def test_once_without_a_session_tells_of_the_last_from_the_journal(tmp_path, capsys):
    with fed_sitting(tmp_path, LOGS) as (sitting, _):
        sitting.agent.play()
    assert watch(tmp_path, "--once") == 0
    text = capsys.readouterr().out
    assert ": not being played now" in text
    assert "finished: the list is done" in text
    assert "1 done, 0 failed" in text
    assert "2 oak_log" in text
    assert watch(tmp_path, "--once", "--json") == 0
    assert json.loads(capsys.readouterr().out)["ended"]["status"] == "finished"


def test_once_while_the_agent_is_started_again_says_so(tmp_path, capsys, monkeypatch):
    with fed_sitting(tmp_path, LOGS) as (sitting, _):
        sitting.agent.play()
    mark = RestartingMark(tmp_path)
    mark.set()
    monkeypatch.setattr(feed_client, "BACK_SECONDS", 0.0)
    assert watch(tmp_path, "--once") == 0
    mark.clear()
    said = capsys.readouterr()
    assert ": being started again; this is how it stood last" in said.out
    assert said.err == "The agent broke off and is being started again: it is waited for.\n"


def test_where_nothing_was_played_that_is_said(tmp_path, capsys):
    assert watch(tmp_path / "none", "--once") != 0
    assert "voyager play" in capsys.readouterr().err


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_following_ends_with_the_session_and_says_how(tmp_path, capsys, monkeypatch, options):
    begun = threading.Event()
    follow = feed_client.follow

    def following(home, **named):
        for message in follow(home, **named):
            yield message
            begun.set()

    monkeypatch.setattr("voyager.command_line.watch.follow", following)
    with fed_sitting(tmp_path, LOGS) as (_sitting, feed):

        def play() -> None:
            begun.wait(SECONDS)
            for event in (
                events.BotDied("fell", (1.0, 2.0, 3.0), "overworld", {}, 4.0),
                events.RunEnded("finished", "the list is done", 5.0),
            ):
                feed.hear(event)
            feed.close()

        thread = threading.Thread(target=play)
        thread.start()
        assert watch(tmp_path, *options) == 0
        thread.join(SECONDS)
    lines = capsys.readouterr().out.splitlines()
    if options:
        kinds = [json.loads(line)["type"] for line in lines]
        assert kinds == ["snapshot", "bot_died", "run_ended", "session_over"]
    else:
        assert "died at 1, 2, 3 (overworld): fell" in "\n".join(lines)
        assert lines[-1] == "The session is over: finished: the list is done."


@pytest.mark.skipif(os.name == "nt", reason="no pseudo terminals")
def test_ctrl_c_leaves_the_dashboard_and_not_the_session(tmp_path):
    import pty

    with fed_sitting(tmp_path, LOGS) as (sitting, feed):
        main_end, its_end = pty.openpty()
        command = [sys.executable, "-m", "voyager", "watch", "--home", str(tmp_path)]
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        with subprocess.Popen(command, stdout=its_end, stderr=its_end, env=environment) as watcher:
            os.close(its_end)
            feed.hear(events.TaskProposed(1, "Mine two logs", "for fun", "list"))
            drawn = b""
            while b"Mine two logs" not in drawn:
                drawn += os.read(main_end, 65536)
            watcher.send_signal(signal.SIGINT)
            drawn += _rest(main_end)
            assert watcher.wait(SECONDS) == 0
        assert b"Traceback" not in drawn
        assert sitting.agent.play().status == "finished"


def _rest(descriptor: int) -> bytes:
    read = b""
    try:
        while piece := os.read(descriptor, 65536):
            read += piece
    except OSError:
        pass  # the other end was closed
    os.close(descriptor)
    return read
