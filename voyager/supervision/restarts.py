"""When an agent that died is started again: after how long, and when no more.

Covers the judgement alone. Not covered: starting and watching it (`keeper.py`), which errors pass
(`passing.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

_FIRST_PAUSE_SECONDS = 1.0
_BEFORE_PLAY = 2
"""Before anything was played only what was killed is started again, and not often: who has just
given the command is there to read what is wrong."""


@dataclass(frozen=True)
class Patience:
    """As `SupervisionSettings`, of which the agent tells once it has read them."""

    restarts: int = 8
    longest_wait: float = 120.0
    silence: float = 900.0


@dataclass(frozen=True)
class Death:
    """How an agent ended that is to be started again: `code` is the command's if it is not.

    What is `worth_waiting` for is waited for that many seconds in all, and counts as no death.
    """

    part: str
    kind: str
    cause: str
    code: int
    trace: str = ""
    worth_waiting: float = 0.0


class Restarts:
    """Those of one command. `clock` only goes forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.patience = Patience()
        self.in_a_row = 0
        """Deaths without a step done in between."""
        self._clock = clock
        self._waiting: tuple[str, str] | None = None
        self._waiting_since = 0.0
        self._waits = 0

    def step_done(self) -> None:
        """The agent gets on: what was before counts no more."""
        self.in_a_row, self._waits, self._waiting = 0, 0, None

    def is_known(self, death: Death) -> bool:
        """Whether the death is the one before still: the same is waited for."""
        return self._waiting == (death.part, death.kind)

    def pause_after(self, death: Death, played: bool) -> float | None:
        """Seconds until the next start, none at first and then each time twice as long.

        None when it is enough. `played` says whether anything was, since the command was given.
        """
        if death.worth_waiting:
            return self._pause_of_wait(death)
        self._waiting, self._waits = None, 0
        self.in_a_row += 1
        most = self.patience.restarts if played else min(_BEFORE_PLAY, self.patience.restarts)
        return self._doubled(self.in_a_row) if self.in_a_row <= most else None

    def _pause_of_wait(self, death: Death) -> float | None:
        if not self.is_known(death):
            self._waiting, self._waits = (death.part, death.kind), 0
            self._waiting_since = self._clock()
        self._waits += 1
        waited = self._clock() - self._waiting_since
        return self._doubled(self._waits) if waited < death.worth_waiting else None

    def _doubled(self, number: int) -> float:
        # Bounded before it is doubled: waits may be many.
        pause = 0.0 if number == 1 else _FIRST_PAUSE_SECONDS * 2.0 ** min(number - 2, 30)
        return min(pause, self.patience.longest_wait)
