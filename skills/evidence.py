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


def has_worked_again(uses: Sequence[SkillUse]) -> bool:
    """Whether two of these uses passed from different starts, each in an attempt of its own."""
    passed = [use for use in uses if use.passed]
    return any(
        _is_another_start(one, other)
        for index, one in enumerate(passed)
        for other in passed[index + 1 :]
    )


def has_broken(uses: Sequence[SkillUse], contract: LearnedContract | None) -> bool:
    """Whether a skill that used to work does no more; `uses` in their order.

    Its last three attempts failed, none for want of what the contract says it needs, and before
    these at least half of its uses had passed.
    """
    told = [use for use in uses if use.passed is not None]
    counted = [use for use in told if use.passed or not _was_in_need(use, contract)]
    failed = 0
    while failed < len(counted) and not counted[-1 - failed].passed:
        failed += 1
    streak, before = counted[len(counted) - failed :], counted[: len(counted) - failed]
    attempts = {(use.attempt_id, use.id if use.attempt_id is None else 0) for use in streak}
    if len(attempts) < FAILURES_IN_A_ROW or not before:
        return False
    return sum(bool(use.passed) for use in before) * 2 >= len(before)


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


def _was_in_need(use: SkillUse, contract: LearnedContract | None) -> bool:
    return contract is not None and bool(contract.missing(use.before, use.arguments))
