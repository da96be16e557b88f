"""How a replaying endpoint speaks HTTP: addresses, keys, whole answers, streams, and their faults.

Covers one request from its first line to its end. Which reply it gets is decided elsewhere
(`replay_server.py`), what stands in it too (`reply_bodies.py`).
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from voyager.language_models.replay.endpoint_abilities import Abilities, Ability
from voyager.language_models.replay.replies import RecordedRequest, Reply
from voyager.language_models.replay.reply_bodies import (
    completion_body,
    error_body,
    status_of,
    stream_events,
)

AZURE_PATH = "/openai/deployments/"
BODY_PIECES = 20


@dataclass(frozen=True)
class Endpoint:
    """What a handler must know. `closing` is set when nobody is to be kept waiting any more."""

    take: Callable[[RecordedRequest], Reply]
    abilities: Abilities
    models: tuple[str, ...]
    default_model: str
    expected_key: str | None
    closing: threading.Event


def handler_for(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    """The class that `http.server` makes one of for each connection."""

    class Handler(ReplayHandler):
        pass

    Handler.endpoint = endpoint
    return Handler


class ReplayHandler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    endpoint: Endpoint

    def handle(self) -> None:
        """One connection; a client that leaves in the middle is no fault."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """The list of models."""
        if not self._may_ask():
            return
        if not urlsplit(self.path).path.rstrip("/").endswith("/models"):
            self._send(404, error_body(f"no such path: {self.path}"))
            return
        names = self.endpoint.models or (self.endpoint.default_model,)
        frame = {"object": "model", "created": 0, "owned_by": "replay"}
        self._send(200, {"object": "list", "data": [{"id": name, **frame} for name in names]})

    def do_POST(self) -> None:
        """A chat completion."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self._may_ask():
            return
        parts = urlsplit(self.path)
        azure = AZURE_PATH in parts.path
        if not parts.path.rstrip("/").endswith("/chat/completions") or (
            azure and not parse_qs(parts.query).get("api-version")
        ):
            self._send(404, error_body(f"Resource not found: {self.path}"))
            return
        try:
            body = json.loads(raw)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            self._send(400, error_body("the request is no JSON object"))
            return
        deployment = parts.path.partition(AZURE_PATH)[2].split("/")[0] if azure else None
        self._complete(body, deployment or str(body.get("model", self.endpoint.default_model)))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on the terminal."""

    def _may_ask(self) -> bool:
        expected = self.endpoint.expected_key
        given = (self.headers.get("Authorization"), self.headers.get("api-key"))
        if expected is None or f"Bearer {expected}" == given[0] or expected == given[1]:
            return True
        message = "Incorrect API key provided. You can find your API key in your account."
        self._send(401, error_body(message, "invalid_request_error", "invalid_api_key"))
        return False

    def _complete(self, body: dict[str, Any], model: str) -> None:
        if self.endpoint.models and model not in self.endpoint.models:
            message = f"The model `{model}` does not exist or you do not have access to it."
            self._send(404, error_body(message, "invalid_request_error", "model_not_found"))
            return
        authorization = self.headers.get("Authorization")
        request = RecordedRequest(self.path, body, authorization, dict(self.headers))
        reply = self.endpoint.take(request)
        streams = body.get("stream") and self.endpoint.abilities.streaming == Ability.HONOURS
        if reply.hang:
            self._hold()
        elif reply.body is not None:
            self._send(status_of(reply), reply.body, reply)
        elif streams and status_of(reply) < 400:
            options = body.get("stream_options") or {}
            self._stream(reply, stream_events(reply, model, bool(options.get("include_usage"))))
        else:
            self._send(status_of(reply), completion_body(reply, model), reply)

    def _send(self, status: int, body: dict[str, Any] | str, reply: Reply | None = None) -> None:
        """A whole answer. A reply may have it cut, held up, or sent in small pieces."""
        reply = reply or Reply()
        text = body if isinstance(body, str) else json.dumps(body)
        payload = text.encode("utf-8", "surrogatepass")
        self._head(status, reply, "application/json", {"Content-Length": str(len(payload))})
        stop = reply.cut_after if reply.stall_after is None else reply.stall_after
        for piece in _parts(payload[:stop], BODY_PIECES if reply.drip_seconds else 1):
            self.endpoint.closing.wait(reply.drip_seconds)
            self.wfile.write(piece)
        if reply.stall_after is not None:
            self._hold()
        elif reply.cut_after is not None:
            self.close_connection = True

    def _stream(self, reply: Reply, events: Iterator[tuple[str, int]]) -> None:
        """Server-sent events. A reply may have them cut, held up, or sent slowly."""
        self._head(200, reply, "text/event-stream", {"Transfer-Encoding": "chunked"})
        sent = 0
        for event, characters in events:
            if reply.stall_after is not None and sent >= reply.stall_after:
                self._hold()
                return
            if reply.cut_after is not None and sent >= reply.cut_after:
                self.close_connection = True
                break
            self.endpoint.closing.wait(reply.drip_seconds)
            payload = event.encode("utf-8", "surrogatepass")
            self.wfile.write(b"%x\r\n%b\r\n" % (len(payload), payload))
            self.wfile.flush()
            sent += characters
        if reply.cut_after is None or reply.cut_quietly:
            self.wfile.write(b"0\r\n\r\n")

    def _head(self, status: int, reply: Reply, kind: str, framing: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **framing, **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _hold(self) -> None:
        """Say nothing more until the server closes."""
        self.wfile.flush()
        self.endpoint.closing.wait()
        self.close_connection = True


def _parts(payload: bytes, count: int) -> Iterator[bytes]:
    size = max(1, -(-len(payload) // count))
    for start in range(0, len(payload), size):
        yield payload[start : start + size]
