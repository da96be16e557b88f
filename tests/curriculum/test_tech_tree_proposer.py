"""Tasks from the recipe graph: towards a goal, open-ended, when hungry, and after failures."""

from dataclasses import replace

import pytest

from curriculum import (
    Ate,
    HasRoom,
    InventoryHas,
    Task,
    TaskRecord,
    TechTreeProposer,
    UnknownItemError,
)
from tests.curriculum.worlds import game_data, seen


def next_task(proposer: TechTreeProposer, observation, history=()) -> Task:
    task = proposer.propose(observation, history).task
    assert task is not None
    return task


def failed(task, times=1):
    return [TaskRecord(task, False, "none was found")] * times


def test_the_first_step_is_proposed_with_its_reason():
    task = next_task(TechTreeProposer(game_data(), "iron_ingot"), seen())
    assert (task.description, task.goal) == ("Mine 3 logs", InventoryHas(name="log", count=3))
    assert task.why == "needed for planks on the way to iron_ingot"
    assert task.proposer == "tech_tree"


@pytest.mark.parametrize(
    ("carried", "description"),
    [
        ({"oak_planks": 3, "stick": 2, "crafting_table": 1}, "Craft a wooden pickaxe"),
        ({"stone_pickaxe": 1, "coal": 1, "furnace": 1, "raw_iron": 1}, "Smelt 1 iron ingot"),
        (
            {"wooden_pickaxe": 1, "stick": 2, "furnace": 1, "crafting_table": 1, "coal": 1},
            "Mine 3 cobblestone",
        ),
    ],
)
def test_tasks_read_like_sentences(carried, description):
    proposer = TechTreeProposer(game_data(), "iron_ingot")
    if description == "Craft a wooden pickaxe":
        proposer = TechTreeProposer(game_data(), "wooden pickaxe")
    assert next_task(proposer, seen(carried)).description == description


def test_the_goal_carried_is_the_end():
    proposer = TechTreeProposer(game_data(), "Iron Pickaxe", 2)
    assert not proposer.propose(seen({"iron_pickaxe": 1}), ()).finished
    proposal = proposer.propose(seen({"iron_pickaxe": 2}), ())
    assert proposal.finished and proposal.task is None
    assert "2 iron pickaxes" in proposal.reason


def test_an_unknown_goal_is_refused_at_once():
    with pytest.raises(UnknownItemError, match="iron_pickaxe"):
        TechTreeProposer(game_data(), "iron_pickax")


def test_a_failed_task_comes_again_once_and_then_another_way():
    proposer = TechTreeProposer(game_data(), "furnace")
    here = seen({"wooden_pickaxe": 1, "crafting_table": 1, "cobblestone": 8})
    task = next_task(proposer, here)
    assert task.description == "Craft a furnace"
    assert proposer.propose(here, failed(task)).task == task
    other = next_task(proposer, here, failed(task, 2))
    assert other.description.startswith("Mine 8") and "cobblestone" not in other.description
    stuck = proposer.propose(here, failed(task, 6))
    assert stuck.task is None and not stuck.finished
    assert "'Craft a furnace' (none was found)" in stuck.reason


def test_another_way_to_craft_says_from_what():
    proposer = TechTreeProposer(game_data(), "furnace")
    carried = {"crafting_table": 1, "cobblestone": 8, "cobbled_deepslate": 8}
    first = next_task(proposer, seen(carried))
    second = next_task(proposer, seen(carried), failed(first, 2))
    assert second.description == "Craft a furnace from cobbled deepslate"
    assert proposer.propose(seen(carried), [*failed(first, 2), *failed(second, 4)]).task is None


def test_success_clears_the_record():
    proposer = TechTreeProposer(game_data(), "log")
    task = next_task(proposer, seen())
    assert proposer.propose(seen(), failed(task, 2)).task is None
    history = [*failed(task, 2), TaskRecord(task, True)]
    assert proposer.propose(seen(), history).task == task


def test_hunger_comes_first():
    proposer = TechTreeProposer(game_data(), "iron_ingot")
    hungry = seen({"bread": 1, "apple": 2}, food=6.0)
    task = next_task(proposer, hungry)
    assert (task.description, task.goal) == ("Eat bread", Ate(name="bread"))
    assert next_task(proposer, hungry, failed(task, 2)).description == "Mine 3 logs"


def test_open_ended_play_hunts_when_hungry():
    task = next_task(TechTreeProposer(game_data()), seen(food=6.0, mobs=["pig"]))
    assert task.description == "Hunt for 2 porkchops"
    assert task.goal == InventoryHas(name="porkchop", count=2)


def test_open_ended_play_climbs_the_tools_and_never_repeats_itself():
    proposer = TechTreeProposer(game_data())
    carried: dict[str, int] = {}
    history: list[TaskRecord] = []
    made: list[str] = []
    for _ in range(25):
        task = next_task(proposer, seen(carried), history)
        assert isinstance(task.goal, InventoryHas)
        name = {"log": "oak_log", "planks": "oak_planks"}.get(task.goal.name, task.goal.name)
        carried = {**carried, name: task.goal.count}
        history.append(TaskRecord(task, True))
        if "never had" in task.why or "monsters" in task.why:
            made.append(task.goal.name)
    descriptions = [record.task.description for record in history]
    tools = [d for d in descriptions if d.endswith("pickaxe")]
    assert tools == [
        "Craft a wooden pickaxe",
        "Craft a stone pickaxe",
        "Craft an iron pickaxe",
        "Craft a diamond pickaxe",
    ]
    assert len(made) == 25


def test_a_sword_comes_before_monsters_are_hunted():
    carried = {"oak_log": 8, "crafting_table": 1, "stick": 4, "cobblestone": 8, "flint": 4}
    proposer = TechTreeProposer(game_data(), "bow")
    assert next_task(proposer, seen(carried)).description == "Craft a stone sword"
    armed = {**carried, "stone_sword": 1}
    assert next_task(proposer, seen(armed)).description == "Hunt for 3 string"


def test_food_in_sight_is_taken_along_into_the_dark():
    miner = {"stone_pickaxe": 1, "crafting_table": 1, "stone_sword": 1}
    proposer = TechTreeProposer(game_data(), "raw_iron")
    task = next_task(proposer, seen(miner, mobs=["pig"]))
    assert (task.description, task.why) == (
        "Hunt for 2 porkchops",
        "food for the way into the dark",
    )
    assert next_task(proposer, seen(miner)).description == "Mine 1 raw iron"
    assert next_task(proposer, seen(miner, mobs=["pig"]), failed(task, 2)) != task
    fed = {**miner, "bread": 1}
    assert next_task(proposer, seen(fed, mobs=["pig"])).description == "Mine 1 raw iron"


def test_the_wounded_eat_when_hunger_keeps_them_from_healing():
    proposer = TechTreeProposer(game_data(), "raw_iron")
    wounded = replace(seen({"beef": 2}, food=17.0), health=8.0)
    assert next_task(proposer, wounded).description == "Eat beef"
    assert next_task(proposer, replace(wounded, food=18.0)).description != "Eat beef"


def test_a_sword_comes_before_the_dark():
    proposer = TechTreeProposer(game_data(), "raw_iron")
    miner = {"stone_pickaxe": 1, "cobblestone": 2, "stick": 1, "crafting_table": 1}
    task = next_task(proposer, seen(miner))
    assert (task.description, task.why) == (
        "Craft a stone sword",
        "against the monsters",
    )
    assert next_task(proposer, seen(miner), failed(task, 2)).description == "Mine 1 raw iron"
    assert next_task(proposer, seen({**miner, "iron_sword": 1})).description == "Mine 1 raw iron"


def test_the_same_history_gives_the_same_proposal():
    first, second = TechTreeProposer(game_data()), TechTreeProposer(game_data())
    assert first.propose(seen(), ()) == second.propose(seen(), ())


def test_room_is_made_before_the_inventory_is_full():
    proposer = TechTreeProposer(game_data())
    task = next_task(proposer, replace(seen({"dirt": 64}), free_slots=4))
    assert task.goal == HasRoom(count=10)
    assert "4 places" in task.why
    assert not isinstance(next_task(proposer, replace(seen(), free_slots=5)).goal, HasRoom)


def test_room_that_could_not_be_made_does_not_stop_everything_else():
    proposer = TechTreeProposer(game_data())
    crowded = replace(seen({"dirt": 64}), free_slots=1)
    gave_up = failed(next_task(proposer, crowded))
    other = next_task(proposer, crowded, gave_up)
    assert not isinstance(other.goal, HasRoom)
    later = [*gave_up, *[TaskRecord(other, True)] * 5]
    assert isinstance(next_task(proposer, crowded, later).goal, HasRoom)


def test_failures_of_a_stand_in_for_a_model_count_as_well():
    proposer = TechTreeProposer(game_data(), "furnace")
    task = replace(next_task(proposer, seen()), proposer="tech_tree instead of llm")
    assert next_task(proposer, seen(), failed(task)).description == task.description
    after = proposer.propose(seen(), failed(task, 2)).task
    assert after is None or after.description != task.description
