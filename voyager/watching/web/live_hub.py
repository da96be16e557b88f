"""The live feed, heard once for all browsers that look on.

Covers one thread that follows the session of a home folder and keeps its picture, and waiting for
the picture to change. Where no session is played the picture is that of the run played last. Not
covered: what of it is sent to a browser (`live_parts.py`).
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voyager.errors import VoyagerError
from voyager.watching.feed_client import follow
from voyager.watching.picture import Picture, empty_picture

Follow = Callable[[Path, bool, threading.Event], Iterator[dict[str, Any]]]
_LOGGER = logging.getLogger(__name__)
_STATES = {"no_session": "none", "session_lost": "lost", "session_over": "over"}
FAILURE_PAUSE_SECONDS = 1.0
PULSE_SECONDS = 5.0
"""A browser hears something so often, and one that has gone is noticed."""


@dataclass(frozen=True)
class Moment:
    """How it stands: the session (`live`, `none`, `lost`, `over`; a reason), and its picture."""

    number: int
    session: dict[str, str]
    document: dict[str, Any]


class LiveHub:
    """Follows the session from `start` until `close`; `moment` may be asked from any thread."""

    def __init__(
        self,
        home: Path,
        read_last: Callable[[], dict[str, Any] | None],
        seen: Callable[[dict[str, Any]], None],
        follow_session: Follow = follow,
    ) -> None:
        """`read_last` reads the picture of the run played last, None where nothing was played.

        `seen` is told each picture, from the thread that follows.
        """
        self._home = home
        self._read_last = read_last
        self._seen = seen
        self._follow = follow_session
        self._picture = Picture(empty_picture())
        self._session = {"state": "none", "reason": ""}
        self._number = 0
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watched session", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def close(self) -> None:
        """End, and let go of who waits."""
        self._stop.set()
        with self._changed:
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._stop.is_set()

    def moment(self) -> Moment:
        """How it stands now."""
        with self._changed:
            return Moment(self._number, self._session, dict(self._picture.document))

    def wait(self, after: int, seconds: float) -> Moment | None:
        """The moment that comes after the one of that number; None when none came in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._number > after or self._stop.is_set(), seconds)
        moment = self.moment()
        return moment if moment.number > after else None

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                for message in self._follow(self._home, True, self._stop):
                    self._hear(message)
            except Exception:
                _LOGGER.exception("the session cannot be followed; it is tried again")
            self._stop.wait(FAILURE_PAUSE_SECONDS)

    def _hear(self, message: dict[str, Any]) -> None:
        state = _STATES.get(str(message.get("type")))
        unseen = state == "none" or (state == "lost" and self._number == 0)
        last = self._last() if unseen else None
        with self._changed:
            if state is not None:
                reason = str(message.get("reason") or "")
                self._session = {"state": state, "reason": reason}
                if last is not None:
                    self._picture = Picture(last)
            else:
                if message.get("type") == "snapshot":
                    self._session = {"state": "live", "reason": ""}
                self._picture.take(message)
            self._number += 1
            self._changed.notify_all()
        self._seen(self._picture.document)

    def _last(self) -> dict[str, Any] | None:
        try:
            return self._read_last()
        except (VoyagerError, sqlite3.Error):
            _LOGGER.warning("the last run cannot be read", exc_info=True)
            return None


def changes(
    hub: LiveHub, parts: Callable[[Moment, dict[str, object]], dict[str, Any]], pause_seconds: float
) -> Iterator[dict[str, Any]]:
    """What has changed, time and again; empty after a while without any change, as a pulse.

    `parts` is given the moment and what it remembers of what was sent. However much happens, no
    more than one is made in `pause_seconds`.
    """
    remembered = dict[str, object]()
    number = -1
    while not hub.closed:
        moment = hub.wait(number, PULSE_SECONDS)
        if moment is None:
            yield {}
            continue
        number = moment.number
        changed = parts(moment, remembered)
        if changed:
            yield changed
        time.sleep(pause_seconds)
