"""One use of a skill: when its function ran, from which state to which, and whether it worked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mc_server import Circumstances


class UseKind(StrEnum):
    """What a skill ran for."""

    LEARNED = "learned"
    """The attempt that it came of."""
    REUSED = "reused"
    """A task, as its program."""
    CALLED = "called"
    """Another program, which called it."""
    EXERCISED = "exercised"
    """To see whether it still works."""


@dataclass(frozen=True)
class SkillUse:
    """What the game showed before and after the function of `name` ran with `arguments`.

    `passed` is whether it did what its contract says, None where nobody could tell. `outcome` is a
    word of `mc_server.Outcome`. `after` is None when it was cut off. `seconds` are the world's.
    `environment` names what it ran on: `game`, `mineflayer`, and the digest of each primitive that
    it can reach, by name. `seed` is the world's, None on a server of somebody else.
    """

    name: str
    version: int
    kind: UseKind
    arguments: tuple[Any, ...]
    passed: bool | None
    outcome: str
    seconds: float
    before: Circumstances
    after: Circumstances | None
    error_code: str | None = None
    error: str | None = None
    run_id: int | None = None
    attempt_id: int | None = None
    seed: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    used_at: str = ""
    id: int = 0
