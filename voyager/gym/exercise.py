"""What the gym is asked to run, and what it answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from curriculum import Goal
from mc_server import Execution, Position, Script
from skills import Skill
from voyager.records import Verdict

START = "start"
"""In the environment of a use that a verification made: the key of its start."""


@dataclass(frozen=True)
class Start:
    """How a scratch world is before a skill runs in it.

    A new world of `seed`; the bot stands at `position`, or where players appear if that is None,
    carries `inventory` (worn and held items included), and `stations` stand near. The skill is
    called with `arguments`. `origin` says in words where this comes from.
    """

    seed: int
    origin: str
    arguments: tuple[Any, ...] = ()
    position: Position | None = None
    inventory: Mapping[str, int] = field(default_factory=dict)
    worn: tuple[str, ...] = ()
    hand: str | None = None
    stations: tuple[str, ...] = ()
    time_of_day: int | None = None
    health: float = 20.0
    food: float = 20.0

    @property
    def key(self) -> str:
        """The same for starts that are the same, whatever they come from."""
        told = {name: value for name, value in asdict(self).items() if name != "origin"}
        text = json.dumps(told, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Exercise:
    """A skill to run once: `script` has all that it calls, `goal` is what it has to reach."""

    skill: Skill
    script: Script
    goal: Goal
    start: Start
    deadline_seconds: float


@dataclass(frozen=True)
class Trial:
    """What came of an exercise. `fault` says why it could not be run at all; then nothing else."""

    exercise: Exercise
    execution: Execution | None
    verdict: Verdict | None
    fault: str = ""

    @property
    def passed(self) -> bool:
        """Whether the goal was reached."""
        return self.verdict is not None and self.verdict.passed
