"""What processes do that are killed at a random instant: keep skills, take checkpoints, go back.

Each says through its pipe what is certain by then. They come from a server that has loaded
everything once, so that hundreds of them take little.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from curriculum import InventoryHas, Task
from mc_server import Script
from tests.voyager.checkpoints.playing import Played
from tests.voyager.sittings import WriterOf
from voyager.checkpoints.automatic import Rules
from voyager.checkpoints.rewinding import rewind, set_right
from voyager.events import CheckpointTaken, Event, TaskEnded
from voyager.home import Home
from voyager.journal.database import acquire_home_lock
from voyager.records import Program

BEGUN = "begun"
START_SECONDS = 110.0
TASKS = tuple(
    Task(f"Get thing {number}", InventoryHas(name=f"thing_{number}", count=1), "wanted", "list")
    for number in range(1, 2000)
)
OFTEN = Rules(every_minutes=1e-9, keep=6, free_megabytes=0)


def play(folder: Path, in_its_stride: bool, told: Connection) -> None:
    """Keep one skill after the other, with a checkpoint after each.

    It says that it has begun before anything is opened, or `in_its_stride`, after the first task.
    """
    if not in_its_stride:
        told.send(BEGUN)

    def hear(event: Event) -> None:
        if isinstance(event, TaskEnded) and event.passed:
            told.send(f"task {event.description}")
        if isinstance(event, CheckpointTaken):
            told.send(f"checkpoint {event.name}")

    def write(task: Task, *_: object) -> Program:
        entry = f"getThing{task.description.split()[-1]}"
        return Program(f"async function {entry} () {{ /* {entry} */ }}", entry, (), "numbering")

    def respond(script: Script) -> dict[str, int]:
        return {f"thing_{script.entry.removeprefix('getThing')}": 1}

    with acquire_home_lock(folder):
        set_right(Home(folder))
        with Played(folder, *TASKS, rules=OFTEN, listener=hear, respond=respond) as one:
            one.sitting.loop.writer = WriterOf(write)
            while True:
                one.sitting.clock.seconds += 1
                one.sitting.agent.play()


def go_back(folder: Path, name: str, told: Connection) -> None:
    """Go back to a checkpoint."""
    told.send(BEGUN)
    rewind(Home(folder), name)
    told.send("back")


def killed_after(seconds: float, act: Callable[..., None], *arguments: object) -> list[str]:
    """Do it in a process of its own and kill that so long after it has begun; what it said."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=act, args=(*arguments, theirs))
    process.start()
    theirs.close()
    told: list[str] = []
    try:
        assert ours.poll(START_SECONDS), "the process did not begin"
        told.append(ours.recv())
        _listen(ours, told, seconds)
    finally:
        process.kill()
        process.join()
    _listen(ours, told, START_SECONDS)
    ours.close()
    return told


def _listen(ours: Connection, told: list[str], seconds: float) -> None:
    """Hear what is said for so long, or until the process has ended."""
    deadline = time.monotonic() + seconds
    try:
        while (left := deadline - time.monotonic()) > 0:
            if ours.poll(left):
                told.append(ours.recv())
    except (EOFError, OSError):
        return
