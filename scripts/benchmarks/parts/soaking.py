"""Runs programs one after the other through the real bridge, and watches what they leave behind.

Covers the stage, each program's outcome, readiness after it, and samples of the host, the bot's
process and Python. What the programs are is in `soak_programs.py`.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.parts.processes import (
    can_tell,
    descendants,
    identity,
    largest,
    open_files,
    resident_megabytes,
)
from benchmarks.parts.soak_programs import FAILING, HOSTILE, ORDINARY, PROGRAMS, SoakProgram

from mc_server import (
    BotSettings,
    EmbeddedServer,
    EmbeddedServerSettings,
    McServerError,
    MineflayerBridge,
    Outcome,
    Script,
    ScriptModule,
    find_node,
)
from mc_server.node_host import running_host
from skills import primitives_folder

USERNAME = "Soak"
SHARES = {ORDINARY: 0.6, FAILING: 0.2, HOSTILE: 0.2}
RESTORE_AFTER = 20
"""Programs, after which the stage is as it was: it wears off."""
SAMPLE_AFTER = 5
MOST_TIMES = 2
"""A second process of the bot may be ready to take the place of the first."""
ORPHAN_SECONDS = 10.0
"""How long a killed process may take to be gone."""
STAGE = "stage"
HALF_WIDTH = 8
ITEMS = {"oak_planks": 64, "cobblestone": 64, "wooden_pickaxe": 1, "cooked_beef": 16, "dirt": 16}
HERE = "async function main () { return bot.entity.position.floored() }"
READY = """async function main () {
  return bot.getControlState('forward') || bot.pathfinder.isMoving() ? 'not clean' : 'ready'
}"""


@dataclass(frozen=True)
class Sample:
    """Megabytes in RAM and counts, after so many programs. `bot` is the bot's process."""

    programs: int
    host: float
    python: float
    server: float
    bot: float
    bot_process: int
    host_files: int
    python_files: int
    python_threads: int
    processes: int


@dataclass
class Soak:
    """What is under way, and what was found so far."""

    server: EmbeddedServer
    bridge: MineflayerBridge
    home: dict[str, int]
    chest: dict[str, int]
    done: int = 0
    faults: list[str] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    seen: set[tuple[int, str]] = field(default_factory=set)
    longest_seconds: float = 0.0
    most_processes: int = 0
    """Below the host, known from the first sample."""
    _spoiled: bool = False
    """Whether the inventory lies about."""

    def run(self, program: SoakProgram) -> None:
        """Run one program, then see that it ended as it must and that the bot is ready."""
        if self.done % RESTORE_AFTER == 0 or self._spoiled:
            self.server.restore_snapshot(STAGE)
        self.done += 1
        number, begun = self.done, time.perf_counter()
        outside = self._outside(program.outside)
        execution = None
        try:
            script = program.script(number, self.home, self.chest)
            execution = self.bridge.execute(script, program.deadline_seconds, outside)
            fault = program.fault(number, execution)
        except McServerError as error:
            fault = f"has no result: {error}"
        self.longest_seconds = max(self.longest_seconds, time.perf_counter() - begun)
        if fault:
            self.faults.append(f"{number} ({program.name}) {fault}")
        self._spoiled = execution is None or execution.outcome is Outcome.DIED
        if program.kind != ORDINARY:
            self._see_ready(number, program)
        self._note_processes()
        if number % SAMPLE_AFTER == 0 and can_tell():
            self.samples.append(self._sample())
            self.most_processes = self.most_processes or MOST_TIMES * self.samples[-1].processes
            if self.samples[-1].processes > self.most_processes:
                self.faults.append(f"{number}: {self.samples[-1].processes} processes at once")

    def see_nothing_left(self) -> None:
        """To be called once the host has been stopped: no process that was seen may run on."""
        deadline = time.monotonic() + ORPHAN_SECONDS
        while left := [one for one in self.seen if identity(one[0]) == one]:
            if time.monotonic() > deadline:
                self.faults.append(f"processes {sorted(pid for pid, _ in left)} were left behind")
                return
            time.sleep(0.05)

    def _outside(self, what: str | None) -> Callable[[str], None]:
        acts = {"kill": self._kill_bot, "hurt": self._hurt_bot}
        done = threading.Event()

        def on_progress(_: str) -> None:
            if what is not None and not done.is_set():
                done.set()
                # Not from the bridge's own thread, which must not wait for the server.
                threading.Thread(target=acts[what], daemon=True).start()

        return on_progress

    def _kill_bot(self) -> None:
        bot = largest(descendants(running_host(find_node()).pid))
        if bot is not None:
            os.kill(bot, signal.SIGKILL)

    def _hurt_bot(self) -> None:
        self.server.operate("hurt", player=USERNAME, damage=100)

    def _see_ready(self, number: int, program: SoakProgram) -> None:
        """What a program has left going would be seen by the next one."""
        try:
            execution = self.bridge.execute(Script((ScriptModule("main", READY),), "main"), 30)
        except McServerError as error:
            self.faults.append(f"{number} ({program.name}) left no bot: {error}")
            return
        if execution.outcome is not Outcome.COMPLETED or execution.result != "ready":
            found = f"{execution.outcome} {execution.result} {execution.error}"
            self.faults.append(f"{number} ({program.name}) left the bot not ready: {found}")

    def _note_processes(self) -> None:
        if can_tell():
            below = descendants(running_host(find_node()).pid)
            self.seen.update(found for pid in below if (found := identity(pid)))

    def _sample(self) -> Sample:
        host = running_host(find_node()).pid
        below = descendants(host)
        bot = largest(below) or 0
        return Sample(
            programs=self.done,
            host=resident_megabytes(host),
            python=resident_megabytes(os.getpid()),
            server=resident_megabytes(self.server.process_id or 0),
            bot=resident_megabytes(bot),
            bot_process=bot,
            host_files=open_files(host),
            python_files=open_files(os.getpid()),
            python_threads=threading.active_count(),
            processes=len(below),
        )


def mixed(count: int, seed: int) -> Iterator[SoakProgram]:
    """So many programs, by chance; the same for the same seed. Each kind has its share."""
    chance = random.Random(seed)
    for _ in range(count):
        kind = chance.choices(list(SHARES), weights=list(SHARES.values()))[0]
        of_kind = [program for program in PROGRAMS if program.kind == kind and can_run(program)]
        yield chance.choices(of_kind, weights=[each.weight for each in of_kind])[0]


def each_once() -> Iterator[SoakProgram]:
    """Every program there is."""
    return (program for program in PROGRAMS if can_run(program))


def can_run(program: SoakProgram) -> bool:
    """Whether this machine tells which process is to be killed."""
    return program.outside != "kill" or can_tell()


@contextmanager
def soaking(folder: Path, world_rate: float = 1.0) -> Iterator[Soak]:
    """A bot on a stage of earth with a chest, in a world of its own kept in that folder."""
    settings = EmbeddedServerSettings(
        folder / "world",
        seed=1,
        node=find_node(),
        difficulty="peaceful",
        world_rate=world_rate,
        allow_test_operations=True,
    )
    with EmbeddedServer(settings) as server:
        bot = BotSettings(
            server.host, server.port, USERNAME, primitives_folder(), world_rate=world_rate
        )
        with closing(MineflayerBridge(bot, find_node())) as bridge:
            bridge.join()
            here = bridge.execute(Script((ScriptModule("main", HERE),), "main"), 30).result
            home = {axis: int(here[axis]) for axis in "xyz"}
            yield Soak(server, bridge, home, _set_stage(server, home))
        running_host(find_node()).stop()


def _set_stage(server: EmbeddedServer, home: dict[str, int]) -> dict[str, int]:
    """Level earth under open sky, and what the programs need; returns where the chest is."""
    x, y, z = (home[axis] for axis in "xyz")
    for block, low, high in (("dirt", y - 4, y - 1), ("air", y, y + 6)):
        corners = {
            "from": [x - HALF_WIDTH, low, z - HALF_WIDTH],
            "to": [x + HALF_WIDTH, high, z + HALF_WIDTH],
        }
        server.operate("fill", block=block, **corners)
    server.operate("teleport", player=USERNAME, x=x + 0.5, y=y, z=z + 0.5)
    for item, count in ITEMS.items():
        server.operate("give", player=USERNAME, item=item, count=count)
    chest = {"x": x + 4, "y": y, "z": z + 4}
    server.operate("set_block", block="chest", **chest)
    server.create_snapshot(STAGE)
    return chest
