"""What programs lack around them is told once in a sitting, and kept with the run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mc_server import SandboxLayer
from tests.voyager.sittings import LOGS, gives, sitting
from voyager.console.plain import describe
from voyager.console.screen import Screen
from voyager.events import RunStarted, SandboxIncomplete, TaskProposed

MISSING = tuple(
    SandboxLayer(name, "a layer", "outer", False, f"{tool} is not on this machine.", "Install it.")
    for name, tool in (("network", "unshare"), ("memory_limit", "prlimit"))
)


def test_missing_layers_are_told_once_at_the_start_and_kept(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        replace(one.agent, missing_layers=MISSING).play()
        kinds = [type(event) for event in one.told]
        assert kinds.count(SandboxIncomplete) == 1
        told = kinds.index(SandboxIncomplete)
        assert kinds.index(RunStarted) < told < kinds.index(TaskProposed)
        assert one.told[told] == SandboxIncomplete(
            {
                "network": "unshare is not on this machine.",
                "memory_limit": "prlimit is not on this machine.",
            }
        )
        assert one.report()["sandbox_missing"] == ["network", "memory_limit"]


def test_the_whole_sandbox_is_not_worth_a_word(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.agent.play()
        assert SandboxIncomplete not in [type(event) for event in one.told]
        assert one.report()["sandbox_missing"] == []


@pytest.mark.parametrize("text", ["network", "memory_limit", "voyager doctor"])
def test_both_displays_show_the_warning(text):
    event = SandboxIncomplete({"network": "why", "memory_limit": "why"})
    screen = Screen()
    screen.hear(event)
    assert text in describe(event)
    assert text in screen.recent[-1]
