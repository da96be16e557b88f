"""Pages over HTTP, for browsers on this machine.

Listens on loopback alone, answers GET alone, and only where the request names this very address:
a page from elsewhere that makes its own name point here (DNS rebinding) reads nothing. The content
security policy lets a browser load what comes from here, and no script that stands in a page. Not
covered: what is on the pages (a `Site`).
"""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from mc_server import McServerError
from skills import SkillError
from voyager.errors import SettingsError, VoyagerError

ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost")
REQUEST_TIMEOUT_SECONDS = 30
MOST_FIELDS = 20
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
        " img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
BASE_FILES = Path(__file__).parent / "static"
"""What every site has among its files."""
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_LOGGER = logging.getLogger(__name__)

Query = Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What is sent back: `body`, or the pieces of `stream` as they come."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = HTTPStatus.OK
    stream: Generator[bytes, None, None] | None = None


class Site(Protocol):
    """What stands at which address."""

    def answer(self, path: str, query: Query) -> Answer:
        """The page of that address; from any thread."""

    def problem(self, sentence: str, status: int) -> Answer:
        """A page that says what is wrong."""


def read_files(*folders: Path) -> dict[str, Answer]:
    """Every file of these folders by its name, as it is sent."""
    return {
        path.name: Answer(path.read_bytes(), f"{_TYPES[path.suffix]}; charset=utf-8")
        for folder in folders
        for path in folder.iterdir()
        if path.suffix in _TYPES
    }


class LoopbackServer(ThreadingHTTPServer):
    """Serves a site until it is closed.

    `port` 0 takes any free one. Raises SettingsError where the port cannot be had.
    """

    daemon_threads = True

    def __init__(self, site: Site, port: int = 0) -> None:
        try:
            super().__init__((ADDRESS, port), partial(_Handler, site=site))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise SettingsError(
                f"Port {port} cannot be used ({reason}): name another with --port, or none, for"
                " any that is free."
            ) from error

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://{ADDRESS}:{self.server_port}/"

    def is_meant_by(self, host: str | None) -> bool:
        """Whether a request's Host header names this server, and not a name that points here."""
        name, _, port = (host or "").lower().rpartition(":")
        if self.server_port == 80 and not name:
            name, port = port, "80"
        return name in NAMES and port == str(self.server_port)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no error; what is our fault goes to the diagnostics."""
        if not isinstance(sys.exception(), OSError):
            _LOGGER.exception("a request from %s failed", client_address)


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    timeout = REQUEST_TIMEOUT_SECONDS
    server_version = "voyager"
    sys_version = ""
    server: LoopbackServer

    def __init__(self, *arguments: Any, site: Site) -> None:
        self._site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answer with a page, a file, a stream or a sentence."""
        answer = self._answer()
        self.send_response(answer.status)
        for name, value in (HEADERS | {"Content-Type": answer.content_type}).items():
            self.send_header(name, value)
        if answer.stream is None:
            self.send_header("Content-Length", str(len(answer.body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)
        if answer.stream is not None:
            with closing(answer.stream) as pieces:
                for piece in pieces:
                    self.wfile.write(piece)

    def _answer(self) -> Answer:
        if not self.server.is_meant_by(self.headers.get("Host")):
            said = f"This is {self.server.url}: open it by that address.\n"
            return Answer(
                said.encode(), "text/plain; charset=utf-8", HTTPStatus.MISDIRECTED_REQUEST
            )
        try:
            parts = urlsplit(self.path)
            fields = parse_qs(parts.query, max_num_fields=MOST_FIELDS)
            query = {name: values[-1] for name, values in fields.items()}
            path = unquote(parts.path)
        except ValueError:
            return self._site.problem("No page has such an address.", HTTPStatus.BAD_REQUEST)
        try:
            return self._site.answer(path, query)
        except (VoyagerError, SkillError, McServerError, sqlite3.Error) as error:
            return self._site.problem(str(error), HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception:
            _LOGGER.exception("the page %s failed", path)
            return self._site.problem(
                "This page cannot be shown: that is a fault of the program.",
                HTTPStatus.INTERNAL_SERVER_ERROR,
            )

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no GET, or no HTTP; closes the connection."""
        body = f"{message or HTTPStatus(code).phrase}\n".encode()
        if code == HTTPStatus.NOT_IMPLEMENTED:
            code, body = HTTPStatus.METHOD_NOT_ALLOWED, b"Pages are here to be read: GET alone.\n"
        self.send_response(code)
        self.send_header("Allow", "GET")
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Requests are nobody's news."""
