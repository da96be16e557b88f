"""A merge changes all that belongs to it when it works, and else nothing."""

from mc_server import Circumstances, Position
from skills import SkillUse, UseKind
from tests.voyager.merging.libraries import Merging, mined, mining, skill
from voyager.events import SkillsMerged
from voyager.learning.merging.merge_plan import LeftAlone

TABLE = {"type": "inventory_has", "name": "crafting_table", "count": 1}


def worked(name: str) -> SkillUse:
    start = Circumstances(Position(1, 64, 1), "overworld", "plains", 0, 15, 20, 20, {})
    kind = UseKind.LEARNED
    return SkillUse(name, 1, kind, (), True, "completed", 1.0, start, start, seed=3)


def with_callers(merging: Merging) -> None:
    merging.add(
        mining("mineIronOre", 1),
        mining("mineFiveIronOres", 5),
        skill("stockUp", "await mineFiveIronOres(); await craftItem('crafting_table', 1)", TABLE),
        skill("stockMore", "await stockUp(); await mineIronOre()", TABLE),
    )
    merging.library.add_other_name("mineFiveIronOres", "get five ores")


def test_the_skill_takes_a_number_and_its_callers_give_it(merging):
    with_callers(merging)
    before = merging.library.get("mineIronOre")
    [merged] = merging.merge()
    assert merged == SkillsMerged(
        "mineIronOre", ("mineFiveIronOres",), "the same program up to count"
    )
    library = merging.library
    kept = library.get("mineIronOre")
    assert (kept.version, kept.status, kept.provenance.writer) == (2, "verified", "merge")
    assert library.get("mineIronOre", 1).source == before.source
    assert library.get("mineFiveIronOres").status == "retired"
    assert "await mineIronOre(5);" in merging.source("stockUp")
    assert library.get("stockUp").calls == ("mineIronOre", "craftItem")
    assert library.get("stockMore").version == 1
    assert library.other_names("mineIronOre") == ("get five ores", "mineFiveIronOres")
    assert "merged into mineIronOre" in library.history("mineFiveIronOres")[-1].reason
    assert merging.merge() == []


def test_each_of_them_is_run_as_it_would_be_and_what_came_of_it_is_kept(merging):
    with_callers(merging)
    merging.merge()
    assert merging.gym.calls() == {
        ("mineIronOre", 2, (1,), 1),
        ("mineIronOre", 2, (5,), 5),
        ("stockUp", 2, (), 1),
    }
    loaded = {e.skill.name: e.script.modules for e in merging.gym.asked}
    assert loaded["stockUp"][0].source == merging.source("mineIronOre")
    # Each in two worlds, for none of them was ever used.
    kept = [use.arguments for use in merging.library.uses.of("mineIronOre", 2)]
    assert kept == [(1,), (1,), (5,), (5,)]


def test_nothing_is_changed_when_one_of_them_does_not_work(merging):
    with_callers(merging)
    before = merging.rows()
    for broken in ("stockUp", "mineIronOre"):
        merging.gym.passes = lambda exercise, name=broken: (
            exercise.skill.name != name or exercise.skill.version == 1
        )
        [left] = merging.merge()
        assert isinstance(left, LeftAlone)
        assert f"{broken}(" in left.reason
        assert "does not work: so it was." in left.reason
        assert merging.rows() == before


def test_only_a_start_from_which_the_old_one_works_has_to_do(merging):
    with_callers(merging)
    for name in ("mineIronOre", "mineFiveIronOres", "stockUp"):
        merging.library.uses.add(worked(name))
    merging.gym.passes = lambda exercise: not exercise.start.origin.startswith("elsewhere")
    assert isinstance(merging.merge()[0], SkillsMerged)
    tried = [e.skill.version for e in merging.gym.asked if e.start.origin.startswith("elsewhere")]
    assert sorted(tried) == [1, 1, 1, 2, 2, 2]


def test_a_start_from_which_only_the_old_one_works_ends_the_merge(merging):
    with_callers(merging)
    merging.library.uses.add(worked("stockUp"))
    merging.gym.passes = lambda exercise: (
        exercise.skill.version == 1 or not exercise.start.origin.startswith("elsewhere")
    )
    [left] = merging.merge()
    assert "stockUp() works no more from a start (elsewhere" in left.reason


def test_what_changes_while_it_is_tried_ends_the_merge(merging):
    with_callers(merging)

    def passes(exercise):
        merging.library.pin("stockUp")
        return True

    merging.gym.passes = passes
    [left] = merging.merge()
    assert left.reason == "They have changed meanwhile; merge them again."
    assert merging.library.get("mineIronOre").version == 1


def test_a_caller_that_is_pinned_or_has_the_name_itself_keeps_them_apart(merging):
    with_callers(merging)
    merging.library.pin("stockUp")
    [left] = merging.merge()
    assert "stockUp calls one of them and is pinned" in left.reason
    merging.library.unpin("stockUp")
    merging.add(
        skill("smeltAll", "const mineIronOre = 1; await mineFiveIronOres(mineIronOre)", TABLE)
    )
    [left] = merging.merge()
    assert "smeltAll has something of its own that is called mineIronOre" in left.reason


def test_a_caller_with_more_calls_than_are_found_keeps_them_apart(merging):
    with_callers(merging)
    merging.add(skill("smeltAll", "a()\n" * 4000 + "await mineFiveIronOres()", TABLE))
    [left] = merging.merge()
    assert left.reason == "Not every call of mineFiveIronOres in smeltAll is found."


def test_the_same_program_needs_no_trial_of_its_own(merging):
    body = "const {0} = 2; await mineBlock('iron_ore', {0})"
    merging.add(
        skill("mineIronOre", body.format("a"), mined(1)), skill("dig", body.format("b"), mined(1))
    )
    [merged] = merging.merge()
    assert merged.reason == "the same program"
    assert merging.gym.asked == []
    assert merging.library.get("mineIronOre").version == 1
