"""The mark in the home folder that an agent has died and is being started again.

Covers setting it, taking it away, and asking. The operating system's lock on the file counts, not
that it is there: one whose process was killed says nothing. Where locks are unknown nobody starts
an agent again.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

if sys.platform != "win32":
    import fcntl

NAME = "restarting"


class RestartingMark:
    """That of one home folder. A folder that cannot be written goes without."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor: int | None = None

    def set(self) -> None:
        """Nobody plays, but somebody will."""
        if self._descriptor is not None or sys.platform == "win32":
            return
        with contextlib.suppress(OSError):
            # Locked before it has its name: who asks cannot be in the way.
            descriptor, path = tempfile.mkstemp(dir=self._folder, prefix=f".{NAME}-")
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.replace(path, self._folder / NAME)
            except OSError:
                os.close(descriptor)
                os.unlink(path)
                raise
            self._descriptor = descriptor

    def clear(self) -> None:
        """The agent plays, or nobody starts it again."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.unlink(self._folder / NAME)
            os.close(self._descriptor)
            self._descriptor = None


def is_restarting(folder: Path) -> bool:
    """Whether an agent of this home folder is being started again just now."""
    if sys.platform == "win32":
        return False
    try:
        descriptor = os.open(folder / NAME, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False
