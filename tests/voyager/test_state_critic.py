"""Judging by what was observed, whatever the program says."""

import pytest

from curriculum import (
    AllOf,
    Equipped,
    InventoryGained,
    InventoryHas,
    Judged,
    Killed,
    Placed,
    Task,
)
from mc_server import Execution, GameEvent, Outcome, ProgramError
from tests.curriculum.worlds import game_data, seen
from voyager.critics import StateCritic

CRITIC = StateCritic(game_data())


def task(goal):
    return Task("Do it", goal, "", "test")


def run(before=None, after=None, outcome=Outcome.COMPLETED, **more):
    return Execution(outcome, before or seen(), after or seen(), 1.0, **more)


def test_a_goal_reached_passes_even_if_the_program_failed():
    error = ProgramError("Error", "no path", "unreachable", "mineLogs", 3)
    execution = run(
        after=seen({"oak_log": 4}), outcome=Outcome.PROGRAM_ERROR, error=error, result=False
    )
    verdict = CRITIC.judge(task(InventoryHas(name="log", count=4)), execution)
    assert (verdict.passed, verdict.critic, verdict.critique) == (True, "state", "")
    assert verdict.evidence == ("inventory has 4 of 4 log",)


def test_a_claim_without_the_state_fails():
    verdict = CRITIC.judge(task(InventoryHas(name="diamond")), run(result={"diamond": 64}))
    assert not verdict.passed
    assert verdict.critique == (
        "The goal is not reached: inventory has 0 of 1 diamond. The program ended without an error."
    )


def test_the_critique_names_what_is_missing_and_what_went_wrong():
    error = ProgramError("Error", "2 stick short", "missing_ingredients", "craftWoodenPickaxe", 4)
    goal = AllOf(goals=(InventoryHas(name="planks", count=2), InventoryHas(name="stick")))
    execution = run(after=seen({"oak_planks": 3}), outcome=Outcome.PROGRAM_ERROR, error=error)
    verdict = CRITIC.judge(task(goal), execution)
    assert verdict.evidence == ("inventory has 3 of 2 planks", "inventory has 0 of 1 stick")
    assert "planks" not in verdict.critique
    assert "0 of 1 stick" in verdict.critique
    assert "2 stick short (craftWoodenPickaxe, line 4)" in verdict.critique


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.TIMED_OUT, "ran out of time"),
        (Outcome.KILLED, "killed"),
        (Outcome.DIED, "died"),
        (Outcome.DISCONNECTED, "connection"),
    ],
)
def test_the_critique_says_how_the_program_ended(outcome, said):
    assert said in CRITIC.judge(task(Killed(name="pig")), run(outcome=outcome)).critique


def test_events_count():
    killed = (GameEvent("killed", {"name": "pig", "count": 1}),)
    assert CRITIC.judge(task(Killed(name="pig")), run(events=killed)).passed


def test_what_only_a_reader_can_tell_does_not_pass():
    verdict = CRITIC.judge(task(Judged(text="a pretty house")), run())
    assert not verdict.passed and "needs a judge" in verdict.critique
    assert CRITIC.holds(task(Judged(text="a pretty house")), seen()) is None


def test_what_holds_before_needs_no_program():
    wearing = seen(equipment={"head": "iron_helmet"})
    goal = task(Equipped(name="helmet", destination="head"))
    verdict = CRITIC.holds(goal, wearing)
    assert verdict is not None and verdict.passed
    assert CRITIC.holds(goal, seen()) is None


def test_a_golden_apple_is_no_apple():
    assert CRITIC.holds(task(InventoryHas(name="apple")), seen({"golden_apple": 1})) is None


def placed_at(x):
    return GameEvent("placed", {"name": "cobblestone", "position": {"x": x, "y": 64, "z": 0}})


def mined_at(x):
    return GameEvent("mined", {"name": "cobblestone", "position": {"x": x, "y": 64, "z": 0}})


def test_what_attempts_at_a_task_placed_counts_together_as_far_as_it_stands():
    wall = task(Placed(name="cobblestone", count=3))
    first = run(events=(placed_at(0), placed_at(1)))
    assert not CRITIC.judge(wall, first).passed
    verdict = CRITIC.judge(wall, run(events=(placed_at(2),)), [first])
    assert (verdict.passed, verdict.alone) == (True, False)
    assert verdict.evidence == (
        "placed 3 of 3 cobblestone",
        "counted together with attempts before",
    )
    torn_down = run(events=(mined_at(0), placed_at(0), placed_at(1)))
    assert "placed 2 of 3" in CRITIC.judge(wall, torn_down, [first]).critique


def test_an_attempt_that_does_it_all_needs_no_other():
    goal = task(InventoryGained(name="oak_log", count=2))
    died = run(before=seen({"oak_log": 5}), after=seen())
    verdict = CRITIC.judge(goal, run(after=seen({"oak_log": 2})), [died])
    assert (verdict.passed, verdict.alone) == (True, True)
