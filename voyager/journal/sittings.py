"""The sittings of a run: one row for each time it was played without a break.

Covers writing the row with every step, so that a kill loses no more of it than of the rest, and
closing at the next opening what was cut off. Reading is for `voyager/reports/session/`.
"""

from __future__ import annotations

import sqlite3
import threading

from voyager.journal.database import time_text

CUT_OFF = "It was cut off."
_TICKS_PER_SECOND = 20


class SittingBook:
    """The sitting that is played; every method but `world_age_seen` inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._row: int | None = None
        self.cut_off_at: str | None = None
        """The last sign of life of the sitting before, where that had no end of its own."""
        self._seconds_before = 0.0
        self._world_seconds_before = 0.0
        self._lock = threading.Lock()
        self._last_age: int | None = None
        self._world_ticks = 0

    def begin(self, run_id: int, run_seconds: float) -> None:
        """A sitting of a run begins that was played for so long before."""
        self._world_seconds_before = self._db.execute(
            "SELECT COALESCE(SUM(world_seconds), 0) FROM sittings WHERE run_id = ?", (run_id,)
        ).fetchone()[0]
        cursor = self._db.execute(
            "INSERT INTO sittings (run_id, started_at) VALUES (?, ?)", (run_id, time_text())
        )
        self._row, self._seconds_before = int(cursor.lastrowid or 0), run_seconds

    def world_age_seen(self, ticks: int) -> None:
        """How old the world is, as the server tells it; from any thread.

        Only what passes counts: a world that was taken back to an earlier state is younger.
        """
        with self._lock:
            if self._last_age is not None:
                self._world_ticks += max(0, ticks - self._last_age)
            self._last_age = ticks

    def run_world_seconds(self) -> float:
        """How much of the world's time has passed in the run, this sitting included."""
        return self._world_seconds_before + self._world_ticks / _TICKS_PER_SECOND

    def note(self, run_seconds: float) -> None:
        """So long was played up to now, over all sittings."""
        self._db.execute(
            "UPDATE sittings SET seconds = ?, world_seconds = ? WHERE id = ?",
            (
                max(0.0, run_seconds - self._seconds_before),
                self._world_ticks / _TICKS_PER_SECOND,
                self._row,
            ),
        )

    def end(self, ending: str) -> None:
        """It is over, and why."""
        self._db.execute(
            "UPDATE sittings SET ended_at = ?, ending = ? WHERE id = ?",
            (time_text(), ending, self._row),
        )

    def close_cut_off(self) -> None:
        """Only one process plays in a home folder: what has no end ended with the last event."""
        closed = self._db.execute(
            "UPDATE sittings SET ending = ?, ended_at = MAX(started_at, COALESCE((SELECT at FROM"
            " events e WHERE e.run_id = sittings.run_id ORDER BY e.id DESC LIMIT 1), started_at))"
            " WHERE ended_at IS NULL",
            (CUT_OFF,),
        )
        self.cut_off_at = None
        if closed.rowcount > 0:
            self.cut_off_at = self._db.execute(
                "SELECT ended_at FROM sittings WHERE ending = ? ORDER BY id DESC LIMIT 1",
                (CUT_OFF,),
            ).fetchone()[0]
