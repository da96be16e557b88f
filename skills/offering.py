"""Which skills are offered to those who write programs.

Verified ones, and candidates where no verified skill serves: that is how a candidate gets to work
again on a server where it cannot be tried beside play.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final

from skills.loading import Loader
from skills.skill import Skill, SkillStatus


class Offered(Enum):
    """Stands where a status is asked for, for all that may be used."""

    OFFERED = "offered"


OFFERED: Final = Offered.OFFERED


def is_wanted(skill: Skill, status: SkillStatus | Offered | None, loader: Loader) -> bool:
    """Whether a skill is one of those asked for; None asks for all.

    What is to be called must be loadable; of other statuses each is wanted as it is.
    """
    if status is None:
        return True
    if status is OFFERED:
        return loader.can_load(skill)
    return skill.status is status and (status is not SkillStatus.VERIFIED or loader.can_load(skill))


def without_needless_candidates(skills: Sequence[Skill]) -> list[Skill]:
    """These skills but for candidates with a goal that a verified one among them reaches too.

    It does where all but what its parameters set is the same, and the candidate's are among these.
    """
    served: dict[frozenset[str], set[str]] = defaultdict(set)
    for skill in skills:
        if skill.status is SkillStatus.VERIFIED:
            free = frozenset(skill.parameters.values())
            served[free].add(_fixed(skill.contract, free))
    return [
        skill
        for skill in skills
        if skill.status is SkillStatus.VERIFIED
        or not any(
            free.issuperset(skill.parameters.values()) and _fixed(skill.contract, free) in goals
            for free, goals in served.items()
        )
    ]


def reaches_all_of(one: Skill, other: Skill) -> bool:
    """Whether the first, with the right arguments, is for all that the second is for."""
    free = frozenset(one.parameters.values())
    same = _fixed(one.contract, free) == _fixed(other.contract, free)
    return same and free.issuperset(other.parameters.values())


def _fixed(contract: Mapping[str, Any], free: frozenset[str]) -> str:
    left = {path: value for path, value in contract.items() if path not in free}
    return json.dumps(left, sort_keys=True)
