"""The processes of a session, told apart by their command lines; read from /proc, so Linux only.

Covers finding them, what they take of memory, and signals to them. Nothing is asked of the session
itself: this is what somebody at the machine would see.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROLES = ("supervisor", "agent", "host", "bot", "server")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Process:
    """One that ran when it was looked at. `started` tells it from a later one of that number."""

    pid: int
    parent: int
    started: str
    state: str
    cpu_ticks: int
    memory_bytes: int
    arguments: tuple[str, ...]

    @property
    def program(self) -> str:
        """The name of its program, `?` for one without arguments."""
        return os.path.basename(self.arguments[0]) if self.arguments else "?"

    def runs(self) -> bool:
        """Whether it is there still, and more than a zombie."""
        now = _read(self.pid)
        return now is not None and now.started == self.started and now.state not in "ZX"

    def send(self, number: signal.Signals) -> bool:
        """Send it a signal; False when it is gone."""
        if not self.runs():
            return False
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)
            return True
        return False


def family(pid: int) -> list[Process]:
    """A process and all below it, parents before their children."""
    everything = _everything()
    found = [process for process in everything if process.pid == pid]
    known = {process.pid for process in found}
    while more := [p for p in everything if p.parent in known and p.pid not in known]:
        found += more
        known |= {process.pid for process in more}
    return [process for process in found if process.state not in "ZX"]


def by_role(processes: Iterable[Process]) -> dict[str, Process]:
    """Of a session's processes the one of each role, as far as it is there.

    The world's own process is the bot's that has worked most: those beside it try skills, or stand
    by. Of two Python processes the upper one is the supervisor.
    """
    roles: dict[str, Process] = {}
    for process in processes:
        line = " ".join(process.arguments)
        if "voyager" in process.arguments and "play" in process.arguments:
            if process.program.startswith("python"):
                _add_python(roles, process)
        elif process.program.startswith("python"):
            _add_python(roles, process)
        elif line.endswith("javascript/js/bridge.js"):
            roles["host"] = process
        elif "embedded/main.js" in line:
            roles["server"] = process
        elif process.program.startswith("node") and "--permission" in process.arguments:
            busiest = roles.get("bot")
            if busiest is None or process.cpu_ticks > busiest.cpu_ticks:
                roles["bot"] = process
    return roles


def _add_python(roles: dict[str, Process], process: Process) -> None:
    if "agent" in roles and "supervisor" not in roles:
        roles["supervisor"] = roles["agent"]
    roles["agent"] = process


def _everything() -> list[Process]:
    found = (_read(int(name)) for name in os.listdir("/proc") if name.isdigit())
    return [process for process in found if process is not None]


def _read(pid: int) -> Process | None:
    stat = _bytes(pid, "stat").decode(errors="replace")
    if not stat:
        return None
    fields = stat.rpartition(")")[2].split()  # the name before it may hold anything
    line = _bytes(pid, "cmdline").decode(errors="replace").rstrip("\0")
    return Process(
        pid=pid,
        parent=int(fields[1]),
        started=fields[19],
        state=fields[0],
        cpu_ticks=int(fields[11]) + int(fields[12]),
        memory_bytes=int(fields[21]) * _PAGE_BYTES,
        arguments=tuple(line.split("\0")) if line else (),
    )


def _bytes(pid: int, name: str) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/{name}").read_bytes()
    return b""
