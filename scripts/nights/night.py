"""A night: a session that is played while one thing after another breaks, on a seeded schedule.

Covers the order of things: which fault comes when, that play goes on after it, and what is noted of
it. What breaks is in `kinds.py`, what must hold at the end in `checks.py`.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nights.kept import Kept, kept_in, steps_done, world_seconds
from nights.kind import NightOverError
from nights.kinds import KINDS, Kind
from nights.legs import Legs, Times
from nights.places import ForeignServer, RubbishEndpoint
from nights.samples import Samples
from nights.session import Session
from nights.small_disk import SmallDisk
from nights.waiting import wait_until

MOST_ENDS_IN_A_ROW = 6
_REAL_TIME = ("embedded", "foreign")
"""Legs in which time passes as slowly as real processes and other people's servers have it."""
_REAL_TIME_SECONDS = 20.0
"""Of the world's time, played there before something breaks."""
_STEPS_THAT_SHOW_IT_GOES_ON = 2
_LOOK_SECONDS = 1.0


@dataclass
class Injection:
    """One fault as it was injected, and what came of it; times are UTC, ISO 8601."""

    kind: str
    at: str
    world_hours: float
    over_at: str = ""
    seconds_until_step: float | None = None
    """From when it was over by itself to the next step that was done; in all see `over_at`."""
    seconds_until_steps: float | None = None
    lost: list[str] = field(default_factory=list)
    note: str = ""
    injected: bool = True
    """Whether it could be: there may be nothing to break, as when the session has just ended."""
    told: dict[str, Any] = field(default_factory=dict)
    """The fault of the report that stands for it."""


@dataclass
class Night:
    """What a night is made of. `hours` and `gap_seconds` are of the world's time."""

    home: Path
    hours: float
    gap_seconds: float
    seed: int
    kinds: Sequence[str]
    legs: Legs
    times: Times
    session: Session
    samples: Samples
    random: random.Random
    injections: list[Injection] = field(default_factory=list)
    unexpected_ends: list[str] = field(default_factory=list)
    player: str = "Voyager"
    finished: bool = False
    _ends_in_a_row: int = 0
    _world_seconds: tuple[float, float] = (0.0, 0.0)

    @property
    def world(self) -> Path:
        """The folder of the world that is played."""
        return self.home / "worlds" / "default"

    def world_hours(self) -> float:
        """Of the world's time that the run of the night has lasted, as its sittings say."""
        return self._played()[0] / 3600

    def _played(self) -> tuple[float, float]:
        self._world_seconds = max(self._world_seconds, world_seconds(self.session.database))
        return self._world_seconds

    def play(self) -> None:
        """The whole night; a run whose hours are over is left to end. Raises NightOverError."""
        try:
            for kind in self._deck():
                self._lead_up_to(kind)
                if not self.finished and self.world_hours() < self.hours:
                    self._break(kind)
                if self.finished:
                    break
        finally:
            self.session.stop()
            self.legs.close()

    def _lead_up_to(self, kind: Kind) -> None:
        """Play until the fault is due, where time passes quickest, and then where it can happen."""
        gap = self.gap_seconds * self.random.uniform(0.5, 1.5)
        if kind.leg not in _REAL_TIME:
            self._change_to(kind.leg)
            return self._play_on(gap)
        self._change_to("main")
        self._play_on(gap)
        if self.finished:
            return None
        self._change_to(kind.leg)
        return self._play_on(min(gap, _REAL_TIME_SECONDS))

    def _deck(self) -> Iterator[Kind]:
        """Every kind once, in any order but leg by leg, again and again."""
        while True:
            legs = sorted({KINDS[name].leg for name in self.kinds})
            self.random.shuffle(legs)
            for leg in legs:
                names = sorted(name for name in self.kinds if KINDS[name].leg == leg)
                self.random.shuffle(names)
                yield from (KINDS[name] for name in names)

    # -- playing ---------------------------------------------------------------------------------

    def _start(self, leg: str) -> None:
        self.session.leg = self.legs.leg(leg)
        self.session.start(more=self._limit())

    def _limit(self) -> list[str]:
        """Of the run; one on a foreign server is another beside it, which ends when asked to."""
        if self.session.leg.name == "foreign":
            return []
        return ["--world-hours", f"{self.hours:g}"]

    def _change_to(self, leg: str) -> None:
        if self.session.leg.name != leg or self.legs.always_anew(leg):
            self.stop()
            self.legs.leave()
            self._start(leg)

    def start_again(self, may_refuse: bool = False) -> None:
        """The same command again, as a person would give it."""
        self.session.start(more=self._limit())
        if may_refuse:
            self.session.role("host")

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        if not self.session.stop():
            self.unexpected_ends.append(f"{_now()}: it did not end when asked to, and was killed")

    def _play_on(self, seconds: float) -> None:
        """Let it play so much of the world's time, or until the run has ended by itself."""
        until = self._played()[1] + seconds
        last_steps, since = steps_done(self.session.database), time.monotonic()
        while self._played()[1] < until:
            time.sleep(_LOOK_SECONDS)
            self.samples.take(self)
            if self._has_ended():
                if self.finished:
                    return
                self._start(self.session.leg.name)
            steps = steps_done(self.session.database)
            if steps != last_steps:
                last_steps, since, self._ends_in_a_row = steps, time.monotonic(), 0
            elif time.monotonic() - since > self.times.standstill:
                self._stands_still()
                since = time.monotonic()

    def _has_ended(self) -> bool:
        code = self.session.ended_by_itself()
        if code is None:
            return False
        if code == 0 and self.world_hours() >= self.hours * 0.99:
            self.finished = True
        else:
            self._note_end(f"exit code {code}: {self.session.last_line()}")
        return True

    def _note_end(self, how: str) -> None:
        """It ended, which nobody asked for."""
        self.unexpected_ends.append(f"{_now()}: {how}")
        self.say(f"ended: {how}")
        self._ends_in_a_row += 1
        if self._ends_in_a_row > MOST_ENDS_IN_A_ROW:
            raise NightOverError(f"It ended {self._ends_in_a_row} times in a row: {how}")

    def _stands_still(self) -> None:
        self.session.kill_all()
        self._note_end("no step for minutes; everything was killed")
        self.start_again()

    # -- breaking --------------------------------------------------------------------------------

    def _break(self, kind: Kind) -> None:
        before = self._kept()
        injection = Injection(kind.name, _now(), self.world_hours())
        self.injections.append(injection)
        self.say(f"{kind.name}: {kind.what}")
        try:
            kind.inject(self)
        except NightOverError as error:
            injection.note, injection.injected = str(error), False
        except Exception as error:  # a kind that fails is told, and the night goes on
            injection.note = f"{type(error).__name__}: {error}"
        self._see_it_go_on(injection)
        injection.over_at = _now()
        injection.lost = self._kept().lost_since(before)
        self.say(
            f"{kind.name}: goes on after {injection.seconds_until_steps} s;"
            f" lost: {len(injection.lost)} {injection.note}"
        )

    def _see_it_go_on(self, injection: Injection) -> None:
        """Wait until steps are done again; where there are none, start again as a person would."""
        begun, steps = time.monotonic(), steps_done(self.session.database)
        deadline = begun + self.times.recovery
        while steps_done(self.session.database) < steps + _STEPS_THAT_SHOW_IT_GOES_ON:
            if self._has_ended():
                if self.finished:
                    break
                self._start(self.session.leg.name)
            elif time.monotonic() > deadline:
                injection.note += " no step within the time"
                self._stands_still()
                deadline = time.monotonic() + self.times.recovery
            time.sleep(_LOOK_SECONDS)
            self.samples.take(self)
            if injection.seconds_until_step is None and steps_done(self.session.database) > steps:
                injection.seconds_until_step = round(time.monotonic() - begun, 1)
        seconds = injection.seconds_until_steps = round(time.monotonic() - begun, 1)
        injection.seconds_until_step = injection.seconds_until_step or seconds

    def _kept(self) -> Kept:
        for _ in range(3):
            with suppress(sqlite3.Error):
                return kept_in(self.session.database)
            time.sleep(_LOOK_SECONDS)
        return Kept()

    # -- what kinds ask for ------------------------------------------------------------------------

    def signal(self, role: str, number: signal.Signals) -> None:
        """Send the process of that role a signal. Raises NightOverError where there is none."""
        process = self.session.role(role)
        if process is None or not process.send(number):
            raise NightOverError(f"there is no {role}")

    def ends_and_is_started_again(self) -> None:
        """All of it ends for lack of its first process; then the same command again."""
        if not wait_until(lambda: not self.session.runs, self.times.recovery):
            self.session.kill_all()
        left = self.session.left_behind()
        self.session.ended_by_itself()
        self.start_again()
        if left:
            raise NightOverError(f"left behind: {[each.program for each in left]}")

    def asleep(self, seconds: float) -> None:
        """Everything of the session stands still for so long."""
        all_of_it = self.session.processes()
        for process in all_of_it:
            process.send(signal.SIGSTOP)
        self.wait(seconds)
        for process in reversed(all_of_it):
            process.send(signal.SIGCONT)

    def wait(self, seconds: float) -> None:
        """A fault lasts for so long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            time.sleep(min(_LOOK_SECONDS, seconds))
            self.samples.take(self)

    def foreign(self) -> ForeignServer:
        """The server of the foreign leg."""
        assert self.legs.foreign is not None
        return self.legs.foreign

    def disk(self) -> SmallDisk:
        """The file system of the leg with a small one."""
        assert self.legs.disk is not None
        return self.legs.disk

    def endpoint(self) -> RubbishEndpoint:
        """The endpoint of the leg with a model."""
        assert self.legs.endpoint is not None
        return self.legs.endpoint

    def newest_checkpoint(self, of_at_least: int = 1) -> Path:
        """Its folder. Raises NightOverError where not so many were taken yet."""
        folder = self.home / "checkpoints"
        found = [path for path in folder.glob("*") if path.is_dir()] if folder.is_dir() else []
        if len(found) < of_at_least:
            raise NightOverError("there are too few checkpoints yet")
        return max(found, key=lambda path: path.stat().st_mtime)

    def say(self, text: str) -> None:
        """A line for who looks on."""
        clock = datetime.now().strftime("%H:%M:%S")
        sys.stderr.write(f"{clock} {self.world_hours():6.2f} h  {text}\n")
        sys.stderr.flush()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
