"""What is seen to between two tasks, in the order in which it is done."""

from __future__ import annotations

from collections.abc import Callable


def in_turn(*parts: Callable[[], None]) -> Callable[[], None]:
    """One call for all of them, first to last."""

    def call_each() -> None:
        for part in parts:
            part()

    return call_each
