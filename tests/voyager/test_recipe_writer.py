"""Programs from recipes: what they look like, that they work, what is reused, what is varied."""

import random

import pytest

from curriculum import (
    AllOf,
    Ate,
    Equipped,
    InventoryGained,
    InventoryHas,
    Judged,
    Killed,
    Mined,
    Placed,
    ReachedPosition,
    Slept,
    Task,
    TechTreeProposer,
    count_of,
    game_names,
    goal_to_json,
)
from mc_server import Outcome
from skills import Skill
from tests.curriculum.worlds import game_data, seen
from tests.voyager.recipe_programs import Run, failing, has, play, skill_of, write
from voyager.errors import WriterError
from voyager.records import Attempt


def test_a_mining_program_is_short():
    program = write(has("log", 3))
    assert program.source == (
        "// Mine logs until count of them are carried.\n"
        "async function mineLogs (count = 3) {\n"
        "  for (let round = 0; countItem('log') < count && round < 8; round++) {\n"
        "    await mineBlock('log', count - countItem('log'))\n"
        "  }\n"
        "}\n"
    )
    assert (program.entry, program.arguments, program.parameters) == (
        "mineLogs",
        (3,),
        {"count": "count"},
    )
    assert set(program.calls) == {"countItem", "mineBlock"}
    assert (program.writer, program.reused, program.model) == ("recipe", False, None)
    assert "logs" in program.when_to_use and "oak log" in program.when_to_use


@pytest.mark.parametrize(
    ("item", "entry"),
    [
        ("wooden_pickaxe", "craftWoodenPickaxe"),
        ("iron_ingot", "smeltIronIngot"),
        ("cobblestone", "mineCobblestone"),
        ("beef", "huntBeef"),
    ],
)
def test_a_program_is_named_after_its_task_without_the_number(item, entry):
    assert write(has(item, 3)).entry == entry


def test_known_skills_are_called_for_what_is_needed():
    planks = skill_of(write(has("planks")), InventoryHas(name="planks"))
    program = write(has("wooden_pickaxe"), [planks])
    assert "if (countItem('planks') < 3 * missing) await craftPlanks(3 * missing)" in program.source
    assert "craftPlanks" in program.calls
    assert "function getPlanks" not in program.source
    assert "function getStick" in program.source


def test_a_skill_for_the_goal_is_reused_with_the_count():
    skill = skill_of(write(has("stick", 4)), InventoryHas(name="stick", count=4))
    program = write(has("stick", 9), [skill])
    assert (program.reused, program.entry, program.arguments) == (True, "craftStick", (9,))
    assert program.source == skill.source
    assert not write(has("planks", 9), [skill]).reused
    gained = Task("", InventoryGained(name="stick", count=9), "", "")
    assert not write(gained, [skill]).reused


def test_a_reused_skill_that_failed_is_written_anew_without_calling_itself():
    skill = skill_of(write(has("planks", 4)), InventoryHas(name="planks", count=4))
    reused = write(has("planks", 9), [skill])
    program = write(has("planks", 9), [skill], [failing(reused, "not_found")])
    assert not program.reused
    assert "craftPlanks" not in program.calls


def test_no_circle_of_skills_is_made():
    planks = skill_of(write(has("planks", 4)), InventoryHas(name="planks", count=4))
    logs = Skill(**{**vars(planks), "name": "logsFromPlanks", "calls": ("craftPlanks",)})
    logs = Skill(**{**vars(logs), "contract": goal_to_json(InventoryHas(name="log"))})
    program = write(has("planks", 9), [logs])
    assert "logsFromPlanks" not in program.calls


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("missing_ingredients", "missing + 2"),
        ("not_found", "exploreUntil("),
        ("unreachable", "exploreUntil(() => false"),
        ("timeout", "exploreUntil(() => false"),
        (None, "exploreUntil(() => false"),
    ],
)
def test_a_failed_program_is_varied_by_its_error(code, change):
    first = write(has("furnace"))
    second = write(has("furnace"), attempts=[failing(first, code)])
    assert change not in first.source and change in second.source


def test_a_missing_tool_asks_for_a_better_one():
    first = write(has("cobblestone", 3))
    second = write(has("cobblestone", 3), attempts=[failing(first, "missing_tool")])
    assert "getWoodenPickaxe(1)" in first.source
    assert "getStonePickaxe(1)" in second.source or "getIronPickaxe(1)" in second.source


def test_what_could_not_be_found_is_looked_for_elsewhere():
    first = write(has("coal"))
    second = write(has("coal"), attempts=[failing(first, "not_found")])
    assert "exploreUntil(['coal_ore', 'deepslate_coal_ore']" in second.source


def test_a_skill_that_failed_inside_is_not_called_again():
    planks = skill_of(write(has("planks")), InventoryHas(name="planks"))
    first = write(has("stick"), [planks])
    second = write(has("stick"), [planks], [failing(first, "timeout", "craftPlanks")])
    assert "craftPlanks" in first.calls and "craftPlanks" not in second.calls


@pytest.mark.parametrize("code", ["missing_ingredients", "not_found", "inventory_full", None])
def test_the_same_program_never_comes_twice_in_a_row(code):
    attempts: list[Attempt] = []
    for _ in range(6):
        program = write(has("iron_pickaxe"), attempts=attempts)
        assert not attempts or program.source != attempts[-1].program.source
        outcome = Outcome.PROGRAM_ERROR if code else Outcome.COMPLETED
        attempts.append(failing(program, code, outcome=outcome))


@pytest.mark.parametrize(
    ("goal", "entry", "said"),
    [
        (Ate(name="apple"), "eatApple", "await eat('apple')"),
        (Ate(), "eatSomething", "await eat()"),
        (Killed(name="zombie", count=2), "killZombies", "await killMob('zombie', count)"),
        (Placed(name="torch", count=2), "placeTorches", "await placeItem('torch')"),
        (Mined(name="iron_ore"), "mineIronOreBlocks", "await mineBlock('iron_ore', count)"),
        (ReachedPosition(x=1, y=64, z=-3), "goToPosition", "await goTo(x, y, z, range)"),
        (
            Equipped(name="shield", destination="off-hand"),
            "equipShieldInOffHand",
            "await equip('shield', 'off-hand')",
        ),
        (InventoryGained(name="dirt", count=2), "mineMoreDirt", "countItem('dirt') + count"),
    ],
)
def test_other_goals_have_programs_too(goal, entry, said):
    program = write(Task("Do it", goal, "", ""))
    assert program.entry == entry and said in program.source


def test_several_goals_are_done_one_after_the_other():
    goal = AllOf(goals=(InventoryHas(name="stick", count=2), InventoryHas(name="chest")))
    program = write(Task("Get 2 sticks and a chest", goal, "", ""))
    assert program.entry == "getSticksAndAChest"
    [result] = play([(program, [], {}, ["oak"])])
    assert (result["error"], result["inventory"]["chest"]) == (None, 1)


@pytest.mark.parametrize("goal", [Judged(text="a house"), Slept(), InventoryHas(name="bedrock")])
def test_a_goal_without_a_recipe_is_refused(goal):
    with pytest.raises(WriterError):
        write(Task("Do it", goal, "", ""))


def test_the_words_of_a_task_choose_the_recipe():
    task = Task("Craft a furnace from cobbled deepslate", InventoryHas(name="furnace"), "", "")
    assert "getCobbledDeepslate" in write(task).source


WANTED = [
    *(("iron_pickaxe", 1), ("diamond_pickaxe", 1), ("stick", 9), ("planks", 7), ("bucket", 2)),
    *(("torch", 5), ("shield", 1), ("furnace", 1), ("cobblestone", 70), ("charcoal", 2)),
    *(("chest", 1), ("golden_helmet", 1), ("oak_boat", 1), ("iron_ingot", 12), ("log", 5)),
]
CARRIED = [
    *("oak_log", "birch_log", "oak_planks", "birch_planks", "stick", "crafting_table", "furnace"),
    *("wooden_pickaxe", "stone_pickaxe", "cobblestone", "coal", "raw_iron", "iron_ingot"),
]


def test_programs_reach_their_goal_from_any_inventory():
    rng = random.Random(7)
    runs: list[Run] = []
    wanted: list[tuple[str, int]] = []
    for item, count in WANTED:
        for kinds in (["oak"], ["oak", "birch"]):
            for size in range(8):
                carried = {name: rng.randint(1, 5) for name in rng.sample(CARRIED, size)}
                runs.append((write(has(item, count), carried=carried), [], carried, kinds))
                wanted.append((item, count))
    known = game_names(game_data())
    for (item, count), run, result in zip(wanted, runs, play(runs), strict=True):
        there = count_of(item, result["inventory"], known)
        assert there >= count, (item, run[2], result["error"])
        assert min(result["inventory"].values()) >= 0


def test_a_program_run_again_does_nothing():
    program = write(has("stone_pickaxe"))
    [first] = play([(program, [], {}, ["oak"])])
    [second] = play([(program, [], first["inventory"], ["oak"])])
    assert (second["inventory"], second["mined"]) == (first["inventory"], 0)


def test_the_way_to_iron_becomes_skills_that_alone_get_there_again():
    proposer = TechTreeProposer(game_data(), "iron_pickaxe")
    skills: list[Skill] = []
    carried: dict[str, int] = {}
    while (task := proposer.propose(seen(carried), ()).task) is not None:
        program = write(task, skills, carried=carried)
        [result] = play([(program, [skill.source for skill in skills], carried, ["oak"])])
        assert result["error"] is None, (program.source, result)
        carried = {name: count for name, count in result["inventory"].items() if count}
        if not program.reused:
            skills.append(skill_of(program, task.goal))
    assert [skill.name for skill in skills][:3] == ["mineLogs", "craftPlanks", "craftCraftingTable"]
    again = write(has("iron_pickaxe", 1), skills)
    assert again.reused
    [result] = play([(again, [skill.source for skill in skills[:-1]], {}, ["birch"])])
    assert (result["error"], result["inventory"]["iron_pickaxe"]) == (None, 1)
