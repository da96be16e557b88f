"""Candidates: tried in a gym beside play, verified by their next use, or out of use when broken."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from curriculum import InventoryHas
from mc_server import Execution, Outcome, Position
from mc_server.scripted_bridge import EMPTY_WORLD
from skills import SkillStatus, UseKind
from tests.voyager.sittings import LOGS, STICKS, Sitting, WriterOf, gives, in_turn, sitting
from voyager.events import SkillsQuarantined, SkillVerified
from voyager.gym.exercise import Exercise, Trial
from voyager.learning.promotion import TASKS_AHEAD, TRIES, Promotion
from voyager.records import Program, Verdict
from voyager.uses.execution_uses import PlayedOn
from voyager.writers import ReusingWriter

CANDIDATE, VERIFIED = SkillStatus.CANDIDATE, SkillStatus.VERIFIED


class ScriptedGym:
    """Implements `Gym`: answers with the passes given, the last of them again and again."""

    def __init__(self, *passes: bool | None) -> None:
        self.passes = list(passes)
        self.exercises: list[Exercise] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.stopped = False

    def run(self, exercises: Sequence[Exercise]) -> Iterator[Trial]:
        for exercise in exercises:
            self.exercises.append(exercise)
            assert self.may_go_on.wait(30)
            passed = self.passes.pop(0) if len(self.passes) > 1 else self.passes[0]
            if passed is None:
                yield Trial(exercise, None, None, "Its world has ended.")
                continue
            execution = Execution(Outcome.COMPLETED, EMPTY_WORLD, EMPTY_WORLD, 2.0)
            yield Trial(exercise, execution, Verdict(passed, "state", (), "None was found."))

    def stop(self) -> None:
        self.stopped = True
        self.may_go_on.set()


@contextmanager
def promoting(home: Path, gym: ScriptedGym, in_step: bool = True) -> Iterator[Sitting]:
    """A sitting that tries its candidates."""
    with sitting(home, gives(oak_log=2, stick=4), LOGS, STICKS) as one:
        promotion = Promotion(one.journal, one.library, gym, PlayedOn("1.20.4"), 1, in_step)
        one.loop.between_tasks = promotion.between_tasks
        try:
            yield one
        finally:
            promotion.close()


def go_on(one: Sitting, trials: int) -> None:
    """So many tasks as are played until so many trials have begun and been applied."""
    for _ in range(trials * TASKS_AHEAD + 1):
        one.loop.between_tasks()


def statuses(one: Sitting) -> dict[str, SkillStatus]:
    return {skill.name: skill.status for skill in one.library.list()}


def test_a_candidate_that_works_in_another_world_is_verified_some_tasks_later(tmp_path):
    gym = ScriptedGym(True)
    with promoting(tmp_path, gym) as one:
        one.agent.play()
        assert statuses(one) == {"mineLogs": CANDIDATE, "craftSticks": CANDIDATE}
        # It began after the first of two tasks; the second was one more.
        for _ in range(TASKS_AHEAD - 1):
            assert statuses(one)["mineLogs"] is CANDIDATE
            one.loop.between_tasks()
        assert statuses(one) == {"mineLogs": VERIFIED, "craftSticks": CANDIDATE}
        tried = gym.exercises[0]
        assert tried.start.seed != 1 and tried.goal == LOGS.goal
        use = one.library.uses.of("mineLogs")[-1]
        assert (use.kind, use.passed, use.seed) == (UseKind.EXERCISED, True, tried.start.seed)
        told = SkillVerified("mineLogs", 1, f"it worked again in a world of seed {use.seed}")
        assert one.heard(SkillVerified) == [told]
        change = one.library.history("mineLogs")[-1]
        assert (change.reason, change.run_id) == (told.reason, one.run.id)
    with promoting(tmp_path, gym) as one:  # what had no answer is found again
        go_on(one, 1)
        assert statuses(one)["craftSticks"] is VERIFIED


def test_a_version_beside_the_one_in_use_is_tried_until_it_can_take_its_place(tmp_path):
    gym = ScriptedGym(True)
    with promoting(tmp_path, gym) as one:
        one.agent.play()
        go_on(one, 1)
        known = one.library.get("mineLogs")
        edited = replace(known, source="async function mineLogs () { /* mine */ }", successes=0)
        one.library.add(replace(edited, status=CANDIDATE))
        go_on(one, 10)
        assert one.library.get("mineLogs").version == 2
        told = [(e.version, e.replaces) for e in one.heard(SkillVerified) if e.name == "mineLogs"]
        assert told == [(1, None), (2, None), (2, 1)]
        assert sum(exercise.skill.version == 2 for exercise in gym.exercises) == 3


def test_a_candidate_that_fails_elsewhere_stays_one_and_is_not_tried_without_end(tmp_path):
    gym = ScriptedGym(False)
    with promoting(tmp_path, gym) as one:
        one.agent.play()
        go_on(one, 10)
        assert statuses(one) == {"mineLogs": CANDIDATE, "craftSticks": CANDIDATE}
        seeds = [exercise.start.seed for exercise in gym.exercises]
        assert len(seeds) == len({*seeds}) == 2 * TRIES
        assert one.library.history("mineLogs")[-1].reason.endswith(": None was found.")


def test_a_world_that_dies_says_nothing_about_a_skill(tmp_path):
    with promoting(tmp_path, ScriptedGym(None)) as one:
        one.agent.play()
        go_on(one, 4)
        assert [change.change for change in one.library.history("mineLogs")] == ["candidate"]


def test_in_real_time_play_does_not_wait_and_what_runs_at_the_end_is_ended(tmp_path):
    gym = ScriptedGym(True)
    gym.may_go_on.clear()
    with promoting(tmp_path, gym, in_step=False) as one:
        assert one.agent.play().status == "finished"
        assert statuses(one) == {"mineLogs": CANDIDATE, "craftSticks": CANDIDATE}
    assert gym.stopped


@pytest.mark.parametrize("change", ["pin", "ban"])
def test_a_persons_word_counts_more_than_a_trial_under_way(tmp_path, change):
    with promoting(tmp_path, ScriptedGym(True)) as one:
        one.agent.play()
        with one.journal.transaction():
            getattr(one.library, change)("mineLogs")
        go_on(one, 2)
        assert statuses(one)["mineLogs"] is CANDIDATE


# -- without a gym ---------------------------------------------------------------------------


def used_again(home: Path, passes: str) -> Sitting:
    """A sitting in which mineLogs was the program of a task for each mark, `+` passed."""
    tasks = [replace(LOGS, description=f"Mine 2 logs, {n}") for n in range(len(passes))]
    worlds = [gives(oak_log=2 if mark == "+" else 0) for mark in f"{passes}+"]
    one = Sitting(home, in_turn(*worlds), *tasks, attempts=1)
    one.loop.writer = ReusingWriter(one.writer, lambda _: one.library.list())
    for number, task in enumerate(tasks):
        one.bridge.observation = replace(
            EMPTY_WORLD, position=Position(100.0 * number, 64.0, 0.0), inventory={}
        )
        one.loop.work_on(one.steps.task_proposed(task))
    return one


def test_the_next_use_from_another_start_verifies(tmp_path):
    one = used_again(tmp_path, "++")
    assert one.library.get("mineLogs").status is VERIFIED
    told = SkillVerified("mineLogs", 1, "it worked again from another start")
    assert one.heard(SkillVerified) == [told]
    one.close()


def test_what_breaks_in_play_goes_out_of_use_with_its_callers(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.agent.play()
        known = one.library.get("mineLogs")
        one.library.add(replace(known, name="build", calls=("mineLogs",), contract={}))
    one = used_again(tmp_path, "+---")
    assert {skill.status for skill in one.library.list()} == {SkillStatus.QUARANTINED}
    (told,) = one.heard(SkillsQuarantined)
    assert told.names == ("mineLogs", "build")
    assert "failed three times in a row" in told.reason
    one.close()


@pytest.mark.parametrize(("count", "takes_over"), [(2, True), (1, False)])
def test_a_newer_version_takes_over_when_it_works_as_often_for_the_same(
    tmp_path, count, takes_over
):
    one = used_again(tmp_path, "++-")  # version 1: works two of three times
    rewritten = Program("async function mineLogs () { /* new */ }", "mineLogs", (), "w")
    for number in range(3):
        goal = InventoryHas(name="oak_log", count=count)
        task = replace(LOGS, description=f"Mine logs there, {number}", goal=goal)
        one.bridge.observation = replace(
            EMPTY_WORLD, position=Position(0.0, 64.0, 100.0 * number), inventory={}
        )
        one.loop.writer = WriterOf(lambda *_: rewritten)
        one.loop.work_on(one.steps.task_proposed(task))
        assert one.library.get("mineLogs").version == (2 if takes_over and number == 2 else 1)
    verified = [(event.version, event.replaces) for event in one.heard(SkillVerified)]
    assert verified == [(1, None), (2, None), *([(2, 1)] if takes_over else [])]
    one.close()
