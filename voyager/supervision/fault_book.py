"""The book of faults: each thing that broke, with its cause and how long it took to come right.

Covers writing it down, from any thread and while the database itself is what broke: then it is
written with the next transaction that succeeds. Not covered: putting anything right.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from voyager.errors import DatabaseError
from voyager.events import FaultHappened, FaultOver
from voyager.journal.database import time_text
from voyager.journal.journal import Journal

_VAGUE = "unreachable"


@dataclass
class _Lasting:
    """A fault that is not over."""

    begun: float
    kind: str
    row: int | None = None


class FaultBook:
    """The faults of one sitting; one at a time for each part. `clock` only goes forward."""

    def __init__(self, journal: Journal, clock: Callable[[], float] = time.monotonic) -> None:
        self._journal = journal
        self._clock = clock
        self._thread = threading.get_ident()
        self._lasting: dict[str, _Lasting] = {}
        self._taken_over: set[str] = set()
        """Parts whose fault lasted when an earlier sitting was broken off."""

    def begun(self, part: str, kind: str, cause: str) -> None:
        """`part` broke; while an earlier fault of it lasts this is taken for the same.

        A connection that was lost says less than what became of the other end, which takes its
        place.
        """
        if earlier := self._lasting.get(part):
            if earlier.kind == _VAGUE and kind != _VAGUE:
                earlier.kind = kind
                self._write(lambda: self._amend(earlier, kind, cause))
            return
        lasting = self._lasting[part] = _Lasting(self._clock(), kind)
        at = time_text()
        self._write(lambda: self._insert(lasting, part, kind, cause, at))

    def over(self, part: str, how: str) -> None:
        """`part` serves again; nothing happens where no fault of it was known."""
        lasting = self._lasting.pop(part, None)
        if lasting is None:
            return
        seconds, at = self._clock() - lasting.begun, time_text()
        self._write(lambda: self._finish(lasting, part, seconds, how, at))

    def happened(
        self, part: str, kind: str, cause: str, seconds: float, how: str, begun_at: str = ""
    ) -> None:
        """A fault that is over already, as when it was found at the start.

        `begun_at` is when it began, where that is known: then it is written but once, and not at
        all where a fault of that part lasted already.
        """
        lasting, at = _Lasting(0.0, kind), begun_at or time_text()

        def write() -> None:
            known = part in self._taken_over or self._is_known(part, begun_at, cause)
            if begun_at and known:
                return
            self._insert(lasting, part, kind, cause, at)
            self._finish(lasting, part, seconds, how, time_text())

        self._write(write)

    def take_over(self, how: str) -> None:
        """What still lasted when an earlier sitting of this run was broken off is over now."""

        def write() -> None:
            rows = self._journal.connection.execute(
                "SELECT id, part, kind, at FROM faults WHERE run_id = ? AND over_at IS NULL",
                (self._journal.current_run.id,),
            ).fetchall()
            own = {lasting.row for lasting in self._lasting.values()}
            for row, part, kind, at in rows:
                if row not in own:
                    passed = datetime.now(UTC) - datetime.fromisoformat(at)
                    seconds = max(0.0, passed.total_seconds())
                    self._taken_over.add(part)
                    self._finish(_Lasting(0.0, kind, row), part, seconds, how, time_text())

        self._write(write)

    @contextmanager
    def recovering(self, part: str, kind: str, cause: str, how: str) -> Iterator[None]:
        """The fault lasts while this is entered; left by an error, it goes on lasting."""
        self.begun(part, kind, cause)
        yield
        self.over(part, how)

    def _write(self, write: Callable[[], None]) -> None:
        self._journal.later(write)
        free = not self._journal.connection.in_transaction
        if threading.get_ident() == self._thread and free and self._journal.run is not None:
            # A disk that is full is no reason to stop here: it is written with the next step.
            with suppress(DatabaseError), self._journal.transaction():
                pass

    def _insert(self, lasting: _Lasting, part: str, kind: str, cause: str, at: str) -> None:
        cursor = self._journal.connection.execute(
            "INSERT INTO faults (run_id, at, part, kind, cause) VALUES (?, ?, ?, ?, ?)",
            (self._journal.current_run.id, at, part, kind, cause),
        )
        lasting.row = int(cursor.lastrowid or 0)
        self._journal.tell(FaultHappened(lasting.row, part, kind, cause))

    def _amend(self, lasting: _Lasting, kind: str, cause: str) -> None:
        self._journal.connection.execute(
            "UPDATE faults SET kind = ?, cause = ? WHERE id = ?", (kind, cause, lasting.row)
        )

    def _is_known(self, part: str, at: str, cause: str) -> bool:
        known = self._journal.connection.execute(
            "SELECT 1 FROM faults WHERE part = ? AND at = ? AND cause = ?", (part, at, cause)
        )
        return known.fetchone() is not None

    def _finish(self, lasting: _Lasting, part: str, seconds: float, how: str, at: str) -> None:
        self._journal.connection.execute(
            "UPDATE faults SET over_at = ?, seconds = ?, how = ? WHERE id = ?",
            (at, seconds, how, lasting.row),
        )
        self._journal.tell(FaultOver(lasting.row or 0, part, lasting.kind, seconds, how))
