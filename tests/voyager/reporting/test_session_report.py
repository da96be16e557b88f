"""The report on a run, its figures against rows that were counted by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.voyager.session_rows import BEGUN, Rows, at, journal
from voyager.errors import SettingsError
from voyager.reports.session.reading import LocalTimes, duration, text
from voyager.reports.session.sections import about
from voyager.reports.session.session_report import session_report
from voyager.reports.session.time_parts import PARTS, counted_once


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Rows]:
    with journal(tmp_path) as written:
        yield written


def told(rows: Rows, **more: Any) -> dict[str, Any]:
    """The report as a script reads it."""
    report: dict[str, Any] = json.loads(json.dumps(session_report(rows.db, **more)))
    return report


def commands(report: dict[str, Any]) -> dict[str, str]:
    return {one["kind"]: one["command"] for one in report["decisions"]}


# -- what was reached ------------------------------------------------------------------------


def test_levels_come_with_when_and_what_items_of_earlier_runs_are_not_new(rows):
    rows.run(60)
    rows.add("milestones", run_id=1, name="dirt", iteration=1, seconds=1.0)
    rows.run(100)
    for second, name in ((10, "oak_log"), (30, "stick"), (50, "stone_axe"), (70, "stone_pickaxe")):
        rows.item(second, name, iteration=second // 10, run=2)
    reached = told(rows, run_id=2)["reached"]
    assert [(one["level"], one["with"], one["seconds"]) for one in reached["levels"]] == [
        ("wood", "oak_log", 10),
        ("stone tools", "stone_axe", 50),
    ]
    assert (len(reached["items"]), reached["items_before"]) == (4, 1)
    assert reached["items_curve"] == [[0, 1], [10, 2], [30, 3], [50, 4], [70, 5]]


def test_tasks_over_time_leave_out_what_lay_between_sittings(rows):
    rows.run(200)
    rows.sitting(0, 100)
    rows.sitting(10_000, 100)
    rows.task(0, 50, "passed")
    rows.task(50, 90, "failed")
    rows.task(10_000, 10_030, "passed")
    reached = told(rows)["reached"]
    assert (reached["passed"], reached["failed"], reached["held"]) == (2, 1, 2)
    curve = [[round(seconds), *counts] for seconds, *counts in reached["tasks_curve"]]
    assert curve == [[0, 0, 0], [50, 1, 0], [90, 1, 1], [130, 2, 1]]


# -- tasks that failed, claims ---------------------------------------------------------------


def test_failures_are_grouped_by_reason_with_how_often_and_until_when_put_off(rows):
    rows.run(100)
    for nth in range(3):
        task = rows.task(nth, nth + 1, "failed", "Mine iron", why=f"why {nth}")
        rows.attempt(task, 1, "completed", False)
        rows.attempt(task, 2, "program_error", False, error="MissingToolError")
    rows.attempt(rows.task(4, 5, "failed", "Fly"), 1, None)
    put_off = {"description": "Mine iron", "failures": 3, "tasks": 8, "reason": "It failed."}
    rows.event(6, "task_put_off", **put_off)
    rows.task(7, 8, "passed", "Eat")
    failures = told(rows)["failures"]
    first, second = failures["by_reason"]
    assert (first["reason"], first["error"], first["failures"]) == (
        "the program failed",
        "MissingToolError",
        3,
    )
    assert first["tasks"] == [
        {"task": "Mine iron", "times": 3, "last": 3, "why": "why 2", "put_off_until": 13}
    ]
    assert (second["reason"], second["failures"]) == ("no program could be written", 1)


def test_claims_stand_against_verdicts_both_ways(rows):
    rows.run(100)
    task = rows.task(0, 50, "passed")
    for number, (outcome, passed, result) in enumerate(
        [
            ("completed", True, None),
            ("completed", False, '{"success": true}'),
            ("completed", False, '{"success": false}'),
            ("completed", False, "false"),
            ("timed_out", True, None),
            ("program_error", False, None),
            ("completed", False, "no JSON"),
        ],
        1,
    ):
        rows.attempt(task, number, outcome, passed, result=result)
    claims = told(rows)["claims"]
    assert claims == {
        "claimed_and_held": 1,
        "claimed_and_did_not_hold": 2,
        "not_claimed_but_held": 1,
        "neither": 3,
        "most_often_wrong": [{"program": "mineLogs", "times": 2, "last": 1}],
    }


# -- time ------------------------------------------------------------------------------------


def test_every_second_of_the_sittings_is_counted_once(rows):
    rows.run(300)
    rows.sitting(0, 200, 600)
    rows.sitting(1000, 100, 300)
    rows.event(10, "run_started")
    rows.task(20, 150, "failed", program=(50, 140))  # writing 20-50, 140-150, a program 50-140
    rows.call(40, 15.0)  # a model is waited for 25-40
    rows.fault(60, 10.0, "bot")
    rows.fault(65, 15.0, "server")  # waited for 65-80, of which 65-70 was a fault of both
    rows.fault(90, 30.0, "endpoint")  # play goes on
    rows.event(120, "stuck_noticed", rung="another_path")  # until the next progress, at 1050
    rows.event(170, "checkpoint_taken", name="c", seconds=4.0)
    rows.event(190, "upkeep_done", duty="sleep", seconds=30.0)  # of the world: 10 of the clock
    rows.event(200, "run_ended")
    rows.event(1010, "run_started")
    rows.task(1020, 1050, "passed", program=(1030, 1050))
    rows.event(1100, "run_ended")
    spent = told(rows)["time"]
    assert spent["seconds"] == 300 == pytest.approx(sum(spent["parts"].values()), abs=0.01)
    assert spent["parts"] == pytest.approx(
        {
            "waiting": 15,
            "recovering": 5,
            "model": 15,
            "checkpoints": 4,
            "upkeep": 10,
            "stuck": (200 - 120 - 14) + 50,
            "programs": 120 - 50 - 20,
            "writing": 15,
            "between": 10 + 50,
            "other": 10,
        },
        abs=0.01,
    )


def test_a_machine_that_slept_and_a_clock_that_was_set_leave_the_sum_as_it_is(rows):
    rows.run(100)
    rows.sitting(0, 100, ended_at=at(5000))
    rows.event(0, "run_started")
    rows.task(0, 4990, "passed", program=(10, 4980))
    rows.event(4960, "machine_slept", seconds=4900.0)
    spent = told(rows)["time"]
    assert sum(spent["parts"].values()) == pytest.approx(100, abs=0.01)
    assert spent["parts"]["programs"] == pytest.approx(70, abs=0.01) and not spent["scaled"]
    rows.db.execute("DELETE FROM events WHERE type = 'machine_slept'")
    spent = told(rows)["time"]
    assert sum(spent["parts"].values()) == pytest.approx(100, abs=0.01) and spent["scaled"]


def test_spans_in_any_order_and_outside_of_sittings_do_no_harm():
    sitting, program = len(PARTS) - 1, [name for name, _ in PARTS].index("programs")
    spent = counted_once([(0, 10, sitting), (5, 7, program), (3, 6, program), (20, 30, program)])
    assert (spent[program], spent[sitting]) == (2, 8)


def test_world_time_is_told_against_the_clock_or_at_least_what_programs_took(rows):
    rows.run(100)
    rows.sitting(0, 100, 400)
    rows.attempt(rows.task(0, 50, "passed"), seconds=30.0)
    run = told(rows)["run"]
    assert (run["world_seconds"], run["world_time_is_least"]) == (400, False)
    rows.db.execute("UPDATE sittings SET world_seconds = 20")  # slower than its program's clock
    run = told(rows)["run"]
    assert (run["world_seconds"], run["world_time_is_least"]) == (20, False)
    rows.db.execute("UPDATE sittings SET world_seconds = 0")
    run = told(rows)["run"]
    assert (run["world_seconds"], run["world_time_is_least"]) == (30, True)


# -- perils, skills, cost --------------------------------------------------------------------


def test_deaths_are_told_by_cause_with_what_was_lost_and_fetched(rows):
    rows.run(100)
    rows.death(10, "slain by Zombie", '{"stick": 3}', '{"stick": 2}')
    rows.death(20, "slain by Zombie", "{}", None)
    rows.death(30, "drowned", "no JSON", "[1]")
    deaths = told(rows)["deaths"]
    assert (deaths["count"], deaths["under_programs"]) == (3, 0)
    assert deaths["by_cause"][0] == {"cause": "slain by Zombie", "times": 2}
    assert [(one["lost"], one["fetched"]) for one in deaths["last"]] == [
        ({"stick": 3}, {"stick": 2}),
        ({}, None),
        ({}, {}),
    ]
    assert deaths["last"][0]["position"] == [10, 64, -20]


def test_faults_are_told_by_kind_with_recovery_times_and_those_not_over(rows):
    rows.run(100)
    for seconds in (1.0, 9.0, 2.0, 4.0):
        rows.fault(10, seconds, "bot")
    rows.fault(20, None, "endpoint", "unreachable")
    faults = told(rows)["faults"]
    bot, endpoint = faults["by_kind"]
    assert (bot["count"], bot["median_seconds"], bot["longest_seconds"]) == (4, 3.0, 9.0)
    assert (endpoint["over"], endpoint["median_seconds"]) == (0, None)
    assert [one["part"] for one in faults["not_over"]] == ["endpoint"]
    assert (faults["count"], faults["not_over_count"], len(faults["last"])) == (5, 1, 5)


def test_reflexes_and_upkeep_are_told_by_kind_with_what_came_of_them(rows):
    rows.run(100)
    for outcome in ("ate bread", "ate bread", "nothing to eat"):
        rows.event(1, "reflex_acted", reflex="eat", outcome=outcome, seconds=1.5)
    rows.event(2, "upkeep_done", duty="sleep", outcome="slept", seconds=30)
    rows.event(3, "checkpoint_taken", name="first", seconds=0.5)
    rows.event(4, "checkpoint_taken", name="second", seconds=0.5)
    acts = told(rows)["acts"]
    assert acts["reflexes"] == [
        {
            "act": "eat",
            "times": 3,
            "world_seconds": 4.5,
            "different_outcomes": 2,
            "outcomes": [
                {"outcome": "ate bread", "times": 2},
                {"outcome": "nothing to eat", "times": 1},
            ],
        }
    ]
    assert [one["act"] for one in acts["upkeep"]] == ["sleep"]
    assert (acts["checkpoints"]["taken"], acts["checkpoints"]["last"]) == (2, "second")


def test_skills_are_told_as_they_are_now_and_how_much_they_did(rows):
    rows.run(100)
    rows.run(100)
    rows.skill("old", run=2)
    rows.skill("mine", worked=3)
    rows.skill("mine", version=2)
    rows.skill("broke", "quarantined")
    rows.change("broke", "quarantined", "It broke.")
    task = rows.task(0, 50, "passed")
    rows.attempt(task, 1, reused=True)
    rows.use("mine", "called", True, rows.attempt(task, 2))
    rows.attempt(task, 3, passed=False)
    skills = told(rows, run_id=1)["skills"]
    assert skills["counts"] == {"new": 2, "replaced": 1, "given_up": 1}
    assert [(one["name"], one["reason"]) for one in skills["given_up"]] == [("broke", "It broke.")]
    assert {one["by"]: (one["tasks"], one["passed"]) for one in skills["work"]} == {
        "a known skill alone": (1, 1),
        "a new program that calls known skills": (1, 1),
        "a new program alone": (1, 0),
    }


def test_cost_is_told_by_role_and_model_and_task_and_is_unknown_as_soon_as_a_price_is(rows):
    rows.run(100)
    cheap, dear = rows.task(0, 5, "passed", "Cheap"), rows.task(5, 10, "passed", "Dear")
    rows.call(1, 1.0, 0.01, cheap)
    rows.call(6, 2.0, 0.50, dear)
    rows.call(7, 2.0, None, dear, role="critic", model="other")
    costs = told(rows)["costs"]
    assert (costs["calls"], costs["cost"], costs["input_tokens"]) == (3, None, 300)
    assert [(one["role"], one["model"], one["cost"]) for one in costs["by_role"]] == [
        ("critic", "other", None),
        ("writer", "m", 0.51),
    ]
    assert [(one["task"], one["calls"]) for one in costs["by_task"]] == [("Dear", 2), ("Cheap", 1)]


def test_the_models_that_were_asked_are_named_whichever_sitting_asked_them(rows):
    rows.run(100, model=None)
    assert " model none." in " ".join(about(told(rows)))
    rows.call(10, 1.0, model="small")
    assert " model small." in " ".join(about(told(rows)))
    rows.call(20, 1.0, role="critic", model="large")
    assert " models large, small." in " ".join(about(told(rows)))


# -- decisions -------------------------------------------------------------------------------


def test_each_thing_to_decide_comes_with_its_command(rows):
    rows.run(100, goal="iron_pickaxe")
    rows.skill("tried", worked=5)
    rows.skill("candidate", "candidate")
    rows.skill("bad", worked=1, failed=4)
    rows.skill("pinned", worked=9, pinned=1)
    for _ in range(4):
        rows.use("bad", "reused", False)
    rows.event(1, "budget_spent", budget="run", limit="2.50 USD", what_now="It plays on.")
    for _ in range(5):
        rows.fault(2, 1.0, "bot")
    rows.fault(3, None, "world", "damaged")
    for _ in range(3):
        rows.event(4, "task_put_off", description="Mine 'x'", failures=3, tasks=8, reason="No.")
    home = Path("/tmp")
    assert commands(told(rows, home=home)) == {
        "damaged": "voyager checkpoint list --home /tmp",
        "budget": "voyager play --goal iron_pickaxe --budget '5 USD' --home /tmp",
        "fault": "voyager doctor --home /tmp",
        "task": "voyager tell 'Mine '\"'\"'x'\"'\"': ...' --home /tmp",
        "ban": "voyager skills ban bad --home /tmp",
        "approve": "voyager skills verify candidate --home /tmp",
        "pin": "voyager skills pin tried --home /tmp",
    }


def test_damage_that_was_mended_needs_a_decision_only_when_it_comes_again(rows):
    rows.run(100)
    rows.fault(3, 1.0, "index", "damaged")
    assert told(rows)["decisions"] == []
    rows.fault(9, 1.0, "index", "damaged")
    assert [one["kind"] for one in told(rows)["decisions"]] == ["damaged"]


def test_a_disk_nearly_full_is_the_first_to_decide(rows, monkeypatch):
    rows.run(100)
    usage = type("usage", (), {"free": 100 * 2**20})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    (first,) = told(rows, home=Path("/tmp"))["decisions"]
    assert first["kind"] == "disk" and "100 MB" in first["what"]


# -- whatever is in the journal --------------------------------------------------------------


def test_a_run_in_which_nothing_happened_is_reported(rows):
    rows.run(0)
    report = told(rows)
    assert report["headline"].startswith("Run 1 reached no level of the tech tree in 0 s:")
    assert report["decisions"] == [] and sum(report["time"]["parts"].values()) == 0


@pytest.mark.parametrize("number", [2, -1, 10**30])
def test_a_run_that_is_not_there_is_a_sentence(rows, number):
    rows.run(0)
    with pytest.raises(SettingsError, match="voyager runs list"):
        session_report(rows.db, number)


def test_without_a_number_the_run_that_was_played_last_is_reported(rows):
    rows.run(10)
    rows.run(10)
    assert told(rows)["run"]["run"] == 2
    rows.sitting(20, 5)
    assert told(rows)["run"]["run"] == 1


def test_a_run_that_is_played_right_now_is_told_from_one_that_was_cut_off(rows):
    rows.run(10, status="playing")
    rows.event(100, "task_proposed")
    soon, later = BEGUN + timedelta(minutes=3), BEGUN + timedelta(hours=3)
    assert session_report(rows.db, now=soon)["run"]["playing"]
    assert not session_report(rows.db, now=later)["run"]["playing"]


def test_rows_of_any_content_do_not_stop_the_report(rows):
    rows.run(10, reason=b"\xff\xfe not text", goal="<b>" * 5000)
    rows.task(0, 5, "failed", "x" * 10**6, why="\x1b[2J" * 10**5)
    broken = sqlite3.Binary(b"\xff{")
    for kind in (
        *("task_put_off", "reflex_acted", "upkeep_done", "checkpoint_taken", "budget_spent"),
        *("stuck_noticed", "milestone_reached", "machine_slept", "checkpoint_failed"),
    ):
        rows.add("events", run_id=1, at="yesterday", type=kind, data=broken)
        rows.add("events", run_id=1, at=at(1), type=kind, data='{"seconds": "x", "tasks": []}')
    rows.add("sittings", run_id=1, started_at="?", seconds="x", world_seconds=b"\x00")
    rows.add("milestones", run_id=1, name=b"\xff", iteration="x", seconds="many")
    rows.fault(1, None, "bot\x00")
    rows.db.execute("UPDATE faults SET over_at = '', seconds = 'long', cause = x'ff00'")
    rows.death(1, "\u202edeath", '{"a": "b", "c": 1e999}', "{")
    rows.call(1, float("inf"), 0.1)
    report = told(rows)
    assert report["faults"]["count"] == report["deaths"]["count"] == 1
    assert len(report["run"]["goal"]) < 300
    assert "\x1b" not in json.dumps(report, ensure_ascii=False)


def test_a_run_from_before_there_were_sittings_is_reported(tmp_path):
    with journal(tmp_path) as rows:
        rows.run(100)
        rows.event(0, "run_started")
        rows.attempt(rows.task(0, 50, "passed", program=(10, 50)), outcome="died", passed=False)
        report = told(rows)
    assert report["time"]["parts"]["programs"] == pytest.approx(40, abs=0.01)
    assert report["deaths"] == report["deaths"] | {"count": 1, "noted": 0, "by_cause": []}
    assert report["run"]["sittings"] == []


# -- words -----------------------------------------------------------------------------------


def test_times_are_local_with_the_date_and_say_the_zone_once_it_changed():
    berlin = ZoneInfo("Europe/Berlin")
    night = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    times = LocalTimes(night.isoformat(), berlin)
    assert times(night.isoformat()) == "2026-10-25 00:30"
    hours = [times((night + timedelta(hours=nth)).isoformat()) for nth in (2, 3)]
    assert hours == ["2026-10-25 02:30", "2026-10-25 02:30 CET"]
    assert LocalTimes("nonsense", UTC)(None) == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (1.26, "1.3 s"),
        (59.96, "1 min 00 s"),
        (95, "1 min 35 s"),
        (3599.9, "1 h 00 min"),
        (29_000, "8 h 03 min"),
        (200_000, "2 d 8 h"),
        (-5, "-5.0 s"),
        (None, "0 s"),
        (float("nan"), "0 s"),
    ],
)
def test_spans_of_time_are_put_into_words(seconds, words):
    assert duration(seconds) == words


def test_foreign_text_is_one_line_of_bounded_size():
    assert text("a\nb\x1b[2J\ud800" + "c" * 10**6, 20) == "a b [2J\ufffdcccccccccccc..."
