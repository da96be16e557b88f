"""What the uses of a skill prove."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from mc_server import Circumstances, Position
from skills import (
    LearnedContract,
    SkillUse,
    UseKind,
    has_broken,
    has_worked_again,
    is_in_doubt,
    serves_as_well,
)

HERE = Circumstances(Position(0.0, 64.0, 0.0), "overworld", "plains", 1000, 15, 20.0, 20.0, {})


def use(passed: bool | None, attempt: int | None = 1, **more: Any) -> SkillUse:
    before = replace(
        HERE,
        position=Position(more.get("x", 0.0), 64.0, 0.0),
        time_of_day=more.get("ticks", 1000),
        inventory=more.get("inventory", {}),
    )
    return SkillUse(
        "logs",
        1,
        UseKind(more.get("kind", "reused")),
        (),
        passed,
        "completed",
        1.0,
        before,
        before,
        attempt_id=attempt,
        seed=more.get("seed", 3),
    )


@pytest.mark.parametrize(
    ("other", "again"),
    [
        (use(True, 2, x=100), True),
        (use(True, 2, x=3), False),
        (use(True, 1, x=100), False),
        (use(False, 2, x=100), False),
        (use(None, 2, x=100), False),
        (use(True, 2, ticks=5000), True),
        (use(True, 2, ticks=1100), False),
        (use(True, 2, ticks=23_900), False),
        (use(True, 2, seed=4), True),
        (use(True, 2, seed=None), True),
        (use(True, None, seed=4, kind="exercised"), True),
        (use(True, None, kind="exercised"), False),
    ],
)
def test_it_worked_again_if_it_passed_in_another_attempt_from_another_start(other, again):
    assert has_worked_again([use(True, 1), other]) is again
    assert not has_worked_again([other])


def uses(marks: str, **more: Any) -> Sequence[SkillUse]:
    """`+` passed, `-` failed, `?` not told; each in an attempt of its own."""
    told = {"+": True, "-": False, "?": None}
    return [use(told[mark], number, **more) for number, mark in enumerate(marks)]


@pytest.mark.parametrize(
    ("marks", "broken"),
    [
        ("+++---", True),
        ("+---", True),
        ("+-+---", True),
        ("+++--", False),
        ("+++-+--", False),
        ("+--+----", True),
        ("----", False),
        ("+----+", False),
        ("--+---", False),
        ("++-?--", True),
    ],
)
def test_it_broke_if_it_used_to_work_and_fails_three_times_in_a_row(marks, broken):
    assert has_broken(uses(marks), None) is broken


def test_failures_in_one_attempt_are_one_and_those_in_need_are_none():
    same = [*uses("+++"), *[use(False, 9)] * 4]
    assert not has_broken(same, None)
    needs_logs = LearnedContract(uses=6, successes=3, holds=("stone_axe",))
    with_axe = uses("+++", inventory={"stone_axe": 1})
    assert not has_broken([*with_axe, *uses("---")], needs_logs)
    assert has_broken([*with_axe, *uses("---", inventory={"stone_axe": 1})], needs_logs)


@pytest.mark.parametrize(
    ("new", "old", "as_well"),
    [
        ("+++", "+++++", True),
        ("++", "---", False),
        ("++-", "+++++", False),
        ("++-", "++++-", True),
        ("+-?+", "-----", True),
        ("++-", "", True),
        ("+++-", "++++", False),
    ],
)
def test_a_version_is_compared_over_as_many_uses(new, old, as_well):
    assert serves_as_well(uses(new), uses(old)) is as_well


def test_what_other_programs_do_to_a_skill_does_not_break_it():
    works = uses("+++")
    spoiled = [use(False, number, kind="called") for number in range(10, 20)]
    assert is_in_doubt([*works, *spoiled], None)
    assert not has_broken([*works, *spoiled], None)
    assert not has_broken([*works, *spoiled, use(False, 20)], None)
    assert has_broken([*works, *spoiled, use(False, None, kind="exercised")], None)
    assert not is_in_doubt([*works, *spoiled, use(True, None, kind="exercised")], None)


def test_where_all_was_there_already_it_has_not_worked_again():
    until_four = LearnedContract(uses=1, successes=1, until="oak_log", count_default=4)
    had_all = use(True, 2, x=100, kind="called", inventory={"oak_log": 4})
    assert not has_worked_again([use(True, 1), had_all], until_four)
    had_some = use(True, 2, x=100, kind="called", inventory={"oak_log": 3})
    assert has_worked_again([use(True, 1), had_some], until_four)
