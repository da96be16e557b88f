"""Processes are started while another thread sets variables of ours."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from mc_server import find_node
from mc_server.child_environment import child_environment
from mc_server.node_host import check_node

STARTS = 40


@pytest.fixture
def restless() -> Iterator[None]:
    """While this is there, variables come and go."""
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            for number in range(40):
                os.environ[f"VOYAGER_TEST_{number}"] = "x" * 50
            for number in range(40):
                del os.environ[f"VOYAGER_TEST_{number}"]

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_a_process_can_be_started_whoever_sets_a_variable_meanwhile(restless):
    node = find_node()
    for _ in range(STARTS):
        check_node(node)


def test_a_child_gets_our_variables(monkeypatch):
    monkeypatch.setenv("VOYAGER_TEST", "given")
    assert child_environment() == dict(os.environ)
