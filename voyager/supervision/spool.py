"""What broke while no agent ran: kept in a file until an agent can write it into the journal.

Covers adding to it so that a power cut loses nothing, and reading it. Each line is a JSON object.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SPOOL_NAME = "supervisor.jsonl"


@dataclass(frozen=True)
class SpooledFault:
    """A fault of the agent's process. `at` is UTC in ISO 8601, as the journal has it.

    `parent` and `monotonic` tell the process that saw it how long ago that was.
    """

    at: str
    kind: str
    cause: str
    parent: int
    monotonic: float
    part: str = "agent"

    @classmethod
    def now(cls, part: str, kind: str, cause: str) -> SpooledFault:
        """One that has just been seen by this process."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        return cls(at, kind, cause, os.getpid(), time.monotonic(), part)

    def seconds_ago(self) -> float:
        """How long ago it was; by the clock of the day when another process kept watch then."""
        if self.parent == os.getppid():
            return max(0.0, time.monotonic() - self.monotonic)
        return seconds_since(self.at)


def seconds_since(at: str) -> float:
    """By the clock of the day, which may have been set meanwhile: never below 0."""
    return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds())


class Spool:
    """The file of one home folder. Only who runs alone may write: the keeper or the agent."""

    def __init__(self, home: Path) -> None:
        self._path = home / SPOOL_NAME
        self._unwritten: list[SpooledFault] = []

    def add(self, fault: SpooledFault) -> None:
        """Keep it; where the disk is full, as soon as there is room at a `flush`."""
        self._unwritten.append(fault)
        self.flush()

    def flush(self) -> None:
        """Write what could not be written before."""
        if not self._unwritten:
            return
        lines = "".join(f"{json.dumps(asdict(one))}\n" for one in self._unwritten)
        with contextlib.suppress(OSError), self._path.open("a", encoding="utf-8") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
            self._unwritten.clear()

    @property
    def unwritten(self) -> list[dict[str, Any]]:
        """What could not be written yet, for the agent to be told in another way."""
        return [asdict(one) for one in self._unwritten]

    def read(self) -> list[SpooledFault]:
        """All that is in it; a line that was cut off or is none of ours is passed over."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []
        found = []
        for line in lines:
            with contextlib.suppress(ValueError, TypeError, KeyError):
                fault = SpooledFault(**json.loads(line))
                fault.seconds_ago()
                found.append(fault)
        return found

    def clear(self) -> None:
        """All of it is in the journal."""
        with contextlib.suppress(OSError):
            self._path.unlink()
