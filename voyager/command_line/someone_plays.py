"""Whether somebody plays in a home folder just now."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from voyager.journal.database import LOCK_NAME


def someone_plays(folder: Path) -> bool:
    """Whether the process that took the home folder last is still there.

    Read, not tried: holding the lock, be it for a moment, might turn away a sitting that begins.
    """
    try:
        holder = int((folder / LOCK_NAME).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    if sys.platform == "win32" or holder <= 0:
        return holder > 0  # there a signal would end it; the run's own status has to do
    try:
        os.kill(holder, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
