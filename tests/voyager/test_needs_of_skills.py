"""What known skills need is served first; which of several is called."""

from dataclasses import replace

import pytest

from curriculum import InventoryGained, InventoryHas, Mined, Task, goal_to_json
from skills import Failure, LearnedContract, Provenance, Skill, SkillStatus, Spread, needs_of
from tests.curriculum.worlds import game_data, seen
from tests.voyager.recipe_programs import has, play, skill_of, write
from tests.voyager.test_covering_writer import Nobody, cover, known
from voyager.errors import WriterError
from voyager.writers import RecipeWriter, ReusingWriter
from voyager.writers.known_skills.covering_writer import WRITER


def getter(name, item, source, **changes):
    """A skill that gets an item by the lines of `source`, and expects the rest to be there."""
    skill = Skill(
        name=name,
        source=f"async function {name} (count = 1) {{\n  {source}\n}}\n",
        signature=f"async function {name} (count = 1)",
        description="",
        when_to_use="",
        calls=(),
        contract=goal_to_json(InventoryHas(name=item, count=1)),
        provenance=Provenance(None, "", 1, "llm", "m", "1.20.4"),
        parameters={"count": "count"},
    )
    return replace(skill, **changes)


def learned(item, consumes=None, passed=3, uses=3, **fields):
    """A contract of uses for one item each."""
    return LearnedContract(
        uses=uses,
        successes=passed,
        recent=(passed, uses),
        consumes={name: Spread(n, n, n) for name, n in (consumes or {}).items()},
        yields={item: Spread(1, 1, 1)},
        until=item,
        count_position=0,
        counts=(1, 1),
        **fields,
    )


FORGE = "await craftItem('iron_pickaxe', count - countItem('iron_pickaxe'))"
PICKAXE = getter("forgePickaxe", "iron_pickaxe", FORGE)
PICKAXE_LEARNED = learned(
    "iron_pickaxe", {"iron_ingot": 3, "stick": 2}, stations=("crafting_table",)
)
INGOTS = skill_of(write(has("iron_ingot", 3)), InventoryHas(name="iron_ingot", count=3))
SERVED = "if (countItem('iron_ingot') < 3 * missing) await smeltIronIngot(3 * missing)"


def planned(item, *skills, contracts=None, count=1, carried=None):
    """What the planner without a model writes."""
    writer = RecipeWriter(game_data(), known(contracts or {}))
    return writer.write(has(item, count), seen(carried), skills, ())


def test_what_a_skill_needs_is_served_first_by_skills_and_recipes():
    contracts = {"forgePickaxe": PICKAXE_LEARNED}
    program = cover(InventoryHas(name="iron_pickaxe"), PICKAXE, INGOTS, contracts=contracts)
    assert f"{SERVED} // serves iron_ingot, which forgePickaxe needs" in program.source
    assert "// serves stick, which forgePickaxe needs" in program.source
    assert "// serves crafting_table, which forgePickaxe needs" in program.source
    assert ") // serves the goal to have 1 iron_pickaxe" in program.source
    assert "await forgePickaxe(count) // serves iron_pickaxe" in program.source
    assert (program.writer, program.reused) == (WRITER, False)
    again = cover(InventoryHas(name="iron_pickaxe"), PICKAXE, INGOTS, contracts=contracts)
    assert again.source == program.source
    [result] = play([(program, [PICKAXE.source, INGOTS.source], {}, ["oak"])])
    assert (result["error"], result["inventory"]["iron_pickaxe"]) == (None, 1)


def test_more_than_was_ever_got_needs_as_much_more():
    contracts = {"forgePickaxe": PICKAXE_LEARNED}
    goal = InventoryGained(name="iron_pickaxe", count=2)
    program = cover(goal, PICKAXE, INGOTS, contracts=contracts, carried={"iron_pickaxe": 1})
    [result] = play([(program, [PICKAXE.source, INGOTS.source], {"iron_pickaxe": 1}, ["oak"])])
    assert (result["error"], result["inventory"]["iron_pickaxe"]) == (None, 3)


def test_the_planner_serves_the_needs_of_what_it_calls_too():
    digger = getter("digDiamonds", "diamond", "await mineBlock('diamond_ore', count)")
    contracts = {
        "digDiamonds": learned("diamond", holds=("iron_pickaxe",)),
        "forgePickaxe": PICKAXE_LEARNED,
    }
    program = planned("diamond_pickaxe", digger, PICKAXE, INGOTS, contracts=contracts)
    assert SERVED in program.source
    assert "// serves iron_pickaxe, which digDiamonds needs" in program.source
    modules = [digger.source, PICKAXE.source, INGOTS.source]
    [result] = play([(program, modules, {}, ["oak"])])
    assert (result["error"], result["inventory"]["diamond_pickaxe"]) == (None, 1)


def test_what_is_there_already_lets_the_skill_be_called_as_it_stands():
    carried = {"iron_ingot": 3, "stick": 2, "crafting_table": 1}
    goal = InventoryHas(name="iron_pickaxe")
    contracts = {"forgePickaxe": PICKAXE_LEARNED}
    program = cover(goal, PICKAXE, contracts=contracts, carried=carried)
    assert (program.entry, program.arguments, program.reused) == ("forgePickaxe", (1,), True)
    reusing = ReusingWriter(Nobody(), lambda _: [PICKAXE], known(contracts))
    task = Task("Get ready.", goal, "", "test")
    assert reusing.write(task, seen(carried), (), ()).entry == "forgePickaxe"
    with pytest.raises(WriterError, match="nobody"):
        reusing.write(task, seen({"stick": 2}), (), ())


def test_what_a_skill_gets_itself_is_not_got_for_it_until_it_fails_without():
    planks = skill_of(write(has("planks")), InventoryHas(name="planks"))
    contract = learned("planks", {"oak_log": 1})
    assert needs_of(planks, contract) == ()
    failure = Failure("missing_ingredients", 2, ("no oak_log was carried",))
    [need] = needs_of(planks, replace(contract, failures=(failure,)))
    assert need.item == "oak_log"


def test_what_a_skill_gets_by_calling_another_is_not_got_for_it():
    table = getter("buildTable", "crafting_table", "await makePlanks(4)")
    makes_planks = getter("makePlanks", "planks", "await craftItem(kind, count)")
    contract = learned("crafting_table", {"oak_planks": 4})
    assert needs_of(table, contract, [makes_planks]) == ()
    assert [need.item for need in needs_of(table, contract)] == ["oak_planks"]


def test_of_an_ingredient_any_kind_will_do_and_what_was_used_at_times_is_needed():
    pickaxe = getter("craftPick", "stone_pickaxe", "await craftItem('stone_pickaxe', count)")
    cobblestone = {"cobblestone": Spread(3, 3, 3)}
    contract = learned("stone_pickaxe", {"oak_planks": 1}, consumes_sometimes=cobblestone)
    needs = needs_of(pickaxe, contract, (), {"cobblestone", "planks", "stick"})
    assert [need.item for need in needs] == ["planks", "cobblestone"]
    boat = getter("craftBoat", "oak_boat", "await craftItem('oak_boat', count)")
    [need] = needs_of(boat, learned("oak_boat", {"oak_planks": 5}), (), {"oak_planks"})
    assert need.item == "oak_planks"


def test_what_is_put_away_is_not_got_to_be_put_away():
    getting = getter("makeRoom", "chest", "await craftItem('chest', 1)")
    putting = replace(getting, contract={"type": "has_room", "count": 10})
    learnt = learned("chest", {}, consumes_sometimes={"cobblestone": Spread(45, 200, 225)})
    assert [need.item for need in needs_of(getting, learnt, (), {"cobblestone"})] == ["cobblestone"]
    assert needs_of(putting, learnt, (), {"cobblestone"}) == ()


def test_what_only_lay_in_the_inventory_is_no_need():
    digger = getter("digDiamonds", "diamond", "await mineBlock('diamond_ore', count)")
    held = learned("diamond", holds=("dirt", "iron_pickaxe"), stations=("furnace",))
    assert [need.item for need in needs_of(digger, held)] == ["iron_pickaxe"]


def test_nothing_is_needed_to_get_itself():
    packing = getter("packIron", "iron_block", "await craftItem('iron_block', count)")
    opening = getter("openIron", "iron_ingot", "await craftItem('iron_ingot', count)")
    contracts = {
        "packIron": learned("iron_block", {"iron_ingot": 9}, stations=("crafting_table",)),
        "openIron": learned("iron_ingot", {"iron_block": 1}),
    }
    program = cover(InventoryHas(name="iron_block"), packing, opening, contracts=contracts)
    assert "openIron" not in program.source
    [result] = play([(program, [packing.source], {}, ["oak"])])
    assert (result["error"], result["inventory"]["iron_block"]) == (None, 1)


@pytest.mark.parametrize(
    "fields", [{"consumes": {"dragon_egg": 1}}, {"dimensions": ("the_nether",)}]
)
def test_a_skill_whose_needs_cannot_be_met_from_here_covers_nothing(fields):
    contracts = {"forgePickaxe": learned("iron_pickaxe", **fields)}
    with pytest.raises(WriterError, match="nobody"):
        cover(InventoryHas(name="iron_pickaxe"), PICKAXE, contracts=contracts)
    other = replace(PICKAXE, name="zForge")
    found = cover(InventoryHas(name="iron_pickaxe"), PICKAXE, other, contracts=contracts)
    assert found.entry == "zForge"


def test_of_several_the_more_reliable_is_called_then_the_quicker():
    other = replace(PICKAXE, name="anotherForge")
    contracts = {
        "forgePickaxe": learned("iron_pickaxe", passed=9, uses=9, seconds=Spread(5, 5, 5)),
        "anotherForge": learned("iron_pickaxe", passed=5, uses=9),
    }
    goal = InventoryHas(name="iron_pickaxe")
    assert cover(goal, other, PICKAXE, contracts=contracts).entry == "forgePickaxe"
    contracts["anotherForge"] = learned("iron_pickaxe", passed=9, uses=9, seconds=Spread(4, 4, 4))
    assert cover(goal, other, PICKAXE, contracts=contracts).entry == "anotherForge"


def test_the_planner_calls_a_candidate_only_where_nothing_verified_serves():
    verified = getter("zMakeSticks", "stick", "await craftItem('stick', count)")
    candidate = replace(verified, name="aMakeSticks", status=SkillStatus.CANDIDATE)
    assert "await zMakeSticks(" in planned("wooden_pickaxe", candidate, verified).source
    assert "await aMakeSticks(" in planned("wooden_pickaxe", candidate).source


def test_the_planner_calls_what_was_verified_to_get_a_fixed_number():
    furnace = getter("buildFurnace", "furnace", "await craftItem('furnace', 1)", parameters={})
    contract = replace(learned("furnace", {"cobblestone": 8}), count_position=None)
    contracts = {"buildFurnace": replace(contract, stations=("crafting_table",))}
    program = planned("iron_ingot", furnace, contracts=contracts)
    assert "await buildFurnace() // serves furnace" in program.source
    assert "// serves cobblestone, which buildFurnace needs" in program.source
    [result] = play([(program, [furnace.source], {}, ["oak"])])
    assert (result["error"], result["inventory"]["iron_ingot"]) == (None, 1)
    once = replace(furnace, status=SkillStatus.CANDIDATE)
    assert "buildFurnace" not in planned("iron_ingot", once, contracts=contracts).source


def test_what_got_one_kind_once_may_get_another():
    chopping = getter("chopFour", "log", "await mineBlock('log', 4)", parameters={})
    contract = replace(learned("birch_log"), until="log", count_position=None)
    program = planned("planks", chopping, contracts={"chopFour": contract}, count=8)
    [result] = play([(program, [chopping.source], {}, ["oak"])])
    assert result["mined"] == 4, program.source


def test_a_family_is_served_by_what_gets_one_of_its_kinds():
    sawing = getter("sawOak", "oak_planks", "await craftItem('oak_planks', count)")
    program = cover(InventoryHas(name="planks", count=4), sawing)
    assert (program.entry, program.arguments) == ("sawOak", (4,))
    assert "await sawOak(" in planned("stick", sawing, count=4).source


def test_a_helper_is_not_named_like_a_skill():
    sticks = getter("getStick", "iron_pickaxe", FORGE)
    contracts = {"getStick": PICKAXE_LEARNED}
    program = cover(InventoryHas(name="iron_pickaxe"), sticks, INGOTS, contracts=contracts)
    assert "async function getStick " not in program.source
    [result] = play([(program, [sticks.source, INGOTS.source], {}, ["oak"])])
    assert result["error"] is None


def test_a_tool_is_made_by_a_skill_after_what_that_needs():
    writer = RecipeWriter(game_data(), known({"forgePickaxe": PICKAXE_LEARNED}))
    task = Task("Mine diamonds.", Mined(name="diamond_ore", count=1), "", "test")
    program = writer.write(task, seen(), [PICKAXE, INGOTS], ())
    assert SERVED in program.source
