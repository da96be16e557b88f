"""The real `Bridge`: a Mineflayer bot behind the Node host.

Covers joining, observing, executing and leaving, and what becomes of the bot when the host or the
server has ended or Ctrl-C is pressed. Not covered: how programs are confined and deadlines enforced
(`bridge/`), how long a server is waited for (`patience.py`).
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import math
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

from mc_server.bot_death import BotDeath
from mc_server.bot_state import BotState
from mc_server.bridge import BotSettings
from mc_server.bridge_listener import BridgeListener
from mc_server.errors import BridgeError, KickedError, McServerError, ServerUnreachableError
from mc_server.execution import Execution, Outcome
from mc_server.game_data import GameData
from mc_server.host_answers import HostAnswers
from mc_server.node_host import HostGoneError, NodeHost, running_host
from mc_server.observation import Observation
from mc_server.patience import JoinFailedError, Patience, passes, passes_at_first
from mc_server.program_error import ProgramError
from mc_server.reflex_act import ReflexAct
from mc_server.script import Script
from mc_server.server_ping import ping_server

_PING_TIMEOUT_SECONDS = 10.0
_SPARE_SECONDS = 60.0
"""Beyond a deadline: for cancelling, killing, joining again and observing."""
_CANCEL_SECONDS = 15.0
_DEATHS_IN_A_ROW = 3
"""Of the host or of our own server: after so many without a success in between it is hopeless."""

Progress = Callable[[str], None]
Value = TypeVar("Value")
_NOBODY = BridgeListener()
_log = logging.getLogger(__name__)


class MineflayerBridge:
    """A bot in a world; see `mc_server.bridge.Bridge`. Starts nothing before `join`."""

    def __init__(
        self,
        settings: BotSettings,
        node: Path,
        revive_server: Callable[[], bool] | None = None,
        note: Progress = lambda _: None,
        listener: BridgeListener | None = None,
    ) -> None:
        """`node` is the Node.js binary itself, not a script that starts it.

        `revive_server` starts a server of our own again if it has ended, and returns whether it
        had; see `EmbeddedServer.revive`. `note` gets a line on what is waited for or started again
        while no program runs that has an `on_progress` of its own. `listener` hears what happens
        around the requests.
        """
        self._settings = settings
        self._node = node
        self._revive_server = revive_server or (lambda: False)
        self._note = note
        self._listener = listener or _NOBODY
        self._bot = uuid.uuid4().hex
        self._ids = itertools.count(1)
        self._server_version: dict[str, Any] | None = None
        """What the server said of itself, for a process that cannot ask it."""
        self._host: NodeHost | None = None
        self._answers = HostAnswers()
        self._on_progress: Progress | None = None
        self._last_seen: Observation | None = None
        self._joined: NodeHost | None = None
        """The host that has brought the bot into the world."""
        self._running: int | None = None
        """The request whose program runs."""

    def join(self) -> GameData:
        """Connect and wait until the bot stands in the world.

        A server that is not there is an error at once; the bot's own name still being in the world
        is waited for. Raises NodeMissingError, ServerUnreachableError, KickedError or BridgeError.
        """
        if not self._settings.primitives_folder.is_dir():
            raise BridgeError(
                f"There is no folder of primitives at {self._settings.primitives_folder}."
            )
        return self._persist(self._enter, passes_at_first)

    def observe(self) -> Observation:
        """What the client knows now; brings the host and the bot back first if they are gone."""
        self._last_seen = self._persist(self._look, passes)
        return self._last_seen

    def put_back(self, seen: Observation) -> Observation:
        """Join anew in a world that was put back; see `Bridge.put_back`."""
        chests = [asdict(chest) for chest in seen.chests]
        self._last_seen = self._persist(lambda: self._look("put_back", chests=chests), passes)
        return self._last_seen

    def execute(
        self,
        script: Script,
        deadline_seconds: float,
        on_progress: Progress | None = None,
    ) -> Execution:
        """Run a script to its end or its deadline; see `Bridge.execute`."""
        self._on_progress = on_progress
        try:
            started = time.monotonic()
            answer = self._persist(lambda: self._run(script, deadline_seconds), passes)
            execution = self._read(answer, script, time.monotonic() - started)
            if execution.outcome is Outcome.DISCONNECTED and self._revive_server():
                self._tell("The server has ended. It was started again.")
                # The world has forgotten what was not saved.
                execution = replace(execution, after=self.observe(), events=())
        except KeyboardInterrupt:
            self._cancel()
            raise
        finally:
            self._on_progress = None
        self._last_seen = execution.after
        return execution

    def cancel(self, reason: str) -> None:
        """End the program that runs, from any thread; see `Bridge.cancel`."""
        host = self._host
        if host is None or self._running is None:
            return
        with contextlib.suppress(McServerError):  # then the program ends with its host
            host.send({"bot": self._bot, "id": next(self._ids), "type": "cancel", "reason": reason})

    def close(self) -> None:
        """Leave the world and end the bot's process. Safe to call twice."""
        host, self._host = self._host, None
        if host is None:
            return
        with contextlib.suppress(BridgeError):
            host.send({"bot": self._bot, "id": next(self._ids), "type": "leave"})
        host.listen(self._bot, None)

    # ---- being there

    def _persist(
        self, request: Callable[[], Value], waits_for: Callable[[Exception], bool]
    ) -> Value:
        """Make a request, and make it again as long as what keeps it from being answered passes."""
        patience = Patience(self._settings.patience_seconds, self._tell)
        deaths = 0
        ended: McServerError
        while True:
            try:
                return request()
            except HostGoneError as error:
                self._host_is_gone()
                what, ended = "The Node host", error
            except McServerError as error:
                if not waits_for(error):
                    raise
                if not self._revive_server():
                    patience.wait(error)
                    continue
                what, ended = "The server", error
            deaths += 1
            if deaths == _DEATHS_IN_A_ROW:
                raise BridgeError(
                    f"{what} ended {deaths} times in a row: look at the logs for why,"
                    " and make sure that there is memory left; then go on with the same command."
                ) from ended
            self._tell(f"{what} has ended. It is started again.")

    def _ensure_joined(self) -> None:
        """After this the host knows the bot, and brings it back by itself where it must."""
        if self._host is None:
            raise BridgeError("The bot has not joined: call join() first.")
        if self._host is not self._joined or not self._host.alive:
            self._enter()

    def _enter(self) -> GameData:
        settings = self._settings
        if settings.simulation is not None:
            self._revive_server()  # it has ended with the host
        if (
            settings.version is None and settings.simulation is None
        ):  # asked for the version first, which says best what is wrong
            timeout_seconds = min(_PING_TIMEOUT_SECONDS, settings.join_timeout_seconds)
            said = ping_server(settings.host, settings.port, timeout_seconds)
            self._server_version = {"name": said.version_name, "protocol": said.protocol}
        self._host = running_host(self._node)
        self._host.listen(self._bot, self._receive)
        answer = self._ask("join", settings.join_timeout_seconds, settings=self._settings_json())
        self._joined = self._host
        self._stands_in_the_world("The bot has joined again.")
        return GameData.from_json(answer)

    def _look(self, kind: str = "observe", **content: Any) -> Observation:
        self._ensure_joined()
        answer = self._ask(kind, self._settings.join_timeout_seconds, **content)
        return Observation.from_json(answer)

    def _run(self, script: Script, deadline_seconds: float) -> Any:
        """Returns None when the host has ended, and what came of the script with it."""
        self._ensure_joined()
        try:
            return self._ask(
                "execute",
                self._longest_seconds(deadline_seconds) + self._settings.join_timeout_seconds,
                script=script.to_json(),
                deadline_seconds=deadline_seconds,
            )
        except HostGoneError as error:
            self._host_is_gone()
            self._tell(f"{error} It is started again.")
            return None

    def _read(self, answer: Any, script: Script, seconds: float) -> Execution:
        """What came of a script; of one without a usable answer, the world before and after."""
        if answer is None:
            why = "the Node host ended while the program ran"
        else:
            try:
                return Execution.from_json(answer, script)
            except BridgeError as error:
                why = str(error)
        before, after = self._last_seen, self.observe()
        rate = self._settings.world_rate
        return Execution(
            outcome=Outcome.KILLED,
            before=before or after,
            after=after,
            seconds=0.0 if math.isinf(rate) else seconds * rate,
            error=ProgramError(
                "ProgramKilled",
                f"{why}, and what the program did is not known: compare the world before and after",
                "killed",
            ),
        )

    def _host_is_gone(self) -> None:
        if self._joined is not None and self._joined.end is not None:
            self._listener.fault_happened("host", *self._joined.end)

    def _stands_in_the_world(self, how: str) -> None:
        for part in ("host", "server", "bot"):
            self._listener.fault_over(part, how)

    def _tell(self, text: str) -> None:
        _log.warning("%s", text)
        (self._on_progress or self._note)(text)

    # ---- messages

    def _settings_json(self) -> dict[str, Any]:
        settings = self._settings
        chests = self._last_seen.chests if self._last_seen else settings.chests
        return {
            "host": settings.host,
            "port": settings.port,
            "username": settings.username,
            "version": settings.version,
            "server_version": self._server_version,
            "primitives_folder": str(settings.primitives_folder.absolute()),
            "world_rate": "max" if math.isinf(settings.world_rate) else settings.world_rate,
            "world": settings.simulation,
            "line_of_sight": settings.line_of_sight,
            "reflexes": list(settings.reflexes),
            "reflexes_folder": str(settings.reflexes_folder) if settings.reflexes_folder else None,
            "tells_state": self._listener is not _NOBODY,
            "chests": [asdict(chest) for chest in chests],
            "join_timeout_seconds": settings.join_timeout_seconds,
            "silence_timeout_seconds": settings.silence_timeout_seconds,
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
        elif event["type"] == "state":
            self._listener.bot_seen(BotState.from_json(event["state"]))
        elif event["type"] == "line":
            self._listener.line_reached(event["module"], event["line"], event["text"])
        elif event["type"] == "died":
            self._listener.bot_died(BotDeath.from_json(event["death"]))
        elif event["type"] == "fault":
            self._listener.fault_happened(event["part"], event["kind"], event["cause"])
        elif event["type"] == "fault_over":
            self._stands_in_the_world(event["how"])
        elif event["type"] == "reflex":
            self._listener.reflex_acted(ReflexAct.from_json(event["act"]))

    def _ask(self, kind: str, seconds: float, **content: Any) -> Any:
        """Send a request and wait for its answer. Raises what the answer's error stands for."""
        if self._host is None:
            raise BridgeError("The bot has not joined: call join() first.")
        identifier = next(self._ids)
        if kind == "execute":
            self._running = identifier
        self._host.send({"bot": self._bot, "id": identifier, "type": kind, **content})
        answer = self._answers.wait(self._host, identifier, seconds + _SPARE_SECONDS)
        self._running = None
        if "error" in answer:
            raise self._error(answer["error"])
        return answer["value"]

    def _cancel(self) -> None:
        """End the program that runs, and wait until the bot is left clean."""
        running, self._running = self._running, None
        if self._host is None or running is None:
            return
        with contextlib.suppress(McServerError):
            reason = "the run was interrupted"
            self._host.send(
                {"bot": self._bot, "id": next(self._ids), "type": "cancel", "reason": reason}
            )
            self._answers.wait(self._host, running, _CANCEL_SECONDS)

    def _error(self, error: dict[str, Any]) -> McServerError:
        message = str(error["message"])
        match error["code"]:
            case "unreachable":
                return ServerUnreachableError(message)
            case "kicked":
                return KickedError(message)
            case "version":
                return JoinFailedError(message)
            case _:
                return BridgeError(message)
