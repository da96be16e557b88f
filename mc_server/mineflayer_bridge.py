"""The real `Bridge`: a Mineflayer bot behind the Node host.

Covers joining, observing, executing and leaving, and what becomes of the bot when the host ends or
Ctrl-C is pressed. Not covered: how programs are confined and deadlines enforced (`bridge/*.js`).
"""

from __future__ import annotations

import contextlib
import itertools
import math
import queue
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mc_server.bridge import BotSettings
from mc_server.errors import BridgeError, KickedError, McServerError, ServerUnreachableError
from mc_server.execution import Execution, Script
from mc_server.game_data import GameData
from mc_server.node_host import NodeHost, running_host
from mc_server.observation import Observation
from mc_server.server_ping import ping_server

_PING_TIMEOUT_SECONDS = 10.0
_POLL_SECONDS = 0.25
"""How often the host's life is checked while an answer is awaited."""
_SPARE_SECONDS = 60.0
"""Beyond a deadline: for cancelling, killing, joining again and observing."""
_CANCEL_SECONDS = 15.0

Progress = Callable[[str], None]


class MineflayerBridge:
    """A bot in a world; see `mc_server.bridge.Bridge`. Starts nothing before `join`."""

    def __init__(self, settings: BotSettings, node: Path) -> None:
        """`node` is the Node.js binary itself, not a script that starts it."""
        self._settings = settings
        self._node = node
        self._bot = uuid.uuid4().hex
        self._ids = itertools.count(1)
        self._host: NodeHost | None = None
        self._answers: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._on_progress: Progress | None = None

    def join(self) -> GameData:
        """Connect and wait until the bot stands in the world.

        Also brings the bot back after the host has ended. Raises NodeMissingError,
        ServerUnreachableError, KickedError or BridgeError.
        """
        settings = self._settings
        if not settings.primitives_folder.is_dir():
            raise BridgeError(f"There is no folder of primitives at {settings.primitives_folder}.")
        if (
            settings.version is None and settings.simulation is None
        ):  # asked for the version first, which says best what is wrong
            timeout_seconds = min(_PING_TIMEOUT_SECONDS, settings.join_timeout_seconds)
            ping_server(settings.host, settings.port, timeout_seconds)
        self._host = running_host(self._node)
        self._host.listen(self._bot, self._receive)
        answer = self._ask("join", settings.join_timeout_seconds, settings=self._settings_json())
        return GameData.from_json(answer)

    def observe(self) -> Observation:
        """What the client knows now. Joins again once if the connection was lost."""
        return Observation.from_json(self._ask("observe", self._settings.join_timeout_seconds))

    def execute(
        self,
        script: Script,
        deadline_seconds: float,
        on_progress: Progress | None = None,
    ) -> Execution:
        """Run a script to its end or its deadline; see `Bridge.execute`."""
        self._on_progress = on_progress
        try:
            answer = self._ask(
                "execute",
                self._longest_seconds(deadline_seconds) + self._settings.join_timeout_seconds,
                script=script.to_json(),
                deadline_seconds=deadline_seconds,
            )
        except KeyboardInterrupt:
            self._cancel()
            raise
        finally:
            self._on_progress = None
        return Execution.from_json(answer)

    def close(self) -> None:
        """Leave the world and end the bot's process. Safe to call twice."""
        host, self._host = self._host, None
        if host is None:
            return
        with contextlib.suppress(BridgeError):
            host.send({"bot": self._bot, "id": next(self._ids), "type": "leave"})
        host.listen(self._bot, None)

    # ---- messages

    def _settings_json(self) -> dict[str, Any]:
        settings = self._settings
        return {
            "host": settings.host,
            "port": settings.port,
            "username": settings.username,
            "version": settings.version,
            "primitives_folder": str(settings.primitives_folder.absolute()),
            "world_rate": "max" if math.isinf(settings.world_rate) else settings.world_rate,
            "world": settings.simulation,
            "line_of_sight": settings.line_of_sight,
            "join_timeout_seconds": settings.join_timeout_seconds,
        }

    def _longest_seconds(self, world_seconds: float) -> float:
        """How long that much world time may take; simulated time is quicker, if not by how much."""
        rate = self._settings.world_rate
        return world_seconds if math.isinf(rate) else world_seconds / rate

    def _receive(self, event: dict[str, Any]) -> None:
        """Called on the bridge's thread."""
        if event["type"] == "answer":
            self._answers.put(event)
        elif event["type"] == "progress" and self._on_progress is not None:
            self._on_progress(event["text"])

    def _ask(self, kind: str, seconds: float, **content: Any) -> Any:
        """Send a request and wait for its answer. Raises what the answer's error stands for."""
        if self._host is None:
            raise BridgeError("The bot has not joined: call join() first.")
        self._ask_id = next(self._ids)
        self._host.send({"bot": self._bot, "id": self._ask_id, "type": kind, **content})
        answer = self._answer_to(self._ask_id, seconds + _SPARE_SECONDS)
        if "error" in answer:
            raise self._error(answer["error"])
        return answer["value"]

    def _answer_to(self, identifier: int, timeout_seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(queue.Empty):
                answer = self._answers.get(timeout=_POLL_SECONDS)
                if answer["id"] == identifier:
                    return answer
                continue
            if self._host is None or not self._host.alive:
                raise BridgeError("The Node host has ended: call join() to start it again.")
        if self._host is not None:
            self._host.stop()
        raise BridgeError("The Node host did not answer in time: call join() to start it again.")

    def _cancel(self) -> None:
        """End the program that runs, and wait until the bot is left clean."""
        if self._host is None:
            return
        with contextlib.suppress(McServerError):
            reason = "the run was interrupted"
            self._host.send(
                {"bot": self._bot, "id": next(self._ids), "type": "cancel", "reason": reason}
            )
            self._answer_to(self._ask_id, _CANCEL_SECONDS)

    def _error(self, error: dict[str, Any]) -> McServerError:
        message = str(error["message"])
        match error["code"]:
            case "unreachable":
                return ServerUnreachableError(message)
            case "kicked":
                return KickedError(message)
            case _:
                return BridgeError(message)
