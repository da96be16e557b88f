"""From where a skill is exercised, and what it has to reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curriculum import InventoryHas
from mc_server import Recipe
from skills import UnknownSkillError, UseKind
from tests.voyager.gym.exercised import GAME, MORNING, a_library, a_skill, a_use
from voyager.gym.exercise import START
from voyager.gym.starts import exercise_of, starts_of

LOGS = a_skill("mineLogs", "oak_log", "await mineBlock('oak_log', count)", ("mineBlock",))


def test_a_start_is_as_at_the_recorded_use_and_the_last_one_elsewhere():
    here, elsewhere = starts_of(LOGS, (a_use("mineLogs", 3, inventory={"raw_iron": 2}),), 3, GAME)
    assert (here.seed, here.position) == (7, MORNING.position)
    assert (here.inventory, here.stations, here.health) == ({"raw_iron": 2}, ("furnace",), 18.0)
    assert here.arguments == elsewhere.arguments == (3,)
    assert elsewhere.seed != 7
    assert elsewhere.position is None
    assert elsewhere.inventory == here.inventory
    assert starts_of(LOGS, (a_use("mineLogs", 3),), 1, GAME)[0].seed == 7


def test_starts_are_always_the_same_and_each_is_one_of_its_own():
    uses = tuple(a_use("mineLogs", count) for count in (1, 2, 2, 3))
    starts = starts_of(LOGS, uses, 3, GAME)
    assert [start.arguments for start in starts] == [(1,), (3,), (1,)]  # the first, the newest
    assert starts == starts_of(LOGS, uses, 3, GAME)


@pytest.mark.parametrize(
    "use",
    [
        a_use("mineLogs", 2, passed=False),
        a_use("mineLogs", 2, passed=None),
        a_use("mineLogs", 2, kind=UseKind.EXERCISED, environment={START: "one made up"}),
        a_use("mineLogs", 2, inventory={"oak_log": 5}),
        a_use("mineLogs", 2, before=replace(MORNING, dimension="the_nether")),
    ],
    ids=["failed", "nobody could tell", "of the gym", "goal held before", "in the nether"],
)
def test_a_use_that_proves_nothing_here_is_no_start(use):
    (start,) = starts_of(LOGS, (use,), 1, GAME)
    assert "never used" in start.origin


def test_what_was_only_tried_is_begun_as_it_was_tried_until_it_is_used():
    tried = a_use("mineLogs", 2, kind=UseKind.EXERCISED, seed=8, inventory={"stone_axe": 1})
    (start,) = starts_of(LOGS, (tried,), 1, GAME)
    assert (start.seed, start.position, start.inventory) == (8, MORNING.position, {"stone_axe": 1})
    assert [one.seed for one in starts_of(LOGS, (tried, a_use("mineLogs", 2)), 1, GAME)] == [7]


def test_a_use_on_a_server_of_somebody_else_is_begun_elsewhere_with_what_it_had():
    starts = starts_of(LOGS, (a_use("mineLogs", 2, seed=None, inventory={"raw_iron": 1}),), 3, GAME)
    assert [(start.position, start.inventory) for start in starts] == [(None, {"raw_iron": 1})]


def test_a_skill_that_was_never_used_gets_tools_and_what_its_goal_takes():
    smelt = a_skill("smeltIron", "iron_ingot")
    game = replace(
        GAME,
        smelting={"iron_ingot": ("raw_iron",)},
        recipes={"oak_planks": (Recipe("oak_planks", 4, {"oak_log": 1}, False),)},
    )
    start, elsewhere = starts_of(smelt, (), 3, game)
    assert start.inventory["raw_iron"] == 1
    assert start.inventory["iron_pickaxe"] == 1
    assert start.arguments == (1,)
    assert (elsewhere.inventory, elsewhere.arguments) == (start.inventory, (1,))
    assert elsewhere.seed != start.seed


def test_the_goal_is_that_of_the_arguments_and_does_not_hold_before(tmp_path):
    with a_library(tmp_path, LOGS) as library:
        (start,) = starts_of(LOGS, (), 1, GAME)
        exercise = exercise_of(LOGS, library, start, (4,), GAME)
    assert exercise.goal == InventoryHas(name="oak_log", count=4)
    assert exercise.script.arguments == exercise.start.arguments == (4,)
    assert "oak_log" in start.inventory
    assert "oak_log" not in exercise.start.inventory


def test_what_it_calls_comes_with_it_whatever_its_status(tmp_path):
    planks = a_skill("makePlanks", "oak_planks", "await mineLogs(1)", ("mineLogs", "craftItem"))
    with a_library(tmp_path, LOGS, planks) as library:
        library.quarantine("mineLogs", "to see")
        exercise = exercise_of(planks, library, starts_of(planks, (), 1)[0])
    assert [module.name for module in exercise.script.modules] == ["mineLogs", "makePlanks"]


def test_a_call_to_nothing_is_told(tmp_path):
    lost = a_skill("lost", "oak_planks", "await gone()", ("gone",))
    with a_library(tmp_path) as library, pytest.raises(UnknownSkillError, match="gone"):
        exercise_of(lost, library, starts_of(lost, (), 1)[0])
