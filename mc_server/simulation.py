"""The embedded survival world as a simulation: world and bot in one process, on a clock that jumps.

Covers `Simulation`, which offers what `EmbeddedServer` offers. Time passes only while a bot joins
or a program runs, as fast as the machine can compute, and the same seed and programs give the same
world to the last bit. The process is started by the Node host (`bridge/host/host.js`) and writes no
files: the host keeps the world and saves it. A bot joins with `BotSettings.simulation` set to
`Simulation.name`. Not covered: clocks and processes (`simulation/*.js`).
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from mc_server.embedded_server import EmbeddedServer, EmbeddedServerSettings
from mc_server.errors import (
    BridgeError,
    HomeFolderError,
    McServerError,
    ServerError,
    ServerStartError,
)
from mc_server.host_answers import HostAnswers
from mc_server.node_host import NodeHost, running_host

_ANSWER_TIMEOUT_SECONDS = 60.0
_log = logging.getLogger(__name__)


class Simulation(EmbeddedServer):
    """A world whose time is simulated; also a context manager that starts and stops it.

    Of the settings `port`, `host` and `world_rate` say nothing here: nobody connects from outside.
    """

    def __init__(
        self,
        settings: EmbeddedServerSettings,
        on_event: Callable[[Mapping[str, Any]], None] | None = None,
        begins_with_bot: bool = False,
        gives_way: bool = False,
    ) -> None:
        """`on_event` as with `EmbeddedServer`.

        With `begins_with_bot` there is no process before a bot joins, which saves one; what is
        wrong with the world is then told when it joins. One that `gives_way` takes the time of the
        processors that others leave.
        """
        super().__init__(settings, on_event)
        self._begins_with_bot = begins_with_bot
        self._gives_way = gives_way
        self._abandoned = False
        self.name = f"world-{uuid.uuid4().hex}"
        """What a bot that joins gives as `BotSettings.simulation`."""
        self._node_host: NodeHost | None = None
        self._identifiers = itertools.count(1)
        self._replies = HostAnswers()

    @property
    def host(self) -> str:
        """Nothing that could be connected to: a word to show."""
        return "simulation"

    @property
    def port(self) -> int:
        """Always 0."""
        return 0

    @property
    def process_id(self) -> int | None:
        """Of the host; the world's own process comes and goes with what programs do to it."""
        return self._node_host.pid if self._node_host is not None else None

    @property
    def is_alive(self) -> bool:
        """Whether it was started, and its host runs."""
        return self._node_host is not None and self._node_host.alive

    def start(self) -> None:
        """Take the world and start its process.

        Raises ServerStartError, HomeFolderError or NodeMissingError, each with what to do.
        """
        if self.is_alive:
            raise ServerStartError("The simulation runs already; stop it before.")
        settings = self.settings
        try:
            self._node_host = running_host(settings.node)
            self._node_host.listen(self.name, self._receive)
            answer = self._request(
                "open_world",
                settings={
                    "world_folder": str(settings.world_folder.absolute()),
                    "seed": settings.seed,
                    "view_distance": settings.view_distance,
                    **({"difficulty": settings.difficulty} if settings.difficulty else {}),
                    "allow_test_operations": settings.allow_test_operations,
                    "begins_with_bot": self._begins_with_bot,
                    "gives_way": self._gives_way,
                },
            )
        except BridgeError as error:
            self._leave_host()
            raise ServerStartError(f"The simulation did not start: {error}") from error
        if failure := answer.get("error"):
            self._leave_host()
            raise _start_error(failure)
        if self._abandoned:
            raise ServerStartError("The simulation was abandoned while it started; stop it.")

    def revive(self) -> bool:
        """Open the world again, as it was saved last, if its host has ended; whether it had."""
        if self._node_host is None or self._node_host.alive:
            return False
        self._leave_host()
        self.start()
        return True

    def stop(self) -> None:
        """Save the world and end its process. Safe to call twice."""
        if not self.is_alive:
            self._leave_host()
            return
        try:
            with contextlib.suppress(BridgeError):
                answer = self._request("close_world")
                if (failure := answer.get("error")) and not self._abandoned:
                    _log.warning(
                        "the simulation was not closed as it should: %s", failure["message"]
                    )
        finally:
            self._leave_host()

    def abandon(self) -> None:
        """End its process soon, from any thread; what others ask of it meanwhile fails.

        `stop` is to be called all the same, by who started it.
        """
        host, self._abandoned = self._node_host, True
        if host is not None:
            with contextlib.suppress(BridgeError):
                host.send({"bot": self.name, "id": next(self._identifiers), "type": "close_world"})

    def kill(self) -> None:
        """End its process and all others of the host at once, as a crash would."""
        if self._node_host is not None:
            self._node_host.stop()
        self._leave_host()

    def _leave_host(self) -> None:
        host, self._node_host = self._node_host, None
        if host is not None:
            host.listen(self.name, None)

    def _receive(self, event: dict[str, Any]) -> None:
        """Called on the bridge's thread."""
        if event["type"] == "answer":
            self._replies.put(event)
        elif event["type"] == "world_event":
            self._on_event(event["event"])

    def _ask(self, op: str, arguments: Mapping[str, Any] | None = None) -> Any:
        if not self.is_alive:
            raise ServerError("The simulation does not run; start it first.")
        try:
            answer = self._request("operate", op=op, request=dict(arguments or {}))
        except BridgeError as error:
            raise ServerError(f"The simulation ended before or during '{op}': {error}") from error
        failure = answer.get("error")
        if failure and failure["code"] in ("not_saved", "not_writable"):
            raise HomeFolderError(failure["message"])
        if failure:
            raise ServerError(f"The simulation refused '{op}': {failure['message']}")
        return answer["value"]

    def _request(self, kind: str, **content: Any) -> dict[str, Any]:
        """Send a request and return its answer. Raises BridgeError when the host is gone."""
        host = self._node_host
        if host is None:
            raise BridgeError("The simulation does not run.")
        identifier = next(self._identifiers)
        host.send({"bot": self.name, "id": identifier, "type": kind, **content})
        return self._replies.wait(host, identifier, _ANSWER_TIMEOUT_SECONDS)


def _start_error(error: Mapping[str, Any]) -> McServerError:
    if error["code"] == "not_writable":
        return HomeFolderError(error["message"])
    return ServerStartError(error["message"])
