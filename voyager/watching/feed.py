"""The live feed: whoever watches the session hears its events as they happen, on this machine.

Covers serving: one JSON document a line, to any number of watchers on loopback, each of whom first
sends a line `{"token": ...}` with what `live.json` says. The first message is a `snapshot`
(`picture.py`), then events with `type` and `at`. Play is never slowed: each watcher has a queue
with an end and a thread of its own; who falls behind loses what is queued and gets a new snapshot,
and who does not read at all is let go. Not covered: the watcher's end (`feed_client.py`).
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import secrets
import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from voyager.events import Event
from voyager.journal.database import time_text
from voyager.watching.live_file import ADDRESS, LiveAddress, remove_live, write_live
from voyager.watching.picture import Picture, empty_picture

MOST_WATCHERS = 32
QUEUE_MESSAGES = 500
QUEUE_BYTES = 4_000_000
GREETING_SECONDS = 5.0
SENDING_SECONDS = 20.0
"""A watcher that takes nothing for so long is gone."""
PULSE_SECONDS = 5.0
"""So often at least something is said, by which a watcher knows that the session lives."""
CLOSING_SECONDS = 2.0
_GREETING_BYTES = 1000
_LOGGER = logging.getLogger(__name__)


class LiveFeed:
    """Hears every event of a sitting, passes it on to `listener`, and serves it to watchers.

    Serves from `begin` on, and until it is left as a context manager. Nothing that goes wrong here
    reaches play; what does is in the diagnostics.
    """

    def __init__(
        self,
        folder: Path,
        listener: Callable[[Event], None],
        keeper: int = 0,
        queue_messages: int = QUEUE_MESSAGES,
        sending_seconds: float = SENDING_SECONDS,
    ) -> None:
        """`folder` is the home folder, `keeper` as in `LiveAddress`. The others are for tests."""
        self._folder = folder
        self._keeper = keeper
        self._listeners = [listener]
        self._queue_messages = queue_messages
        self._sending_seconds = sending_seconds
        self._lock = threading.Lock()
        self._picture = Picture(empty_picture())
        self._watchers: set[_Watcher] = set()
        self._socket: socket.socket | None = None
        self._address: LiveAddress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, document: dict[str, Any]) -> None:
        """Serve from here on; `document` is the picture to begin with (`standing.py`)."""
        with self._lock:
            self._picture = Picture(document)
        try:
            self._socket = socket.create_server((ADDRESS, 0), backlog=MOST_WATCHERS)
            port = self._socket.getsockname()[1]
            self._address = LiveAddress(port, secrets.token_urlsafe(32), os.getpid(), self._keeper)
            write_live(self._folder, self._address)
        except OSError:
            _LOGGER.warning("this session cannot be watched", exc_info=True)
            return self.close()
        threading.Thread(target=self._accept, name="feed", daemon=True).start()

    def pass_on_to(self, listener: Callable[[Event], None]) -> None:
        """Have another one hear every event as well, after the ones before."""
        self._listeners.append(listener)

    def hear(self, event: Event) -> None:
        """Pass an event on; from any thread."""
        try:
            self._publish({"type": event.type, "at": time_text(), **event.to_json()})
        except Exception:
            _LOGGER.exception("an event of type %s could not be shown to watchers", event.type)
        for listener in self._listeners:
            listener(event)

    def close(self) -> None:
        """Let watchers take what is queued, and end. Safe to call twice."""
        address, self._address = self._address, None
        server, self._socket = self._socket, None
        if address is not None:
            remove_live(self._folder, address)
        if server is not None:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in `accept`
            server.close()
        with self._lock:
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher.finish()
        for watcher in watchers:
            watcher.thread.join(CLOSING_SECONDS)

    @property
    def watchers(self) -> int:
        """How many watch."""
        with self._lock:
            return len(self._watchers)

    def snapshot(self) -> str:
        """How it stands, as a line of JSON."""
        with self._lock:
            return self._snapshot()

    def _snapshot(self) -> str:
        # A document is never changed in its parts (`picture.py`), so a copy of its top is enough.
        return _line({**self._picture.document, "type": "snapshot"})

    def _publish(self, message: dict[str, Any]) -> None:
        with self._lock:
            self._picture.take(message)
            if not self._watchers:
                return
            line = _line(message)
            for watcher in self._watchers:
                watcher.put(line)

    # ---- watchers

    def _accept(self) -> None:
        server = self._socket
        while server is not None:
            try:
                connection, _ = server.accept()
            except OSError:
                return  # closed
            with self._lock:
                crowded = len(self._watchers) >= MOST_WATCHERS
                if not crowded:
                    watcher = _Watcher(connection, self._queue_messages)
                    self._watchers.add(watcher)
            if crowded:
                connection.close()
                continue
            watcher.thread = threading.Thread(
                target=self._serve, args=(watcher,), name="watcher", daemon=True
            )
            watcher.thread.start()

    def _serve(self, watcher: _Watcher) -> None:
        try:
            with watcher.connection as connection:
                connection.settimeout(GREETING_SECONDS)
                if not self._is_known(_greeting(connection)):
                    refusal = "The token is not this session's: read it anew from live.json."
                    connection.sendall(_line({"type": "refused", "reason": refusal}).encode())
                    return
                connection.settimeout(self._sending_seconds)
                while (lines := watcher.wait(PULSE_SECONDS)) is not None:
                    if watcher.take_behind():
                        lines = [self._fresh_start(watcher)]
                    connection.sendall("".join(lines or [_PULSE]).encode())
        except OSError:
            pass  # it went away, or takes nothing
        except Exception:
            _LOGGER.exception("a watcher could not be served")
        finally:
            with self._lock:
                self._watchers.discard(watcher)

    def _is_known(self, greeting: bytes) -> bool:
        address = self._address
        try:
            token = json.loads(greeting)["token"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return False
        return (
            address is not None
            and isinstance(token, str)
            and hmac.compare_digest(token.encode(errors="replace"), address.token.encode())
        )

    def _fresh_start(self, watcher: _Watcher) -> str:
        """A snapshot in the place of all that is queued."""
        with self._lock:
            watcher.forget()
            return self._snapshot()


class _Watcher:
    """One watcher's connection and what it has yet to be sent. Begins behind, with nothing."""

    def __init__(self, connection: socket.socket, queue_messages: int) -> None:
        self.connection = connection
        self.thread = threading.current_thread()
        self._queue_messages = queue_messages
        self._news = threading.Condition()
        self._lines: deque[str] = deque()
        self._bytes = 0
        self._behind = True
        self._over = False

    def put(self, line: str) -> None:
        """Queue a line; where there is no room for it the watcher is behind."""
        with self._news:
            if self._behind:
                return
            self._lines.append(line)
            self._bytes += len(line)
            if len(self._lines) > self._queue_messages or self._bytes > QUEUE_BYTES:
                self._behind = True
                self._clear()
            self._news.notify()

    def wait(self, seconds: float) -> list[str] | None:
        """What is queued, which may be nothing after that time; None when it is all over."""
        with self._news:
            ready = self._news.wait_for(
                lambda: self._lines or self._behind or self._over, timeout=seconds
            )
            if self._over and not self._lines and not self._behind:
                return None
            lines = list(self._lines) if ready else []
            self._clear()
            return lines

    def take_behind(self) -> bool:
        """Whether it needs a snapshot."""
        with self._news:
            return self._behind

    def forget(self) -> None:
        """From here on lines are queued again."""
        with self._news:
            self._clear()
            self._behind = False

    def finish(self) -> None:
        """No more will come."""
        with self._news:
            self._over = True
            self._news.notify()

    def _clear(self) -> None:
        self._lines.clear()
        self._bytes = 0


def _greeting(connection: socket.socket) -> bytes:
    """The line that a watcher begins with. Raises OSError when none comes in time."""
    read = b""
    while not read.endswith(b"\n") and len(read) < _GREETING_BYTES:
        piece = connection.recv(_GREETING_BYTES)
        if not piece:
            raise ConnectionError("it went away")
        read += piece
    return read


def _line(message: dict[str, Any]) -> str:
    return json.dumps(message, default=str) + "\n"


_PULSE = _line({"type": "pulse"})
