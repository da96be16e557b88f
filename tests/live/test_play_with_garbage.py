"""The worst endpoint there can be: play gets on as if there were none, within its budget."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from tests.live.playing import ask, run
from voyager.language_models.replay.garbage_replies import GarbageReplies
from voyager.language_models.replay.replay_server import ReplayServer

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

BUDGET_TOKENS = 40_000
ASKED_AT_ONCE = "[attempts]\nmodel_retry_seconds = 0\n[model]\nretry_seconds = 0.01\n"
"""A model that failed is asked again for the next thing, so that there is more garbage."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_garbage_costs_no_more_than_the_budget_and_keeps_nobody_from_the_goal(tmp_path):
    home, file = tmp_path / "home", tmp_path / "voyager.toml"
    file.write_text(ASKED_AT_ONCE)
    with ReplayServer(GarbageReplies(seed=2)) as endpoint:
        done = run(
            *("play", "--home", home, "--seed", "1", "--goal", "stone_pickaxe"),
            *("--config", file, "--no-gym"),
            *("--tasks", "30", "--budget", f"{BUDGET_TOKENS} tokens", "--world-rate", "max"),
            *("--model", "m", "--base-url", endpoint.base_url),
            limit_seconds=500,
            OPENAI_API_KEY="any",
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert CONTROLS.findall(done.stdout) == []
    shown = ask("runs", "show", "--home", home)
    assert shown["inventory"]["stone_pickaxe"] == 1
    with closing(sqlite3.connect(home / "voyager.db")) as journal:
        calls, outcomes, tokens = journal.execute(
            "SELECT COUNT(*), COUNT(DISTINCT outcome), SUM(input_tokens + output_tokens)"
            " FROM model_calls"
        ).fetchone()
    assert calls >= 10 and outcomes >= 4
    assert 0 < tokens <= BUDGET_TOKENS
