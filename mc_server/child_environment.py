"""The environment that a process is started with, given on purpose."""

from __future__ import annotations

import os


def child_environment() -> dict[str, str]:
    """Our variables, as they are now; from any thread.

    A process that is started without any reads the C library's own list, which another thread moves
    while it sets a variable: then it cannot be started ("Bad address").
    """
    found = {name: os.environ.get(name) for name in list(os.environ)}
    return {name: value for name, value in found.items() if value is not None}
