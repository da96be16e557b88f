"""Which address is what, all of it behind a token, and the server of it."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Generator
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

from mc_server import WorldView
from voyager.home import Home
from voyager.loopback import BASE_FILES, Answer, LoopbackServer, Query, read_files
from voyager.watching.feed_client import follow
from voyager.watching.web.live_hub import Follow, LiveHub, changes
from voyager.watching.web.live_parts import changed_parts
from voyager.watching.web.past import Past
from voyager.watching.web.world_beside import WorldBeside

MOST_WATCHERS = 20
"""Browsers that are told live; each takes a thread."""
PAUSE_SECONDS = 0.12
LONGEST_NAME = 200
_FILES = Path(__file__).parent / "static"
_JSON = "application/json; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"


class WatchSite:
    """The page and its data; the address of each begins with the token."""

    def __init__(self, hub: LiveHub, past: Past, beside: WorldBeside, token: str) -> None:
        self._hub = hub
        self._past = past
        self._beside = beside
        self._token = token
        self._files = read_files(BASE_FILES, _FILES)
        self._page = Answer((_FILES / "watch.html").read_bytes())
        self._watchers = threading.Semaphore(MOST_WATCHERS)

    def answer(self, path: str, query: Query) -> Answer:
        """What is at that address. Raises what reading the journal raises."""
        token, _, rest = path.removeprefix("/").partition("/")
        if not secrets.compare_digest(token.encode("utf-8", "replace"), self._token.encode()):
            said = "Open the address as `voyager watch --web` says it, with all that is in it."
            return self.problem(said, HTTPStatus.NOT_FOUND)
        if rest == "":
            return self._page
        if rest == "now":
            return self._live()
        if rest == "past.json":
            return _json({**self._past.document(), "view": self._beside.offer()})
        if rest == "source.json":
            return _json(self._past.skill_source(query.get("of", "")[:LONGEST_NAME]))
        if rest.removeprefix("static/") in self._files and rest.startswith("static/"):
            return self._files[rest.removeprefix("static/")]
        return self.problem("There is no such page.", HTTPStatus.NOT_FOUND)

    def problem(self, sentence: str, status: int) -> Answer:
        """A sentence that says what is wrong."""
        return Answer(f"{sentence}\n".encode("utf-8", "replace"), _TEXT, status)

    def _live(self) -> Answer:
        if not self._watchers.acquire(blocking=False):
            said = "Too many pages are open: close some."
            return self.problem(said, HTTPStatus.SERVICE_UNAVAILABLE)
        return Answer(b"", "text/event-stream; charset=utf-8", stream=self._told())

    def _told(self) -> Generator[bytes, None, None]:
        """Server-sent events: what has changed, each as one message."""
        try:
            yield b"retry: 1000\n\n"
            for changed in changes(self._hub, changed_parts, PAUSE_SECONDS):
                yield b"data: " + _encoded(changed) + b"\n\n" if changed else b": pulse\n\n"
        finally:
            self._watchers.release()


class WatchServer(LoopbackServer):
    """Serves the session of a home folder, as a context manager, until that is left.

    `port` 0 takes any free one; `view` is shown beside the page, and closed by who made it.
    Raises SettingsError where the port cannot be had.
    """

    def __init__(
        self,
        home: Home,
        port: int = 0,
        view: WorldView | None = None,
        follow_session: Follow = follow,
    ) -> None:
        past = Past(home)
        beside = WorldBeside(home, view)
        self.token = secrets.token_urlsafe(16)
        self._hub = LiveHub(home.folder, past.last_picture, beside.take, follow_session)
        super().__init__(WatchSite(self._hub, past, beside, self.token), port)

    @property
    def page(self) -> str:
        """The address of the page, with the token."""
        return f"{self.url}{self.token}/"

    def __enter__(self) -> Self:
        self._hub.start()
        return super().__enter__()

    def __exit__(self, *arguments: Any) -> None:
        self._hub.close()
        super().__exit__(*arguments)


def _json(document: dict[str, Any]) -> Answer:
    return Answer(_encoded(document), _JSON)


def _encoded(document: dict[str, Any]) -> bytes:
    return json.dumps(document, separators=(",", ":"), default=str).encode()
