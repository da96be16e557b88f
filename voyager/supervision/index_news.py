"""That the search index was damaged and is made anew, heard from what the library logs of it.

The library heals it by itself, on a thread of its own, and before a run is opened.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from voyager.supervision.fault_book import FaultBook

_LOGGER_NAME = "skills.vector_index"
_SAME_SECONDS = 15.0
"""Its parts are found damaged one after the other: so long after the first it is the same fault."""


class _IndexNews(logging.Handler):
    """Books the first of the warnings that come close to each other."""

    def __init__(self, faults: FaultBook, clock: Callable[[], float]) -> None:
        super().__init__(logging.WARNING)
        self._faults = faults
        self._clock = clock
        self._warned: float | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """From any thread. It is over when it was brought in step after a verdict."""
        now = self._clock()
        if self._warned is not None and now - self._warned < _SAME_SECONDS:
            return
        self._warned = now
        cause = record.getMessage().partition(": ")[2]
        self._faults.begun("index", "damaged", cause)


@contextmanager
def index_news(faults: FaultBook, clock: Callable[[], float] = time.monotonic) -> Iterator[None]:
    """While this is entered, a damaged index is told to the book of faults."""
    handler = _IndexNews(faults, clock)
    logging.getLogger(_LOGGER_NAME).addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger(_LOGGER_NAME).removeHandler(handler)
