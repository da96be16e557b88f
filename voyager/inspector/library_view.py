"""The library of a home folder, read for pages: connections that cannot write, and search.

Each request has a connection of its own and so sees what is committed by then, while the agent
plays. Search by meaning keeps one index open, which one request uses at a time.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

from skills import MiniLmEmbedder, SkillLibrary, open_library
from voyager.home import Home
from voyager.journal.database import BUSY_TIMEOUT_SECONDS, database_errors


class LibraryView:
    """Reads the library of `home`, from any thread. Close it when done."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._embedder = MiniLmEmbedder()
        self._lock = threading.Lock()
        self._searched: tuple[sqlite3.Connection, SkillLibrary] | None = None

    @contextmanager
    def open(self) -> Iterator[tuple[sqlite3.Connection, SkillLibrary]]:
        """The database as it is now, and the library over it; not for search by meaning."""
        with database_errors(self._home.database), closing(self._connect()) as connection:
            # One state of the database for the whole page.
            connection.execute("BEGIN")
            yield connection, open_library(connection, self._home.index, self._embedder)

    def search(self, text: str, limit: int) -> dict[str, float]:
        """The names of the skills nearest in meaning with their scores, best first.

        Raises IndexUnusableError, EmbedderError.
        """
        with self._lock, database_errors(self._home.database):
            if self._searched is None:
                connection = self._connect()
                library = open_library(connection, self._home.index, self._embedder)
                self._searched = connection, library
            found = self._searched[1].search(text, limit=limit, status=None)
        return {skill.name: score for skill, score in found}

    def close(self) -> None:
        """Lets go of the index."""
        with self._lock:
            if self._searched is not None:
                connection, library = self._searched
                self._searched = None
                library.close()
                connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._home.database.absolute().as_uri()}?mode=ro",
            uri=True,
            timeout=BUSY_TIMEOUT_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # the index's is used by one thread after the other
        )
        connection.execute("PRAGMA query_only = ON")
        return connection
