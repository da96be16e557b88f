"""The line between the agent's process and the one that keeps it going: a pair of sockets.

Covers the agent's end: signs of life, what was done, why it ends, and being asked to end. Each
message is a JSON object in a line. Not covered: the other end (`keeper.py`).
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import Any, ClassVar

from voyager.events import Event, TaskEnded, VerdictGiven, WritingFailed
from voyager.limits import Earlier
from voyager.supervision.spool import SpooledFault

VARIABLE = "VOYAGER_LIFE_LINE"
"""Of the environment: the number of the socket that the agent inherits."""
BEAT_SECONDS = 0.5
_LAST_WAIT_SECONDS = 60.0
"""How long the agent has to end in order when the process that keeps it going has ended."""
_STEPS = (VerdictGiven, WritingFailed, TaskEnded)


@dataclass
class _Movement:
    """When something of the agent's own moved last."""

    at: float
    still_seconds: float


class LifeLine:
    """The agent's end. Signs of life stop when nothing moved for longer than the agent may wait."""

    keeper: ClassVar[int] = 0
    """The process that keeps this one going; 0 where none does."""
    unwritten: ClassVar[list[SpooledFault]] = []
    """What that one saw break and could not write down."""

    def __init__(self, line: socket.socket, clock: Callable[[], float] = time.monotonic) -> None:
        """Begins to beat; the first message, what was played before, is read here."""
        self._line = line
        self._clock = clock
        self._lock = threading.Lock()
        self._unsent = b""
        self._interrupted = False
        self._why = ""
        self.left_alone: Callable[[], None] = lambda: None
        """Called when the other end has ended without asking for the end here."""
        self._nudged = False
        """Whether a signal of the line's own is under way."""
        self._movement = _Movement(clock(), math.inf)
        self.still_seconds = math.inf
        """How long the agent may go without any movement while it plays."""
        self._reader = line.makefile("r", encoding="utf-8")
        first = json.loads(self._reader.readline() or "{}")
        self.earlier = Earlier(int(first.get("tasks", 0)), float(first.get("seconds", 0.0)))
        self.until: float | None = first.get("until")
        LifeLine.unwritten = [SpooledFault(**fault) for fault in first.get("faults", ())]
        self.played = bool(first.get("played"))
        """Whether anything was played since the command was given."""
        for work in (self._beat, self._listen):
            threading.Thread(target=work, name="life-line", daemon=True).start()

    @classmethod
    def inherited(cls) -> LifeLine | None:
        """The line of this process, where it was started by one that keeps it going."""
        number = os.environ.pop(VARIABLE, "")
        if not number:
            return None
        os.set_inheritable(int(number), False)
        cls.keeper = os.getppid()
        return cls(socket.socket(fileno=int(number)))

    def begins(self) -> None:
        """The world is open: from now on being still for too long is being frozen."""
        self.played = True
        self._movement = _Movement(self._clock(), self.still_seconds)

    def moved(self) -> None:
        """Something happened; from any thread."""
        self._movement.at = self._clock()

    def hear(self, event: Event) -> None:
        """An event is a movement; one that ends a step is told as well."""
        self.moved()
        if isinstance(event, _STEPS):
            self.tell(step=True, task=isinstance(event, TaskEnded))

    def tell(self, **message: Any) -> None:
        """Send a message; nothing happens when nobody listens any more.

        Where the other end does not read just now it is sent with a later one: play goes on.
        """
        self._send(message, socket.MSG_DONTWAIT)

    def tell_last(self, **message: Any) -> None:
        """Send the last message before the end, and wait until all is sent."""
        self._send(message, 0)

    def interrupted(self, number: int, frame: FrameType | None) -> None:
        """The handler of SIGINT: as Python's own, but what the line asks for counts once."""
        again, self._nudged = self._interrupted and self._nudged, False
        self._interrupted = True
        if not again:
            raise KeyboardInterrupt(self._why)

    def _send(self, message: Mapping[str, Any], how: int) -> None:
        with contextlib.suppress(OSError), self._lock:
            self._unsent += json.dumps(message).encode() + b"\n"
            while self._unsent:
                self._unsent = self._unsent[self._line.send(self._unsent, how) :]

    def _beat(self) -> None:
        while True:
            if self._clock() - self._movement.at <= self._movement.still_seconds:
                self.tell(beat=True)
            time.sleep(BEAT_SECONDS)

    def _listen(self) -> None:
        """Until the other end asks for the end, or has ended itself."""
        asked = False
        with contextlib.suppress(OSError, ValueError):
            for line in self._reader:
                if json.loads(line).get("end"):
                    asked = True
                    self._interrupt()
        if not asked and not self._interrupted:
            self._why = "the process that keeps the agent going has ended"
            self.left_alone()
        self._interrupt()
        time.sleep(_LAST_WAIT_SECONDS)
        os._exit(1)

    def _interrupt(self) -> None:
        """As Ctrl-C does, once: from a terminal it has come already.

        A signal that comes right before the main thread begins to wait does not wake it: then it
        is sent again.
        """
        while not self._interrupted:
            self._nudged = True
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            time.sleep(BEAT_SECONDS)
