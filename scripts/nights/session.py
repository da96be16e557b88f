"""The session under test: `voyager play` as a person starts it, stops it and starts it again.

Covers the command lines of its legs and its processes. Knows the home folder and nothing of the
inside of the process that plays.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from nights.processes import Process, by_role, family
from nights.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 120.0
ROLE_SECONDS = 90.0


@dataclass(frozen=True)
class Leg:
    """A way of playing: the options of `voyager play`, and the command it is started through."""

    name: str
    options: Sequence[str] = ()
    through: Sequence[str] = ()


@dataclass
class Session:
    """One home folder that is played in, leg after leg."""

    home: Path
    log: Path
    options: Sequence[str]
    patience: float = 1.0
    leg: Leg = field(default_factory=lambda: Leg("none"))
    starts: int = 0
    exit_codes: list[int] = field(default_factory=list)
    _process: subprocess.Popen[bytes] | None = None
    _seen: dict[tuple[int, str], Process] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """Of the home folder."""
        return self.home / "voyager.db"

    @property
    def runs(self) -> bool:
        """Whether it plays, or is being started."""
        return self._process is not None and self._process.poll() is None

    def start(self, leg: Leg | None = None, more: Sequence[str] = ()) -> None:
        """Start the leg, or the same command as before."""
        self.leg = leg or self.leg
        play = [sys.executable, "-P", "-m", "voyager", "play", "--home", str(self.home)]
        command = [*self.leg.through, *play, *self.options, *self.leg.options, *more]
        with self.log.open("ab") as log:
            log.write(f"\n$ {' '.join(command)}\n".encode())
            log.flush()
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        self.starts += 1

    def last_line(self) -> str:
        """What it said last."""
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 4096))
            lines = log.read().decode(errors="replace").strip().splitlines()
        return lines[-1][:500] if lines else ""

    def processes(self) -> list[Process]:
        """All of it that run now."""
        found = family(self._process.pid) if self._process is not None else []
        self._seen |= {(process.pid, process.started): process for process in found}
        return found

    def role(self, name: str) -> Process | None:
        """The process of that role, waited for."""
        deadline = time.monotonic() + ROLE_SECONDS * self.patience
        while True:
            found = by_role(self.processes()).get(name)
            if found is not None or time.monotonic() >= deadline or not self.runs:
                return found
            time.sleep(0.2)

    def ended_by_itself(self) -> int | None:
        """The exit code, once it has ended without being told to; None while it runs."""
        if self._process is None:
            return None
        code = self._process.poll()
        if code is not None:
            self._process = None
            self.exit_codes.append(code)
        return code

    def stop(self) -> bool:
        """Ask it to end, as closing the terminal does; False when it had to be killed."""
        process = self._process
        if process is None:
            return True
        roles = by_role(self.processes())
        first = roles.get("supervisor") or roles.get("agent")
        if first is not None:
            first.send(signal.SIGTERM)
        else:
            process.terminate()
        clean = wait_until(lambda: process.poll() is not None, STOP_SECONDS * self.patience)
        if not clean:
            self.kill_all()
        self._process = None
        return clean

    def kill_all(self) -> None:
        """SIGKILL of everything that belongs to it, from the top."""
        for each in self.processes():
            each.send(signal.SIGKILL)
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
        self._process = None

    def left_behind(self, seconds: float = 30.0) -> list[Process]:
        """Of all processes ever seen of it, those that run although they should not."""
        inside = {(p.pid, p.started) for p in self.processes()} if self.runs else set()

        def left() -> list[Process]:
            return [p for key, p in self._seen.items() if key not in inside and p.runs()]

        wait_until(lambda: not left(), seconds)
        return left()
