"""Uses of skills in the database: counted, learned from, and cheap however many there are."""

from __future__ import annotations

import pytest

from skills import LearnedContract, SkillLibrary, UnknownSkillError, UseKind
from skills.contracts.use_store import LEARNED_FROM
from tests.skills.homes import make_skill
from tests.skills.uses import state, use


@pytest.fixture
def skilled(library):
    library.add(make_skill("mineLogs", body="1"))
    return library


def contract_of(library: SkillLibrary) -> LearnedContract:
    contract = library.contract("mineLogs")
    assert contract is not None
    return contract


def test_a_use_comes_back_as_it_was_stored(skilled):
    told = use(
        state({"oak_log": 1}, light=None, stations=("furnace",), worn=("iron_boots",)),
        {"oak_log": 3},
        False,
        "not_found",
        2,
        {"x": [1, None]},
        kind=UseKind.EXERCISED,
        error="There is no log.",
        run_id=1,
        attempt_id=2,
        seed=-5,
        environment={"game": "1.20.4"},
    )
    assert skilled.uses.add(told) == 1
    (stored,) = skilled.uses.of("mineLogs")
    assert stored.used_at.endswith("Z")
    assert stored.id == 1
    assert stored == told.__class__(**{**vars(told), "id": 1, "used_at": stored.used_at})


def test_uses_are_counted_and_learned_from_for_their_version_alone(skilled):
    skilled.add(make_skill("mineLogs", body="2"))
    for passed in (True, False, None):
        skilled.uses.add(use({}, {"oak_log": 1}, passed))
    skilled.uses.add(use({}, {"birch_log": 2}, version=2))
    first, second = skilled.versions("mineLogs")
    assert (first.successes, first.failures) == (1, 1)
    assert (second.successes, second.failures) == (1, 0)
    assert [*skilled.contract("mineLogs", 1).yields] == ["oak_log"]
    assert [*skilled.contract("mineLogs", 2).yields] == ["birch_log"]
    assert skilled.get("mineLogs", 1).learned == skilled.contract("mineLogs", 1).describe()
    assert [one.version for one in skilled.uses.of("mineLogs", limit=2)] == [1, 2]


def test_nothing_is_learned_of_what_was_never_used_or_is_unknown(skilled):
    assert skilled.contract("mineLogs") is None
    assert skilled.get("mineLogs").learned == ""
    with pytest.raises(UnknownSkillError):
        skilled.uses.add_all([use({}), use({}, name="mineLog")])
    assert skilled.uses.of("mineLogs") == ()


def test_totals_stay_whole_though_only_the_last_uses_are_learned_from(skilled):
    """What a use costs is bounded by what is read for it."""
    skilled.uses._connection.execute("BEGIN")  # one write to the disk for all
    old = [use({"torch": 1}, {"oak_log": 1})] * 30
    skilled.uses.add_all([*old, *[use({}, code="timeout")] * 5])
    read: list[int] = []
    skilled.uses._connection.set_trace_callback(
        lambda statement: read.append(statement.startswith("SELECT id, used_at"))
    )
    skilled.uses.add_all([use({}, {"birch_log": 1})] * LEARNED_FROM * 10)
    contract = contract_of(skilled)
    assert (contract.uses, contract.successes) == (LEARNED_FROM * 10 + 35, LEARNED_FROM * 10 + 30)
    assert [*contract.yields] == ["birch_log"]
    assert [failure.code for failure in contract.failures] == ["timeout"]
    assert sum(read) == 2


def test_a_use_that_is_rolled_back_never_was(skilled):
    skilled.uses.add(use({}, {"oak_log": 1}))
    before = contract_of(skilled)
    connection = skilled.uses._connection
    connection.execute("BEGIN")
    skilled.uses.add(use({}, {"birch_log": 1}, False))
    connection.execute("ROLLBACK")
    assert contract_of(skilled) == before
    assert (skilled.get("mineLogs").successes, skilled.get("mineLogs").failures) == (1, 0)
