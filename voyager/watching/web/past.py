"""What the journal knows of the run that is watched, as one document of bounded size.

Covers opening the database so that nothing can be written, and putting the parts together. A part
of a long run is a sample of it, or its newest rows.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from skills import MiniLmEmbedder, open_library
from voyager.home import Home
from voyager.journal.database import BUSY_TIMEOUT_SECONDS, database_errors
from voyager.loopback import coloured_lines
from voyager.watching.standing import newest_run, standing
from voyager.watching.web.past_books import SpendBook, read_faults, read_upkeep
from voyager.watching.web.past_places import read_places
from voyager.watching.web.past_progress import read_program, read_progress

FRESH_SECONDS = 0.5
"""What was read is good for so long, however many browsers ask."""


class Past:
    """Reads the journal of a home folder, from any thread."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._embedder = MiniLmEmbedder()
        self._lock = threading.Lock()
        self._spend = SpendBook()
        self._read: dict[str, Any] = {"run": None}
        self._read_at = float("-inf")

    def document(self) -> dict[str, Any]:
        """All of it; `run` is None where nothing was played yet. Raises DatabaseError."""
        with self._lock:
            if time.monotonic() - self._read_at > FRESH_SECONDS:
                self._read = self._document() if self._home.exists() else {"run": None}
                self._read_at = time.monotonic()
            return self._read

    def last_picture(self) -> dict[str, Any] | None:
        """The picture of the run played last, None where there is none. Raises DatabaseError."""
        if not self._home.exists():
            return None
        with self._open() as connection:
            run = newest_run(connection)
            return None if run is None else standing(connection, run, None)

    def skill_source(self, name: str) -> dict[str, Any]:
        """The source of a skill as programs call it. Raises SkillError, DatabaseError."""
        with (
            self._open() as connection,
            closing(open_library(connection, self._home.index, self._embedder)) as library,
        ):
            return {"entry": name, "lines": coloured_lines(library.get(name).source.rstrip())}

    def _document(self) -> dict[str, Any]:
        with self._open() as connection:
            run = newest_run(connection)
            if run is None:
                return {"run": None}
            return {
                "run": run,
                "program": read_program(connection, run),
                **read_progress(connection, run),
                "places": read_places(connection, run),
                "spend": self._spend.read(connection, run),
                "faults": read_faults(connection, run),
                **read_upkeep(connection, run),
            }

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with database_errors(self._home.database):
            connection = sqlite3.connect(
                f"{self._home.database.absolute().as_uri()}?mode=ro",
                uri=True,
                timeout=BUSY_TIMEOUT_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            with closing(connection):
                connection.execute("PRAGMA query_only = ON")
                # One state of the database for all that is read.
                connection.execute("BEGIN")
                yield connection
