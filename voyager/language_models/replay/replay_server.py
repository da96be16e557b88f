"""A model endpoint that replays recorded completions, over loopback HTTP.

For tests and for trying the agent with neither key nor network:

    python -m voyager.language_models.replay.replay_server completions.jsonl --port 8080
    python -m voyager.language_models.replay.replay_server --garbage 7

Covers: chat completions, streamed or not, and the list of models, as the `openai` client speaks
them; the address forms of OpenAI and Azure; keys; and the ways an endpoint fails (refusals, rate
limits, rubbish, broken streams, silence). Not covered: any model.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import threading
from collections.abc import Sequence
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from voyager.language_models.replay.endpoint_abilities import Abilities, probe_reply, refusal_of
from voyager.language_models.replay.garbage_replies import GarbageReplies
from voyager.language_models.replay.replay_handler import Endpoint, handler_for
from voyager.language_models.replay.replies import (
    RecordedReplies,
    RecordedRequest,
    RepliedCall,
    Replies,
    Reply,
    read_replies,
)

__all__ = ["RecordedRequest", "ReplayServer", "RepliedCall", "Reply", "read_replies"]

MODEL = "replay"


class ReplayServer:
    """Serves replies on 127.0.0.1 from `start()` (or entering the context) to `close()`.

    port: 0 takes a free one.
    abilities: what the endpoint does with schemas, tools and streams; all of it by default.
    models: the names it lists. Once given, it knows no others (404).
    expected_key: without it, or with another, it answers 401.
    context_characters: a longer prompt is refused, in the wording that `overflow` names.

    `requests` holds every chat request so far, retries included, `probes` those that only found
    out what the endpoint can do; these are answered by the abilities and use up no reply.
    """

    def __init__(
        self,
        replies: Sequence[Reply] | Replies,
        port: int = 0,
        *,
        abilities: Abilities | None = None,
        models: Sequence[str] = (),
        expected_key: str | None = None,
        context_characters: int | None = None,
        overflow: str = "openai",
    ) -> None:
        self._replies = RecordedReplies(replies) if isinstance(replies, Sequence) else replies
        self._abilities = abilities or Abilities()
        self._context = (context_characters, overflow)
        self._lock = threading.Lock()
        self._requests: list[RecordedRequest] = []
        self._probes: list[RecordedRequest] = []
        self._closing = threading.Event()
        endpoint = Endpoint(
            self.take, self._abilities, tuple(models), MODEL, expected_key, self._closing
        )
        self._http = ThreadingHTTPServer(("127.0.0.1", port), handler_for(endpoint))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @classmethod
    def from_file(cls, path: Path, port: int = 0) -> Self:
        """A server for a recording. Raises ValueError, naming the line, if it cannot be read."""
        return cls(read_replies(path), port)

    @property
    def base_url(self) -> str:
        """What a client takes as its base URL."""
        return f"{self.address}/v1"

    @property
    def address(self) -> str:
        """Where it listens, without a path: what Azure calls the endpoint of a resource."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def requests(self) -> tuple[RecordedRequest, ...]:
        """Every chat request so far that was no probe, oldest first."""
        with self._lock:
            return tuple(self._requests)

    @property
    def probes(self) -> tuple[RecordedRequest, ...]:
        """Every probe so far, oldest first."""
        with self._lock:
            return tuple(self._probes)

    @property
    def unused(self) -> tuple[Reply, ...]:
        """Replies that nobody has asked for yet."""
        return self._replies.unused

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
            (self._probes if request.is_probe else self._requests).append(request)
            if refused := refusal_of(request, self._abilities):
                return refused
            if request.is_probe:
                return probe_reply(request, self._abilities)
            characters, overflow = self._context
            if characters is not None and len(request.prompt) > characters:
                return Reply(overflow=overflow)
            return self._replies.take(request)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; prints the base URL and serves until interrupted."""
    parser = argparse.ArgumentParser(description="Replay recorded completions over HTTP.")
    parser.add_argument("file", type=Path, nargs="?", help="JSON Lines, one reply a line")
    parser.add_argument(
        "--garbage", type=int, metavar="SEED", help="answer with rubbish and faults in place of it"
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--key", help="answer only who brings this key")
    options = parser.parse_args(arguments)
    if (options.file is None) == (options.garbage is None):
        parser.error("give a file of replies, or --garbage SEED")
    try:
        replies: Sequence[Reply] | Replies = (
            read_replies(options.file) if options.file else GarbageReplies(options.garbage)
        )
        server = ReplayServer(replies, options.port, expected_key=options.key)
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
