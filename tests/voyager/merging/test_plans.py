"""Which skills can be one, and which look as if they could."""

from dataclasses import replace

import pytest

from skills import LearnedContract, SkillStatus, Spread
from tests.voyager.merging.libraries import mined, mining, skill
from voyager.learning.merging.alike import same_effects
from voyager.learning.merging.merge_plan import LeftAlone, MergePlan, says_a_number

ORE = "await mineBlock('iron_ore', {})"


def plan_of(merging, *skills) -> MergePlan:
    merging.add(*skills)
    [plan] = merging.plans()
    assert isinstance(plan, MergePlan), plan
    return plan


def test_a_number_that_differs_as_the_goals_do_becomes_a_parameter(merging):
    plan = plan_of(merging, mining("mineFiveIronOres", 5), mining("mineIronOre", 1))
    assert plan.kept.name == "mineIronOre"
    assert plan.kept.source == (
        "async function mineIronOre (count = 1) { await mineBlock('iron_ore', count) }"
    )
    assert plan.kept.signature == "async function mineIronOre (count = 1)"
    assert plan.kept.parameters == {"count": "count"}
    assert plan.kept.contract == mined(1)
    assert [(s.name, given) for s, given in plan.arguments] == [
        ("mineIronOre", (1,)),
        ("mineFiveIronOres", (5,)),
    ]


def test_one_that_takes_the_number_already_is_left_as_it_is(merging):
    counting = skill("mineIronOre", "await mineBlock('iron_ore', count)", mined(1), "count = 1")
    plan = plan_of(merging, mining("mineTen", 10, ORE.replace("await ", "await  ")), counting)
    assert (plan.kept, plan.names, plan.rewrites) == (counting, ("mineTen",), False)


def test_a_multiple_is_computed(merging):
    body = (
        "const need = {0} * 1; await mineBlock('iron_ore', need - {1}); await craftItem('a', {1})"
    )
    plan = plan_of(
        merging,
        skill("mineIronOre", body.format(2, 4), mined(2)),
        skill("dig", body.format(3, 6), mined(3)),
    )
    assert plan.kept.source.endswith(
        "{ const need = count * 1; await mineBlock('iron_ore', need - (2 * count));"
        " await craftItem('a', 2 * count) }"
    )


def test_a_name_that_is_taken_is_not_declared_twice(merging):
    body = "const count = {}; await mineBlock('iron_ore', count)"
    plan = plan_of(merging, mining("mineIronOre", 1, body), mining("dig", 2, body))
    assert "mineIronOre (amount = 1) { const count = amount;" in plan.kept.source


def test_what_is_only_printed_does_not_keep_them_apart(merging):
    body = "await mineBlock('iron_ore', {0}); console.log('%s ores', {0})"
    plan = plan_of(
        merging,
        mining("mineIronOre", 1, body.replace("%s", "one")),
        mining("dig", 2, body.replace("%s", "two")),
    )
    assert "console.log('one ores', count)" in plan.kept.source


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            skill("dig", "await mineBlock('oak_log', 1)", mined(1, "oak_log")),
            skill("mineTen", "await mineBlock('birch_log', 1)", mined(1, "birch_log")),
            id="other names in their goals",
        ),
        pytest.param(
            skill("dig", "await mineBlock('oak_log', 1)", mined(1, "log")),
            skill("mineTen", "await mineBlock('birch_log', 1)", mined(1, "log")),
            id="one goal, but other texts",
        ),
        pytest.param(
            mining("dig", 1),
            skill("mineTen", ORE.format(2), {**mined(2), "type": "mined"}),
            id="another kind of goal",
        ),
        pytest.param(
            skill("dig", "await craftItem('a', 1); await mineBlock('a', 1)", mined(1)),
            skill("mineTen", "await mineBlock('a', 2); await craftItem('a', 2)", mined(2)),
            id="another order",
        ),
        pytest.param(
            mining("dig", 1, ORE + "; await mineBlock('stone', 8)"),
            mining("mineTen", 2, ORE + "; await mineBlock('stone', 9)"),
            id="another number that no goal has",
        ),
        pytest.param(
            skill("dig", ORE.format(3), mined(1)),
            skill("mineTen", ORE.format(3), mined(2)),
            id="the same program for two goals",
        ),
        pytest.param(
            mining("dig", 1),
            mining("mineTen", 2, status=SkillStatus.QUARANTINED),
            id="one that may not be used",
        ),
    ],
)
def test_skills_that_are_not_the_same_are_left_alone(merging, one, other):
    merging.add(one, other)
    assert merging.plans() == []


def test_a_number_outside_of_the_function_cannot_be_a_parameter(merging):
    body = "await help() }} async function help () {{ await mineBlock('iron_ore', {})"
    merging.add(mining("mineIronOre", 1, body), mining("dig", 2, body))
    [left] = merging.plans()
    assert isinstance(left, LeftAlone)
    assert "cannot take" in left.reason


def test_the_pinned_one_is_left_and_none_that_is_pinned_goes(merging):
    counting = skill("mineIronOre", "await mineBlock('iron_ore', count)", mined(1), "count = 1")
    merging.add(mining("dig", 2), counting, mining("mineTen", 10))
    merging.library.pin("dig")
    [left] = merging.plans()
    assert left.reason == "dig is pinned and would have to be changed; unpin it for that."
    merging.library.unpin("dig")
    merging.library.pin("mineIronOre")
    merging.library.pin("mineTen")
    [plan] = merging.plans()
    assert (plan.kept.name, plan.names) == ("mineIronOre", ("dig",))


def test_only_those_named_are_merged(merging):
    merging.add(mining("mineIronOre", 1), mining("dig", 2), mining("mineTen", 10))
    assert merging.plans("stockUp") == []
    [plan] = merging.plans("dig", "mineTen")
    assert {plan.kept.name, *plan.names} == {"dig", "mineTen"}


def test_a_number_in_a_name_is_a_word_of_its_own():
    said = ("mineFiveIronOres", "mine5Ores", "craftOnePlank", "getADozenLogs")
    assert all(map(says_a_number, said))
    assert not any(map(says_a_number, ("mineIronOre", "tendSheep", "lightenUp", "craftStone")))


def learned(**values) -> LearnedContract:
    amounts = {
        name: Spread(count, count, count) for name, count in values.pop("yields", {}).items()
    }
    return LearnedContract(4, 4, yields=amounts, **values)


def test_the_same_effects_are_the_same_items_in_near_amounts_with_the_same_needs():
    coal = learned(yields={"coal": 3})
    assert same_effects(coal, learned(yields={"coal": 4}))
    assert not same_effects(coal, learned(yields={"coal": 9}))
    assert not same_effects(coal, learned(yields={"coal": 3, "flint": 1}))
    assert not same_effects(coal, learned(yields={"coal": 3}, stations=("furnace",)))
    assert not same_effects(coal, learned(yields={"coal": 3}, holds=("stone_pickaxe",)))
    assert not same_effects(coal, None)


def test_whatever_a_library_holds_is_looked_through(merging):
    strange = [
        skill("dig", "(", mined(1)),
        skill("mineTen", "(", mined(1)),
        skill("stockUp", f"/* {'x' * 30_000} */", mined(1)),
        skill("stockMore", ORE.format(1), {**mined(1), "count": float("inf")}),
        skill("smeltAll", ORE.format(1), {**mined(1), "count": 10**400}),
    ]
    named = [
        replace(
            skill(n, "await mineBlock(name)", mined(1), "name = 'o'"), parameters={"name": "name"}
        )
        for n in ("mineIronOre", "mineFiveIronOres")
    ]
    merging.add(*strange, *named)
    [plan] = merging.plans()
    assert (plan.kept.name, [given for _, given in plan.arguments]) == (
        "mineIronOre",
        [("raw_iron",), ("raw_iron",)],
    )
