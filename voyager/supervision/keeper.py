"""The process that keeps the agent going: starts it, watches for signs of life, starts it again.

Covers one command: the agent as a child process, its deaths, the pauses between them and the cap.
Signals that ask for the end are passed on. Light: it imports none of the rooms. Not covered: the
agent's end of the line (`life_line.py`), words for people (`voyager/command_line`).
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from voyager.supervision.life_line import VARIABLE
from voyager.supervision.restarting_mark import RestartingMark
from voyager.supervision.restarts import Death, Restarts
from voyager.supervision.spool import Spool, SpooledFault

_LOOK_SECONDS = 0.25
"""Silence is counted in looks, not by a clock: while the machine sleeps, nobody looks."""
_ENDING_SILENCE_SECONDS = 30.0
"""How long an agent that was asked to end may be silent."""
_RECEIVED_BYTES = 65536
_ASKED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Outcome:
    """How the command ended: its exit code, its run, and the deaths in a row that were too many."""

    code: int
    run: int | None
    deaths: int = 0
    last: Death | None = None


@dataclass
class _Played:
    """What the agents of this command have told of."""

    tasks: int = 0
    run: int | None = None
    ever: bool = False


class Keeper:
    """Keeps the agent of one command going."""

    def __init__(
        self,
        command: Sequence[str],
        home: Path,
        tell: Callable[[str], None],
        died_code: int,
        until: float | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`command` starts the agent, `tell` gets lines for people, `until` as in `Limits`.

        `died_code` is the exit code for an agent that died of what has none of its own.
        """
        self._command = list(command)
        self._spool = Spool(home)
        self._mark = RestartingMark(home)
        self._tell = tell
        self._died_code = died_code
        self._until = until
        self._environment = dict(os.environ if environment is None else environment)
        self._played = _Played()
        self._restarts = Restarts()
        self._begun = time.monotonic()
        self._asked = False
        self._line: socket.socket | None = None
        self._wake, self._waker = socket.socketpair()
        for end in (self._wake, self._waker):
            end.setblocking(False)

    def run(self) -> Outcome:
        """Until the agent ends by itself, is asked to, or has died too often."""
        with self._passing_signals_on():
            while True:
                self._spool.flush()
                code, death = self._one_agent()
                if death is None or self._asked:
                    return Outcome(code, self._played.run)
                if not self._restarts.is_known(death):
                    self._spool.add(SpooledFault.now(death.part, death.kind, death.cause))
                seconds = self._restarts.pause_after(death, self._played.ever)
                if seconds is None:
                    return Outcome(death.code, self._played.run, self._restarts.in_a_row, death)
                self._mark.set()
                if not self._paused(death, seconds):
                    return Outcome(128 + signal.SIGINT, self._played.run)

    # ---- one agent

    def _one_agent(self) -> tuple[int, Death | None]:
        """Start it and wait for its end; how it died, if it is to be started again."""
        ours, its = socket.socketpair()
        with ours:
            with its:
                process = subprocess.Popen(
                    self._command,
                    env={**self._environment, VARIABLE: str(its.fileno())},
                    pass_fds=[its.fileno()],
                )
            self._line = ours
            try:
                self._send(
                    played=self._played.ever,
                    tasks=self._played.tasks,
                    seconds=time.monotonic() - self._begun,
                    until=self._until,
                    faults=self._spool.unwritten,
                )
                if self._asked:
                    self._send(end=True)
                told, froze = self._watch(process, ours)
            finally:
                self._line = None
                if process.poll() is None:
                    process.kill()
                code = process.wait()
        return self._how_it_ended(code, told, froze)

    def _watch(self, process: subprocess.Popen[bytes], line: socket.socket) -> tuple[Any, bool]:
        """Until the agent has ended: what it said of its end, and whether it was frozen."""
        silent_looks, received, told = 0, b"", None
        while True:
            readable, _, _ = select.select([line, self._wake], [], [], _LOOK_SECONDS)
            if self._wake in readable:
                self._drain()
            if line in readable:
                silent_looks = 0
                data = self._received(line)
                if not data:
                    break
                *complete, received = (received + data).split(b"\n")
                for message in complete:
                    told = self._heard(json.loads(message)) or told
            elif not readable:
                silent_looks += 1
            if process.poll() is not None and not readable:
                break
            if silent_looks * _LOOK_SECONDS > self._silence():
                process.kill()
                return told, True
        # It has closed the line, which is its last act but for the end.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_ENDING_SILENCE_SECONDS)
            return told, False
        process.kill()
        return told, True

    def _heard(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """Take in a message; what the agent says of its end is returned."""
        played = self._played
        if message.get("step"):
            self._restarts.step_done()
            played.ever = True
            played.tasks += bool(message.get("task"))
        if "run" in message:
            played.run, played.ever = message["run"], True
            self._mark.clear()
        if "patience" in message:
            restarts = self._restarts
            restarts.patience = replace(restarts.patience, **message["patience"])
        ended: dict[str, Any] | None = message.get("ended")
        return ended

    def _how_it_ended(
        self, code: int, told: dict[str, Any] | None, froze: bool
    ) -> tuple[int, Death | None]:
        if froze:
            cause = f"The agent's process gave no sign of life for {self._silence():g} s."
            return self._died_code, Death("agent", "froze", cause, self._died_code)
        if code < 0:
            if -code in _ASKED:  # before it could see to that itself
                return 128 + signal.SIGINT, None
            cause = f"The agent's process was ended by {_signal_name(-code)}."
            return self._died_code, Death("agent", "ended", cause, self._died_code)
        if told is None or code == 0:
            return code, None
        return code, Death(**{**told, "code": told["code"] or self._died_code})

    # ---- waiting

    def _silence(self) -> float:
        silence = self._restarts.patience.silence
        return min(silence, _ENDING_SILENCE_SECONDS) if self._asked else silence

    def _paused(self, death: Death, seconds: float) -> bool:
        """Before the next try. False when the end is asked for meanwhile."""
        when = f"in {seconds:g} s" if seconds else "now"
        self._tell(f"{death.cause} It is started again {when}.")
        looks = round(seconds / _LOOK_SECONDS)
        while looks > 0 and not self._asked:
            looks -= 1
            if select.select([self._wake], [], [], _LOOK_SECONDS)[0]:
                self._drain()
        return not self._asked

    # ---- signals and the line

    @contextmanager
    def _passing_signals_on(self) -> Iterator[None]:
        """While this is entered what asks this process to end asks the agent."""
        before = {number: signal.signal(number, self._ask_to_end) for number in _ASKED}
        try:
            yield
        finally:
            self._mark.clear()
            for number, handler in before.items():
                signal.signal(number, handler)
            self._wake.close()
            self._waker.close()

    def _ask_to_end(self, *_: object) -> None:
        """From a terminal the signal reached the agent as well, which knows that."""
        if not self._asked:
            self._asked = True
            self._send(end=True)
            with contextlib.suppress(OSError):
                self._waker.send(b"x")

    def _send(self, **message: Any) -> None:
        with contextlib.suppress(OSError):
            if self._line is not None:
                self._line.sendall(json.dumps(message).encode() + b"\n")

    def _drain(self) -> None:
        with contextlib.suppress(OSError):
            self._wake.recv(_RECEIVED_BYTES)

    @staticmethod
    def _received(line: socket.socket) -> bytes:
        try:
            return line.recv(_RECEIVED_BYTES)
        except OSError:
            return b""


def _signal_name(number: int) -> str:
    try:
        return f"signal {signal.Signals(number).name}"
    except ValueError:
        return f"signal {number}"
