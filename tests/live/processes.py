"""Which processes there are, read from /proc: for tests that look for what was left behind."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

needs_proc = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are read from /proc, which is Linux's"
)


@dataclass(frozen=True)
class Process:
    """A process that ran when it was looked at. `started` tells it from a later one of that id."""

    pid: int
    parent: int
    started: str
    state: str
    command: str

    @property
    def runs(self) -> bool:
        """Whether it is there still, and more than a zombie."""
        now = _read(self.pid)
        return now is not None and now.started == self.started and now.state not in "ZX"

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal, if it is there."""
        if self.runs:
            os.kill(self.pid, number)


def descendants(pid: int) -> list[Process]:
    """All below a process, parents before their children."""
    below: list[Process] = []
    known = {pid}
    everything = _everything()
    while found := [p for p in everything if p.parent in known and p.pid not in known]:
        below += found
        known |= {p.pid for p in found}
    return below


def marked(marker: str | Path) -> list[Process]:
    """All but ourselves whose command line or environment holds the marker."""
    text = os.fsencode(str(marker))
    return [
        process
        for process in _everything()
        if process.pid != os.getpid()
        and process.state not in "ZX"
        and (text in _bytes(process.pid, "cmdline") or text in _bytes(process.pid, "environ"))
    ]


def bot_process(pid: int) -> Process:
    """The innermost process of the one bot below a process: the wrappers' last child."""
    bots: list[Process] = []

    def looked() -> list[Process]:
        bots[:] = (p for p in descendants(pid) if "--permission" in p.command)
        return bots

    assert wait_until(looked), f"no bot's process among {descendants(pid)}"
    return bots[-1]


def node_host(pid: int) -> Process:
    """The Node host below a process."""
    return only_one(pid, "javascript/js/bridge.js")


def only_one(pid: int, words: str) -> Process:
    """The only process below one whose command line has these words.

    Awaited: a process that starts another is there twice for a moment.
    """
    found: list[Process] = []

    def looked() -> bool:
        found[:] = (p for p in descendants(pid) if words in p.command)
        return len(found) == 1

    assert wait_until(looked), f"{found} among {descendants(pid)}"
    return found[0]


def wait_until(condition: Callable[[], object], seconds: float = 60) -> bool:
    """Whether the condition holds within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())


def _everything() -> list[Process]:
    found = (_read(int(name)) for name in os.listdir("/proc") if name.isdigit())
    return [process for process in found if process is not None]


def _read(pid: int) -> Process | None:
    stat = _bytes(pid, "stat").decode(errors="replace")
    if not stat:
        return None
    fields = stat.rpartition(")")[2].split()  # the name before it may hold anything
    command = _bytes(pid, "cmdline").decode(errors="replace").replace("\0", " ")
    return Process(pid, int(fields[1]), fields[19], fields[0], command)


def _bytes(pid: int, name: str) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/{name}").read_bytes()
    return b""
