"""What the session takes of memory and disk through the night, and whether that grows."""

from __future__ import annotations

import statistics
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nights.kept import steps_done
from nights.processes import by_role

if TYPE_CHECKING:
    from nights.night import Night

_SAMPLE_SECONDS = 5.0
_TELL_SECONDS = 60.0
_MEGABYTE = 2**20
_LEAST_LIFE_SECONDS = 240.0
_YOUNG_SECONDS = 60.0
_FEWEST_TO_JUDGE = 40


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
        roles = by_role(night.session.processes())
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
        """By role: the median of the first and last quarter, the most, and megabytes an hour.

        The hours are the clock's, within lives of minutes, without what a process takes at first.
        """
        found = {}
        for role in sorted({role for sample in self.taken for role in sample.megabytes}):
            sizes = [s.megabytes[role] for s in self.taken if role in s.megabytes]
            quarter = max(1, len(sizes) // 4)
            found[role] = {
                "first_quarter": round(statistics.median(sizes[:quarter]), 1),
                "last_quarter": round(statistics.median(sizes[-quarter:]), 1),
                "most": round(max(sizes), 1),
                "samples": len(sizes),
            }
            slopes = self._slopes(role)
            if slopes:
                found[role]["megabytes_an_hour"] = round(statistics.median(slopes), 1)
        return found

    def grown(self, most: float) -> list[str]:
        """Roles whose memory is not flat: a line each."""
        return [
            f"{role}: {figures['first_quarter']} MB, then {figures['last_quarter']} MB"
            for role, figures in self.growth().items()
            if figures["samples"] >= _FEWEST_TO_JUDGE
            and figures["last_quarter"] > figures["first_quarter"] * most
        ]

    def _slopes(self, role: str) -> list[float]:
        lives: dict[int, list[tuple[float, float]]] = {}
        for sample in self.taken:
            if role in sample.pids:
                life = lives.setdefault(sample.pids[role], [])
                life.append((sample.seconds / 3600, sample.megabytes[role]))
        slopes = []
        for life in lives.values():
            settled = [point for point in life if point[0] - life[0][0] > _YOUNG_SECONDS / 3600]
            if len(settled) > 2 and settled[-1][0] - life[0][0] > _LEAST_LIFE_SECONDS / 3600:
                slopes.append(statistics.linear_regression(*zip(*settled, strict=True)).slope)
        return slopes


def folder_bytes(folder: Path) -> int:
    """What the files of a folder take together."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.lstat().st_size
    return total
