"""Diagnostics: what the code logs goes to a file of the home folder, never onto the screen."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOG_NAME = "voyager.log"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _PatientFileHandler(logging.FileHandler):
    """A line that cannot be written, on a full disk for instance, is let go without a word."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # opening it
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Writing to it failed."""


@contextmanager
def diagnostics_in(folder: Path) -> Iterator[None]:
    """While this is entered, warnings and worse are added to `voyager.log` in the folder."""
    handler = _PatientFileHandler(folder / LOG_NAME, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


def silence_diagnostics() -> None:
    """What is logged without a file to go to is dropped; Python would print it, or that it did."""
    logging.lastResort = logging.NullHandler()
