"""The reserve that comes before other tasks: what is due when, and with how much moderation."""

from collections.abc import Sequence
from dataclasses import replace

from curriculum import Ate, InventoryHas, Proposal, Task, TaskRecord, UpkeepFirstProposer
from curriculum.proposers.upkeep_first import PROPOSER, TASKS_BETWEEN
from mc_server import Observation
from tests.curriculum.worlds import game_data, seen

DIG = Task("Mine 1 dirt", InventoryHas(name="dirt", count=1), "next", "other")
HUNT = Task("Hunt for 1 bone", InventoryHas(name="bone", count=1), "next", "other")
OTHERS = [TaskRecord(DIG, True)] * TASKS_BETWEEN
IRON = {"iron_pickaxe": 1, "iron_ingot": 20, "stick": 9, "crafting_table": 1, "cooked_beef": 9}


class Always:
    """Proposes one task."""

    def __init__(self, task: Task | None) -> None:
        self.task = task

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        return Proposal(self.task, finished=self.task is None)


def proposed(
    observation: Observation,
    history: Sequence[TaskRecord] = (),
    task: Task | None = DIG,
    goal: str | None = None,
    deaths: int = 0,
) -> Task | None:
    proposer = UpkeepFirstProposer(
        Always(task), game_data(), goal, lambda: deaths, open_ended=goal is None
    )
    return proposer.propose(observation, history).task


def is_own(task: Task | None) -> bool:
    return task is not None and task.proposer == PROPOSER


def test_an_animal_in_sight_is_food_for_later() -> None:
    task = proposed(seen(mobs=["cow"]))
    assert is_own(task) and task is not None and task.goal == InventoryHas(name="beef", count=3)
    assert proposed(seen()) == DIG
    assert proposed(seen({"cooked_beef": 4}, mobs=["cow"])) == DIG
    assert proposed(replace(seen(mobs=["cow"]), time_of_day=15_000)) == DIG


def test_on_the_way_to_a_goal_only_hunger_makes_it_stop_for_food() -> None:
    assert proposed(seen(mobs=["cow"]), goal="iron_pickaxe") == DIG
    assert is_own(proposed(seen(mobs=["cow"], food=9.0), goal="iron_pickaxe"))
    assert proposed(seen({"iron_pickaxe": 1}, mobs=["cow"], food=9.0), goal="iron_pickaxe") == DIG


def test_monsters_are_hunted_after_a_meal() -> None:
    armed = {**IRON, "stone_sword": 1, "iron_chestplate": 1}
    task = proposed(seen(armed, food=12.0), task=HUNT)
    assert task is not None and task.goal == Ate(name="cooked_beef")
    assert proposed(seen(armed), task=HUNT) == HUNT
    unsafe = {"iron_sword": 1, "iron_chestplate": 1, "rotten_flesh": 3}
    assert proposed(seen(unsafe, food=12.0), task=HUNT) == HUNT


def test_sheep_in_sight_are_a_bed() -> None:
    fed = {"cooked_beef": 4, "oak_planks": 9, "crafting_table": 1}
    task = proposed(seen(fed, mobs=["sheep"]))
    assert is_own(task) and task is not None and task.why == "a bed for the nights"
    assert proposed(seen({**fed, "white_bed": 1}, mobs=["sheep"])) == DIG
    assert proposed(seen(fed, near={"red_bed": 8.0, "oak_log": 6}, mobs=["sheep"])) == DIG


def test_a_pickaxe_that_is_nearly_worn_gets_a_spare_one() -> None:
    carried = {"stone_pickaxe": 1, "cobblestone": 9, "stick": 9, "crafting_table": 1}
    task = proposed(seen(carried, uses_left={"stone_pickaxe": 5}))
    assert is_own(task) and task is not None
    assert task.goal == InventoryHas(name="stone_pickaxe", count=2)
    assert proposed(seen(carried, uses_left={"stone_pickaxe": 90})) == DIG


def test_who_has_lost_every_tool_makes_new_ones_first() -> None:
    def had(name: str, passed: bool = True) -> TaskRecord:
        return TaskRecord(Task(f"Craft {name}", InventoryHas(name=name, count=1), "", "x"), passed)

    pickaxe, sword = had("iron_pickaxe"), had("wooden_sword")
    task = proposed(seen(near={"oak_log": 6}), [pickaxe, *OTHERS])
    assert is_own(task) and task is not None and task.why == "no pickaxe is left"
    materials = {"cobblestone": 9, "stick": 9, "crafting_table": 1}
    made = proposed(seen(materials), [pickaxe, sword])
    assert made is not None and made.goal == InventoryHas(name="stone_pickaxe", count=1)
    made = proposed(seen({**materials, "iron_pickaxe": 1}), [pickaxe, sword])
    assert made is not None and made.goal == InventoryHas(name="stone_sword", count=1)
    for history in ([], [had("iron_pickaxe", False)], [sword, pickaxe, TaskRecord(task, False)]):
        assert proposed(seen({**materials, "diamond_sword": 1}), history) == DIG
    assert proposed(seen(materials), [pickaxe], goal="bone_meal") == DIG


def test_monsters_are_hunted_armed_and_better_by_who_died_of_them() -> None:
    assert is_own(proposed(seen(IRON), task=HUNT))
    armed = {**IRON, "stone_sword": 1, "iron_chestplate": 1}
    assert proposed(seen(armed), task=HUNT) == HUNT
    assert is_own(proposed(seen(armed), task=HUNT, deaths=1))
    assert proposed(seen(armed), task=DIG, deaths=1) == DIG
    assert proposed(seen(IRON), task=HUNT, goal="bone_meal") == HUNT
    assert is_own(proposed(seen(IRON), task=HUNT, goal="bone_meal", deaths=1))


def test_what_was_reached_and_what_failed_is_left_alone() -> None:
    cow = seen(mobs=["cow"])
    own = Task("Hunt for 3 beefs", InventoryHas(name="beef", count=3), "", PROPOSER)
    assert proposed(cow, [TaskRecord(own, False), *OTHERS]) == DIG
    assert proposed(cow, [TaskRecord(own, True), TaskRecord(DIG, True)]) == DIG
    assert is_own(proposed(cow, [TaskRecord(own, True), *OTHERS]))
    assert proposed(seen(), task=None) is None
