"""When a sitting is to end: after so many tasks, so much time, or at a time of day."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from voyager.errors import SettingsError

_FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")

TIME_IS_UP = "the time is up"


@dataclass(frozen=True)
class Earlier:
    """What the same command had played before this process: limits count over all of it."""

    tasks: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Limits:
    """When to stop. None means no limit.

    `tasks` and `seconds` count this sitting and the `earlier` ones of the same command, `until` is
    a time of the machine's clock, in seconds since 1970. When the time is up the attempt in flight
    is finished, and a task that is still open then goes on in the next sitting.
    `world_seconds` counts the world's time in all sittings of the run.
    `deadline_seconds` is how long one program may run, in seconds of the world's time.
    """

    tasks: int | None = None
    seconds: float | None = None
    attempts_per_task: int = 4
    deadline_seconds: float = 600.0
    until: float | None = None
    world_seconds: float | None = None
    earlier: Earlier = Earlier()
    clock: Callable[[], float] = time.time

    def reached(self, tasks: int, seconds: float, world_seconds: float = 0.0) -> str:
        """Why to stop after so much of this sitting, or an empty string."""
        if self.time_is_up(seconds, world_seconds):
            return TIME_IS_UP
        played = self.earlier.tasks + tasks
        if self.tasks is not None and played >= self.tasks:
            return f"{played} {'task was' if played == 1 else 'tasks were'} played, as asked"
        return ""

    def time_is_up(self, seconds: float, world_seconds: float = 0.0) -> bool:
        """Whether that much of this sitting is all there is time for."""
        if self.until is not None and self.clock() >= self.until:
            return True
        if self.world_seconds is not None and world_seconds >= self.world_seconds:
            return True
        return self.seconds is not None and self.earlier.seconds + seconds >= self.seconds


def until_seconds(text: str | None, now: datetime | None = None) -> float | None:
    """The moment that `--until` names, in seconds since 1970; a time of day is the next such.

    Raises SettingsError for what is no time, or is past.
    """
    if text is None:
        return None
    present = now or datetime.now()
    moment = _moment(text.strip(), present)
    if moment is None:
        raise SettingsError(
            f"--until is a time like 07:30, or a day and a time like"
            f" {present + timedelta(days=1):%Y-%m-%d} 07:30, not '{text}'."
        )
    if moment <= present:
        raise SettingsError(f"--until {text} is past: it is {present:%Y-%m-%d %H:%M} now.")
    return moment.timestamp()


def _moment(text: str, present: datetime) -> datetime | None:
    for form in ("%H:%M", "%H:%M:%S"):
        try:
            clock = datetime.strptime(text, form).time()
        except ValueError:
            continue
        today = datetime.combine(present.date(), clock)
        return today if today > present else today + timedelta(days=1)
    for form in _FORMS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None
