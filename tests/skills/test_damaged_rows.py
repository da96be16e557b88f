"""Rows that another program damaged: read around, and told of."""

from __future__ import annotations

import pytest

from skills import SkillLibrary, SkillStatus, UnknownSkillError
from tests.skills.homes import Home, make_skill, open_connection
from tests.skills.uses import count_use

DEEP = "[" * 5000 + "]" * 5000


@pytest.fixture
def damaged(home: Home, library: SkillLibrary):
    """A library of two skills, the first of which has been used; runs SQL on its rows."""
    library.add(make_skill("mineLogs", calls=("mineBlock",)))
    library.add(make_skill("craftPlanks", calls=("mineLogs",)))
    count_use(library, "mineLogs", True)
    assert not [said for said in library.check() if "index" not in said]

    def damage(statement: str, *values: object) -> SkillLibrary:
        connection = open_connection(home.folder)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement, values)
        connection.close()
        return library

    return damage


@pytest.mark.parametrize("column", ["calls", "contract", "parameters"])
@pytest.mark.parametrize("text", ['["mine', "7", "[null, [1]]", "null", DEEP, b"\xff\xfe"])
def test_a_damaged_skill_is_in_quarantine_and_all_others_can_be_read(damaged, column, text):
    library = damaged(f"UPDATE skill_versions SET {column} = ? WHERE name = 'mineLogs'", text)
    assert {skill.name: skill.status for skill in library.list()} == {
        "mineLogs": SkillStatus.QUARANTINED,
        "craftPlanks": SkillStatus.VERIFIED,
    }
    assert library.callers("mineLogs") == ("craftPlanks",)
    assert library.quarantine("mineLogs", "it is damaged") == ("mineLogs", "craftPlanks")
    assert "The row of mineLogs in version 1 is damaged" in library.check()[0]


@pytest.mark.parametrize("column", ["before", "after", "arguments", "environment"])
def test_of_a_damaged_use_nothing_is_learned(damaged, column):
    library = damaged(f"UPDATE skill_uses SET {column} = '{{\"x\":'")
    assert library.uses.of("mineLogs") == ()
    count_use(library, "mineLogs", True)
    assert len(library.uses.of("mineLogs")) == 1


@pytest.mark.parametrize("text", ["{", "[]", '{"uses": "x"}', '{"uses": NaN}', b"\xff"])
def test_a_damaged_contract_is_learned_anew(damaged, text):
    library = damaged("UPDATE skill_contracts SET contract = ?", text)
    assert library.contract("mineLogs") is None
    count_use(library, "mineLogs", True)
    assert library.contract("mineLogs").uses == 2


def test_a_version_that_is_not_there_is_told_of(damaged):
    library = damaged("UPDATE skills SET active_version = 9 WHERE name = 'mineLogs'")
    with pytest.raises(UnknownSkillError, match="mineLogs in the version that it stands for"):
        library.get("mineLogs")
    with pytest.raises(UnknownSkillError, match=f"mineLogs in version {10**30}"):
        library.get("mineLogs", 10**30)
    assert "mineLogs stands for version 9, which is not there" in library.check()[0]
