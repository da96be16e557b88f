"""`voyager transcript`: what a model was asked and said, as people and as scripts read it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mc_server import Outcome, ProgramError
from tests.voyager.model_rows import add_call
from tests.voyager.sittings import LOGS, STICKS, gives, in_turn, sitting
from voyager.command_line import main
from voyager.errors import SettingsError
from voyager.reports.transcripts import AttemptName, parse_attempt_name

RULES = "## Rules\n" + "Await what takes time.\n" * 9
STATE = "## State\n" + "inventory = {}\n" * 9
FIRST = [{"role": "system", "content": RULES}, {"role": "user", "content": STATE}]
AGAIN = [
    *FIRST,
    {"role": "assistant", "content": "I will."},
    {"role": "user", "content": f"{STATE}## Problem\nNo code."},
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs; in the second one logs came at the second attempt, and sticks did not."""
    folder = tmp_path_factory.mktemp("home")
    with sitting(folder, gives(oak_log=2), LOGS) as one:
        one.agent.play()
    worlds = in_turn(gives(oak_log=1), gives(oak_log=2), gives())
    with sitting(folder, worlds, LOGS, STICKS, attempts=2, world="v", model="gpt") as two:
        two.agent.play()
        add_call(two.connection, 2, 2, None, "propose", answer='{"goal": "logs"}')
        add_call(two.connection, 2, 2, 1, messages=FIRST, answer="I will.", retries=1)
        add_call(
            two.connection,
            2,
            2,
            1,
            messages=AGAIN,
            answer="```javascript\nasync function mineLogs () {}\n```",
            tool_calls='[{"id": "a1", "name": "recipe", "arguments": "{\\"item\\": "}]',
            cost=None,
        )
        add_call(two.connection, 2, 2, 2, outcome="timed_out", error="Nobody answered.", seconds=9)
    return folder


def shown(capsys: pytest.CaptureFixture[str], home: Path, *words: str) -> str:
    assert main(["transcript", "--home", str(home), *words]) == 0
    said: str = capsys.readouterr().out
    return said


def read(capsys: pytest.CaptureFixture[str], home: Path, *words: str) -> dict[str, Any]:
    transcript: dict[str, Any] = json.loads(shown(capsys, home, "--json", *words))
    return transcript


def test_an_attempt_reads_as_a_conversation_with_what_came_of_it(home, capsys):
    said = shown(capsys, home, "1.1")
    places = [
        said.index(text)
        for text in (
            "run 2 in v, task 1: Mine 2 logs (passed)",
            "=== attempt 1 ===",
            "--- writer (write), gpt, 2026-01-02 03:04:05, 100 + 20 tokens, 0.50 USD, 0.0 s,"
            " sent twice, answered",
            "[system]",
            "## Rules",
            "[user]",
            "## State",
            "[answer]",
            "I will.",
            "price unknown",
            f"[system] as above ({len(RULES)} characters)",
            "## State ... as above",
            "## Problem",
            "async function mineLogs () {}",
            '[looks up, a1] recipe({"item": )',
            "--- the program: numbering wrote mineLogs()",
            "--- it ran: completed",
            "--- judged by state: not passed",
            "inventory has 1 of 2 oak_log",
        )
    ]
    assert places == sorted(places)
    assert "attempt 2" not in said
    assert "(propose)" not in said


def test_a_task_is_shown_with_what_led_to_it_and_all_its_attempts(home, capsys):
    said = shown(capsys, home, "1")
    assert said.index("proposer (propose)") < said.index("=== attempt 1") < said.index("attempt 2")
    assert "[no answer: timed_out] Nobody answered." in said


def test_nothing_is_folded_when_all_is_wanted(home, capsys):
    assert "as above" not in shown(capsys, home, "1", "--full")
    assert shown(capsys, home, "1", "--full").count("Await what takes time.") == 18


def test_scripts_read_the_same(home, capsys):
    found = read(capsys, home, "2.1.1")
    assert found == read(capsys, home, "1.1") == read(capsys, home, "1.1", "--run", "2")
    assert set(found) == {
        *("run", "world", "run_goal", "version", "model", "task", "calls", "attempts", "verdict")
    }
    (attempt,) = found["attempts"]
    assert [call["messages"] for call in attempt["calls"]] == [FIRST, AGAIN]
    assert (attempt["number"], attempt["execution"]["outcome"]) == (1, "completed")
    assert attempt["verdict"]["passed"] is False
    assert set(attempt) == {
        *("number", "status", "entry", "arguments", "source", "writer", "model", "reused"),
        *("problem", "execution", "verdict", "candidates", "calls"),
    }
    whole = read(capsys, home, "1")
    assert [call["purpose"] for call in whole["calls"]] == ["propose"]
    assert [attempt["number"] for attempt in whole["attempts"]] == [1, 2]


def test_a_run_without_a_model_is_shown_without_a_conversation(home, capsys):
    said = shown(capsys, home, "1", "--run", "1")
    assert "No language model was asked." in said
    assert "--- judged by state: passed" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["1.3"], "Task 1 of run 2 has attempts 1 to 2."),
        (["3"], "Run 2 has no task 3, it has tasks 1 to 2; --run names another run."),
        (["1.2", "--run", "1"], "Task 1 of run 1 has one attempt, number 1."),
        (["9.1.1"], "No run 9 is in this home folder"),
        (["1", "--run", f"{10**30}"], "No run 1000"),
        (["2.1.1", "--run", "1"], "give one of them"),
        *[([text], "names no attempt") for text in ("x", "1.", "1.2.3.4", "-1", "9" * 5000, "²")],
    ],
)
def test_what_is_not_there_is_a_sentence_that_says_what_is(home, capsys, words, said):
    words = ["--", *words] if words[0].startswith("-") else words
    assert main(["transcript", "--home", str(home), *words]) == 2
    assert said in capsys.readouterr().err


def test_a_name_has_up_to_three_numbers():
    assert parse_attempt_name("7") == AttemptName(7)
    assert parse_attempt_name("7.2", 3) == parse_attempt_name("3.7.2") == AttemptName(7, 2, 3)
    with pytest.raises(SettingsError):
        parse_attempt_name("")


def test_what_a_model_or_a_program_says_moves_no_cursor(tmp_path, capsys, monkeypatch):
    evil = "\x1b[2J\x07a\rb\u202e"
    with sitting(tmp_path, gives(), LOGS, attempts=1) as one:
        execute = one.bridge.execute

        def fails(*arguments: Any) -> Any:
            ran, error = execute(*arguments), ProgramError(f"E{evil}", evil, excerpt=evil)
            return replace(ran, outcome=Outcome.PROGRAM_ERROR, error=error, chat=(evil,))

        monkeypatch.setattr(one.bridge, "execute", fails)
        one.agent.play()
        messages = [{"role": f"user{evil}", "content": evil, "tool_calls": [{"name": evil}, 3]}]
        calls = json.dumps([{"id": evil, "name": evil, "arguments": evil}])
        for place in ("answer", "error", "model"):
            add_call(one.connection, 1, 1, 1, messages=messages, tool_calls=calls, **{place: evil})
        one.connection.execute(
            "INSERT INTO candidates (task_id, attempt, number, chosen, why, source, entry, error)"
            " VALUES (1, 1, 1, 0, ?, ?, ?, ?)",
            (evil, evil, evil, json.dumps({"name": evil, "message": evil})),
        )
    said = shown(capsys, tmp_path, "1", "--full")
    assert "candidate 1" in said
    assert all(character.isprintable() or character == "\n" for character in said)
    assert read(capsys, tmp_path, "1")["attempts"][0]["calls"][0]["answer"] == evil


def test_an_attempt_that_was_broken_off_while_it_was_written_is_shown(tmp_path, capsys):
    with sitting(tmp_path, gives(), STICKS) as one:
        open_task = one.steps.task_proposed(STICKS)
        add_call(one.connection, 1, open_task.id, 1, answer="half")
    said = shown(capsys, tmp_path, "1.1")
    assert "no program: it was interrupted before there was one" in said
    assert "half" in said
