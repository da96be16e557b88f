"""Leaving a model that failed alone for a while.

Covers one pause after another; asking is its user's. It is not kept: a resumed run asks at once.
"""

from __future__ import annotations

from collections.abc import Callable


class Pause:
    """After `begin`, for `seconds` of `clock`, `reason` says why the model is not asked."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._until: float | None = None
        self._why = ""

    def begin(self, why: str) -> None:
        """The model failed."""
        self._until, self._why = self._clock() + self._seconds, why

    @property
    def reason(self) -> str:
        """Why the model is not asked now; empty when it may be."""
        if self._until is None or self._clock() >= self._until:
            return ""
        return self._why
