"""A child process that is asked and answers in JSON lines on its pipes.

Covers one `node` process: starting it with a scrubbed environment, handing out its answers and
events, noticing its end. Requests are `{"id": 1, "op": "save", ...}`; answers carry the same `id`
with `ok` and `value`, or `code` and `message`; everything else is an event. Not covered: what is
asked (`embedded_server.py`).
"""

from __future__ import annotations

import contextlib
import itertools
import json
import math
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from mc_server.errors import HomeFolderError, NodeMissingError

STOP_TIMEOUT_SECONDS = 15.0
_LOOK_SECONDS = 0.25

KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
"""Of the environment, all that the process gets: it needs no keys."""

Message = Mapping[str, Any]


class ProcessGoneError(Exception):
    """The process has ended, or ended before it answered."""


class ProcessSilentError(Exception):
    """The process did not answer in time."""


def ended_by(code: int | None) -> str:
    """How a process ended, of which this is the exit code as Python has it."""
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


class JsonLinesProcess:
    """A running process; `start` makes it, its end is told by None in `on_message`."""

    def __init__(self, name: str, on_message: Callable[[Message | None], None]) -> None:
        """`on_message` gets every event, from another thread, and None when the output ends."""
        self._name = name
        self._on_message = on_message
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        self._answers: dict[int, queue.Queue[Message | None]] = {}
        self._lock = threading.Lock()
        self._reader: threading.Thread | None = None

    @property
    def process_id(self) -> int | None:
        """Of the process, also when it has ended."""
        return self._process.pid if self._process else None

    @property
    def exit_code(self) -> int | None:
        """Of the process, None while it runs."""
        return self._process.returncode if self._process else None

    @property
    def is_started(self) -> bool:
        """Whether `start` was called."""
        return self._process is not None

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def has_ended(self, within_seconds: float) -> bool:
        """Whether the process was started and ends within that time, or has before."""
        if self._process is None:
            return False
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(within_seconds)
        return not self.is_alive

    def start(
        self, command: Sequence[str], environment: Mapping[str, str], log_file: Path | None
    ) -> None:
        """Start the process; what it writes to standard error is added to the log.

        Raises HomeFolderError (the log) or NodeMissingError.
        """
        kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        try:
            with _open_log(log_file) as log:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env={**kept, **environment},
                )
        except FileNotFoundError:
            raise NodeMissingError(
                f"There is no Node.js at {command[0]}; run scripts/play, which installs it."
            ) from None
        self._reader = threading.Thread(
            target=self._read, args=(self._process,), name=self._name, daemon=True
        )
        self._reader.start()

    def ask(self, op: str, arguments: Mapping[str, Any], timeout_seconds: float) -> Message:
        """Send a request and return its answer.

        Raises ProcessGoneError or ProcessSilentError.
        """
        process = self._process
        if process is None or process.stdin is None or process.poll() is not None:
            raise ProcessGoneError
        number = next(self._numbers)
        answer: queue.Queue[Message | None] = queue.Queue()
        request = json.dumps({"id": number, "op": op, **arguments}) + "\n"
        with self._lock:
            self._answers[number] = answer
            try:
                process.stdin.write(request.encode())
                process.stdin.flush()
            except (OSError, ValueError):
                self._answers.pop(number, None)
                raise ProcessGoneError from None
        # Counted in looks, not by the clock: when this process or the machine was stopped for a
        # while, so was the other.
        for _ in range(math.ceil(timeout_seconds / _LOOK_SECONDS)):
            with contextlib.suppress(queue.Empty):
                message = answer.get(timeout=_LOOK_SECONDS)
                if message is None:
                    raise ProcessGoneError
                return message
        raise ProcessSilentError

    def close(self) -> None:
        """End the input, which lets the process save and end. Safe to call twice."""
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
                self._on_message(message)
        self._on_message(None)
        with self._lock:
            waiting_for_answers = list(self._answers.values())
            self._answers.clear()
        for each in waiting_for_answers:
            each.put(None)

    def _join_reader(self) -> None:
        reader = self._reader
        if reader is not None and reader is not threading.current_thread():
            reader.join(timeout=STOP_TIMEOUT_SECONDS)
        process = self._process
        if process is not None and process.stdout is not None:
            process.stdout.close()


def _open_log(log_file: Path | None) -> IO[bytes]:
    try:
        if log_file:
            log_file.parent.mkdir(parents=True, exist_ok=True)
        return (log_file or Path(os.devnull)).open("ab")
    except OSError as error:
        raise HomeFolderError(
            f"The log {log_file} cannot be written ({error.strerror}); choose another folder."
        ) from error
