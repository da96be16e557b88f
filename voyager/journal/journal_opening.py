"""The journal of a home folder, opened to be read.

Covers which tables there are (`MIGRATIONS`) and saying that nothing was played. Apart from
`agent.py`, so that a report does not wait for all that a sitting takes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from skills import MIGRATIONS as SKILL_MIGRATIONS
from voyager.errors import SettingsError
from voyager.home import Home
from voyager.journal.database import database_errors, open_database
from voyager.journal.journal import MIGRATIONS as JOURNAL_MIGRATIONS

MIGRATIONS = (SKILL_MIGRATIONS, JOURNAL_MIGRATIONS)


@contextmanager
def open_journal(home: Home) -> Iterator[sqlite3.Connection]:
    """The database of a home folder, to read from; SettingsError where nothing was played."""
    if not home.exists():
        raise SettingsError(
            f"Nothing was played in {home.folder} yet: run `voyager play` first, or name another"
            " folder with --home."
        )
    with (
        database_errors(home.database),
        closing(open_database(home.database, MIGRATIONS)) as connection,
    ):
        yield connection
