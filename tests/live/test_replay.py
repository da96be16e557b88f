"""A sitting in a simulation with a model that also fails, played again without it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.live.playing import ask, run
from voyager.language_models.replay.replay_server import ReplayServer, Reply

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

SLOW_MACHINE_SECONDS = 250
# The first task is the model's: a reserve of food would come before it.
CONFIGURATION = "[upkeep]\nfood = false\ntools = false\n"

GOAL = {"type": "inventory_has", "name": "log", "count": 3}
PROPOSAL = json.dumps({"reasoning": "Wood first.", "task": "Mine 3 logs.", "goal": [GOAL]})
CLAIM = (
    "```javascript\n// Mines logs.\n// Use when wood is needed.\nasync function mineLogs () {}\n```"
)
REPLIES = (
    Reply(match="What is the next task?", text=PROPOSAL),
    Reply(match="<task>\nMine 3 logs.", text=CLAIM),  # as if all were done
    Reply(match="<task>\nMine 3 logs.", status=400, text="not today"),  # the planner goes on
    Reply(text="I would rather not.", repeat=True),
)


def world(home: Path) -> str:
    return hashlib.sha256((home / "worlds" / "default" / "world.json").read_bytes()).hexdigest()


def test_a_run_is_replayed_to_the_last_bit_without_its_model(tmp_path):
    home, again = tmp_path / "home", tmp_path / "again"
    configuration = tmp_path / "voyager.toml"
    configuration.write_text(CONFIGURATION)
    with ReplayServer(REPLIES) as endpoint:
        done = run(
            *("play", "--home", home, "--seed", "1", "--world-rate", "max", "--tasks", "3"),
            *("--model", "gpt-4o-mini", "--base-url", endpoint.base_url),
            *("--config", configuration),
            limit_seconds=SLOW_MACHINE_SECONDS,
            OPENAI_API_KEY="any",
        )
    assert done.returncode == 0, done.stdout + done.stderr
    replayed = ask(
        *("replay", "1", "--home", home, "--into", again), limit_seconds=SLOW_MACHINE_SECONDS
    )
    assert (replayed["same"], replayed["difference"]) == (True, None)
    assert replayed["tasks"] == replayed["tasks_same"] == 3
    assert replayed["attempts"] == replayed["attempts_same"] >= 4
    assert replayed["unused_answers"] == 0
    assert world(home) == world(again)
    writers = [one["writer"] for one in ask("transcript", "1", "--home", home)["attempts"]]
    assert writers == ["llm", "recipe"]
