"""Scripted sittings that are served, and those who watch them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.voyager.sittings import Sitting, gives
from voyager import events
from voyager.watching.feed import LiveFeed
from voyager.watching.feed_client import follow
from voyager.watching.picture import Picture, empty_picture
from voyager.watching.standing import standing

SECONDS = 60.0
"""For what comes at once, on a machine that is busy."""


@contextmanager
def fed_sitting(home: Path, *tasks: Any, **named: Any) -> Iterator[tuple[Sitting, LiveFeed]]:
    """A scripted sitting that is served to watchers."""
    told: list[events.Event] = []
    with LiveFeed(home, told.append, **named) as feed:
        sitting = Sitting(home, gives(oak_log=2, stick=4), *tasks, listener=feed.hear)
        sitting.told = told
        feed.begin(standing(sitting.connection, sitting.run.id, "2026-01-01T00:00:00+00:00"))
        try:
            yield sitting, feed
        finally:
            sitting.close()


class Watching:
    """A thread that follows until there is something that `enough` says suffices."""

    def __init__(self, home: Path, enough: Callable[[dict[str, Any]], bool]) -> None:
        self.messages: list[dict[str, Any]] = []
        self.picture = Picture(empty_picture())
        self.begun = threading.Event()
        self._news = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, args=(home, enough), daemon=True)
        self._thread.start()

    def _follow(self, home: Path, enough: Callable[[dict[str, Any]], bool]) -> None:
        for message in follow(home, stop=self._stop):
            with self._news:
                self.messages.append(message)
                self.picture.take(message)
                self._news.notify_all()
            self.begun.set()
            if enough(message):
                return

    def wait_for(self, kind: str, times: int = 1) -> None:
        """Until so many messages of that kind have come."""
        with self._news:
            assert self._news.wait_for(lambda: self.kinds.count(kind) >= times, SECONDS), self.kinds

    def join(self) -> Watching:
        self._thread.join(SECONDS)
        assert not self._thread.is_alive()
        return self

    def stop(self) -> None:
        self._stop.set()
        self.join()

    @property
    def kinds(self) -> list[str]:
        return [message["type"] for message in self.messages]
