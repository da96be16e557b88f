"""Goals: what each predicate sees, and how goals cross a model's or disk's boundary."""

from dataclasses import replace

import pytest

from curriculum import (
    AllOf,
    AnyOf,
    Ate,
    Equipped,
    Goal,
    GoalError,
    HasAdvancement,
    HasRoom,
    InBiome,
    InDimension,
    InventoryGained,
    InventoryHas,
    Judged,
    Killed,
    Mined,
    Not,
    Placed,
    ReachedPosition,
    Slept,
    Stored,
    UnknownItemError,
    game_names,
    goal_to_json,
    parse_goal,
    validate_names,
)
from mc_server import GameEvent
from tests.curriculum.worlds import game_data, seen

EVERY_GOAL: list[Goal] = [
    InventoryHas(name="planks", count=3),
    InventoryGained(name="stick"),
    Equipped(name="shield", destination="off-hand"),
    Killed(name="zombie", count=2),
    Placed(name="torch"),
    Mined(name="log", count=4),
    ReachedPosition(x=1, y=2, z=3.5),
    InBiome(name="forest"),
    InDimension(name="the_nether"),
    Ate(),
    Slept(),
    Stored(name="dirt", count=9),
    HasRoom(count=12),
    HasAdvancement(name="story/mine_stone"),
    AnyOf(goals=(Ate(name="bread"), Not(goal=Slept()))),
    Judged(text="a pretty house"),
]


def passed(goal, before=None, after=None, events=()):
    known = game_names(game_data())
    return goal.evaluate(before or seen(), after or seen(), events, known).passed


@pytest.mark.parametrize("goal", [*EVERY_GOAL, AllOf(goals=tuple(EVERY_GOAL))])
def test_every_goal_survives_json(goal):
    assert parse_goal(goal_to_json(goal)) == goal
    assert goal.describe()


def test_a_family_counts_its_most_frequent_kind():
    mixed = seen({"oak_planks": 2, "birch_planks": 3})
    assert passed(InventoryHas(name="planks", count=3), after=mixed)
    assert not passed(InventoryHas(name="planks", count=4), after=mixed)


def test_a_known_name_is_no_family():
    assert not passed(InventoryHas(name="apple"), after=seen({"golden_apple": 1}))


def test_finding_says_what_was_seen():
    goal = InventoryHas(name="stick", count=3)
    assert goal.evaluate(seen(), seen({"stick": 2})).text == "inventory has 2 of 3 stick"


def test_room_is_what_is_free_at_the_end():
    assert passed(HasRoom(count=12), after=replace(seen(), free_slots=12))
    assert not passed(HasRoom(count=12), after=replace(seen(), free_slots=11))


def test_gain_is_what_one_kind_grew_by():
    before = seen({"oak_log": 5})
    assert passed(InventoryGained(name="log", count=2), before, seen({"oak_log": 7}))
    assert not passed(InventoryGained(name="log", count=2), before, seen({"oak_log": 6}))
    after = seen({"oak_log": 6, "birch_log": 1})
    assert not passed(InventoryGained(name="log", count=2), before, after)


def test_events_are_counted_over_all_kinds():
    events = [
        GameEvent("mined", {"name": "oak_log", "count": 1}),
        GameEvent("mined", {"name": "birch_log", "count": 2}),
        GameEvent("killed", {"name": "zombie_villager", "count": 1}),
    ]
    assert passed(Mined(name="log", count=3), events=events)
    assert not passed(Mined(name="log", count=4), events=events)
    assert not passed(Placed(name="oak_log"), events=events)
    assert not passed(Killed(name="villager"), events=events)


def test_eating_and_sleeping_are_told_by_events():
    ate = [GameEvent("ate", {"name": "bread", "count": 1})]
    assert passed(Ate(), events=ate) and passed(Ate(name="bread"), events=ate)
    assert not passed(Ate(name="apple"), events=ate)
    assert passed(Slept(), events=[GameEvent("slept", {})]) and not passed(Slept(), events=ate)


def test_places_and_equipment_are_read_from_the_last_observation():
    assert passed(ReachedPosition(x=0, y=65, z=1))
    assert not passed(ReachedPosition(x=0, y=70, z=0))
    assert passed(InDimension(name="minecraft:overworld"))
    assert passed(InBiome(name="forest"), after=seen(biome="birch_forest"))
    shield = seen(equipment={"off-hand": "shield", "hand": None})
    assert passed(Equipped(name="shield", destination="off-hand"), after=shield)
    assert not passed(Equipped(name="shield"), after=shield)


def test_what_cannot_be_told_spreads_only_where_it_decides():
    unknown, yes, no = Judged(text="pretty"), Not(goal=Slept()), Slept()
    assert passed(AllOf(goals=(unknown, yes))) is None
    assert passed(AllOf(goals=(unknown, no))) is False
    assert passed(AnyOf(goals=(unknown, yes))) is True
    assert passed(AnyOf(goals=(unknown, no))) is None
    assert passed(Not(goal=unknown)) is None


def test_names_are_read_as_people_write_them():
    pickaxe = parse_goal('{"type": "inventory_has", "name": "Iron Pickaxe"}')
    stone = parse_goal({"type": "mined", "name": "minecraft:stone"})
    assert isinstance(pickaxe, InventoryHas) and pickaxe.name == "iron_pickaxe"
    assert isinstance(stone, Mined) and stone.name == "stone"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "not valid JSON"),
        ("[]", "malformed as a whole"),
        ('{"type": "wished"}', "inventory_has"),
        ('{"type": "inventory_has"}', "inventory_has.name"),
        ('{"type": "inventory_has", "name": "log", "count": 0}', "greater than 0"),
        ('{"type": "all_of", "goals": []}', "all_of.goals"),
        ('{"type": "ate", "name": "bread", "colour": 1}', "Extra"),
    ],
)
def test_a_malformed_goal_is_one_sentence(data, said):
    with pytest.raises(GoalError, match=said) as raised:
        parse_goal(data)
    assert "\n" not in str(raised.value)


def test_unknown_names_are_told_with_close_ones():
    with pytest.raises(UnknownItemError, match="did you mean iron_pickaxe"):
        validate_names(AllOf(goals=(Slept(), InventoryHas(name="irn_pickaxe"))), game_data())
    with pytest.raises(UnknownItemError, match=r"mob called 'zombi'.*zombie"):
        validate_names(Killed(name="zombi"), game_data())
    with pytest.raises(UnknownItemError, match="block"):
        validate_names(Not(goal=Mined(name="qwertz")), game_data())
    validate_names(AllOf(goals=tuple(EVERY_GOAL)), game_data())
