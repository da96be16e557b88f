"""What `runs list` and `runs show` say, in the shape that scripts rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from curriculum import GoalTree, InventoryHas
from curriculum.goal_trees.goal_tree import Part
from mc_server import Execution, Outcome, ProgramError, Script, TraceEntry
from tests.voyager.sittings import LOGS, STICKS, WriterOf, gives, in_turn, raises, sitting
from voyager.command_line import main
from voyager.errors import SettingsError, WriterError
from voyager.home import Home
from voyager.journal.goal_tree_store import GoalTreeStore
from voyager.journal.journal_opening import open_journal
from voyager.language_models import Completion
from voyager.records import Program, Spend
from voyager.reports.run_reports import list_runs, show_run

SUMS = {"calls": 4, "input_tokens": 400, "output_tokens": 80, "cost": 0.06}


class PricedModel:
    """Answers with one cost after the other; None is a price that nobody knows."""

    def __init__(self, *costs: float | None) -> None:
        self.costs = list(costs)

    def complete(self, messages: object, *, purpose: str, **_: object) -> Completion:
        return Completion("", Spend(100, 20, self.costs.pop(0)), "priced")


def played(home: Path, *costs: float | None) -> dict[str, Any]:
    """The report of a run in which logs were mined at the second attempt, and sticks were not."""
    chat = PricedModel(*costs)
    worlds = in_turn(gives(oak_log=1), gives(oak_log=1), gives())
    with sitting(home, worlds, LOGS, STICKS, attempts=2, model="priced", chat=chat) as one:
        write = one.writer.write

        def ask_and_write(*arguments: Any) -> Program:
            one.chat.complete([], purpose="write")
            return write(*arguments)

        one.loop.writer = WriterOf(ask_and_write)
        one.clock.seconds += 5
        one.agent.play()
        shown: dict[str, Any] = json.loads(json.dumps(one.report()))  # as a script reads it
    return shown


def test_a_run_is_shown_whole(tmp_path):
    shown = played(tmp_path, 0.01, 0.02, 0.03, 0.0)
    assert shown.pop("started_at") <= shown.pop("ended_at")
    assert shown["spending"].pop("seconds") < 60
    assert shown == {
        "run": 1,
        "sandbox_missing": [],
        "goal_parts": [],
        "world": "w",
        "server": "embedded",
        "seed": 1,
        "goal": None,
        "version": "1.20.4",
        "username": "Voyager",
        "model": "priced",
        "status": "finished",
        "reason": "the list is done",
        "seconds": 5.0,
        "inventory": {"oak_log": 2},
        "tasks": [
            {
                "iteration": 1,
                "description": "Mine 2 logs",
                "goal": {"type": "inventory_has", "name": "oak_log", "count": 2},
                "why": "needed",
                "proposer": "list",
                "status": "passed",
                "attempts": 2,
                "seconds": 0.0,
                "tokens": 240,
                "cost": 0.03,
                "failure": None,
                "verdict": {
                    "passed": True,
                    "critic": "state",
                    "evidence": ["inventory has 2 of 2 oak_log"],
                    "critique": "",
                },
            },
            {
                "iteration": 2,
                "description": "Craft 4 sticks",
                "goal": {"type": "inventory_has", "name": "stick", "count": 4},
                "why": "needed",
                "proposer": "list",
                "status": "failed",
                "attempts": 2,
                "seconds": 0.0,
                "tokens": 240,
                "cost": 0.03,
                "failure": None,
                "verdict": {
                    "passed": False,
                    "critic": "state",
                    "evidence": ["inventory has 0 of 4 stick"],
                    "critique": "The goal is not reached: inventory has 0 of 4 stick."
                    " The program ended without an error.",
                },
            },
        ],
        "milestones": [{"name": "oak_log", "iteration": 1, "seconds": 5.0}],
        "skills": ["mineLogs"],
        "game_seconds": 0.0,
        "deaths": 0,
        "programs_written": 4,
        "programs_reused": 0,
        "tokens": 480,
        "cost": 0.06,
        "spending": {
            **SUMS,
            "retries": 0,
            "estimated": 0,
            "outcomes": {"empty": 4},
            "by_role": [{"role": "writer", "models": "priced", **SUMS}],
            "by_skill": [
                {
                    "skill": "mineLogs",
                    "calls": 2,
                    "input_tokens": 200,
                    "output_tokens": 40,
                    "cost": 0.03,
                }
            ],
        },
    }


def test_a_task_that_failed_shows_its_last_error_in_its_place_and_the_steps_before(
    tmp_path, monkeypatch, capsys
):
    with sitting(tmp_path, gives(), STICKS, attempts=1) as one:
        execute = one.bridge.execute

        def fails(script: Script, *arguments: Any) -> Execution:
            (module,) = script.modules
            error = ProgramError("Error", "no\x1b[2J wood", None, module.name, 1).within(script)
            step = TraceEntry(0.5, module.name, 1, "bot.dig(stone at 1, 2, 3)")
            ran = execute(script, *arguments)
            return replace(ran, outcome=Outcome.PROGRAM_ERROR, error=error, trace=(step,))

        monkeypatch.setattr(one.bridge, "execute", fails)
        one.agent.play()
        source, name = one.bridge.scripts[0].modules[0].source, one.bridge.scripts[0].entry
    assert main(["runs", "show", "--home", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert f"attempt 1, program_error: Error: no [2J wood ({name}, line 1)" in shown
    assert f"  > 1 | {source.splitlines()[0]}" in shown
    assert f"  0.5 s: bot.dig(stone at 1, 2, 3) ({name}, line 1)" in shown


def test_deaths_are_counted(tmp_path):
    played(tmp_path, 0.0, 0.0, 0.0, 0.0)
    with open_journal(Home(tmp_path)) as connection:
        connection.execute("UPDATE executions SET outcome = 'died' WHERE attempt_id > 2")
        assert show_run(connection)["deaths"] == 2


def test_the_cost_is_unknown_as_soon_as_one_price_is(tmp_path):
    shown = played(tmp_path, 0.01, None, 0.03, 0.04)
    assert (shown["tokens"], shown["cost"]) == (480, None)


def test_every_call_of_a_run_can_be_listed(tmp_path, capsys):
    played(tmp_path, 0.01, None, 0.03, 0.04)
    assert main(["runs", "show", "1", "--calls", "--json", "--home", str(tmp_path)]) == 0
    calls = json.loads(capsys.readouterr().out)
    assert [(c["task"], c["attempt"], c["role"], c["outcome"], c["cost"]) for c in calls] == [
        (1, 1, "writer", "empty", 0.01),
        (1, 2, "writer", "empty", None),
        (2, 1, "writer", "empty", 0.03),
        (2, 2, "writer", "empty", 0.04),
    ]
    assert main(["runs", "show", "--calls", "--home", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5 and "unknown" in lines[2] and "0.01" in lines[1]


def test_what_models_cost_is_shown_by_role_and_skill_and_with_the_skill(tmp_path, capsys):
    played(tmp_path, 0.01, 0.02, None, 0.04)
    assert main(["runs", "show", "--home", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "400 tokens in, 80 out, cost unknown" in shown
    assert "calls: 4 empty; requests sent again: 0" in shown
    assert main(["skills", "show", "mineLogs", "--home", str(tmp_path)]) == 0
    learned = "learned with 2 calls of a language model, 240 tokens, cost 0.030 USD"
    assert learned in capsys.readouterr().out


def test_what_was_asked_to_propose_a_task_is_not_what_its_skill_cost(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS, chat=PricedModel(0.01)) as one:
        one.chat.complete([], purpose="propose")
        one.agent.play()
        shown = one.report()
    assert (shown["tasks"][0]["tokens"], shown["spending"]["by_skill"]) == (120, [])


def test_runs_are_listed_newest_first_with_what_came_of_them(tmp_path):
    played(tmp_path, 0.01, 0.02, 0.03, 0.0)
    with sitting(tmp_path, raises(RuntimeError("torn")), STICKS, goal="stick", world="v") as two:
        with pytest.raises(RuntimeError):
            two.agent.play()
        listed = list_runs(two.connection)
    for run in listed:
        assert run.pop("started_at") <= run.pop("ended_at")
    assert listed == [
        {
            "run": 2,
            "world": "v",
            "server": "embedded",
            "seed": 1,
            "goal": "stick",
            "version": "1.20.4",
            "username": "Voyager",
            "model": None,
            "status": "failed",
            "reason": "torn",
            "seconds": 0.0,
            "passed": 0,
            "failed": 0,
            "tokens": 0,
            "cost": 0.0,
        },
        {
            "run": 1,
            "world": "w",
            "server": "embedded",
            "seed": 1,
            "goal": None,
            "version": "1.20.4",
            "username": "Voyager",
            "model": "priced",
            "status": "finished",
            "reason": "the list is done",
            "seconds": 5.0,
            "passed": 1,
            "failed": 1,
            "tokens": 480,
            "cost": 0.06,
        },
    ]


def test_without_a_number_the_newest_run_is_shown_else_the_one_asked_for(tmp_path):
    with sitting(tmp_path, gives()):
        pass
    with sitting(tmp_path, gives(), world="v") as two:
        assert [show_run(two.connection, n)["world"] for n in (None, 1, 2)] == ["v", "w", "v"]


@pytest.mark.parametrize("number", [3, 0, -1, 10**30])
def test_a_number_that_no_run_has_is_refused(tmp_path, number):
    refused = pytest.raises(SettingsError, match=f"No run {number} is .*voyager runs list")
    with sitting(tmp_path, gives()) as one, refused:
        show_run(one.connection, number)


def test_a_task_that_is_under_way_has_no_verdict_yet(tmp_path):
    with sitting(tmp_path, gives()) as one:
        one.steps.task_proposed(LOGS)
        (task,) = one.report()["tasks"]
        assert (task["status"], task["verdict"], task["attempts"]) == ("open", None, 0)


def test_a_program_that_could_not_be_written_is_not_counted_as_one(tmp_path):
    with sitting(tmp_path, gives(), LOGS, attempts=2) as one:

        def write(*_: Any) -> Program:
            raise WriterError("No way.")

        one.loop.writer = WriterOf(write)
        one.agent.play()
        shown = one.report()
    assert (shown["programs_written"], shown["tasks"][0]["attempts"]) == (0, 2)


def test_a_goal_s_parts_are_told_with_marks_and_for_scripts(tmp_path, capsys):
    played(tmp_path, 0.01, 0.02, 0.03, 0.0)
    parts = [Part("Get a bed.", InventoryHas(name="bed", count=1)), Part("Walls.", None)]
    tree = GoalTree.of("a house").split(1, parts, 0).split(3, [Part("A roof.", None)], 0)
    with open_journal(Home(tmp_path)) as connection:
        GoalTreeStore(connection, 1).save(tree.passed(2, 1))
    assert main(["runs", "show", "--home", str(tmp_path)]) == 0
    assert (
        "[ ] a house\n  [x] Get a bed.\n  [ ] Walls.\n    [>] A roof.\n"
    ) in capsys.readouterr().out
    assert main(["runs", "show", "--json", "--home", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)["goal_parts"]
    assert told[1] == {
        "number": 2,
        "parent": 1,
        "depth": 1,
        "description": "Get a bed.",
        "goal": {"type": "inventory_has", "name": "bed", "count": 1},
        "status": "passed",
        "critique": "",
    }
    assert [one["status"] for one in told] == ["open", "passed", "open", "next"]
