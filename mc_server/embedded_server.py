"""The embedded survival world as a child process: starting, asking, saving, ending.

Covers one `node` process that runs `embedded/main.js` and speaks JSON lines on its pipes. The
process ends, with its world saved, when its input closes, so it never outlives Python. What the
world is like is written in `embedded/MECHANICS.md`; its rules are JavaScript.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mc_server.bounded_log import begin_anew_when_large, last_words
from mc_server.errors import HomeFolderError, McServerError, ServerError, ServerStartError
from mc_server.json_lines_process import (
    JsonLinesProcess,
    ProcessGoneError,
    ProcessSilentError,
    ended_by,
)
from mc_server.world_snapshot import WorldSnapshot

PACKAGE_FOLDER = Path(__file__).resolve().parent
ANSWER_TIMEOUT_SECONDS = 30.0
_WATCH_SECONDS = 5.0
_DYING_SECONDS = 0.5
"""A process that dies closes its connections first; so long after that it is certain."""

Event = Mapping[str, Any]


@dataclass(frozen=True)
class EmbeddedServerSettings:
    """What world to play, and where."""

    world_folder: Path
    """Holds `world.json`; made if it is not there."""
    seed: int
    """From -2**31 to 2**31 - 1. An existing world must be opened with the seed it was made with."""
    node: Path
    """The Node.js program, see `find_node`."""
    port: int = 0
    """0 is any free port."""
    host: str = "127.0.0.1"
    """The address listened at."""
    view_distance: int = 4
    """Columns of 16 by 16 blocks sent to a player in each direction, 2 to 16."""
    world_rate: float = 1.0
    """How many times faster than normal time runs, 1 to 10; bots need the same rate."""
    difficulty: str | None = None
    """`peaceful`, `easy`, `normal` or `hard`; None is the world's own, normal for a new one."""
    allow_test_operations: bool = False
    """Whether `operate` may give, teleport and the like."""
    log_file: Path | None = None
    """Where diagnostics are added; None throws them away."""
    log_bytes: int = 8 * 2**20
    """So large a log is begun anew, with one old one kept."""
    start_timeout_seconds: float = 60.0


class _ServerSilentError(ServerError):
    """The server runs and does not answer."""


class EmbeddedServer:
    """A running embedded server; also a context manager that starts and stops it."""

    def __init__(
        self, settings: EmbeddedServerSettings, on_event: Callable[[Event], None] | None = None
    ) -> None:
        """`on_event` gets what the server tells by itself, from another thread.

        Events have a name in `event`: `joined`, `left`, `death`, `save_recovered`, `error`
        (with `code` and `message`, for instance when the disk is full) and `fault` (with `kind`,
        `ended` or `froze`, and `cause`) when it ends without being told to.
        """
        self.settings = settings
        self._on_event = on_event or (lambda event: None)
        self._process = JsonLinesProcess("embedded-server", self._handle_event)
        self._port = 0
        self._port_to_take = settings.port
        self._started: queue.Queue[Event | None] = queue.Queue()
        self._told_to_end = threading.Event()

    @property
    def host(self) -> str:
        """The address to connect to."""
        return self.settings.host

    @property
    def port(self) -> int:
        """The port to connect to, known after `start`."""
        return self._port

    @property
    def process_id(self) -> int | None:
        """Of the running process."""
        return self._process.process_id

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive

    def start(self) -> None:
        """Start the process and return when players can join.

        Raises ServerStartError (port taken, a world that cannot be opened), HomeFolderError (the
        folder cannot be written to) or NodeMissingError, each with what to do.
        """
        if self.is_alive:
            raise ServerStartError("The embedded server runs already; stop it before.")
        self._started = queue.Queue()
        settings = self.settings
        environment = {"WORLD_RATE": f"{settings.world_rate:g}", "NODE_NO_WARNINGS": "1"}
        self._process.start(self._command(), environment, settings.log_file)
        try:
            first = self._started.get(timeout=self.settings.start_timeout_seconds)
        except queue.Empty:
            self.kill()
            raise ServerStartError(
                f"The embedded server was not ready in {self.settings.start_timeout_seconds:.0f}"
                f" seconds; try again{self._see_log()}."
            ) from None
        if first is None or first["event"] == "error":
            self.kill()
            raise self._start_error(first)
        self._port = int(first["port"])
        self._told_to_end.clear()
        threading.Thread(target=self._watch, name="embedded-server-watch", daemon=True).start()

    def revive(self) -> bool:
        """Start the server again at its port if it has ended without being told to.

        Returns whether it had. The world is as it was saved last. Raises as `start` does.
        """
        port = self._port
        if port == 0 or not self._process.has_ended(_DYING_SECONDS):
            return False
        self._process.kill()
        self._port = 0
        self._port_to_take = port
        try:
            self.start()
        finally:
            self._port_to_take = self.settings.port
            self._port = port
        return True

    def save(self) -> None:
        """Save the world; when this returns it is on the disk.

        Raises HomeFolderError when it cannot be written, ServerError when the server has ended. One
        that does not answer is ended, so that `revive` can start it again.
        """
        try:
            self._ask("save")
        except _ServerSilentError:
            self._give_up()
            raise

    def status(self) -> dict[str, Any]:
        """Return players (inventory, position, health), time of day and figures.

        `players` is a list of {username, inventory: {name: count}, position: {x, y, z}, health,
        food, saturation, experience, dead}; `time` counts ticks since sunrise.
        """
        value: dict[str, Any] = self._ask("status")
        return value

    def operate(self, op: str, **arguments: Any) -> Any:
        """Run one of the test operations of `embedded/operations.js` and return its value."""
        return self._ask(op, arguments)

    def create_snapshot(self, name: str) -> WorldSnapshot:
        """Keep the world as it is now under a name, in place of an older snapshot of that name.

        Raises ServerError when no snapshot can be called so, HomeFolderError when it cannot be
        written.
        """
        return _snapshot(self._ask("create_snapshot", {"name": name}))

    def list_snapshots(self) -> tuple[WorldSnapshot, ...]:
        """Return all snapshots of this world, by name."""
        return tuple(_snapshot(value) for value in self._ask("list_snapshots"))

    def restore_snapshot(self, name: str) -> None:
        """Return the world to a snapshot; players stay connected and take their state of then.

        Raises ServerError when there is no such snapshot or it cannot be read.
        """
        self._ask("restore_snapshot", {"name": name})

    def export_snapshot(self, name: str, world_folder: Path) -> None:
        """Make a world of its own of a snapshot, to be opened with the same seed.

        Raises ServerError when the folder holds a world already, HomeFolderError when it cannot
        be written.
        """
        self._ask("export_snapshot", {"name": name, "world_folder": str(world_folder)})

    def delete_snapshot(self, name: str) -> None:
        """Remove a snapshot. Raises ServerError when there is none of that name."""
        self._ask("delete_snapshot", {"name": name})

    def stop(self) -> None:
        """Save the world and end the process. Safe to call twice."""
        self._told_to_end.set()
        self._process.close()
        self._port = 0

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        self._told_to_end.set()
        self._process.kill()
        self._port = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _command(self) -> list[str]:
        settings = self.settings
        command = [
            str(settings.node),
            "-r",
            str(PACKAGE_FOLDER / "clock.js"),
            str(PACKAGE_FOLDER / "embedded" / "main.js"),
            f"--world-folder={settings.world_folder}",
            f"--seed={settings.seed}",
            f"--port={self._port_to_take}",
            f"--host={settings.host}",
            f"--view-distance={settings.view_distance}",
        ]
        if settings.difficulty:
            command.append(f"--difficulty={settings.difficulty}")
        if settings.allow_test_operations:
            command.append("--allow-test-operations")
        return command

    def _watch(self) -> None:
        """Ends a server that stands still: its bots would wait for it in vain."""
        process = self._process.process_id
        while not self._told_to_end.wait(_WATCH_SECONDS) and self._process.process_id == process:
            try:
                self._process.ask("status", {}, ANSWER_TIMEOUT_SECONDS)
            except ProcessGoneError:
                return
            except ProcessSilentError:
                if self._process.process_id == process:
                    self._give_up()
                return

    def _give_up(self) -> None:
        cause = f"The embedded server gave no sign of life for {ANSWER_TIMEOUT_SECONDS:g} s."
        self._on_event({"event": "fault", "kind": "froze", "cause": cause})
        self._process.kill()

    def _tell_of_its_end(self) -> None:
        if self._port == 0 or self._told_to_end.is_set():
            return
        self._process.has_ended(_DYING_SECONDS)
        how = ended_by(self._process.exit_code)
        cause = (
            f"The embedded server has ended ({how}). {last_words(self.settings.log_file)}".strip()
        )
        self._on_event({"event": "fault", "kind": "ended", "cause": cause})

    def _handle_event(self, message: Event | None) -> None:
        if message is None:
            self._tell_of_its_end()
        if message is None or self._port == 0 or message.get("event") == "ready":
            self._started.put(message)
        else:
            self._on_event(message)

    def _ask(self, op: str, arguments: Mapping[str, Any] | None = None) -> Any:
        if not self._process.is_started:
            raise ServerError("The embedded server does not run; start it first.")
        try:
            if self.settings.log_file is not None:
                begin_anew_when_large(self.settings.log_file, self.settings.log_bytes)
            message = self._process.ask(op, arguments or {}, ANSWER_TIMEOUT_SECONDS)
        except ProcessGoneError:
            raise self._gone(op) from None
        except ProcessSilentError:
            raise _ServerSilentError(
                f"The embedded server did not answer '{op}'; start it again{self._see_log()}."
            ) from None
        if not message["ok"] and message["code"] in ("not_saved", "not_writable"):
            raise HomeFolderError(message["message"])
        if not message["ok"]:
            raise ServerError(f"The embedded server refused '{op}': {message['message']}")
        return message["value"]

    def _gone(self, op: str) -> ServerError:
        return ServerError(
            f"The embedded server ended before or during '{op}'; start it again{self._see_log()}."
        )

    def _start_error(self, event: Event | None) -> McServerError:
        if event is None:
            code = self._process.exit_code
            return ServerStartError(
                f"The embedded server ended while it started (exit code {code}){self._see_log()}."
            )
        if event.get("code") == "not_writable":
            return HomeFolderError(event["message"])
        return ServerStartError(event["message"])

    def _see_log(self) -> str:
        return f"; its log is {self.settings.log_file}" if self.settings.log_file else ""


def _snapshot(value: Mapping[str, Any]) -> WorldSnapshot:
    return WorldSnapshot(
        name=value["name"],
        tick=value["tick"],
        world_age_ticks=value["worldAgeTicks"],
        size_bytes=value["sizeBytes"],
        hash=value["hash"],
    )
