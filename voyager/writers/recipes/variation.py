"""What failed attempts ask to be done differently, by the code of their errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mc_server import Outcome
from voyager.records import Attempt


@dataclass
class Variation:
    """What the failed attempts so far ask to be done differently.

    `slack`: how much more of each ingredient; `tool_rank`: by how many tiers a better tool;
    `aside`, `explore`: how often to step aside, or to look elsewhere, first; `avoided`: skills
    that failed.
    """

    slack: int = 0
    tool_rank: int = 0
    aside: int = 0
    explore: int = 0
    avoided: set[str] = field(default_factory=set)


_NO_FAULT_OF_THE_PROGRAM = (Outcome.COMPLETED, Outcome.DISCONNECTED)


def variation_after(attempts: Sequence[Attempt]) -> Variation:
    """Add up what each failed attempt asks for."""
    variation = Variation()
    for attempt in attempts:
        error, outcome = attempt.execution.error, attempt.execution.outcome
        code = error.code if error else None
        if attempt.program.reused:
            variation.avoided.add(attempt.program.entry)
        elif error and error.module and error.module != attempt.program.entry:
            variation.avoided.add(error.module)
        if code == "missing_ingredients":
            variation.slack += 2
        elif code == "missing_tool":
            variation.tool_rank += 1
        elif code == "not_found":
            variation.explore += 1
        elif outcome not in _NO_FAULT_OF_THE_PROGRAM:
            variation.aside += 1
    return variation
