"""What the session takes of memory and disk through the night, and whether that grows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nights.kept import steps_done
from nights.processes import Process, by_role

if TYPE_CHECKING:
    from nights.night import Night

_SAMPLE_SECONDS = 5.0
_TELL_SECONDS = 60.0
_MEGABYTE = 2**20
MOST_GROWTH = 0.25
"""Of what a role takes at first: so much more at the end, by the line through all looks, is flat
still, for the library and what is known of the world grow as well."""
_WARM_UP = 1 / 8
_YOUNG_SECONDS = 60.0
_FEWEST_TO_JUDGE = 40
_LEAST_HOURS_TO_JUDGE = 0.5


@dataclass(frozen=True)
class Sample:
    """One look: seconds since the first, hours of the world, megabytes and process by role."""

    seconds: float
    world_hours: float
    megabytes: dict[str, float]
    pids: dict[str, int]


@dataclass
class Samples:
    """All looks of a night."""

    taken: list[Sample] = field(default_factory=list)
    disk_megabytes: list[tuple[float, float]] = field(default_factory=list)
    _begun: float = field(default_factory=time.monotonic)
    _last: float = -_SAMPLE_SECONDS
    _told: float = 0.0

    def take(self, night: Night) -> None:
        """Look, if it is time to; a line a minute."""
        now = time.monotonic() - self._begun
        if now - self._last < _SAMPLE_SECONDS:
            return
        self._last = now
        session = by_role(night.session.processes())
        roles = {what_it_is(process, role): process for role, process in session.items()}
        megabytes = {name: p.memory_bytes / _MEGABYTE for name, p in roles.items()}
        pids = {name: process.pid for name, process in roles.items()}
        self.taken.append(Sample(now, night.world_hours(), megabytes, pids))
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            self._tell(night, megabytes)

    def _tell(self, night: Night, megabytes: dict[str, float]) -> None:
        disk = folder_bytes(night.home) / _MEGABYTE
        self.disk_megabytes.append((night.world_hours(), disk))
        memory = " ".join(f"{name} {size:.0f}" for name, size in megabytes.items())
        steps = steps_done(night.session.database)
        night.say(f"{steps} steps; disk {disk:.0f} MB; memory in MB: {memory}")

    def growth(self) -> dict[str, dict[str, float]]:
        """By role: the median of the first and last quarter, the most, and the slope.

        Left out are the first part of the night, in which everything is learned, and each
        process's first minute.
        """
        found = {}
        for role in sorted({role for sample in self.taken for role in sample.megabytes}):
            settled = self._settled(role)
            sizes = [megabytes for _, megabytes in settled]
            if not sizes:
                continue
            quarter = max(1, len(sizes) // 4)
            found[role] = {
                "first_quarter": round(statistics.median(sizes[:quarter]), 1),
                "last_quarter": round(statistics.median(sizes[-quarter:]), 1),
                "most": round(max(sizes), 1),
                "samples": len(sizes),
                "world_hours": round(settled[-1][0] - settled[0][0], 3),
                "megabytes_a_world_hour": round(_slope(settled), 2),
            }
        return found

    def grown(self) -> list[str]:
        """Roles whose memory is not flat: a line each. Too few looks or hours tell nothing."""
        return [
            f"{role} is not flat"
            for role, figures in self.growth().items()
            if tells_of_growth(figures)
            and figures["megabytes_a_world_hour"] * figures["world_hours"]
            > figures["first_quarter"] * MOST_GROWTH
        ]

    def _settled(self, role: str) -> list[tuple[float, float]]:
        """World hours and megabytes at each look that counts."""
        warm = self.taken[-1].world_hours * _WARM_UP
        born: dict[int, float] = {}
        found = []
        for sample in self.taken:
            if role in sample.pids:
                age = sample.seconds - born.setdefault(sample.pids[role], sample.seconds)
                if age >= _YOUNG_SECONDS and sample.world_hours >= warm:
                    found.append((sample.world_hours, sample.megabytes[role]))
        return found


def tells_of_growth(figures: Mapping[str, float]) -> bool:
    """Whether there are looks and hours enough."""
    enough = figures["samples"] >= _FEWEST_TO_JUDGE
    return enough and figures["world_hours"] >= _LEAST_HOURS_TO_JUDGE


def what_it_is(process: Process, role: str) -> str:
    """Its role, but for a bot that holds the world as well: that takes twice what another does."""
    return "simulation" if any("simulation/main.js" in one for one in process.arguments) else role


def _slope(points: list[tuple[float, float]]) -> float:
    hours = [hour for hour, _ in points]
    if max(hours) - min(hours) <= 0:
        return 0.0
    return statistics.linear_regression(hours, [size for _, size in points]).slope


def folder_bytes(folder: Path) -> int:
    """What the files of a folder take together."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.lstat().st_size
    return total
