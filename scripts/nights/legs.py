"""The ways in which a night's session is played, one after another, in the same home folder.

`main` is a simulation (or what rate was asked for), in which a night passes in an hour or two;
`embedded` is in real time, so that there is a server's process of its own; `foreign` plays on a
server that the session did not start, through a cable that can be cut; `model` asks an endpoint;
`disk` has the home folder on a small file system, `clock` a machine whose clock has jumped.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from nights.places import ForeignServer, RubbishEndpoint
from nights.samples import folder_bytes
from nights.session import Leg
from nights.small_disk import SmallDisk, apart

_MONTH_SECONDS = 30 * 86400
_MEGABYTE = 2**20
_ROOM_MEGABYTES = 600
"""Beside what is in the home folder: checkpoints stop, and play refuses, where little is free."""


@dataclass(frozen=True)
class Times:
    """How long things take, in seconds of the machine's clock."""

    outage: float = 20.0
    long_outage: float = 60.0
    recovery: float = 300.0
    standstill: float = 600.0

    def with_patience(self, patience: float) -> Times:
        """The same with so many times as long for what takes as long as the machine needs."""
        return replace(
            self, recovery=self.recovery * patience, standstill=self.standstill * patience
        )


@dataclass
class Legs:
    """Makes the legs of one night; what they need is started once."""

    home: Path
    out: Path
    seed: int
    world_rate: str
    real_rate: str
    foreign: ForeignServer | None = None
    endpoint: RubbishEndpoint | None = None
    disk: SmallDisk | None = None

    @property
    def foreign_folder(self) -> Path:
        """Where the foreign server keeps its world."""
        return self.out / "foreign-world"

    def always_anew(self, leg: str) -> bool:
        """Whether what is broken there is how it is started."""
        return leg == "clock"

    def leg(self, name: str) -> Leg:
        """The leg of that name."""
        seeded = ["--seed", str(self.seed)]
        main = [*seeded, "--world-rate", self.world_rate]
        match name:
            case "embedded":
                return Leg(name, [*seeded, "--world-rate", self.real_rate])
            case "foreign":
                self.foreign = self.foreign or ForeignServer(self.foreign_folder, self.seed)
                if not self.foreign.server.is_alive:
                    self.foreign.come_back()
                return Leg(name, ["--server", f"127.0.0.1:{self.foreign.cable.port}"])
            case "model":
                if self.endpoint is None:
                    self.endpoint = RubbishEndpoint(self.seed)
                    self.endpoint.come_back()
                return Leg(name, [*main, "--model", "rubbish", "--base-url", self.endpoint.address])
            case "disk":
                if self.disk is None:
                    megabytes = folder_bytes(self.home) // _MEGABYTE + _ROOM_MEGABYTES
                    self.disk = SmallDisk(self.home, megabytes)
                return Leg(name, main)
            case "clock":
                ahead = str(_MONTH_SECONDS)
                jump = ["--fork", "--kill-child", "--monotonic", ahead, "--boottime", ahead]
                return Leg(name, main, [*apart("--time"), *jump])
        return Leg(name, main)

    def leave(self) -> None:
        """Nothing is played any more: what only the last leg needed goes."""
        if self.disk is not None:
            self.disk.take_away()
            self.disk = None

    def close(self) -> None:
        """End what was started."""
        self.leave()
        if self.foreign is not None:
            self.foreign.close()
        if self.endpoint is not None:
            self.endpoint.kill()


def possible() -> dict[str, str]:
    """Legs that this machine does not allow, each with why."""
    missing = {}
    for leg, namespace in (("disk", "--mount"), ("clock", "--time")):
        command = [*apart(namespace, "--fork"), "mount" if leg == "disk" else "true"]
        if leg == "disk":
            command += ["-t", "tmpfs", "tmpfs", "/mnt"]
        if shutil.which("unshare") is None:
            missing[leg] = "there is no `unshare`"
        elif subprocess.run(command, capture_output=True, check=False).returncode:
            missing[leg] = f"`{' '.join(command)}` is not allowed here"
    return missing
