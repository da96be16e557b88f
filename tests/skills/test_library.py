"""What the library keeps of skills: versions, statistics, contracts, what they call."""

from dataclasses import replace

import pytest

from skills import SkillStatus
from skills.errors import (
    SkillCycleError,
    SkillNameError,
    SkillUnavailableError,
    UnknownSkillError,
)
from tests.skills.homes import make_skill
from tests.skills.uses import count_use


def names(skills) -> list[str]:
    return [skill.name for skill in skills]


def test_a_skill_comes_back_as_it_was_stored(library):
    skill = make_skill("mineLogs", "Gets logs.", ("mineBlock",), when_to_use="for wood")
    assert library.add(skill) == skill
    assert library.get("mineLogs") == skill
    assert library.list() == [skill]


def test_parameters_come_back_in_the_order_in_which_the_entry_takes_them(library):
    parameters = {"x": "x", "y": "y", "count": "count"}
    skill = replace(
        make_skill("goTo3"),
        signature="async function goTo3 (x = 1, y = 2, count = 3)",
        parameters=parameters,
    )
    library.add(replace(skill, parameters=dict(sorted(parameters.items()))))
    assert list(library.get("goTo3").parameters) == ["x", "y", "count"]


def test_another_source_is_a_new_version_and_the_same_source_none(library):
    first = library.add(make_skill("mineLogs", body="1"))
    count_use(library, "mineLogs", True)
    second = library.add(make_skill("mineLogs", body="2"))
    assert (second.version, library.get("mineLogs").version) == (2, 2)
    again = library.add(make_skill("mineLogs", description="changed", body="2"))
    assert again == second
    assert library.list() == [second]
    assert library.get("mineLogs", 1) == replace(first, successes=1)


def test_a_candidate_does_not_replace_a_verified_version_until_it_is_verified(library):
    library.add(make_skill("mineLogs", body="1"))
    library.add(make_skill("mineLogs", body="2", status=SkillStatus.CANDIDATE))
    assert library.get("mineLogs").version == 1
    library.set_status("mineLogs", SkillStatus.VERIFIED, version=2)
    assert library.get("mineLogs").version == 2


def test_a_banned_source_stays_banned_when_it_is_found_again(library):
    library.add(make_skill("mineLogs"))
    library.set_status("mineLogs", SkillStatus.RETIRED)
    assert library.add(make_skill("mineLogs")).status is SkillStatus.RETIRED
    assert library.list(SkillStatus.VERIFIED) == []
    assert library.find_by_contract("inventory_gained") == []


def test_outcomes_are_counted_for_the_active_version(library):
    library.add(make_skill("mineLogs"))
    for passed in (True, True, False):
        count_use(library, "mineLogs", passed)
    skill = library.get("mineLogs")
    assert (skill.successes, skill.failures) == (2, 1)


def test_unknown_names_are_answered_with_close_ones(library):
    library.add(make_skill("mineLogs"))
    for action in (
        lambda: library.get("mineLog"),
        lambda: library.set_status("mineLog", SkillStatus.RETIRED),
        lambda: library.closure(["mineLog"]),
    ):
        with pytest.raises(UnknownSkillError, match="did you mean mineLogs"):
            action()
    with pytest.raises(UnknownSkillError, match="mineLogs in version 3"):
        library.get("mineLogs", 3)


@pytest.mark.parametrize("name", ["craftItem", "two words", "1st", ""])
def test_names_that_cannot_be_called_are_refused(library, name):
    with pytest.raises(SkillNameError):
        library.add(make_skill(name))


def test_skills_are_found_by_contract_the_most_successful_first(library):
    contract = {"type": "inventory_gained", "name": "stick", "count": 4}
    for name in ("makeSticks", "craftSticks", "sticks"):
        library.add(replace(make_skill(name), contract=contract))
    library.add(replace(make_skill("other"), contract={**contract, "name": "planks"}))
    library.add(replace(make_skill("both"), contract={"type": "all_of", "goals": [contract]}))
    count_use(library, "sticks", True)
    count_use(library, "craftSticks", False)
    found = library.find_by_contract("inventory_gained", "stick")
    assert names(found) == ["sticks", "makeSticks", "craftSticks"]
    assert names(library.find_by_contract("all_of")) == ["both"]
    assert library.find_by_contract("equipped", "stick") == []


def add_chain(library) -> None:
    library.add(make_skill("mineLogs", calls=("mineBlock",)))
    library.add(make_skill("craftPlanks", calls=("mineLogs", "craftItem")))
    library.add(make_skill("craftSticks", calls=("craftPlanks", "craftSticks")))
    library.add(make_skill("craftPickaxe", calls=("craftSticks", "craftPlanks", "mineLogs")))


def test_a_closure_holds_each_skill_once_after_what_it_calls(library):
    add_chain(library)
    order = names(library.closure(["craftPickaxe", "craftItem", "mineLogs"]))
    assert order == ["mineLogs", "craftPlanks", "craftSticks", "craftPickaxe"]
    assert library.closure([]) == []


def test_a_version_that_closes_a_circle_is_refused_and_the_old_one_stays(library):
    add_chain(library)
    with pytest.raises(SkillCycleError) as caught:
        library.add(make_skill("mineLogs", calls=("craftPickaxe",), body="now with a tool"))
    assert caught.value.path == (
        "mineLogs", "craftPickaxe", "craftSticks", "craftPlanks", "mineLogs",
    )  # fmt: skip
    assert library.get("mineLogs").version == 1
    with pytest.raises(UnknownSkillError, match="version 2"):
        library.get("mineLogs", 2)


def test_a_call_to_nothing_is_refused_with_close_names(library):
    with pytest.raises(UnknownSkillError, match=r"craftPlanks calls mineBlocks.*mean mineBlock"):
        library.add(make_skill("craftPlanks", calls=("mineBlocks",)))
    assert library.list() == []


def test_what_calls_a_quarantined_skill_is_not_offered(library):
    add_chain(library)
    library.set_status("craftPlanks", SkillStatus.QUARANTINED)
    with pytest.raises(SkillUnavailableError, match="craftSticks is quarantined"):
        library.closure(["craftSticks"])
    with pytest.raises(SkillUnavailableError, match=r"makeFence calls craftPlanks.*quarantined"):
        library.add(make_skill("makeFence", calls=("craftPlanks",)))
    assert names(skill for skill, _ in library.search("craft")) == ["mineLogs"]
    assert len(library.find_by_contract("inventory_gained")) == 1
    library.set_status("craftPlanks", SkillStatus.VERIFIED)
    assert len(library.find_by_contract("inventory_gained")) == 4


def test_a_long_chain_of_calls_is_no_problem(library):
    library.add(make_skill("skill0"))
    library._connection.execute("BEGIN")
    for number in range(1, 1200):
        library._connection.execute(
            "INSERT INTO skill_versions SELECT ?, 1, source, signature, description, when_to_use, "
            "?, contract, contract_type, contract_name, parameters, status, 0, 0, run_id, task, "
            "attempt, writer, model, game_version, added_at "
            "FROM skill_versions WHERE name = 'skill0'",
            (f"skill{number}", f'["skill{number - 1}"]'),
        )
        library._connection.execute(
            "INSERT INTO skills (name, active_version) VALUES (?, 1)", (f"skill{number}",)
        )
    library._connection.execute("COMMIT")
    assert len(library.closure(["skill1199"])) == 1200


def test_what_is_rolled_back_was_never_there(library):
    library._connection.execute("BEGIN IMMEDIATE")
    library.add(make_skill("mineLogs"))
    count_use(library, "mineLogs", True)
    with pytest.raises(RuntimeError, match="after the commit"):
        library.sync_index()
    library._connection.execute("ROLLBACK")
    assert library.list() == []
    assert library.search("mine logs") == []


def test_of_very_many_names_those_that_begin_alike_are_offered():
    known = [f"{verb}Thing{number}" for verb in ("mine", "craft") for number in range(20_000)]
    error = UnknownSkillError("minething77s", known)
    assert error.close_names[0] == "mineThing77"
    assert UnknownSkillError("x", known).close_names == ()
