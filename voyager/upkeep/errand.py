"""What a duty sends the bot to do: a short built-in program, and how to tell whether it did it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from mc_server import Execution, Observation, Outcome, Script, ScriptModule

DAY_ENDS = 12542
"""From this tick of the day on one can sleep, and monsters appear under the sky."""
DAY_BEGINS = 23460


def is_night(seen: Observation) -> bool:
    """Whether it is dark where the bot is, if it stands under the sky."""
    return seen.dimension == "overworld" and DAY_ENDS <= seen.time_of_day < DAY_BEGINS


def is_armed(seen: Observation) -> bool:
    """Whether it carries a weapon."""
    return any(name.endswith(("_sword", "_axe")) for name in seen.inventory)


def completed(execution: Execution) -> tuple[bool, str]:
    """Done when the program ended by itself; else why it did not."""
    if execution.outcome is Outcome.COMPLETED:
        return True, "done"
    return False, execution.error.message if execution.error else execution.outcome.value


@dataclass(frozen=True)
class Errand:
    """One function in JavaScript, called with `arguments`; `deadline_seconds` of the world's time.

    `ended` is called with what came of it, in the transaction that tells of it, and gives whether
    it is done and the outcome in words.
    """

    why: str
    source: str
    arguments: tuple[Any, ...] = ()
    deadline_seconds: float = 300.0
    ended: Callable[[Execution], tuple[bool, str]] = completed

    def script(self, entry: str) -> Script:
        """What the bridge runs; the source defines a function called `entry`."""
        return Script((ScriptModule(entry, self.source),), entry, self.arguments)


class Duty(Protocol):
    """Something to see to. `name` is told with it; `entry` names the function of its program."""

    name: str
    entry: str

    def due(self, seen: Observation) -> Errand | None:
        """What is to be done now, if anything."""
