"""What a sitting writes into and is heard by: home folder, journal, books, library, live feed.

Covers opening them in the order in which they need each other. Nothing of the game is open yet.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass

from skills import MiniLmEmbedder, SkillLibrary, open_library
from voyager.diagnostics import diagnostics_in
from voyager.events import Event
from voyager.home import Home
from voyager.journal.database import acquire_home_lock, database_errors, open_database
from voyager.journal.journal import Journal
from voyager.journal.journal_opening import MIGRATIONS
from voyager.journal.model_books import ModelBooks
from voyager.opening.checkpoint_opening import home_set_right
from voyager.opening.configuration import Configuration
from voyager.supervision.fault_book import FaultBook
from voyager.supervision.index_news import index_news
from voyager.supervision.life_line import LifeLine
from voyager.watching.feed import LiveFeed
from voyager.watching.trail import Trail


@dataclass(frozen=True)
class Records:
    """The parts, open; `feed.hear` takes every event to all who listen."""

    home: Home
    connection: sqlite3.Connection
    journal: Journal
    faults: FaultBook
    books: ModelBooks
    library: SkillLibrary
    embedder: MiniLmEmbedder
    feed: LiveFeed
    trail: Trail


def open_records(
    home: Home,
    configuration: Configuration,
    listener: Callable[[Event], None],
    stack: ExitStack,
) -> Records:
    """Open them all; `stack` closes them. The home folder is locked from here on.

    Raises DatabaseError, HomeFolderError and the errors of `skills`.
    """
    home.prepare()
    stack.enter_context(acquire_home_lock(home.folder))
    stack.enter_context(diagnostics_in(home.logs, configuration.disk.log_bytes))
    stack.enter_context(home_set_right(home))
    stack.enter_context(database_errors(home.database))
    feed = stack.enter_context(LiveFeed(home.folder, listener, LifeLine.keeper))
    connection = stack.enter_context(closing(open_database(home.database, MIGRATIONS)))
    journal = Journal(connection, feed.hear)
    faults = FaultBook(journal)
    stack.enter_context(index_news(faults))
    trail = Trail(journal)
    feed.pass_on_to(trail.hear)
    embedder = MiniLmEmbedder()
    library = stack.enter_context(closing(open_library(connection, home.index, embedder)))
    # Seconds of work that nothing needs before the bot stands in the world.
    stack.enter_context(ThreadPoolExecutor(1)).submit(library.open_index_ahead)
    return Records(
        *(home, connection, journal, faults, ModelBooks(journal)),
        *(library, embedder, feed, trail),
    )
