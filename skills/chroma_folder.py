"""The folder that Chroma's files are in: who may open them, and whether they are whole.

Covers the lock, the subfolder in use, the mark that tells a change that was cut off, and throwing
all of it away. What is in the subfolder is Chroma's.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

_SUBFOLDER = re.compile(r"vectors-[0-9a-f]{32}")


class ChromaFolder:
    """A folder with one subfolder in use, by one process at a time.

    Building anew takes a new subfolder: Chroma keeps what it opened under a path for the life of
    the process, even what it could open only halfway. Raises OSError and sqlite3.Error.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        # Names the subfolder in use.
        self._current = path / "current"
        # Stands while Chroma reads or writes its files. These are written in place: a process that
        # is killed leaves half a file, which is read back as fewer vectors or ends the process that
        # reads it. Found at the start, they must not be opened again.
        self._busy = path / "busy"
        # A lock that any system frees when a process ends, however it ends.
        self._lock_file = path / "lock"
        self._lock: sqlite3.Connection | None = None

    @property
    def is_there(self) -> bool:
        """Whether it holds an index that was once opened."""
        return self._current.is_file()

    def acquire(self) -> bool:
        """Whether this object has the folder for itself now; False when another has it."""
        if self._lock is not None and self._lock_file.is_file():
            return True
        self.release()
        self.path.mkdir(parents=True, exist_ok=True)
        for attempt in (1, 2):
            lock = sqlite3.connect(
                self._lock_file, timeout=0, isolation_level=None, check_same_thread=False
            )
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.DatabaseError as error:
                lock.close()
                if "locked" in str(error):
                    return False
                if attempt == 2:
                    raise
                # Damaged, like any other file of the folder may be.
                self._lock_file.unlink(missing_ok=True)
            else:
                self._lock = lock
                return True
        raise AssertionError("the second attempt returns or raises")

    def release(self) -> None:
        """Lets another have the folder."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.close()

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """Around whatever reads or writes Chroma's files: cut off or failed, they are not used."""
        self._busy.touch()
        yield
        self._busy.unlink(missing_ok=True)

    def whole_subfolder(self) -> Path:
        """The one to open: a new one where the last is not sure to be whole. Removes all others."""
        name = self._current.read_text("ascii", "replace") if self.is_there else ""
        if self._busy.exists() or not _SUBFOLDER.fullmatch(name):
            self.discard()
            name = f"vectors-{uuid.uuid4().hex}"
        for pattern in ("vectors-*", "chroma-*"):
            for child in self.path.glob(pattern):
                if child.name != name:
                    # What cannot be removed now (Windows: still open) goes the next time.
                    shutil.rmtree(child, ignore_errors=True)
        return self.path / name

    def use(self, subfolder: Path) -> None:
        """From now on this is the one in use."""
        self._current.write_text(subfolder.name, encoding="ascii")

    def discard(self) -> None:
        """The one in use is not opened any more."""
        self._current.unlink(missing_ok=True)
        self._busy.unlink(missing_ok=True)
