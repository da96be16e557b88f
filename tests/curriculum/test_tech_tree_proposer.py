"""Tasks from the recipe graph: towards a goal, open-ended, when hungry, and after failures."""

import pytest

from curriculum import Ate, InventoryHas, TaskRecord, TechTreeProposer, UnknownItemError
from tests.curriculum.worlds import game_data, seen


def failed(task, times=1):
    return [TaskRecord(task, False, "none was found")] * times


def test_the_first_step_is_proposed_with_its_reason():
    task = TechTreeProposer(game_data(), "iron_ingot").propose(seen(), ()).task
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
    assert proposer.propose(seen(carried), ()).task.description == description


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
    task = proposer.propose(here, ()).task
    assert task.description == "Craft a furnace"
    assert proposer.propose(here, failed(task)).task == task
    other = proposer.propose(here, failed(task, 2)).task
    assert other.description.startswith("Mine 8") and "cobblestone" not in other.description
    stuck = proposer.propose(here, failed(task, 6))
    assert stuck.task is None and not stuck.finished
    assert "'Craft a furnace' (none was found)" in stuck.reason


def test_another_way_to_craft_says_from_what():
    proposer = TechTreeProposer(game_data(), "furnace")
    carried = {"crafting_table": 1, "cobblestone": 8, "cobbled_deepslate": 8}
    first = proposer.propose(seen(carried), ()).task
    second = proposer.propose(seen(carried), failed(first, 2)).task
    assert second.description == "Craft a furnace from cobbled deepslate"
    assert proposer.propose(seen(carried), [*failed(first, 2), *failed(second, 4)]).task is None


def test_success_clears_the_record():
    proposer = TechTreeProposer(game_data(), "log")
    task = proposer.propose(seen(), ()).task
    assert proposer.propose(seen(), failed(task, 2)).task is None
    history = [*failed(task, 2), TaskRecord(task, True)]
    assert proposer.propose(seen(), history).task == task


def test_hunger_comes_first():
    proposer = TechTreeProposer(game_data(), "iron_ingot")
    hungry = seen({"bread": 1, "apple": 2}, food=6.0)
    task = proposer.propose(hungry, ()).task
    assert (task.description, task.goal) == ("Eat bread", Ate(name="bread"))
    assert proposer.propose(hungry, failed(task, 2)).task.description == "Mine 3 logs"


def test_open_ended_play_hunts_when_hungry():
    task = TechTreeProposer(game_data()).propose(seen(food=6.0, mobs=["pig"]), ()).task
    assert (task.description, task.goal.name) == ("Hunt for 2 porkchops", "porkchop")


def test_open_ended_play_climbs_the_tools_and_never_repeats_itself():
    proposer, carried, history, descriptions = TechTreeProposer(game_data()), {}, [], []
    for _ in range(25):
        task = proposer.propose(seen(carried), history).task
        name = {"log": "oak_log", "planks": "oak_planks"}.get(task.goal.name, task.goal.name)
        carried = {**carried, name: task.goal.count}
        history.append(TaskRecord(task, True))
        descriptions.append(task.description)
    tools = [d for d in descriptions if d.endswith("pickaxe")]
    assert tools == [
        "Craft a wooden pickaxe",
        "Craft a stone pickaxe",
        "Craft an iron pickaxe",
        "Craft a diamond pickaxe",
    ]
    made = [record.task.goal.name for record in history if "never had" in record.task.why]
    assert len(made) == 25


def test_the_same_history_gives_the_same_proposal():
    first, second = TechTreeProposer(game_data()), TechTreeProposer(game_data())
    assert first.propose(seen(), ()) == second.propose(seen(), ())
