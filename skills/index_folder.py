"""The folder that the search index is kept in: who may open it, and which part of it is in use.

Covers the lock, the subfolder in use, and throwing all of it away. What is in the subfolder is
Chroma's.
"""

from __future__ import annotations

import contextlib
import logging
import re
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

from skills.errors import IndexUnusableError

_LOGGER = logging.getLogger(__name__)
_SUBFOLDER = re.compile(r"chroma-[0-9a-f]{32}")


class IndexFolder:
    """A folder with one subfolder in use, opened by one process at a time.

    Building anew takes a new subfolder: Chroma keeps what it opened under a path for the life of
    the process, even what it could open only halfway.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        # Names the subfolder in use.
        self._current = path / "current"
        # Stands while the subfolder is being opened. Found at the start, the last opening ended
        # the process (a damaged file can do that), so that one must not be opened again.
        self._opening = path / "opening"
        # A lock that any system frees when a process ends, however it ends.
        self._lock_file = path / "lock"
        self._lock: sqlite3.Connection | None = None

    @property
    def is_there(self) -> bool:
        """Whether it holds an index that was once opened."""
        return self._current.is_file()

    @property
    def ended_a_process(self) -> bool:
        """Whether opening it did not come to its end, the last time."""
        return self._opening.exists()

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
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @contextlib.contextmanager
    def opening(self) -> Iterator[Path]:
        """The subfolder to open; it is the one in use once the block has ended well."""
        if self.ended_a_process:
            _LOGGER.warning("the skill index could not be opened last time; building it anew")
            self.discard()
        self._opening.touch()
        name = self._current.read_text("ascii", "replace") if self.is_there else ""
        if not _SUBFOLDER.fullmatch(name):
            name = f"chroma-{uuid.uuid4().hex}"
        yield self.path / name
        self._current.write_text(name, encoding="ascii")
        self._opening.unlink()

    def discard(self) -> None:
        """Throws the index away. Raises IndexUnusableError."""
        try:
            self._current.unlink(missing_ok=True)
            self._opening.unlink(missing_ok=True)
            for child in self.path.glob("chroma-*"):
                # What cannot be removed now (Windows: still open) goes the next time.
                shutil.rmtree(child, ignore_errors=True)
        except OSError as error:
            raise IndexUnusableError(
                f"The damaged search index {self.path} cannot be removed ({error.strerror}): "
                "remove it by hand, nothing is lost."
            ) from error
