"""The journal: what is kept between sittings, and what counts."""

from __future__ import annotations

from contextlib import suppress

import pytest

from curriculum import InventoryHas, Task
from mc_server import (
    Chest,
    Execution,
    GameEvent,
    NearbyBlock,
    NearbyEntity,
    Observation,
    Outcome,
    Position,
    PrimitiveCall,
    ProgramError,
)
from tests.voyager.sittings import LOGS, STICKS, Sitting, gives, in_turn, raises, sitting
from voyager import events
from voyager.errors import WriterError
from voyager.journal.database import open_database
from voyager.journal.journal import Journal
from voyager.journal.journal_opening import MIGRATIONS
from voyager.journal.journal_records import OpenTask
from voyager.records import Attempt, Program, Verdict

HERE = Observation(
    position=Position(1.5, 64.0, -3.25),
    dimension="overworld",
    biome="forest",
    time_of_day=6000,
    health=19.5,
    food=18.0,
    inventory={"oak_log": 1, "stone_axe": 1},
    equipment={"hand": "stone_axe", "head": None},
    uses_left={"stone_axe": 130},
    nearby_blocks=(NearbyBlock("oak_log", Position(2, 65, -3), 1.1, 12),),
    nearby_entities=(NearbyEntity("cow", "animal", Position(8, 64, 0), 7.2),),
    chests=(Chest(Position(4, 64, 4), {"coal": 3}),),
)
FAILURE = ProgramError("MissingToolError", "no axe", "missing_tool", "mineLogs", 3)


@pytest.fixture
def journal(tmp_path):
    connection = open_database(tmp_path / "voyager.db", MIGRATIONS)
    journal = Journal(connection)
    world = journal.add_world("w", "embedded", 1)
    journal.open_run(world, None, "1.20.4", "Voyager", None)
    yield journal
    connection.close()


def reopened(journal: Journal, goal: str | None = None, world: str = "w", **named: str) -> Journal:
    """The journal as the next process has it, a run towards the goal opened."""
    again = Journal(journal._db)
    known = again.world(world) or again.add_world(world, "embedded", 2)
    again.open_run(known, goal, "1.20.4", named.get("username", "Voyager"), named.get("model"))
    return again


def taken_up(journal: Journal) -> OpenTask:
    open_task = journal.open_task()
    assert open_task is not None
    return open_task


def close(journal: Journal, status: str) -> None:
    with journal.transaction():
        journal.close_run(status, f"it is {status}")


# -- attempts --------------------------------------------------------------------------------


def test_an_interrupted_attempt_is_marked_and_costs_none_of_those_left(tmp_path):
    with sitting(tmp_path, in_turn(gives(), raises(KeyboardInterrupt())), LOGS) as first:
        with pytest.raises(KeyboardInterrupt):
            first.loop.play()
        assert statuses(first) == ["judged", "running"]
    with sitting(tmp_path, gives(), LOGS) as second:
        assert statuses(second) == ["judged", "interrupted"]
        open_task = second.open_task()
        assert list(open_task.attempt_numbers(3)) == [3, 4]
        second.loop.play()
        task = second.report()["tasks"][0]
        assert (task["status"], task["attempts"]) == ("failed", 4)


def statuses(one: Sitting) -> list[str]:
    return [row[0] for row in one.connection.execute("SELECT status FROM attempts ORDER BY id")]


def test_attempts_that_no_program_came_of_are_spent_and_keep_their_numbers(journal):
    with journal.transaction():
        open_task = journal.start_task(LOGS)
        for number in (1, 2):
            journal.record_unwritten(open_task, number, WriterError("No way."))
    again = taken_up(reopened(journal))
    assert list(again.attempt_numbers(4)) == [3, 4]
    assert again.attempts == ()


def test_a_task_taken_up_again_gets_an_attempt_even_when_all_are_spent(journal):
    with journal.transaction():
        open_task = journal.start_task(LOGS)
        journal.record_unwritten(open_task, 1, WriterError("No way."))
    assert list(taken_up(reopened(journal)).attempt_numbers(1)) == [2]


def test_a_judged_attempt_comes_back_whole(journal):
    program = Program(
        "async function mineLogs (count) {}",
        "mineLogs",
        ("mineBlock", "goTo"),
        "llm",
        (2, {"near": [1, 2]}),
        signature="async function mineLogs (count)",
        reused=True,
        model="some-model",
    )
    execution = Execution(
        Outcome.PROGRAM_ERROR,
        HERE,
        HERE,
        12.5,
        FAILURE,
        {"mined": 1},
        (
            PrimitiveCall("mineBlock", ("log", 2), 3.5, None, FAILURE),
            PrimitiveCall("goTo", (1, 2, 3), 0.5, {"arrived": True}),
        ),
        (GameEvent("mined", {"name": "oak_log", "count": 1}),),
        ("<Voyager> hm",),
    )
    verdict = Verdict(False, "state", ("inventory has 1 of 2 oak_log", "é"), "One is missing.")
    with journal.transaction():
        open_task = journal.start_task(LOGS)
        attempt_id = journal.start_attempt(open_task, 1, program)
        journal.record_execution(attempt_id, execution)
        journal.record_verdict(open_task, attempt_id, verdict)
    again = taken_up(reopened(journal))
    assert again.attempts == (Attempt(1, program, execution, verdict),)
    assert again.task == LOGS


def test_the_writer_of_the_next_sitting_is_told_what_came_of_the_attempts_before(tmp_path):
    then_killed = in_turn(gives(oak_log=1), raises(MemoryError()))
    with sitting(tmp_path, then_killed, LOGS) as first, pytest.raises(MemoryError):
        first.loop.play()
    with sitting(tmp_path, gives(oak_log=1), LOGS) as second:
        second.loop.play()
        assert "1 of 2 oak_log" in second.writer.critiques[0]


# -- runs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["stopped", "stuck", "failed", "playing", "finished"])
def test_a_run_is_continued_however_it_ended(journal, status):
    with journal.transaction():
        journal.note_seconds(42.0)
    close(journal, status)
    run = reopened(journal, username="Other", model="m").current_run
    assert (run.id, run.resumed, run.seconds) == (1, True, 42.0)
    row = journal._db.execute("SELECT status, reason, username, model, ended_at FROM runs")
    assert row.fetchall() == [("playing", "", "Other", "m", None)]


def test_a_world_is_forgotten_for_good(journal):
    journal.forget_world(journal.add_world("mistake", "embedded", 7))
    assert journal.world("mistake") is None


def test_a_run_belongs_to_its_world_and_its_goal(journal):
    close(journal, "stopped")
    assert reopened(journal, goal="stick").current_run.id == 2
    assert reopened(journal, world="other").current_run.id == 3
    assert reopened(journal, goal="stick").current_run.id == 2
    assert reopened(journal).current_run.id == 1


def test_a_killed_sitting_does_not_go_on_playing_in_the_reports(journal):
    with journal.transaction():
        task = journal.start_task(LOGS)
        journal.start_attempt(task, 1, Program("", "mineLogs", (), "w"))
    reopened(journal, goal="stick")
    runs = journal._db.execute("SELECT status, reason FROM runs ORDER BY id").fetchall()
    assert runs == [("stopped", "interrupted"), ("playing", "")]
    assert journal._db.execute("SELECT status FROM attempts").fetchall() == [("interrupted",)]


def test_a_task_left_open_by_a_run_waits_for_that_run(journal):
    with journal.transaction():
        journal.start_task(LOGS)
    assert reopened(journal, goal="stick").open_task() is None
    assert taken_up(reopened(journal)).task == LOGS


def test_history_spans_the_runs_of_a_world_and_leaves_out_what_is_open(journal):
    with journal.transaction():
        journal.end_task(journal.start_task(LOGS), False, "no axe")
    close(journal, "finished")
    second = reopened(journal)
    with second.transaction():
        second.end_task(second.start_task(STICKS), True, "")
        second.start_task(Task("Sleep", InventoryHas(name="bed", count=1), "tired", "list"))
    found = [(r.task, r.passed, r.critique) for r in reopened(journal, goal="bed").history()]
    assert found == [(LOGS, False, "no axe"), (STICKS, True, "")]
    assert reopened(journal, world="other").history() == []


def test_what_ends_later_comes_into_the_history_where_it_began(journal):
    with journal.transaction():
        open_task = journal.start_task(LOGS)
    other = journal.open_run(journal.current_run.world, "stick", "1.20.4", "Voyager", None)
    with journal.transaction():
        journal.end_task(journal.start_task(STICKS), True, "")
    assert [record.task for record in journal.history()] == [STICKS]
    first = journal.open_run(other.world, None, "1.20.4", "Voyager", None)
    assert [record.task for record in journal.history()] == [STICKS]
    assert first.id != other.id
    with journal.transaction():
        journal.end_task(open_task, True, "")
    assert [record.task for record in journal.history()] == [LOGS, STICKS]
    assert journal.history()[1] is journal.history()[1], "read again"


def test_a_milestone_is_reached_once_in_a_world(journal):
    def reach(one: Journal, *names: str) -> list[str]:
        with one.transaction():
            return one.add_milestones(names, 1, 2.5)

    assert reach(journal, "oak_log", "stick") == ["oak_log", "stick"]
    close(journal, "finished")
    assert reach(reopened(journal), "stick", "coal") == ["coal"]
    assert reach(reopened(journal, world="other"), "stick") == ["stick"]


# -- time and tokens --------------------------------------------------------------------------


def test_time_adds_up_over_sittings_that_were_killed(tmp_path):
    with sitting(tmp_path, gives(), LOGS) as first:

        def slow(script: object) -> dict[str, int]:
            first.clock.seconds += 30
            if len(first.bridge.scripts) == 2:
                raise MemoryError  # as sudden as a kill
            return {}

        first.bridge._respond = slow
        with pytest.raises(MemoryError):
            first.loop.play()
    with sitting(tmp_path, gives(oak_log=2), LOGS) as second:
        assert second.run.seconds == 30.0
        second.clock.seconds += 7  # joining takes its time too, but is not the task's
        second.steps.sitting_ended(*vars(second.loop.play()).values())
        report = second.report()
    assert report["seconds"] == 37.0
    assert report["tasks"][0]["seconds"] == 30.0
    assert [e.seconds for e in second.heard(events.TaskEnded)] == [30.0]


# -- events ----------------------------------------------------------------------------------


def test_events_are_told_once_they_are_kept_and_progress_at_once(tmp_path):
    told: list[tuple[str, int]] = []

    def listen(event: events.Event) -> None:
        kept = one.connection.execute("SELECT COUNT(*) FROM events").fetchone()[0]
        told.append((event.type, kept if not one.connection.in_transaction else -1))

    with sitting(tmp_path, gives(), listener=listen) as one, one.journal.transaction():
        one.journal.tell(events.SkillStored("a", 1, "A."))
        one.journal.tell(events.ProgressReported("busy"))
        one.journal.tell(events.SkillStored("b", 1, "B."))
    assert told == [("progress_reported", -1), ("skill_stored", 2), ("skill_stored", 2)]


def test_nothing_is_told_of_what_was_undone(tmp_path):
    with sitting(tmp_path, gives()) as one:
        with suppress(KeyboardInterrupt), one.journal.transaction():
            one.journal.tell(events.SkillStored("a", 1, "A."))
            raise KeyboardInterrupt
        with one.journal.transaction():
            one.journal.tell(events.SkillStored("b", 1, "B."))
        assert one.told == [events.SkillStored("b", 1, "B.")]
