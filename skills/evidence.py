"""What the uses of a skill prove: that it works again, that it broke, that it serves as well.

Uses of which nobody could tell whether they passed prove nothing. Covers reading the evidence; what
follows from it is done by whoever asks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from skills.contracts.learned_contract import LearnedContract
from skills.contracts.skill_use import SkillUse, UseKind

ELSEWHERE_BLOCKS = 8.0
"""So far from where it began before, a skill meets other blocks."""
LATER_TICKS = 1200
"""A minute of the game: another light, other creatures."""
DAY_TICKS = 24_000
FAILURES_IN_A_ROW = 3
"""So many attempts in a row do not fail by chance where most had passed."""
USES_TO_COMPARE = 3
"""A version with fewer uses is not compared with the one in use."""


def has_worked_again(uses: Sequence[SkillUse], contract: LearnedContract | None = None) -> bool:
    """Whether two of these uses passed from different starts, each in an attempt of its own.

    Where nothing was left to be done, by what the `contract` says it is for, nothing was shown.
    """
    passed = [use for use in uses if use.passed and _had_to_act(use, contract)]
    return any(
        _is_another_start(one, other)
        for index, one in enumerate(passed)
        for other in passed[index + 1 :]
    )


def is_in_doubt(uses: Sequence[SkillUse], contract: LearnedContract | None) -> bool:
    """Whether a skill that used to work seems to work no more; `uses` in their order.

    Its last three attempts failed, none for want of what the contract says it needs, and before
    these at least half of its uses had passed.
    """
    streak, before = _failed_last(uses, contract)
    if _attempts(streak) < FAILURES_IN_A_ROW or not before:
        return False
    return sum(bool(use.passed) for use in before) * 2 >= len(before)


def has_broken(uses: Sequence[SkillUse], contract: LearnedContract | None) -> bool:
    """Whether a skill in doubt has failed by itself: exercised, or three times as a task's program.

    A program that calls it may give it anything, call it from anywhere and hinder it meanwhile:
    failures within others' programs say that it should be tried, not that it broke.
    """
    if not is_in_doubt(uses, contract):
        return False
    streak, _ = _failed_last(uses, contract)
    own = [use for use in streak if use.kind is not UseKind.CALLED]
    exercised = any(use.kind is UseKind.EXERCISED for use in own)
    return exercised or _attempts(own) >= FAILURES_IN_A_ROW


def serves_as_well(new: Sequence[SkillUse], old: Sequence[SkillUse]) -> bool:
    """Whether a version works at least as often as the one in use.

    Its uses, three at least, are compared with as many of the other's, the last ones.
    """
    tried = [bool(use.passed) for use in new if use.passed is not None]
    known = [bool(use.passed) for use in old if use.passed is not None][-len(tried) :]
    if len(tried) < USES_TO_COMPARE:
        return False
    return not known or sum(tried) * len(known) >= sum(known) * len(tried)


def _is_another_start(one: SkillUse, other: SkillUse) -> bool:
    exercised = UseKind.EXERCISED in (one.kind, other.kind)
    if not exercised and one.attempt_id == other.attempt_id:
        return False
    if one.seed != other.seed or one.before.dimension != other.before.dimension:
        return True
    here, there = one.before.position, other.before.position
    if math.dist((here.x, here.y, here.z), (there.x, there.y, there.z)) >= ELSEWHERE_BLOCKS:
        return True
    ticks = abs(one.before.time_of_day - other.before.time_of_day)
    return min(ticks, DAY_TICKS - ticks) >= LATER_TICKS


def _had_to_act(use: SkillUse, contract: LearnedContract | None) -> bool:
    return contract is None or contract.units(use.before, use.arguments) > 0


def _was_in_need(use: SkillUse, contract: LearnedContract | None) -> bool:
    return contract is not None and bool(contract.missing(use.before, use.arguments))


def _failed_last(
    uses: Sequence[SkillUse], contract: LearnedContract | None
) -> tuple[list[SkillUse], list[SkillUse]]:
    """The failures since it passed last, and what was before; without those for want of a need."""
    told = [use for use in uses if use.passed is not None]
    counted = [use for use in told if use.passed or not _was_in_need(use, contract)]
    failed = 0
    while failed < len(counted) and not counted[-1 - failed].passed:
        failed += 1
    return counted[len(counted) - failed :], counted[: len(counted) - failed]


def _attempts(uses: Sequence[SkillUse]) -> int:
    return len({(use.attempt_id, use.id if use.attempt_id is None else 0) for use in uses})
