"""What cannot be: one sentence, an exit code, no traceback."""

from __future__ import annotations

import socket
import subprocess

import pytest

from tests.live.playing import run
from voyager.language_models.replay.replay_server import ReplayServer

pytestmark = pytest.mark.live


def assert_one_sentence(done: subprocess.CompletedProcess[str], code: int, *said: str) -> None:
    """The exit code, and a single line of error that holds all that is to be said."""
    assert done.returncode == code, done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    for text in said:
        assert text in lines[0]


def test_an_unknown_goal_names_those_that_are_close(tmp_path):
    done = run("play", "--home", tmp_path, "--seed", "1", "--goal", "iron_pickax", "--quiet")
    assert_one_sentence(done, 2, "iron_pickax", "iron_pickaxe")


def test_a_command_with_a_mistake_does_not_choose_the_world(tmp_path):
    wrong = run("play", "--home", tmp_path, "--goal", "iron_pickax", "--quiet")
    assert wrong.returncode == 2
    right = run("play", "--home", tmp_path, "--seed", "7", "--goal", "dirt", "--quiet")
    assert right.returncode == 0, right.stderr


def test_a_port_that_is_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("play", "--home", tmp_path, "--seed", "1", "--port", port, "--quiet")
    assert_one_sentence(done, 3, port)


def test_a_server_that_does_not_answer(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    done = run("play", "--home", tmp_path, "--server", f"127.0.0.1:{port}", "--quiet")
    assert_one_sentence(done, 3, f"127.0.0.1:{port}")


def test_a_home_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = run("play", "--home", tmp_path / "file" / "home", "--quiet")
    assert_one_sentence(done, 4, "--home")


def test_a_database_that_is_damaged_is_left_as_it_is(tmp_path):
    (tmp_path / "voyager.db").write_bytes(b"no database at all " * 300)
    done = run("play", "--home", tmp_path, "--quiet")
    assert_one_sentence(done, 4, "voyager.db")
    assert (tmp_path / "voyager.db").read_bytes().startswith(b"no database at all")


def test_a_model_endpoint_that_refuses(tmp_path):
    with ReplayServer([], expected_key="right") as endpoint:
        done = run(
            *("play", "--home", tmp_path, "--seed", "1", "--quiet"),
            *("--model", "some-model", "--base-url", endpoint.base_url),
            OPENAI_API_KEY="wrong",
        )
    assert_one_sentence(done, 5, "some-model")


def test_options_that_contradict_each_other(tmp_path):
    done = run("play", "--home", tmp_path, "--server", "127.0.0.1:1", "--seed", "1")
    assert_one_sentence(done, 2, "--seed")


def test_nothing_played_yet(tmp_path):
    assert_one_sentence(run("runs", "list", "--home", tmp_path), 2, "voyager play")
    assert_one_sentence(run("skills", "list", "--home", tmp_path), 2, "voyager play")
