"""That the search index was damaged and is made anew, heard from what the library logs of it.

The library heals it by itself, on a thread of its own, and before a run is opened.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from voyager.supervision.fault_book import FaultBook

_LOGGER_NAME = "skills.vector_index"


class _IndexNews(logging.Handler):
    """Books each warning."""

    def __init__(self, faults: FaultBook) -> None:
        super().__init__(logging.WARNING)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        """From any thread. It is over when it was brought in step after a verdict."""
        cause = record.getMessage().partition(": ")[2]
        self._faults.begun("index", "damaged", cause)


@contextmanager
def index_news(faults: FaultBook) -> Iterator[None]:
    """While this is entered, a damaged index is told to the book of faults."""
    handler = _IndexNews(faults)
    logging.getLogger(_LOGGER_NAME).addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger(_LOGGER_NAME).removeHandler(handler)
