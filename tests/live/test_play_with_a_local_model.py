"""A real model on this machine, small enough to ship: the path to an endpoint works.

What it says is of no use, so nothing is asked of it but answers; the planner plays on.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.live.local_model import LocalModel
from tests.live.playing import ask, run

pytestmark = [pytest.mark.live, pytest.mark.local_model, pytest.mark.timeout(900)]

CONFIGURATION = """
[model]
name = "{name}"
base_url = "{base_url}"
max_output_tokens = 48
timeout_seconds = 300
temperature = 0
structured = "json_schema"
tools = "off"
streaming = "on"
[writer]
answers = 1
look_up_rounds = 0
"""
"""It does not know when to stop, and nothing it says can be used: so it is asked for little."""


def test_a_model_on_this_machine_answers_and_the_planner_gets_on(tmp_path):
    home, file = tmp_path / "home", tmp_path / "voyager.toml"
    with LocalModel(tmp_path / "server.log") as model:
        file.write_text(CONFIGURATION.format(name=model.name, base_url=model.base_url))
        endpoint = ("--model", model.name, "--base-url", model.base_url)
        doctor = run(
            *("doctor", "--home", home, *endpoint), limit_seconds=300, OPENAI_API_KEY=model.key
        )
        refused = run("doctor", "--home", home, *endpoint, OPENAI_API_KEY="another")
        done = run(
            *("play", "--home", home, "--seed", "1", "--world-rate", "max", "--no-gym"),
            *("--tasks", "1", "--config", file),
            limit_seconds=500,
            OPENAI_API_KEY=model.key,
        )
    assert doctor.returncode == 0 and f"{model.name} answers" in doctor.stdout, doctor.stdout
    assert refused.returncode != 0 and "check the key" in refused.stdout, refused.stdout
    assert done.returncode == 0, done.stdout + done.stderr
    (task,) = ask("runs", "show", "--home", home)["tasks"]
    # What it proposes itself, once in a while, need not be possible.
    assert task["status"] == "passed" or task["proposer"] == "llm", task
    with closing(sqlite3.connect(home / "voyager.db")) as journal:
        calls = journal.execute(
            "SELECT purpose, outcome, input_tokens, output_tokens FROM model_calls"
            " WHERE purpose != 'probe'"
        ).fetchall()
    answered = [call for call in calls if call[1] in ("answered", "cut_off")]
    assert {call[0] for call in answered} >= {"propose", "write"}, calls
    assert all(given > 100 and said > 0 for _, _, given, said in answered), calls
