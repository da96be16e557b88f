"""The embedded survival world as a child process: starting, asking, saving, ending.

Covers one `node` process that runs `embedded/main.js` and speaks JSON lines on its pipes. The
process ends, with its world saved, when its input closes, so it never outlives Python. What the
world is like is written in `embedded/MECHANICS.md`; its rules are JavaScript.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import queue
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from mc_server.errors import (
    HomeFolderError,
    McServerError,
    NodeMissingError,
    ServerError,
    ServerStartError,
)

PACKAGE_FOLDER = Path(__file__).resolve().parent
ANSWER_TIMEOUT_SECONDS = 30.0
STOP_TIMEOUT_SECONDS = 15.0

KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
"""Of the environment, all that the process gets: it needs no keys."""

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
    allow_test_operations: bool = False
    """Whether `operate` may give, teleport and the like."""
    log_file: Path | None = None
    """Where diagnostics are added; None throws them away."""
    start_timeout_seconds: float = 60.0


class EmbeddedServer:
    """A running embedded server; also a context manager that starts and stops it."""

    def __init__(
        self, settings: EmbeddedServerSettings, on_event: Callable[[Event], None] | None = None
    ) -> None:
        """`on_event` gets what the server tells by itself, from another thread.

        Events have a name in `event`: `joined`, `left`, `death`, `save_recovered` and `error`
        (with `code` and `message`, for instance when the disk is full).
        """
        self.settings = settings
        self._on_event = on_event or (lambda event: None)
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        self._numbers = itertools.count(1)
        self._answers: dict[int, queue.Queue[Event | None]] = {}
        self._started: queue.Queue[Event | None] = queue.Queue()
        self._lock = threading.Lock()
        self._reader: threading.Thread | None = None

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
        return self._process.pid if self._process else None

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process and return when players can join.

        Raises ServerStartError (port taken, a world that cannot be opened), HomeFolderError (the
        folder cannot be written to) or NodeMissingError, each with what to do.
        """
        if self.is_alive:
            raise ServerStartError("The embedded server runs already; stop it before.")
        self._started = queue.Queue()
        self._process = self._launch()
        self._reader = threading.Thread(
            target=self._read, args=(self._process,), name="embedded-server", daemon=True
        )
        self._reader.start()
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

    def save(self) -> None:
        """Save the world; when this returns it is on the disk.

        Raises HomeFolderError when it cannot be written, ServerError when the server has ended.
        """
        self._ask("save")

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

    def stop(self) -> None:
        """Save the world and end the process. Safe to call twice."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(OSError):
            if process.stdin:
                process.stdin.close()
        try:
            process.wait(STOP_TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._join_reader()

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        process = self._process
        if process is not None:
            process.kill()
            process.wait()
        self._join_reader()

    def __enter__(self) -> EmbeddedServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _launch(self) -> subprocess.Popen[bytes]:
        settings = self.settings
        environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        environment |= {"WORLD_RATE": f"{settings.world_rate:g}", "NODE_NO_WARNINGS": "1"}
        try:
            with self._open_log() as log:
                return subprocess.Popen(
                    self._command(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env=environment,
                )
        except FileNotFoundError:
            raise NodeMissingError(
                f"There is no Node.js at {settings.node}; run scripts/play, which installs it."
            ) from None

    def _command(self) -> list[str]:
        settings = self.settings
        command = [
            str(settings.node),
            "-r",
            str(PACKAGE_FOLDER / "clock.js"),
            str(PACKAGE_FOLDER / "embedded" / "main.js"),
            f"--world-folder={settings.world_folder}",
            f"--seed={settings.seed}",
            f"--port={settings.port}",
            f"--host={settings.host}",
            f"--view-distance={settings.view_distance}",
        ]
        return [*command, "--allow-test-operations"] if settings.allow_test_operations else command

    def _open_log(self) -> IO[bytes]:
        log_file = self.settings.log_file or Path(os.devnull)
        try:
            if self.settings.log_file:
                log_file.parent.mkdir(parents=True, exist_ok=True)
            return log_file.open("ab")
        except OSError as error:
            raise HomeFolderError(
                f"The log {log_file} cannot be written ({error.strerror}); choose another folder."
            ) from error

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Hand out what the process says until it ends."""
        assert process.stdout is not None
        for line in process.stdout:
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if "id" in message:
                with self._lock:
                    waiting = self._answers.pop(message["id"], None)
                if waiting:
                    waiting.put(message)
            else:
                self._handle_event(message)
        self._started.put(None)
        with self._lock:
            waiting_for_answers = list(self._answers.values())
            self._answers.clear()
        for each in waiting_for_answers:
            each.put(None)

    def _handle_event(self, message: Event) -> None:
        if self._port == 0 or message.get("event") == "ready":
            self._started.put(message)
        else:
            self._on_event(message)

    def _ask(self, op: str, arguments: Mapping[str, Any] | None = None) -> Any:
        process = self._process
        if process is None or process.stdin is None:
            raise ServerError("The embedded server does not run; start it first.")
        if not self.is_alive:
            raise self._gone(op)
        number = next(self._numbers)
        answer: queue.Queue[Event | None] = queue.Queue()
        request = json.dumps({"id": number, "op": op, **(arguments or {})}) + "\n"
        with self._lock:
            self._answers[number] = answer
            try:
                process.stdin.write(request.encode())
                process.stdin.flush()
            except (OSError, ValueError):
                self._answers.pop(number, None)
                raise self._gone(op) from None
        try:
            message = answer.get(timeout=ANSWER_TIMEOUT_SECONDS)
        except queue.Empty:
            raise ServerError(
                f"The embedded server did not answer '{op}'; start it again{self._see_log()}."
            ) from None
        if message is None:
            raise self._gone(op)
        if not message["ok"] and message["code"] == "not_saved":
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
            code = self._process.returncode if self._process else None
            return ServerStartError(
                f"The embedded server ended while it started (exit code {code}){self._see_log()}."
            )
        if event.get("code") == "not_writable":
            return HomeFolderError(event["message"])
        return ServerStartError(event["message"])

    def _see_log(self) -> str:
        return f"; its log is {self.settings.log_file}" if self.settings.log_file else ""

    def _join_reader(self) -> None:
        reader = self._reader
        if reader is not None and reader is not threading.current_thread():
            reader.join(timeout=STOP_TIMEOUT_SECONDS)
        process = self._process
        if process is not None and process.stdout is not None:
            process.stdout.close()
        self._port = 0
