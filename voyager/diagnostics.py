"""Diagnostics: what the code logs goes to a file of the home folder, never onto the screen."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_NAME = "voyager.log"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _PatientFileHandler(RotatingFileHandler):
    """A line that cannot be written, on a full disk for instance, is let go without a word."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # opening it
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Writing to it failed."""


@contextmanager
def diagnostics_in(folder: Path, most_bytes: int = 0) -> Iterator[None]:
    """While this is entered, warnings and worse are added to `voyager.log` in the folder.

    A log of `most_bytes` is begun anew, with one old one kept; 0 lets it grow.
    """
    handler = _PatientFileHandler(
        folder / LOG_NAME, maxBytes=most_bytes, backupCount=1, encoding="utf-8", delay=True
    )
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
