"""Nothing moves on: it is noticed, rung after rung is climbed, and what fails is put off."""

from dataclasses import replace

import pytest

from curriculum import InventoryHas, Proposal, ReachedPosition, Task, goal_key, way_elsewhere
from mc_server import Observation, Position, Script
from tests.voyager.sittings import LOGS, STICKS, Sitting, gives, sitting
from voyager.events import StuckNoticed, TaskPutOff
from voyager.unsticking.ladder import (
    ANOTHER_PATH,
    ANOTHER_PLACE,
    ANOTHER_TASK,
    ASK_MODEL,
    TASKS_ON_A_RUNG,
    TECH_TREE,
    WINDOW_ATTEMPTS,
    Ladder,
    note_for_model,
    rung_in_force,
    standing,
)
from voyager.unsticking.ladder_proposer import LadderProposer
from voyager.unsticking.standstill import MOVING_FACTOR

HOUR = 3600.0


def ladder_of(one: Sitting, with_model: bool = False, window_seconds: float = HOUR):
    scripts: list[Script] = []
    ladder = Ladder(
        one.journal,
        lambda script, seconds: scripts.append(script),
        one.steps.history,
        window_seconds,
        with_model,
    )
    return ladder, scripts


def play(one: Sitting, task: Task = LOGS) -> None:
    one.loop.work_on(one.steps.task_proposed(task))


def play_until_a_rung(one: Sitting, ladder: Ladder, at_most: int = 200) -> str:
    """Fail at tasks until the ladder is climbed; the rung."""
    before = len(one.heard(StuckNoticed))
    for _ in range(at_most):
        play(one)
        ladder.between_tasks()
        noticed = one.heard(StuckNoticed)
        if len(noticed) > before:
            return str(noticed[-1].rung)
    raise AssertionError("no rung was climbed")


@pytest.fixture
def failing(tmp_path):
    """A sitting in which nothing is ever had, three attempts a task."""
    with sitting(tmp_path, gives()) as one:
        yield one


def test_who_gets_on_is_left_alone(tmp_path):
    with sitting(tmp_path, gives(oak_log=2)) as one:
        ladder, scripts = ladder_of(one)
        for _ in range(3 * WINDOW_ATTEMPTS):
            play(one, Task("Mine 2 logs", InventoryHas(name="oak_log", count=99999), "", "list"))
            one.bridge.observation = replace(one.bridge.observation, inventory={})
            play(one)
            one.bridge.observation = replace(one.bridge.observation, inventory={})
            ladder.between_tasks()
        assert one.heard(StuckNoticed) == []
        assert scripts == []


def test_the_rungs_come_in_order_and_the_bot_walks_on_the_first_two(failing):
    ladder, scripts = ladder_of(failing, with_model=True)
    rungs = [play_until_a_rung(failing, ladder) for _ in range(5)]
    assert rungs == [ANOTHER_PATH, ANOTHER_PLACE, ANOTHER_TASK, ASK_MODEL, TECH_TREE]
    assert [script.entry for script in scripts] == ["getAway", "getAway"]
    assert scripts[0].arguments[0] < scripts[1].arguments[0]
    assert "12 attempts" in failing.heard(StuckNoticed)[0].why


def test_without_a_model_none_is_asked(failing):
    ladder, _ = ladder_of(failing)
    rungs = [play_until_a_rung(failing, ladder) for _ in range(4)]
    assert rungs == [ANOTHER_PATH, ANOTHER_PLACE, ANOTHER_TASK, TECH_TREE]


def test_a_second_time_up_the_ladder_takes_twice_the_patience(failing):
    ladder, _ = ladder_of(failing)
    played = []
    for _ in range(6):
        before = len(failing.steps.history())
        play_until_a_rung(failing, ladder)
        played.append(len(failing.steps.history()) - before)
    assert played[:4] == [WINDOW_ATTEMPTS // 3] * 4
    assert played[4:] == [2 * WINDOW_ATTEMPTS // 3] * 2


def test_a_process_that_is_started_again_stands_on_the_same_rung(tmp_path):
    with sitting(tmp_path, gives()) as one:
        ladder, _ = ladder_of(one)
        assert play_until_a_rung(one, ladder) == ANOTHER_PATH
    with sitting(tmp_path, gives()) as two:
        assert rung_in_force(two.journal) == ANOTHER_PATH
        ladder, _ = ladder_of(two)
        ladder.between_tasks()
        assert two.heard(StuckNoticed) == []
        assert play_until_a_rung(two, ladder) == ANOTHER_PLACE


def test_progress_brings_it_down_again(failing):
    ladder, _ = ladder_of(failing)
    play_until_a_rung(failing, ladder)
    failing.bridge._respond = gives(oak_log=2)
    play(failing)
    assert rung_in_force(failing.journal) is None
    assert standing(failing.journal).rungs == 0


def test_to_have_gone_elsewhere_is_no_progress(failing):
    ladder, _ = ladder_of(failing)
    play_until_a_rung(failing, ladder)
    here = failing.bridge.observation
    task = way_elsewhere(here, 1, "nothing new is near")
    assert isinstance(task.goal, ReachedPosition)
    failing.bridge.observation = replace(
        here, position=Position(task.goal.x, here.position.y, task.goal.z)
    )
    play(failing, task)
    assert failing.steps.history()[-1].passed
    assert standing(failing.journal).rungs == 1


def test_time_alone_is_enough(failing):
    ladder, _ = ladder_of(failing, window_seconds=90.0)
    execute = failing.bridge.execute
    failing.bridge.execute = lambda *rest: replace(execute(*rest), seconds=30.0)
    play(failing)
    ladder.between_tasks()
    assert [event.rung for event in failing.heard(StuckNoticed)] == [ANOTHER_PATH]


def test_who_gets_about_is_given_longer(failing):
    ladder, _ = ladder_of(failing)
    steps = iter(range(10_000))

    def moved(seen: Observation) -> Observation:
        return replace(seen, position=Position(20.0 * next(steps), 64, 0))

    execute = failing.bridge.execute

    def execute_and_move(*rest):
        failing.bridge.observation = moved(failing.bridge.observation)
        return execute(*rest)

    failing.bridge.execute = execute_and_move
    play_until_a_rung(failing, ladder)
    assert len(failing.steps.history()) == int(MOVING_FACTOR) * WINDOW_ATTEMPTS // 3


def test_what_fails_again_and_again_is_told_to_be_put_off_once_each(failing):
    ladder, _ = ladder_of(failing)
    mining = replace(LOGS, proposer="tech_tree")
    for _ in range(3):
        play(failing, mining)
        ladder.between_tasks()
        ladder.between_tasks()
    told = failing.heard(TaskPutOff)
    assert [(event.failures, event.tasks) for event in told] == [(2, 2), (3, 2)]
    assert told[0].description == "Mine 2 logs"
    assert "oak_log" in told[0].reason


def test_the_model_is_told_only_on_its_rung(failing):
    ladder, _ = ladder_of(failing, with_model=True)
    notes = []
    for _ in range(5):
        play_until_a_rung(failing, ladder)
        notes.append(note_for_model(failing.journal))
    assert [bool(note) for note in notes] == [False, False, False, True, False]
    assert "quite different" in notes[3]


class Always:
    """Proposes one task; keeps the history it was shown."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.shown: list[object] = []

    def propose(self, observation, history):
        self.shown = list(history)
        return Proposal(self.task)


def test_on_the_rung_of_another_task_what_failed_is_not_proposed(failing):
    play(failing)
    history = failing.steps.history()
    proposer = LadderProposer(Always(LOGS), Always(STICKS), lambda: ANOTHER_TASK)
    task = proposer.propose(failing.bridge.observe(), history).task
    assert task is not None
    assert goal_key(task.goal) != goal_key(LOGS.goal)


def test_on_the_rung_of_the_tech_tree_the_planner_begins_without_the_failures(failing):
    play(failing)
    planner = Always(STICKS)
    proposer = LadderProposer(Always(LOGS), planner, lambda: TECH_TREE)
    proposal = proposer.propose(failing.bridge.observe(), failing.steps.history())
    assert proposal.task == STICKS
    assert planner.shown == []


def test_a_rung_is_in_force_for_a_few_tasks_only(failing):
    ladder, _ = ladder_of(failing, window_seconds=1e9)
    play_until_a_rung(failing, ladder)
    for _ in range(TASKS_ON_A_RUNG):
        assert rung_in_force(failing.journal) == ANOTHER_PATH
        play(failing)
    assert rung_in_force(failing.journal) is None
