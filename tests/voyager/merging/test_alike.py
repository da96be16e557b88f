"""What has one meaning can be one where goal, needs and effects are the same; twins are found."""

from dataclasses import replace

from mc_server import Circumstances, Position
from skills import ShapeStore, SkillUse, UseKind
from tests.voyager.merging.libraries import READER, mined, mining, skill
from voyager.learning.merging.twins import Twins

START = Circumstances(Position(1, 64, 1), "overworld", "plains", 0, 15, 20, 20, {})


def use_twice(merging, *names: str, gives: str = "raw_iron") -> None:
    for name in names:
        for x in (1, 2):
            before = replace(START, position=Position(x, 64, 1))
            after = replace(before, inventory={gives: 1})
            use = SkillUse(
                name, 1, UseKind.REUSED, (), True, "completed", 1.0, before, after, seed=x
            )
            merging.library.uses.add(use)


def two_ways(merging) -> None:
    merging.add(
        mining("mineIronOre", 1),
        mining("dig", 1, "const place = findBlock('iron_ore'); await mineBlock(place, {})"),
        skill("stockUp", "await dig()", mined(1)),
    )


def test_two_ways_to_the_same_become_the_more_reliable_one(merging):
    two_ways(merging)
    assert merging.plans() == []
    use_twice(merging, "mineIronOre", "dig", "dig")
    [merged] = merging.merge()
    assert (merged.name, merged.merged) == ("dig", ("mineIronOre",))
    assert merged.reason == "the same goal, needs and effects, and near in meaning (0.90)"
    assert {call[:3] for call in merging.gym.calls()} == {("dig", 1, ())}


def test_what_is_far_in_meaning_or_has_other_effects_stays(merging):
    two_ways(merging)
    use_twice(merging, "mineIronOre", "dig")
    merging.similarity = 0.4
    assert merging.plans() == []
    merging.similarity = 0.9
    assert len(merging.plans()) == 1
    use_twice(merging, "dig", "dig", gives="coal")
    assert merging.plans() == []


def test_one_that_calls_the_other_is_not_the_same(merging):
    merging.add(mining("dig", 1), skill("stockUp", "await dig(); await dig()", mined(1)))
    use_twice(merging, "dig", "stockUp", "stockUp")
    [left] = merging.merge()
    assert left.reason == "stockUp itself calls what would be merged into it."
    assert merging.library.get("dig").usable
    assert merging.library.get("stockUp").usable


def test_a_new_program_that_is_a_known_one_by_another_name_is_found(merging):
    known = mining("mineIronOre", 1)
    merging.add(known, mining("dig", 2), skill("mineTen", "await mineBlock('ore', 1)", mined(1)))
    twins = Twins(merging.library, ShapeStore(merging.connection), READER)
    same = '// Another.\n await mineBlock("iron_ore", {});'
    assert twins.of(mining("getOre", 1, same)) == known
    assert twins.of(mining("getOre", 3, same)) is None
    assert twins.of(mining("getOre", 1, "await mineBlock('coal_ore', {})")) is None
    assert twins.of(mining("getOre", 1, "await mineBlock('iron_ore', {}")) is None
    taking = skill("getOre", "await mineBlock('iron_ore', count)", mined(1), "count = 1")
    assert twins.of(taking) is None
    merging.library.ban("mineIronOre")
    assert twins.of(mining("getOre", 1, same)) is None
