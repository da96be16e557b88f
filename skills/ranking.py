"""The best skills for a purpose told in words: near in meaning, usable here, reliable.

Covers the order. What is near in meaning is the index's affair (`index.py`), what is offered at all
`offering.py`'s.

The score of a skill is the cosine similarity of its text, changed by what is known of it. What is
known decides between skills for the same purpose, whose texts lie .06 apart (the median; .12 the
upper quarter), and seldom between others: a right skill that is .05 behind all others in what is
known of it is still among the first five for .88 of the questions (.93 without), one that is .1
behind for .81. Measured on the skills of `tests/skills/known_purposes.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mc_server import Circumstances
from skills.contracts.learned_contract import LearnedContract
from skills.skill import Skill, SkillStatus

NEED_WEIGHT = 0.03
"""Less for each need that is not met here: what is missing can be got first."""
NEEDS_COUNTED = 2
RELIABILITY_WEIGHT = 0.1
"""Between a skill that always failed and one that always worked."""
CANDIDATE_WEIGHT = 0.03
"""Less for a skill that has worked from one start only."""
KNOWN_BY_NOTHING = 0.5

ContractOf = Callable[[Skill], LearnedContract | None]


def ranked(
    found: Sequence[tuple[Skill, float]], contract_of: ContractOf, here: Circumstances | None
) -> list[tuple[Skill, float]]:
    """Skills with their similarity in, with their score out, best first.

    `here` is where they are to be used; where that is not known needs do not count.
    """
    scored = [
        (skill, similarity + _known_of(skill, contract_of(skill), here))
        for skill, similarity in found
    ]
    return sorted(scored, key=lambda one: (-one[1], one[0].name))


def _known_of(skill: Skill, contract: LearnedContract | None, here: Circumstances | None) -> float:
    reliability = skill.reliability if contract is None else contract.reliability
    known = RELIABILITY_WEIGHT * (reliability - KNOWN_BY_NOTHING)
    if skill.status is SkillStatus.CANDIDATE:
        known -= CANDIDATE_WEIGHT
    if contract is not None and here is not None:
        known -= NEED_WEIGHT * min(len(contract.missing(here)), NEEDS_COUNTED)
    return known
