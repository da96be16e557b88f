"""Which goals of a model are refused, and with what."""

from dataclasses import replace

import pytest

from curriculum import CurriculumError, Task, TaskRecord, WorldLimits
from curriculum.goals.goal_forms import read_goal
from curriculum.proposers.goal_check import GoalChecker
from tests.curriculum.worlds import game_data, seen

EMBEDDED = WorldLimits(("overworld",), advancements=False)
CHECKER = GoalChecker(game_data(), EMBEDDED)
KIT = {"stone_pickaxe": 1, "crafting_table": 1, "stick": 8, "cobblestone": 20, "oak_planks": 8}


def have(name, count=1):
    return {"type": "inventory_has", "name": name, "count": count}


def refusal(goal, *, history=(), carried=None, **world):
    try:
        CHECKER.check_task(read_goal(goal), seen(carried or {}, **world), history)
    except CurriculumError as error:
        return str(error)
    return ""


def record(goal, passed, description="A task."):
    return TaskRecord(Task(description, read_goal(goal), "", "llm"), passed)


OTHER = record({"type": "killed", "name": "pig"}, True)


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ({"type": "mined", "name": "oak_lgo"}, "did you mean oak_log"),
        ({"type": "killed", "name": "cwo"}, "did you mean cow"),
        ({"type": "in_biome", "name": "desrt"}, "did you mean desert"),
        ({"type": "in_dimension", "name": "nether"}, "did you mean the_nether"),
        ({"type": "in_dimension", "name": "the_nether"}, "no the_nether"),
        ({"type": "in_biome", "name": "crimson_forest"}, "no dimension that this world has"),
        ({"type": "has_advancement", "name": "story/mine_stone"}, "no advancements"),
        ({"type": "mined", "name": "bedrock"}, "cannot be broken"),
        (have("command_block"), "No way is known"),
        (have("pig_spawn_egg"), "No way is known"),
        (have("air"), "nothing that can be had"),
        (have("netherrack"), "out of reach"),
        (have("blaze_rod"), "no blaze lives"),
        ({"type": "killed", "name": "wither"}, "out of reach"),
        ({"type": "mined", "name": "nether_gold_ore"}, "none is found"),
        (have("diamond_pickaxe"), "too large for one task (13 steps"),
        (have("log", 300), "too large for one task (1 steps, 300 blocks"),
        (have("log", 36 * 64 + 1), "too many"),
        ({"type": "killed", "name": "pig", "count": 10**30}, "too many"),
        ({"type": "has_room", "count": 40}, "36 places"),
        ({"type": "reached_position", "x": 9e9, "y": 64, "z": 0, "range": 2}, "blocks away"),
        ({"type": "reached_position", "x": 0, "y": 900, "z": 0, "range": 2}, "outside the world"),
        ([have("wooden_pickaxe", 30), have("wooden_sword", 7)], "does not fit"),
        (
            [{"type": "in_biome", "name": "desert"}, {"type": "in_biome", "name": "plains"}],
            "itself",
        ),
        (
            {"type": "all_of", "goals": [have("log", 3), {"type": "not", "goal": have("log", 2)}]},
            "contradicts itself",
        ),
        ({"type": "judged", "text": "Collect at least 3 oak logs."}, "inventory_has"),
        ({"type": "judged", "text": "The bot has killed a zombie."}, '"killed"'),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(goal, told):
    assert told in refusal(goal)


@pytest.mark.parametrize(
    "goal",
    [
        have("wooden_pickaxe"),
        have("string"),
        {"type": "in_biome", "name": "desert"},
        {"type": "mined", "name": "oak_log", "count": 20},
        {"type": "reached_position", "x": 100, "y": 64, "z": 100, "range": 5},
        {"type": "judged", "text": "A hut with four walls and a roof stands here."},
        [
            {"type": "placed", "name": "oak_log", "count": 4},
            {"type": "judged", "text": "A pillar."},
        ],
        {"type": "any_of", "goals": [have("bedrock"), have("dirt")]},
    ],
)
def test_what_a_beginner_can_do_is_let_through(goal):
    assert refusal(goal) == ""


def test_what_is_carried_and_in_sight_counts():
    assert refusal(have("stone_sword"), carried=KIT) == ""
    assert refusal(have("netherrack"), carried=KIT, near={"netherrack": 5}) == ""
    assert refusal({"type": "killed", "name": "blaze"}, mobs=["blaze"]) == ""
    assert "First comes: mine 3 log" in refusal(have("stone_pickaxe"))
    assert "holds already" in refusal(have("stick", 3), carried=KIT)


def test_a_goal_that_failed_rests_twice_as_long_each_time():
    goal = have("coal", 2)
    once, twice = [record(goal, False)], [record(goal, False)] * 2
    assert "failed once and may be tried again after 2" in refusal(goal, history=once, carried=KIT)
    # Another number, or what is gained, is the same task.
    gained = {"type": "inventory_gained", "name": "coal", "count": 1}
    assert "rests" not in refusal(gained, history=[*once, OTHER], carried=KIT)
    assert "after 1 other" in refusal(gained, history=[*once, OTHER], carried=KIT)
    assert refusal(goal, history=[*once, OTHER, OTHER], carried=KIT) == ""
    assert "2 times" in refusal(goal, history=[*twice, OTHER, OTHER, OTHER], carried=KIT)
    assert refusal(goal, history=[*twice, record(goal, True)], carried=KIT) == ""


def test_what_was_just_done_is_not_done_again_unless_it_is_used_up():
    place = {"type": "placed", "name": "cobblestone", "count": 2}
    assert "a short while ago" in refusal(place, history=[record(place, True)], carried=KIT)
    assert refusal(place, history=[record(place, True), *[OTHER] * 10], carried=KIT) == ""
    assert refusal(have("coal"), history=[record(have("coal"), True)], carried=KIT) == ""


def test_a_plural_is_told_its_name():
    assert "did you mean log" in refusal(have("logs"))


def test_with_a_full_inventory_room_comes_first_unless_that_has_just_failed():
    full = replace(seen({"dirt": 64}), free_slots=1)
    room = [{"type": "has_room", "count": 8}]
    logs = [have("log")]

    def refused(goal, history=()):
        with pytest.raises(CurriculumError) as caught:
            CHECKER.check_task(read_goal(goal), full, history)
        return str(caught.value)

    assert '{"type": "has_room"' in refused(logs)
    CHECKER.check_task(read_goal(room), full, ())
    CHECKER.check_task(read_goal(logs), full, (record(room, False),))
