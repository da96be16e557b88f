"""A sitting in which a language model proposes and writes, over a loopback endpoint.

The endpoint replays recorded completions; everything else is real: the `openai` client, the game.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.playing import WORLD_RATE, ask, run
from voyager.language_models.replay.replay_server import ReplayServer, Reply

pytestmark = pytest.mark.live

COMPLETIONS = Path(__file__).resolve().parents[1] / "data" / "completions"


def test_what_the_model_wrote_is_played_judged_and_kept(tmp_path):
    with ReplayServer.from_file(COMPLETIONS / "wooden_pickaxe.jsonl") as endpoint:
        done = run(
            *("play", "--home", tmp_path, "--seed", "1", "--goal", "wooden_pickaxe"),
            *("--model", "gpt-4o-mini", "--base-url", endpoint.base_url),
            *("--world-rate", WORLD_RATE, "--no-gym"),
            OPENAI_API_KEY="any",
        )
        asked = len(endpoint.requests)
    assert done.returncode == 0, done.stdout + done.stderr
    shown = ask("runs", "show", "--home", tmp_path)
    assert shown["inventory"]["wooden_pickaxe"] == 1
    assert shown["model"] == "gpt-4o-mini"
    assert all(t["verdict"]["critic"] == "state" for t in shown["tasks"])
    # What was asked to find out about the endpoint is for no task.
    assert 0 < sum(t["tokens"] for t in shown["tasks"]) < shown["tokens"]
    assert shown["cost"] > 0
    assert asked == 2 * len(shown["tasks"])
    assert shown["skills"]


def test_where_a_model_talks_nonsense_the_planner_proposes_and_writes(tmp_path):
    with ReplayServer([Reply(text="I would rather not.", repeat=True)]) as endpoint:
        done = run(
            *("play", "--home", tmp_path, "--seed", "1", "--tasks", "1", "--no-reflexes"),
            *("--model", "local", "--base-url", endpoint.base_url, "--world-rate", "max"),
            OPENAI_API_KEY="any",
        )
    assert done.returncode == 0, done.stdout + done.stderr
    task = ask("runs", "show", "--home", tmp_path)["tasks"][0]
    assert task["status"] == "passed"
    assert task["proposer"].startswith("tech_tree")
    assert "holds no JavaScript function" in done.stdout
