"""A skill: a program that worked, with a name, a description and a record of how it fared."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from skills.errors import SkillNameError

_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)


class SkillStatus(StrEnum):
    """Where a version of a skill stands."""

    CANDIDATE = "candidate"
    """It worked once. Offered where no verified skill serves."""
    VERIFIED = "verified"
    """It has worked again from another start."""
    QUARANTINED = "quarantined"
    """It, or what it calls, broke: not used until it works again."""
    RETIRED = "retired"
    """Not used any more; this is how a skill is deleted."""


USABLE = frozenset({SkillStatus.VERIFIED, SkillStatus.CANDIDATE})


@dataclass(frozen=True)
class Provenance:
    """Where a skill came from: the run, the task, the attempt, who wrote it, for which game."""

    run_id: int | None
    task: str
    attempt: int
    writer: str
    model: str | None
    game_version: str


@dataclass(frozen=True)
class Skill:
    """A function that programs may call by `name`.

    `source` defines one async JavaScript function of that name; `signature` is its first line.
    `calls` names the skills and primitives it uses. `contract` is the goal, as JSON, that it was
    verified to reach; `{"count": "count"}`-style parameters are described in `parameters`, which
    maps a parameter's name to the path in the contract it sets (`{"count": "count"}`).
    `pinned` and `banned` are of the name, not of this version: the agent does not change what is
    pinned, and does not use what is banned. `learned` is what its uses have taught, in words.
    """

    name: str
    source: str
    signature: str
    description: str
    when_to_use: str
    calls: tuple[str, ...]
    contract: Mapping[str, Any]
    provenance: Provenance
    parameters: Mapping[str, str] = field(default_factory=dict)
    version: int = 1
    status: SkillStatus = SkillStatus.VERIFIED
    successes: int = 0
    failures: int = 0
    pinned: bool = False
    banned: bool = False
    learned: str = field(default="", compare=False)

    @property
    def reliability(self) -> float:
        """`reliability_of` all its uses; `LearnedContract.reliability` is of the last ones."""
        return reliability_of(self.successes, self.successes + self.failures)

    @property
    def usable(self) -> bool:
        """Whether programs may call it, as far as it goes by itself; what it calls counts too."""
        return self.status in USABLE and not self.banned


def reliability_of(passed: int, uses: int) -> float:
    """The chance that the next use passes, 0 to 1; 0.5 where nothing is known.

    One success and one failure are added, so that one lucky use is not certainty (Laplace's rule of
    succession).
    """
    return (passed + 1) / (uses + 2)


def check_name(name: str, primitives: Collection[str]) -> None:
    """Raises SkillNameError for what cannot name a skill beside these primitives."""
    if not _IDENTIFIER.fullmatch(name):
        raise SkillNameError(f"{name!r} is no name for a skill: use camelCase letters.")
    if name in primitives:
        raise SkillNameError(f"{name} is a primitive: give the skill another name.")
