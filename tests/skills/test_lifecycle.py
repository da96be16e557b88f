"""What may become of skills: statuses, versions beside each other, and callers that follow."""

import sqlite3
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills import Change, SkillError, SkillLibrary, SkillStatus, SkillUnavailableError
from tests.skills.homes import MIGRATIONS, PRIMITIVES, make_skill

CANDIDATE, VERIFIED, QUARANTINED, RETIRED = SkillStatus


def empty_library() -> SkillLibrary:
    """One in memory, whose index is never asked."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    for file in sorted(MIGRATIONS.glob("*.sql")):
        connection.executescript(file.read_text())
    return SkillLibrary(connection, cast(Any, None), PRIMITIVES)


@pytest.fixture
def chain() -> SkillLibrary:
    """`pick` calls `sticks` calls `planks` calls `logs`; `fence` calls `sticks` and `nails`."""
    library = empty_library()
    library.add(make_skill("logs"))
    library.add(make_skill("nails"))
    library.add(make_skill("planks", calls=("logs",)))
    library.add(make_skill("sticks", calls=("planks",), status=CANDIDATE))
    library.add(make_skill("pick", calls=("sticks",)))
    library.add(make_skill("fence", calls=("sticks", "nails")))
    return library


def statuses(library: SkillLibrary) -> dict[str, SkillStatus]:
    return {skill.name: skill.status for skill in library.list()}


def words(library: SkillLibrary, name: str) -> list[str]:
    return [f"{change.change}: {change.reason}" for change in library.history(name)]


@pytest.mark.parametrize(
    ("active", "added", "in_use"),
    [
        (VERIFIED, CANDIDATE, 1),
        (VERIFIED, VERIFIED, 2),
        (VERIFIED, QUARANTINED, 1),
        (CANDIDATE, CANDIDATE, 2),
        (QUARANTINED, CANDIDATE, 2),
        (RETIRED, CANDIDATE, 2),
        (QUARANTINED, QUARANTINED, 1),
    ],
)
def test_which_version_a_name_stands_for(active, added, in_use):
    library = empty_library()
    library.add(make_skill("logs", status=active))
    library.add(make_skill("logs", body="2", status=added))
    assert library.get("logs").version == in_use
    assert [skill.version for skill in library.versions("logs")] == [1, 2]


def test_what_breaks_takes_its_callers_with_it_and_brings_them_back(chain):
    before = statuses(chain)
    gone = chain.quarantine("planks", "no wood")
    assert gone == ("planks", "sticks", "fence", "pick")
    assert {name for name, status in statuses(chain).items() if status is QUARANTINED} == {*gone}
    assert words(chain, "sticks")[-1] == "quarantined: calls planks, which is quarantined: no wood"
    assert words(chain, "pick")[-1] == "quarantined: calls sticks, which needs planks"
    chain.release("planks", "it works again")
    assert statuses(chain) == before
    assert words(chain, "pick")[-1] == "verified: planks may be used again"
    assert words(chain, "sticks")[-1] == "candidate: planks may be used again"


def test_a_caller_of_two_broken_skills_waits_for_both(chain):
    chain.quarantine("nails", "bent")
    chain.quarantine("planks", "no wood")
    chain.release("nails", "straight")
    assert statuses(chain)["fence"] is QUARANTINED
    assert words(chain, "fence")[-1].endswith("calls sticks, which needs planks")
    chain.release("planks", "wood")
    assert statuses(chain)["fence"] is VERIFIED


def test_a_caller_that_broke_itself_stays_when_what_it_calls_works_again(chain):
    chain.quarantine("pick", "it broke as well")
    chain.quarantine("planks", "no wood")
    chain.release("planks", "wood")
    assert statuses(chain)["pick"] is QUARANTINED


def test_a_pinned_skill_is_left_alone_but_not_when_it_cannot_be_loaded(chain):
    chain.pin("planks", "mine")
    assert chain.quarantine("planks", "no wood") == ()
    assert words(chain, "planks")[-1] == "kept: not quarantined: no wood"
    newer = chain.add(make_skill("planks", body="2", calls=("logs",)))
    assert (newer.version, newer.pinned, chain.get("planks").version) == (2, True, 1)
    assert chain.verify("planks", 2, "it works").status is VERIFIED
    assert chain.get("planks").version == 1
    assert "planks" in chain.quarantine("logs", "no trees")
    chain.release("logs", "trees")
    chain.activate("planks", 2)  # a person says so
    assert chain.get("planks").version == 2


def test_a_circle_of_skills_that_are_not_used_is_in_nobodys_way(chain):
    chain.add(make_skill("egg", calls=("logs", "hen"), status=QUARANTINED))
    chain.quarantine("logs", "before there is a hen")
    chain.release("logs", "trees")
    chain.add(make_skill("hen", calls=("egg",), status=QUARANTINED))
    assert chain.quarantine("logs", "no trees")[0] == "logs"
    chain.release("logs", "trees")
    assert statuses(chain)["pick"] is VERIFIED


def test_a_banned_skill_is_not_offered_whatever_is_learned_under_its_name(chain):
    assert chain.ban("sticks", "cheating") == ("fence", "pick")
    chain.add(make_skill("sticks", body="better"))
    assert chain.get("sticks").banned
    assert {s.name for s in chain.find_by_contract("inventory_gained")} == {
        "logs", "nails", "planks",
    }  # fmt: skip
    with pytest.raises(SkillUnavailableError, match="ban --undo sticks"):
        chain.closure(["sticks"])
    assert chain.unban("sticks") == ("fence", "pick")
    assert chain.closure(["pick"])[-1].name == "pick"


def test_retiring_is_deleting_and_everything_stays_to_be_seen(chain):
    chain.set_status("logs", RETIRED, reason="not needed")
    assert statuses(chain)["pick"] is QUARANTINED
    assert chain.get("logs", 1).source
    assert chain.history("logs")[-1].change == Change.RETIRED


def test_one_goes_back_to_what_was_verified_before(chain):
    chain.add(make_skill("planks", body="2", calls=("logs",)))
    chain.quarantine("planks", "the new one broke")
    fallback = chain.fallback("planks")
    assert fallback is not None and fallback.version == 1
    chain.activate("planks", 1, "rolled back")
    assert statuses(chain)["pick"] is VERIFIED
    with pytest.raises(SkillUnavailableError, match="skills verify"):
        chain.activate("planks", 2)
    assert chain.rewritten("planks") == []


def test_a_version_that_was_left_by_hand_does_not_come_back_by_itself(chain):
    chain.add(make_skill("planks", body="2", calls=("logs",)))
    chain.activate("planks", 1, "rolled back")
    assert chain.rewritten("planks") == []
    chain.add(make_skill("planks", body="3", calls=("logs",), status=CANDIDATE))
    assert [skill.version for skill in chain.rewritten("planks")] == [3]


def test_a_candidate_is_offered_only_where_no_verified_skill_does_the_same(chain):
    chain.add(make_skill("stick_maker", status=CANDIDATE))
    assert [s.name for s in chain.find_by_contract("inventory_gained", "stick_maker")]
    found = {skill.name for skill in chain.list(CANDIDATE)}
    assert found == {"sticks", "stick_maker"}


# -- whatever happens ------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "c", "d"])
OPERATIONS = st.one_of(
    st.tuples(st.just("add"), NAMES, st.lists(NAMES, max_size=2), st.sampled_from([*SkillStatus])),
    st.tuples(st.just("set_status"), NAMES, st.integers(1, 3), st.sampled_from([*SkillStatus])),
    st.tuples(st.just("verify"), NAMES, st.integers(1, 3), st.booleans()),
    st.tuples(st.just("activate"), NAMES, st.integers(1, 3)),
    st.tuples(st.sampled_from(["quarantine", "release", "pin", "unpin", "ban", "unban"]), NAMES),
)


def apply(library: SkillLibrary, number: int, operation: tuple[Any, ...]) -> None:
    action, name, *values = operation
    if action == "add":
        calls, status = values
        library.add(make_skill(name, calls=tuple(calls), body=f"{number}", status=status))
    elif action == "set_status":
        library.set_status(name, values[1], values[0])
    elif action == "verify":
        library.verify(name, values[0], "again", replaces=values[1])
    elif action == "activate":
        library.activate(name, values[0])
    else:
        getattr(library, action)(name, "why")


def everything(library: SkillLibrary) -> tuple[Any, ...]:
    names = library.names()
    return tuple((library.get(n), library.versions(n), library.history(n)) for n in names)


def check(library: SkillLibrary) -> None:
    for name in library.names():
        skill = library.get(name)
        if skill.usable:  # raises for a circle and for a call of what may not be used
            assert all(called.usable for called in library.closure([name]))
        told = {c.version: c for c in library.history(name) if c.change in [*SkillStatus]}
        for version in library.versions(name):
            assert told[version.version].change == version.status
        if skill.status is QUARANTINED and told[skill.version].because_of is not None:
            assert not all(library.get(called).usable for called in skill.calls)


@settings(max_examples=150, deadline=None)
@given(st.lists(OPERATIONS, max_size=25))
def test_no_order_of_changes_leaves_a_skill_that_cannot_be_loaded_in_use(operations):
    library = empty_library()
    for number, operation in enumerate(operations):
        before = everything(library)
        try:
            apply(library, number, operation)
        except SkillError:
            assert everything(library) == before
        check(library)
