"""Learning data: what is good, what is compared with it, what it is worth, and nothing twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mc_server import Execution, Outcome, Script
from tests.voyager.model_rows import add_call
from tests.voyager.sittings import LOGS, STICKS, Sitting, gives, in_turn, sitting
from voyager.command_line import main
from voyager.finetune.rewards import KIND_OF_UNUSED, REWARDS, kind_of_run
from voyager.writers.model.answer_kinds import ENDINGS, OPENINGS, UNKNOWN_NAME

ASKED = ({"role": "system", "content": "Rules."}, {"role": "user", "content": "Mine logs."})
GOOD = "async function mineLogs () { /* attempt 2 */ }"


def again(answer: str, problem: str = OPENINGS[UNKNOWN_NAME]) -> list[Any]:
    """The question after an answer that could not be used."""
    return [
        *ASKED,
        {"role": "assistant", "content": answer},
        {"role": "user", "content": f"{problem} Answer with the whole program."},
    ]


def fenced(source: str) -> str:
    return f"A plan.\n```javascript\n{source}\n```"


def played(home: Path, *worlds: Any) -> None:
    """One task: an attempt that gets nothing for each world, then one that passes."""
    with sitting(home, in_turn(*worlds, gives(oak_log=2)), LOGS, attempts=9) as one:
        one.agent.play()


def export(home: Path, folder: Path, *words: str) -> tuple[list[Any], list[Any], list[Any]]:
    """The lines of the three files."""
    assert main(["export", "finetune", str(folder), "--home", str(home), "--quiet", *words]) == 0
    assert main(["export", "finetune", "--check", str(folder), "--home", str(home)]) == 0
    return (
        lines(folder / "sft.jsonl"),
        lines(folder / "preferences.jsonl"),
        lines(folder / "rewards.jsonl"),
    )


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_what_a_model_wrote_and_the_critic_verified_is_learnt_as_it_was_asked(tmp_path):
    with sitting(tmp_path, in_turn(gives(), gives(oak_log=2)), LOGS) as one:
        one.agent.play()
        first = fenced("async function mineLogs () { /* attempt 1 */ }")
        add_call(one.connection, 1, 1, 1, messages=ASKED, answer="I would rather not.")
        add_call(
            one.connection, 1, 1, 1, messages=again("x", "Your answer is empty."), answer=first
        )
        add_call(one.connection, 1, 1, 2, messages=ASKED, answer=fenced("async function a () {}"))
        add_call(one.connection, 1, 1, 2, messages=again("y"), answer=fenced(GOOD))
        add_call(one.connection, 1, 1, 2, "judge", answer="not a program at all")
    sft, preferences, rewards = export(tmp_path, tmp_path / "data")
    assert [one["messages"] for one in sft] == [
        [*ASKED, {"role": "assistant", "content": fenced(GOOD)}]
    ]
    where = sft[0]["metadata"]
    assert (where["run"], where["task"], where["attempt"], where["kind"]) == (1, 1, 2, "passed")
    assert (where["answer"], where["prompt"]) == ("model", "asked")
    assert [
        (one["context"], one["rejected"][0]["content"], one["rejected_metadata"]["kind"])
        for one in preferences
    ] == [
        ("same_state", "I would rather not.", "no_program"),
        ("same_state", first, "claimed_without_evidence"),
        ("same_attempt", fenced("async function a () {}"), "unknown_name"),
    ]
    assert all(one["prompt"] == [*ASKED] for one in preferences)
    assert all(one["chosen"][0]["content"] == fenced(GOOD) for one in preferences)
    assert [one["reward"] for one in rewards] == [-1.0, -0.3, -0.8, 1.0]


def test_of_the_planner_the_question_is_put_as_a_model_would_be_asked(tmp_path):
    played(tmp_path, gives())
    sft, preferences, rewards = export(tmp_path, tmp_path / "data")
    (example,) = sft
    assert [one["role"] for one in example["messages"]] == ["system", "user", "assistant"]
    assert "Mine 2 logs" in example["messages"][1]["content"]
    assert "attempt 1" in example["messages"][1]["content"]  # the last attempt is told of
    assert example["messages"][2]["content"] == f"```javascript\n{GOOD}\n```"
    assert (example["metadata"]["answer"], example["metadata"]["prompt"]) == (
        "composed",
        "composed",
    )
    assert (len(preferences), len(rewards)) == (1, 2)


def test_an_attempt_that_began_with_more_is_no_pair(tmp_path):
    played(tmp_path, gives(oak_log=1))
    assert export(tmp_path, tmp_path / "data")[1] == []


def test_candidates_of_one_attempt_are_pairs_and_the_chosen_one_is_the_best(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.agent.play()
        for number, outcome, passed, chosen in (
            (1, "timed_out", 0, 0),
            (2, "completed", 1, 0),
            (3, "completed", 1, 1),
        ):
            source = f"async function mineLogs () {{ return {number} }}"
            add_call(one.connection, 1, 1, 1, messages=ASKED, answer=fenced(source))
            one.connection.execute(
                "INSERT INTO candidates (task_id, attempt, number, chosen, why, source, entry,"
                " outcome, passed) VALUES (1, 1, ?, ?, '', ?, 'mineLogs', ?, ?)",
                (number, chosen, source, outcome, passed),
            )
    sft, preferences, rewards = export(tmp_path, tmp_path / "data")
    assert [one["metadata"]["candidate"] for one in sft] == [2, 3]
    (pair,) = preferences
    assert (pair["metadata"]["candidate"], pair["rejected_metadata"]["candidate"]) == (3, 1)
    assert (pair["context"], pair["rejected_metadata"]["kind"]) == ("same_attempt", "timed_out")
    assert len(rewards) == 3


def test_helpers_written_apart_make_the_answer_whole(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.agent.play()
        add_call(one.connection, 1, 1, 1, messages=ASKED, answer=fenced("async function a () {}"))
    (example,) = export(tmp_path, tmp_path / "data")[0]
    assert example["messages"][:2] == [*ASKED]
    assert "/* attempt 1 */" in example["messages"][2]["content"]
    assert example["metadata"]["answer"] == "composed"


def run_with(one: Sitting, outcome: Outcome) -> None:
    """Every program ends like that, whatever it yields."""
    execute = one.bridge.execute

    def ends(script: Script, *arguments: Any) -> Execution:
        return replace(execute(script, *arguments), outcome=outcome)

    one.bridge.execute = ends  # type: ignore[assignment,method-assign]


@pytest.mark.parametrize(
    ("outcome", "critic", "kinds"),
    [
        (Outcome.PROGRAM_ERROR, "state", ["passed_with_error"]),
        (Outcome.COMPLETED, "llm", []),
        (Outcome.COMPLETED, "state", ["passed"]),
    ],
)
def test_good_is_what_the_state_critic_verified_and_ended_well(tmp_path, outcome, critic, kinds):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        run_with(one, outcome)
        one.agent.play()
        one.connection.execute("UPDATE verdicts SET critic = ?", (critic,))
    if not kinds:
        assert main(["export", "finetune", str(tmp_path / "x"), "--home", str(tmp_path)]) == 0
        assert not (tmp_path / "x").exists()
        return
    sft, _, rewards = export(tmp_path, tmp_path / "data")
    assert [one["metadata"]["kind"] for one in rewards] == kinds
    assert bool(sft) == (kinds == ["passed"])


def test_a_program_that_also_failed_at_the_goal_is_not_among_the_good(tmp_path):
    class SameWriter:
        def write(self, task: Any, seen: Any, skills: Any, attempts: Sequence[Any]) -> Any:
            return one.writer.write(task, seen, skills, ())

    with sitting(tmp_path, in_turn(gives(), gives(oak_log=2)), LOGS) as one:
        one.loop.writer = SameWriter()
        one.agent.play()
    sft, preferences, rewards = export(tmp_path, tmp_path / "data")
    assert (sft, preferences, len(rewards)) == ([], [], 2)


def test_nothing_is_said_twice_and_runs_can_be_left_out(tmp_path):
    for world in ("w", "v"):
        with sitting(tmp_path, gives(oak_log=2, stick=4), LOGS, STICKS, world=world) as one:
            one.library.list = lambda *_: []  # type: ignore[method-assign]
            one.agent.play()
    sft, _, rewards = export(tmp_path, tmp_path / "data")
    assert [one["metadata"]["run"] for one in sft] == [1, 1]
    assert len(rewards) <= 4
    sft, _, _ = export(tmp_path, tmp_path / "data", "--since", "2")
    assert [one["metadata"]["run"] for one in sft] == [2, 2]
    before = (tmp_path / "data" / "rewards.jsonl").read_bytes()
    export(tmp_path, tmp_path / "data", "--since", "2")
    assert (tmp_path / "data" / "rewards.jsonl").read_bytes() == before


def test_the_manifest_counts_and_claims_nothing(tmp_path):
    played(tmp_path, gives())
    export(tmp_path, tmp_path / "data")
    manifest = json.loads((tmp_path / "data" / "manifest.json").read_text())
    assert {name: entry["lines"] for name, entry in manifest["files"].items()} == {
        "sft.jsonl": 1,
        "preferences.jsonl": 1,
        "rewards.jsonl": 2,
    }
    assert (manifest["kinds"], manifest["licence"]) == (
        {"claimed_without_evidence": 1, "passed": 1},
        None,
    )
    assert manifest["rewards"] == dict(REWARDS)


def test_a_check_finds_what_was_changed(tmp_path, capsys):
    played(tmp_path, gives())
    folder = tmp_path / "data"
    export(tmp_path, folder)
    good = (folder / "sft.jsonl").read_text()
    bad = (folder / "rewards.jsonl").read_text().splitlines()[0]
    failed = json.loads(bad)["metadata"] | {"kind": "passed"}
    shown = {
        good * 2: "says the same as line 1",
        good.replace('"assistant"', '"user"'): "an answer is one assistant's message",
        good.replace('"kind":"passed"', '"kind":"died"'): "none to learn from",
        good.replace('"run":1', '"run":1,"extra":1'): "Extra inputs",
        "not json\n": "Invalid JSON",
        json.dumps(json.loads(good) | {"metadata": failed}) + "\n": "has also failed",
        good[:-1]: "not as it was written",
    }
    for text, problem in shown.items():
        (folder / "sft.jsonl").write_text(text)
        capsys.readouterr()
        assert main(["export", "finetune", str(folder), "--check", "--home", "nowhere"]) == 1
        assert problem in capsys.readouterr().err
    (folder / "sft.jsonl").unlink()
    assert main(["export", "finetune", str(folder), "--check"]) == 1
    (folder / "manifest.json").write_text("{}")
    assert main(["export", "finetune", str(folder), "--check"]) == 2
    assert main(["export", "finetune", str(tmp_path / "none"), "--check"]) == 2


@pytest.mark.parametrize("since", ["0", "-1", str(10**30)])
def test_no_run_is_older_than_the_first(tmp_path, capsys, since):
    with sitting(tmp_path, gives()):
        pass
    words = ["export", "finetune", str(tmp_path / "x"), "--home", str(tmp_path)]
    assert main([*words, "--since", since]) == 2
    capsys.readouterr()
    assert main(words) == 0
    assert "nothing to learn from yet" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path, capsys):
    played(tmp_path)
    (tmp_path / "file").touch()
    assert main(["export", "finetune", str(tmp_path / "file"), "--home", str(tmp_path)]) == 2
    assert "name another folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "outcome", "error"),
    [
        ("claimed_without_evidence", "completed", None),
        ("timed_out", "timed_out", None),
        ("died", "died", None),
        ("killed", "killed", None),
        (None, "disconnected", None),
        ("threw_error", "program_error", {"name": "Error", "message": "no coal"}),
        ("unknown_name", "program_error", {"name": "ReferenceError", "message": "x"}),
        ("unknown_name", "program_error", {"name": "TypeError", "message": "a is not a function"}),
        ("threw_error", "program_error", {"name": "TypeError", "message": "of undefined"}),
        ("syntax_error", "program_error", {"name": "E", "message": "", "code": "syntax_error"}),
    ],
)
def test_every_end_of_a_program_has_its_worth(kind, outcome, error):
    assert kind_of_run(outcome, error, passed=False) == kind
    assert kind is None or REWARDS[kind] < 0


def test_every_way_to_be_of_no_use_has_its_worth():
    assert set(KIND_OF_UNUSED) == set(OPENINGS) == set(ENDINGS)
    assert all(REWARDS[kind] < 0 for kind in KIND_OF_UNUSED.values())
