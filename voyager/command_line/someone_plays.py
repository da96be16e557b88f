"""Whether somebody plays in a home folder just now."""

from __future__ import annotations

from pathlib import Path

from voyager.journal.database import LOCK_NAME
from voyager.supervision.restarting_mark import is_restarting
from voyager.watching.live_file import process_lives


def someone_plays(folder: Path) -> bool:
    """Whether the process that took the home folder last is still there, or is started again.

    Read, not tried: holding the lock, be it for a moment, might turn away a sitting that begins.
    """
    if is_restarting(folder):
        return True
    try:
        holder = int((folder / LOCK_NAME).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    return holder > 0 and process_lives(holder)
