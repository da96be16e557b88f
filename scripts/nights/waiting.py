"""Waiting for what other processes do, always with an end."""

from __future__ import annotations

import time
from collections.abc import Callable

POLL_SECONDS = 0.2


def wait_until(condition: Callable[[], object], seconds: float) -> bool:
    """Whether the condition comes to hold within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(POLL_SECONDS)
    return bool(condition())
