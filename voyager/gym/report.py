"""What a verification found, as values and as JSON. Its words for people are the command line's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from voyager.gym.exercise import Trial


class Standing(StrEnum):
    """How a skill came out."""

    WORKS = "works"
    """From every start that could be tried."""
    PARTLY = "partly"
    """From some starts; from those where it failed it was never seen to work in the gym."""
    BROKE = "broke"
    """It does not work, and nothing that it calls is to blame."""
    DEPENDS = "depends"
    """It calls what broke, and cannot be used either."""
    NOT_RUN = "not_run"
    """It could not be tried."""


@dataclass(frozen=True)
class SkillReport:
    """One skill in one verification.

    `trials` are in the order of its starts. `why` is a sentence where it does not work or was not
    run. `last_passed` is when it worked last before, `changes` is what has changed since, in words.
    `broken_callees` are the skills to blame. `status` is the one that it has now, `status_before`
    the one it had, where that is another.
    """

    name: str
    version: int
    standing: Standing
    status: str
    trials: tuple[Trial, ...] = ()
    why: str = ""
    last_passed: str = ""
    changes: tuple[str, ...] = ()
    broken_callees: tuple[str, ...] = ()
    status_before: str = ""

    def to_json(self) -> dict[str, Any]:
        """As scripts read it."""
        return {
            "name": self.name,
            "version": self.version,
            "standing": self.standing.value,
            "status": self.status,
            "status_before": self.status_before or self.status,
            "why": self.why,
            "last_passed": self.last_passed or None,
            "changes": list(self.changes),
            "broken_callees": list(self.broken_callees),
            "trials": [_trial_json(trial) for trial in self.trials],
        }


@dataclass(frozen=True)
class Report:
    """What a verification found, by name."""

    skills: tuple[SkillReport, ...]

    def of(self, standing: Standing) -> tuple[SkillReport, ...]:
        """Those that came out so."""
        return tuple(one for one in self.skills if one.standing is standing)

    @property
    def anything_broke(self) -> bool:
        """Whether a skill that was to work does not."""
        return bool(self.of(Standing.BROKE) or self.of(Standing.DEPENDS))

    def to_json(self) -> dict[str, Any]:
        """As scripts read it: how many came out how, and every skill."""
        counts = {standing.value: len(self.of(standing)) for standing in Standing}
        return {"counts": counts, "skills": [one.to_json() for one in self.skills]}


def _trial_json(trial: Trial) -> dict[str, Any]:
    start, execution, verdict = trial.exercise.start, trial.execution, trial.verdict
    return {
        "start": start.origin,
        "seed": start.seed,
        "arguments": list(start.arguments),
        "passed": None if verdict is None else verdict.passed,
        "outcome": execution.outcome.value if execution else None,
        "seconds": round(execution.seconds, 3) if execution else None,
        "evidence": list(verdict.evidence) if verdict else [],
        "error": str(execution.error) if execution and execution.error else None,
        "fault": trial.fault or None,
    }
