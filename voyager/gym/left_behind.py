"""Scratch folders of processes that were killed: found and removed by the next that makes one.

Covers a folder of one's own among others in a shared place, with a lock beside it that ends with
its process. Not covered: what is in it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "voyager-gym-"
_LOCK = ".lock"

if sys.platform == "win32":

    def _held(descriptor: int) -> bool:
        """There, what is open cannot be removed: that says as much as a lock."""
        return True

else:
    import fcntl

    def _held(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextlib.contextmanager
def folder_of_ones_own(parent: Path) -> Iterator[Path]:
    """A new folder in `parent`, gone after; what others left there is gone at once.

    Raises OSError where none can be made.
    """
    _sweep(parent)
    descriptor, lock = _locked(parent)
    folder = lock.with_suffix("")
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)
        with contextlib.suppress(OSError):
            lock.unlink()


def _locked(parent: Path) -> tuple[int, Path]:
    """A new file that this process holds, and that no sweep has taken for left behind."""
    while True:
        descriptor, path = tempfile.mkstemp(_LOCK, PREFIX, parent)
        if _held(descriptor) and os.path.lexists(path):
            return descriptor, Path(path)
        os.close(descriptor)


def _sweep(parent: Path) -> None:
    """Removes folders whose process has ended; what is not ours to remove stays."""
    for lock in parent.glob(f"{PREFIX}*{_LOCK}"):
        with contextlib.suppress(OSError):
            descriptor = os.open(lock, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
            try:
                if not _held(descriptor):
                    continue
                if sys.platform != "win32":
                    shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
                    lock.unlink()
            finally:
                os.close(descriptor)
            if sys.platform == "win32":
                lock.unlink()
                shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
