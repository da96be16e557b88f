"""What a sitting sees to besides playing: faults that events tell of, what was left, sleep.

Covers booking what broke while no agent ran, faults of the index and of the models' endpoint as
events tell of them, and noticing that the machine slept. Not covered: the bridge's own faults
(`bridge_news.py`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack

from voyager.events import (
    Event,
    IndexLeftBehind,
    MachineSlept,
    ModelFailed,
    RunStarted,
    SearchFailed,
    TokensSpent,
    VerdictGiven,
)
from voyager.home import Home
from voyager.journal.journal import Journal
from voyager.supervision.fault_book import FaultBook
from voyager.supervision.life_line import LifeLine
from voyager.supervision.spool import Spool, SpooledFault, seconds_since

SLEPT_SECONDS = 30.0
"""A clock that is set by less is only kept right."""
_LOOK_SECONDS = 1.0


class SittingWatch:
    """Hears every event of a sitting, on the thread that tells it."""

    def __init__(
        self,
        faults: FaultBook,
        home: Home,
        cut_off_at: Callable[[], str | None] = lambda: None,
    ) -> None:
        """`cut_off_at` tells the last sign of life of a sitting before without an end."""
        self._faults = faults
        self._spool = Spool(home.folder)
        self._cut_off_at = cut_off_at
        self._index_failed = False

    def hear(self, event: Event) -> None:
        """Book what the event tells of a fault or its end."""
        match event:
            case RunStarted():
                self._take_over()
            case IndexLeftBehind() | SearchFailed():
                self._index_failed = True
                self._faults.begun("index", "unusable", event.reason)
            case VerdictGiven():
                # The index is brought in step after each: it was, unless that was told.
                if not self._index_failed:
                    self._faults.over("index", "It could be brought in step again.")
                self._index_failed = False
            case ModelFailed(outcome="unreachable"):
                self._faults.begun("endpoint", "unreachable", event.reason)
            case TokensSpent():
                self._faults.over("endpoint", "It has answered.")

    def _take_over(self) -> None:
        self._faults.take_over("Play goes on with the same command.")
        spooled = [*self._spool.read(), *LifeLine.unwritten]
        cut_off_at = self._cut_off_at()
        if cut_off_at is not None and not spooled:
            # Nobody saw it end, so it counts from its last sign of life.
            cause = "The session before was cut off, all of it at once, after its last event."
            how = "The same command was given again."
            ago = seconds_since(cut_off_at)
            self._faults.happened("agent", "ended", cause, ago, how, cut_off_at)
        for fault in _firsts(spooled):
            self._faults.happened(
                fault.part,
                fault.kind,
                fault.cause,
                fault.seconds_ago(),
                "The agent was started again.",
                fault.at,
            )
        self._spool.clear()


def _firsts(spooled: Iterable[SpooledFault]) -> Iterable[SpooledFault]:
    """Of each part's faults of a kind the first: nothing was played between them, so it is one."""
    firsts: dict[tuple[str, str], SpooledFault] = {}
    for fault in spooled:
        firsts.setdefault((fault.part, fault.kind), fault)
    return firsts.values()


class MachineClock:
    """Notices that the machine slept, or that its clock was set."""

    def __init__(
        self,
        slept: Callable[[float], None],
        wall: Callable[[], float] = time.time,
        awake: Callable[[], float] = time.monotonic,
    ) -> None:
        """`slept` gets the seconds by which the clock is ahead; below 0 when it was set back."""
        self._slept = slept
        self._wall = wall
        self._awake = awake
        self._last = self._difference()

    def _difference(self) -> float:
        return self._wall() - self._awake()

    def look(self) -> None:
        """Compare the clocks with each other."""
        difference = self._difference()
        if abs(difference - self._last) >= SLEPT_SECONDS:
            self._slept(difference - self._last)
        self._last = difference


def watch_clock(journal: Journal, stack: ExitStack) -> None:
    """Have a thread look at the clock until the stack is closed."""
    ended = threading.Event()
    clock = MachineClock(
        lambda seconds: journal.later(lambda: journal.tell(MachineSlept(round(seconds, 1))))
    )

    def watch() -> None:
        while not ended.wait(_LOOK_SECONDS):
            clock.look()

    threading.Thread(target=watch, name="machine-clock", daemon=True).start()
    stack.callback(ended.set)
