"""Writing to a disk that is full or a database that is kept busy: waited for, and told of.

Covers the wait before a transaction begins, when nothing is lost yet, and before the world is saved
once more. Not covered: a disk that fills up within a transaction, which ends the agent; it is
started again (`keeper.py`).
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from mc_server import HomeFolderError
from voyager.errors import DatabaseBusyError, DatabaseFullError
from voyager.supervision.fault_book import FaultBook

ROOM_BYTES = 4 * 1024 * 1024
"""A transaction takes less."""
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 15.0
LONGEST_WAIT_SECONDS = 12 * 3600.0


class Keeper(Protocol):
    """As `voyager.steps.Keeper`."""

    def save(self) -> None: ...

    def revive(self) -> bool: ...


class PatientWriting:
    """Waits for room and for the database of one sitting; `note` gets a line before each pause."""

    def __init__(
        self,
        folder: Path,
        connection: sqlite3.Connection,
        faults: FaultBook,
        note: Callable[[str], None],
        free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._folder = folder
        self._connection = connection
        self._faults = faults
        self._note = note
        self._free_bytes = free_bytes
        self._sleep = sleep
        self._waiting = False

    def before_writing(self) -> None:
        """Return when a transaction can begin.

        Raises DatabaseFullError or DatabaseBusyError when that takes half a day, and for what is
        written about the wait itself.
        """
        if not self._has_room():
            self._wait_for_room()
        if not self._is_free():
            self._wait(
                "database",
                "busy",
                f"{self._folder / 'voyager.db'} is kept busy by another process.",
                "The other process is done with it.",
                self._is_free,
                DatabaseBusyError,
            )

    def save(self, world: Keeper) -> None:
        """Save the world, and again when the disk has room. Raises as its `save`."""
        try:
            world.save()
        except HomeFolderError:
            if self._has_room():
                raise
            self._wait_for_room()
            world.save()

    def _wait_for_room(self) -> None:
        self._wait(
            "disk",
            "full",
            f"There is no space left for {self._folder}: free some.",
            "There is room again.",
            self._has_room,
            DatabaseFullError,
        )

    def _wait(
        self,
        part: str,
        kind: str,
        cause: str,
        how: str,
        ready: Callable[[], bool],
        error: type[Exception],
    ) -> None:
        if self._waiting:  # to write of the wait is no reason to wait
            raise error(cause)
        self._waiting = True
        pause, waited = _FIRST_PAUSE_SECONDS, 0.0
        try:
            self._faults.begun(part, kind, cause)
            while not ready():
                if waited >= LONGEST_WAIT_SECONDS:
                    raise error(f"{cause} It was waited for in vain; go on with the same command.")
                self._note(f"{cause} Trying again in {pause:g} s.")
                self._sleep(pause)
                waited, pause = waited + pause, min(2 * pause, _LONGEST_PAUSE_SECONDS)
        finally:
            self._waiting = False
        self._faults.over(part, how)

    def _has_room(self) -> bool:
        try:
            return self._free_bytes(self._folder) >= ROOM_BYTES
        except OSError:
            return True  # then writing says it better

    def _is_free(self) -> bool:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            return not str(error.sqlite_errorname).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
        return True


class PatientKeeper:
    """A world that is saved when there is room."""

    def __init__(self, world: Keeper, writing: PatientWriting) -> None:
        self._world = world
        self._writing = writing

    def save(self) -> None:
        """As the world's, but for a full disk."""
        self._writing.save(self._world)

    def revive(self) -> bool:
        """As the world's."""
        return self._world.revive()
