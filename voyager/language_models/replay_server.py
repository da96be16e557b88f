"""A model endpoint that replays recorded completions, over loopback HTTP.

For tests and for trying the agent with neither key nor network:

    python -m voyager.language_models.replay_server completions.jsonl --port 8080

Covers: chat completions and the list of models, as the `openai` client speaks them, and the ways
an endpoint fails (refusals, rate limits, rubbish, silence). Not covered: streaming, and any model.

A recording is JSON Lines, one `Reply` a line. A request gets the first reply not used yet whose
`match` is in its prompt (a reply without `match` fits every request).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MODEL = "replay"


class Reply(BaseModel):
    """One recorded answer.

    match: text that the prompt must contain; None fits every request.
    text: what the model says; None leaves the message without content.
    finish_reason: `stop`, `length`, ...
    input_tokens, output_tokens: the usage reported; `usage` False reports none.
    status: HTTP status; from 400 on, `text` becomes the error's message.
    headers: sent along (`{"retry-after-ms": "1"}`).
    body: sent as it is in place of a completion.
    no_choices: answers with an empty list of choices.
    hang: says nothing until the client leaves or the server stops.
    repeat: may be used any number of times.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: str | None = None
    text: str | None = ""
    finish_reason: str = "stop"
    input_tokens: int = 100
    output_tokens: int = 20
    usage: bool = True
    status: int = 200
    headers: dict[str, str] = Field(default_factory=dict)
    body: str | None = None
    no_choices: bool = False
    hang: bool = False
    repeat: bool = False


@dataclass(frozen=True)
class RecordedRequest:
    """What a client asked. `authorization` is the header as sent, None without one."""

    path: str
    body: dict[str, Any]
    authorization: str | None

    @property
    def prompt(self) -> str:
        """All messages' text, one after the other."""
        messages = self.body.get("messages") or ()
        return "\n\n".join(str(message.get("content", "")) for message in messages)


class ReplayServer:
    """Serves replies on 127.0.0.1 from `start()` (or entering the context) to `close()`.

    `port` 0 takes a free one. `requests` holds every chat request so far, retries included.
    """

    def __init__(self, replies: Sequence[Reply], port: int = 0) -> None:
        self._replies = list(replies)
        self._used = [False] * len(self._replies)
        self._lock = threading.Lock()
        self._requests: list[RecordedRequest] = []
        self._closing = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", port), _handler_for(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @classmethod
    def from_file(cls, path: Path, port: int = 0) -> Self:
        """A server for a recording. Raises ValueError, naming the line, if it cannot be read."""
        return cls(read_replies(path), port)

    @property
    def base_url(self) -> str:
        """What a client takes as its base URL."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def requests(self) -> tuple[RecordedRequest, ...]:
        """Every chat request so far, oldest first."""
        with self._lock:
            return tuple(self._requests)

    @property
    def unused(self) -> tuple[Reply, ...]:
        """Replies that nobody has asked for yet."""
        with self._lock:
            return tuple(r for r, used in zip(self._replies, self._used, strict=True) if not used)

    def start(self) -> Self:
        """Begin to serve in a thread of its own."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop serving and let go of clients that were kept waiting. Safe to call twice."""
        self._closing.set()
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()

    def wait(self) -> None:
        """Serve until interrupted."""
        self._closing.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def take(self, request: RecordedRequest) -> Reply:
        """Record a request and use up the reply for it."""
        with self._lock:
            self._requests.append(request)
            for index, reply in enumerate(self._replies):
                if self._used[index] and not reply.repeat:
                    continue
                if reply.match is None or reply.match in request.prompt:
                    self._used[index] = True
                    return reply
        return Reply(status=400, text="the recording holds no completion for this request")

    def hold(self) -> None:
        """Wait until the server closes."""
        self._closing.wait()


def read_replies(path: Path) -> tuple[Reply, ...]:
    """The replies of a JSON Lines file; empty lines are passed over. Raises ValueError."""
    replies = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            replies.append(Reply.model_validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"]) or "the line"
            raise ValueError(f"{path}, line {number}: {place}: {first['msg']}.") from error
    return tuple(replies)


def completion_body(reply: Reply, model: str) -> dict[str, Any]:
    """A reply in the form of the protocol."""
    if reply.status >= 400:
        return {"error": {"message": reply.text or f"status {reply.status}", "type": "replayed"}}
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": reply.text},
        "finish_reason": reply.finish_reason,
    }
    body: dict[str, Any] = {
        "id": "chatcmpl-replay",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [] if reply.no_choices else [choice],
    }
    if reply.usage:
        body["usage"] = {
            "prompt_tokens": reply.input_tokens,
            "completion_tokens": reply.output_tokens,
            "total_tokens": reply.input_tokens + reply.output_tokens,
        }
    return body


def _handler_for(server: ReplayServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path.rstrip("/").endswith("/models"):
                models = [{"id": MODEL, "object": "model", "created": 0, "owned_by": "replay"}]
                self._send(200, {"object": "list", "data": models})
            else:
                self._send(404, {"error": {"message": f"no such path: {self.path}"}})

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if not self.path.rstrip("/").endswith("/chat/completions"):
                self._send(404, {"error": {"message": f"no such path: {self.path}"}})
                return
            try:
                body = json.loads(raw)
            except ValueError:
                self._send(400, {"error": {"message": "the request is not JSON"}})
                return
            request = RecordedRequest(self.path, body, self.headers.get("Authorization"))
            reply = server.take(request)
            if reply.hang:
                server.hold()
                self.close_connection = True
                return
            if reply.body is not None:
                self._send(reply.status, reply.body, reply.headers)
            else:
                model = str(body.get("model", MODEL))
                self._send(reply.status, completion_body(reply, model), reply.headers)

        def _send(
            self, status: int, body: dict[str, Any] | str, headers: dict[str, str] | None = None
        ) -> None:
            payload = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; prints the base URL and serves until interrupted."""
    parser = argparse.ArgumentParser(description="Replay recorded completions over HTTP.")
    parser.add_argument("file", type=Path, help="JSON Lines, one reply a line")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    options = parser.parse_args(arguments)
    try:
        server = ReplayServer.from_file(options.file, options.port)
    except (OSError, ValueError, OverflowError) as error:
        parser.error(str(error))
    with server:
        sys.stdout.write(f"{server.base_url}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            server.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
