"""Waiting for a server that is away: what is worth waiting for, how long, and how often to try.

Covers one wait at a time. Not covered: what is tried again (`mineflayer_bridge.py`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from mc_server.errors import BridgeError, KickedError, McServerError, ServerUnreachableError

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 8.0
_OF_THE_WAIT = 1 / 15
"""A long wait has longer pauses, up to such a part of what was waited."""
_LONGEST_OF_ALL_SECONDS = 60.0
_TRIES_WITHOUT_A_SERVER_TO_BLAME = 3

# What servers say in their own words or as a key of the game's translations.
_FOR_GOOD = re.compile(
    r"\bbann|white.?list|not.?verified|unverified|outdated|incompatible|allow.?list", re.IGNORECASE
)
_STILL_THERE = re.compile(
    r"logged in|login|already (?:connected|playing|online|on this)|duplicate|name.?taken|throttled",
    re.IGNORECASE,
)


class JoinFailedError(BridgeError):
    """The bot did not come into the world, for a reason that may be gone the next time."""


def passes(error: Exception) -> bool:
    """Whether a bot that was in the world may get in again later."""
    if isinstance(error, KickedError):
        return not _FOR_GOOD.search(str(error))
    return isinstance(error, ServerUnreachableError | BridgeError)


def passes_at_first(error: Exception) -> bool:
    """Whether a bot that joins for the first time may get in later: when only it is in the way."""
    return (
        isinstance(error, KickedError) and bool(_STILL_THERE.search(str(error))) and passes(error)
    )


class Patience:
    """Pauses between tries, each twice as long as the last, until the patience is out."""

    def __init__(
        self,
        seconds: float,
        tell: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`tell` gets a line before each pause."""
        self._seconds = seconds
        self._tell = tell
        self._clock = clock
        self._sleep = sleep
        self._begun: float | None = None
        self._pauses = 0

    def wait(self, error: McServerError) -> None:
        """Pause after a try that failed. Raises an error of the same kind when it was the last."""
        now = self._clock()
        if self._begun is None:
            self._begun = now
        waited_seconds = now - self._begun
        left_seconds = self._seconds - waited_seconds
        if left_seconds <= 0 or self._is_no_ones_fault(error):
            tries = f"{self._pauses + 1} tries in {waited_seconds:.0f} s did not help"
            ended = type(error)(f"{error} {tries}; go on with the same command later.")
            ended.waited_seconds = waited_seconds
            raise ended from error
        longest = max(_LONGEST_PAUSE_SECONDS, waited_seconds * _OF_THE_WAIT)
        # Bounded before it is doubled: pauses may be many.
        pause_seconds = _FIRST_PAUSE_SECONDS * 2 ** min(self._pauses, 30)
        pause_seconds = min(pause_seconds, longest, _LONGEST_OF_ALL_SECONDS, left_seconds)
        self._pauses += 1
        self._tell(f"{error} Trying again in {pause_seconds:.1f} s.")
        self._sleep(pause_seconds)

    def _is_no_ones_fault(self, error: McServerError) -> bool:
        """A fault of our own does not pass because time does, or soon."""
        of_the_server = isinstance(error, ServerUnreachableError | KickedError | JoinFailedError)
        return not of_the_server and self._pauses + 1 >= _TRIES_WITHOUT_A_SERVER_TO_BLAME
