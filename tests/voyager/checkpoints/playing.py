"""A home folder with a scripted sitting and the files of a world, for tests of checkpoints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from curriculum import Task
from mc_server import Script, WorldSnapshot
from mc_server.scripted_bridge import Response
from tests.voyager.sittings import LOGS, STICKS, Sitting, gives
from voyager.checkpoints.automatic import Checkpoints, Rules
from voyager.home import Home
from voyager.supervision.fault_book import FaultBook

ALWAYS = Rules(every_minutes=0.0001, keep=12, free_megabytes=0)
ON_REQUEST = Rules(every_minutes=0, keep=12, free_megabytes=0)


def world_text(age: int) -> str:
    """The state of a world that has been played for so many ticks."""
    state = {"time": {"age": age}}
    return json.dumps({"format": 2, "seed": 1, "tick": age, "state": state, "overlay": {}})


class WorldOnDisk:
    """A world that keeps its files as the embedded server does; `age` is all that it is."""

    def __init__(self, home: Path, name: str = "w") -> None:
        self.folder = home / "worlds" / name
        (self.folder / "snapshots").mkdir(parents=True, exist_ok=True)
        self.age = 0
        with suppress(FileNotFoundError):
            self.age = json.loads((self.folder / "world.json").read_text())["state"]["time"]["age"]

    def pass_time(self) -> None:
        """The world goes on, and is saved."""
        self.age += 1
        new = self.folder / "world.json.new"
        new.write_text(world_text(self.age) + "\n")
        new.replace(self.folder / "world.json")

    def create_snapshot(self, name: str) -> WorldSnapshot:
        text = world_text(self.age)
        (self.folder / "snapshots" / f"{name}.json").write_text(text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return WorldSnapshot(name, self.age, self.age, len(text), digest)

    def delete_snapshot(self, name: str) -> None:
        (self.folder / "snapshots" / f"{name}.json").unlink()


class Played:
    """A sitting in a home folder whose world is on the disk."""

    def __init__(
        self,
        folder: Path,
        *tasks: Task,
        rules: Rules = ON_REQUEST,
        respond: Callable[[Script], Response] | None = None,
        **named: Any,
    ) -> None:
        self.home = Home(folder)
        self.home.prepare()
        self.world = WorldOnDisk(folder)
        self.world.pass_time()
        answers = respond or gives(oak_log=3, stick=4)
        self.sitting = Sitting(folder, answers, *(tasks or (LOGS, STICKS)), **named)
        self.faults = FaultBook(self.sitting.journal, self.sitting.clock)
        self.checkpoints = Checkpoints(
            self.home, self.sitting.journal, rules, self.faults, self.sitting.clock
        )
        self.sitting.loop.between_tasks = self.between_tasks

    def between_tasks(self) -> None:
        self.world.pass_time()
        self.checkpoints.between_tasks(self.world)

    def __enter__(self) -> Played:
        return self

    def __exit__(self, *_: object) -> None:
        self.sitting.close()


def age_on_disk(folder: Path, name: str = "w") -> int:
    saved = json.loads((folder / "worlds" / name / "world.json").read_text())
    return int(saved["state"]["time"]["age"])
