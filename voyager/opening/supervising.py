"""What keeps a sitting going from within, put together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from voyager.events import Event
from voyager.home import Home
from voyager.journal.database import PatientConnection
from voyager.journal.journal import Journal
from voyager.supervision.fault_book import FaultBook
from voyager.supervision.patient_writing import PatientWriting
from voyager.supervision.sitting_watch import SittingWatch, watch_clock


def open_supervision(
    journal: Journal,
    faults: FaultBook,
    home: Home,
    note: Callable[[str], None],
    pass_on_to: Callable[[Callable[[Event], None]], None],
    stack: ExitStack,
) -> PatientWriting:
    """Book faults that events tell of, look at the clock, and wait before writing in vain."""
    pass_on_to(SittingWatch(faults, home, lambda: journal.sitting.cut_off_at).hear)
    watch_clock(journal, stack)
    writing = PatientWriting(home.folder, journal.connection, faults, note)
    if isinstance(journal.connection, PatientConnection):
        journal.connection.before_writing = writing.before_writing
    return writing
