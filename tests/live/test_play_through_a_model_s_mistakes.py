"""A sitting with a model that makes every mistake: where each ends, and that the goal is reached.

The endpoint replays what `tests/data/completions/trials.py` has; all else is real.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.data.completions.trials import GONE, PROPOSALS, TABLE, TrialReplies, contents
from tests.live.playing import ask, run
from voyager.language_models.replay.replay_server import ReplayServer

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

TOLD = (
    *("no JSON object", "No way is known to get bedrock", "No way is known to get netherite"),
    *(
        "holds no JavaScript function",
        "Line 3, column 1 cannot be parsed",
        "did you mean mineBlock",
    ),
    *("loops for ever", "You declined", "is empty", "was cut off"),
)
"""What the model was told about each answer for which it was asked again."""


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The sitting's home folder, its report, what was shown, and the endpoint with its requests."""
    home = tmp_path_factory.mktemp("home")
    with ReplayServer(TrialReplies()) as endpoint:
        done = run(
            *("play", "--home", home, "--seed", "1", "--goal", "stone_pickaxe", "--no-gym"),
            *("--model", "m", "--base-url", endpoint.base_url, "--world-rate", "max"),
            limit_seconds=500,
            OPENAI_API_KEY="any",
        )
    assert done.returncode == 0, done.stdout + done.stderr
    return home, ask("runs", "show", "--home", home), done.stdout, endpoint


def test_the_goal_is_reached_and_every_answer_was_asked_for(played):
    _, shown, _, endpoint = played
    assert endpoint.unused == ()
    assert shown["inventory"]["stone_pickaxe"] == 1
    assert all(task["status"] == "passed" for task in shown["tasks"])
    assert all(task["verdict"]["critic"] == "state" for task in shown["tasks"])


def test_what_cannot_be_used_is_told_to_the_model(played):
    _, _, said, endpoint = played
    told = [contents(request)[-1] for request in endpoint.requests]
    missing = [words for words in TOLD if not any(words in text for text in told)]
    assert missing == [], "\n\n".join(text[:300] for text in told)
    # The last answer for a task or an attempt is not asked for again.
    assert "There is no item called 'unobtainium'" in said
    assert "`bot.collectBlock`" in said


def test_a_claim_of_success_and_a_program_without_end_are_failed_attempts(played):
    home, _, _, _ = played
    with closing(sqlite3.connect(home / "voyager.db")) as journal:
        tried = journal.execute(
            "SELECT a.entry, e.outcome, v.passed FROM attempts a"
            " JOIN executions e ON e.attempt_id = a.id JOIN verdicts v ON v.attempt_id = a.id"
            " WHERE a.writer = 'llm' ORDER BY a.id"
        ).fetchall()
    assert tried == [
        ("claimLogs", "completed", 0),
        ("countForTable", "killed", 0),
        ("craftCraftingTable", "completed", 1),
    ]


def test_the_planner_helps_where_the_model_does_not_get_on(played):
    _, shown, said, _ = played
    tasks = shown["tasks"]
    assert tasks[0]["proposer"] == tasks[2]["proposer"] == "llm"
    assert tasks[2]["description"] == TABLE
    assert "planks" in tasks[1]["description"]
    assert all(task["proposer"].endswith("instead of llm") for task in (tasks[1], *tasks[3:]))
    assert "the planner tries" in said and GONE.text in said


def test_the_books_have_every_call_with_what_came_of_it(played):
    home, shown, _, endpoint = played
    with closing(sqlite3.connect(home / "voyager.db")) as journal:
        calls = journal.execute(
            "SELECT purpose, outcome, retries, input_tokens FROM model_calls ORDER BY id"
        ).fetchall()
        spent = journal.execute("SELECT SUM(input_tokens + output_tokens) FROM model_calls")
        total = spent.fetchone()[0]
    outcomes = [outcome for _, outcome, _, _ in calls]
    assert {name: outcomes.count(name) for name in ("refused", "cut_off")} == {
        "refused": 1,
        "cut_off": 1,
    }
    assert outcomes.count("empty") >= 1
    assert [call[:2] for call in calls].count(("propose", "answered")) == len(PROPOSALS)
    # The stream that broke off was asked for again, and so was the endpoint that had gone.
    assert ("write", "cut_off", 1) in [call[:3] for call in calls]
    assert all(retries for _, outcome, retries, _ in calls if outcome == "unreachable")
    assert sum(1 + retries for _, _, retries, _ in calls) == len(
        endpoint.requests + endpoint.probes
    )
    assert total == shown["tokens"]
    assert all(given for _, outcome, _, given in calls if outcome != "unreachable"), json.dumps(
        calls
    )
