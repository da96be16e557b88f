"""Programs that are the same as others, and what failed already and would fail again.

Covers a simple rule: a program that failed is run once more only when something has changed since,
in what the bot carries or where it stands; a third time never. What a server broke off or nobody
could judge is nothing against a program.
"""

from __future__ import annotations

from mc_server import Observation, Outcome
from voyager.records import Attempt
from voyager.writers.model.question import Question

SAME_PLACE_BLOCKS = 3.0


def normal(source: str) -> str:
    """The same for programs that differ in white space and whole-line comments only."""
    lines = (line.strip() for line in source.splitlines())
    return " ".join(" ".join(line for line in lines if not line.startswith("//")).split())


def failed_before(source: str, question: Question) -> int | None:
    """The number of the attempt whose program this is, if it should not run again."""
    wanted = normal(source)
    failed = [one for one in question.attempts if _failed(one)]
    same = [one for one in failed if normal(one.program.source) == wanted]
    if not same:
        return None
    changed = _changed(same[-1].execution.before, question.observation)
    return None if changed and len(same) == 1 else same[-1].number


def _failed(attempt: Attempt) -> bool:
    return attempt.verdict.decided and attempt.execution.outcome is not Outcome.DISCONNECTED


def _changed(before: Observation, now: Observation) -> bool:
    moved = (now.position.x - before.position.x) ** 2 + (now.position.z - before.position.z) ** 2
    is_elsewhere = moved > SAME_PLACE_BLOCKS**2 or now.dimension != before.dimension
    return is_elsewhere or dict(now.inventory) != dict(before.inventory)
