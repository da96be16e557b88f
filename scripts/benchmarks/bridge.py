"""What the bridge costs, beside a bot driven directly in Node in the same run and world.

Steps with nothing in them and with one block dug, observations, messages, recovery, searches,
memory. Milliseconds depend on the machine; ratios to the bare bot hardly do. What is demanded of
some figures is told on standard error.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measure import Figure, figure, timed
from benchmarks.parts.bare_bot import BareBot
from benchmarks.parts.journalled_steps import JournalledSteps, journalled_steps
from benchmarks.parts.processes import can_tell, descendants, largest, resident_megabytes
from benchmarks.parts.recovery import recovery
from benchmarks.parts.small_script import small_script

from mc_server import (
    BotSettings,
    EmbeddedServer,
    EmbeddedServerSettings,
    GameData,
    MineflayerBridge,
    Outcome,
    find_node,
)
from mc_server.node_host import running_host
from skills import primitives_folder
from voyager.records import Program

TICK_SECONDS = 0.05
WARM_UPS = 5
ANIMALS = 64
CALLS = 1000
LINES = 500
"""As many as a run may tell of."""
SEARCHES = ("id", "list", "predicate")

NOTHING = "async function nothing () {}"
SEE = """async function see (x, y, z, name) {
  while (bot.blockAt(new Vec3(x, y, z))?.name !== name) await bot.waitForTicks(1)
}"""
DIG = "async function dig (x, y, z) { await bot.dig(bot.blockAt(new Vec3(x, y, z))) }"
CALL = f"async function call () {{ for (let i = 0; i < {CALLS}; i++) countItem('dirt') }}"
TELL = f"async function tell () {{ for (let i = 0; i < {LINES}; i++) console.log('line ' + i) }}"
SEARCH = """async function search (kind, repetitions) {
  const ids = ['coal_ore', 'iron_ore'].map(name => registry.blocksByName[name].id)
  const matching = { id: ids[0], list: ids, predicate: block => block.name === 'coal_ore' }[kind]
  const begun = Date.now()
  for (let i = 0; i < repetitions; i++) bot.findBlocks({ matching, maxDistance: 48, count: 20 })
  return (Date.now() - begun) / repetitions
}"""
HERE = "async function here () { return bot.entity.position.floored() }"

DEMANDS = (
    ("step_nothing", "median", 0.05),
    ("step_nothing", "p95", 0.1),
    ("endless_to_ready", "p95", 3.0),
    *((f"search_{kind}_ratio", "median", 2.0) for kind in SEARCHES),
)


@dataclass(frozen=True)
class Scene:
    """What is measured: one world with both bots in it, side by side."""

    server: EmbeddedServer
    bridge: MineflayerBridge
    bare: BareBot
    steps: JournalledSteps
    repetitions: int

    def run(self, source: str, *arguments: Any, deadline_seconds: float = 20) -> Any:
        """Run a program through the bridge and return its result. RuntimeError when it fails."""
        execution = self.bridge.execute(small_script(source, *arguments), deadline_seconds)
        if execution.outcome is not Outcome.COMPLETED:
            raise RuntimeError(f"The program ended as {execution.outcome}: {execution.error}")
        return execution.result

    def run_bare(self, source: str, *arguments: Any) -> Any:
        """Run the same in the bare bot."""
        return self.bare.run(small_script(source, *arguments))


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--repetitions", type=int, default=50, help="of a step (default: 50)")
    parser.add_argument("--view-distance", type=int, default=4, help="in chunks (default: 4)")


def run(options: argparse.Namespace) -> dict[str, Figure]:
    """Measure and return the figures by name."""
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        settings = EmbeddedServerSettings(
            Path(home) / "world",
            seed=1,
            node=find_node(),
            view_distance=options.view_distance,
            difficulty="peaceful",
            allow_test_operations=True,
        )
        server = stack.enter_context(EmbeddedServer(settings))
        bot = BotSettings(server.host, server.port, "Bench", primitives_folder())
        bridge = stack.enter_context(closing(MineflayerBridge(bot, find_node())))
        begun = time.perf_counter()
        game_data: GameData = bridge.join()
        joined = time.perf_counter()
        bare = stack.enter_context(BareBot(server.port, "Bare"))
        steps = stack.enter_context(journalled_steps(Path(home), server, bridge, game_data))
        figures = {"join": figure([joined - begun], "seconds")}
        scene = Scene(server, bridge, bare, steps, options.repetitions)
        for measure in (memory, empty_steps, messages, observations, searches, digs, crowd):
            sys.stderr.write(f"{measure.__name__.replace('_', ' ')}\n")
            figures |= measure(scene)
        sys.stderr.write("recovery\n")
        figures |= recovery(bridge, server.port)
    judge(figures)
    return figures


def empty_steps(scene: Scene) -> dict[str, Figure]:
    """A program that does nothing: as the loop has it, through the bridge alone, and bare."""
    journalled = timed(partial(_journalled, scene, NOTHING), scene.repetitions, WARM_UPS)
    bare = timed(partial(scene.run_bare, NOTHING), scene.repetitions, WARM_UPS)
    median, p95 = journalled.median / TICK_SECONDS, journalled.p95 / TICK_SECONDS
    return {
        "step_nothing": journalled,
        "step_nothing_in_ticks": Figure(median, p95, "ticks", journalled.n),
        "execute_nothing": timed(partial(scene.run, NOTHING), scene.repetitions, WARM_UPS),
        "bare_nothing": bare,
    }


def _journalled(scene: Scene, source: str) -> None:
    name = small_script(source).entry
    execution = scene.steps.step(Program(source, name, (), "benchmark"))
    if execution.outcome is not Outcome.COMPLETED:
        raise RuntimeError(f"The program ended as {execution.outcome}: {execution.error}")


def digs(scene: Scene) -> dict[str, Figure]:
    """A block of dirt, by hand, by turns; each bot knows of it before the time is taken."""
    here = scene.run(HERE)
    at = (here["x"] + 2, here["y"] + 1, here["z"])
    confined: list[float] = []
    bare: list[float] = []
    for _ in range(max(5, scene.repetitions // 3)):
        for act, values in ((scene.run, confined), (scene.run_bare, bare)):
            scene.server.operate("set_block", block="dirt", **dict(zip("xyz", at, strict=True)))
            act(SEE, *at, "dirt")
            values.append(timed(partial(act, DIG, *at), 1, warm_ups=0).median)
    extra = [one - other for one, other in zip(confined, bare, strict=True)]
    return {
        "dig": figure(confined, "seconds"),
        "bare_dig": figure(bare, "seconds"),
        "dig_overhead": figure(extra, "seconds"),
        "dig_ratio": figure([statistics.median(confined) / statistics.median(bare)], "times"),
    }


def observations(scene: Scene) -> dict[str, Figure]:
    """End to end; and its making alone, first (all blocks are read) and again."""
    made = scene.bare.ask("observe", count=scene.repetitions + 1)
    return {
        "observe": timed(scene.bridge.observe, scene.repetitions, WARM_UPS),
        "observation_size": figure([_size(scene)], "kilobytes"),
        "observation_first_making": figure([made[0] / 1000], "seconds"),
        "observation_making": figure([value / 1000 for value in made[1:]], "seconds"),
    }


def _size(scene: Scene) -> float:
    return len(json.dumps(asdict(scene.bridge.observe()))) / 1000


def messages(scene: Scene) -> dict[str, Figure]:
    """How many calls of primitives and lines of progress a second get through."""
    nothing = timed(partial(scene.run, NOTHING), 10).median
    rounds = 10
    calls = timed(partial(scene.run, CALL), rounds)
    lines = timed(partial(_tell, scene), rounds)
    bare = timed(lambda: scene.bare.ask("flood", count=LINES), rounds)
    return {
        "calls_a_second": figure([CALLS / (calls.median - nothing)], "calls"),
        "lines_a_second": figure([LINES / (lines.median - nothing)], "lines"),
        "bare_lines_a_second": figure([LINES / bare.median], "lines"),
    }


def _tell(scene: Scene) -> None:
    heard: list[str] = []
    scene.bridge.execute(small_script(TELL), 20, heard.append)
    if len(heard) != LINES:
        raise RuntimeError(f"{len(heard)} of {LINES} lines came through")


def searches(scene: Scene) -> dict[str, Figure]:
    """The same search for ore from the same place, in a program and bare, by turns."""
    here = scene.run(HERE)
    scene.server.operate("teleport", player="Bare", **here)
    figures: dict[str, Figure] = {}
    for kind in SEARCHES:
        arguments = (SEARCH, kind, 10)
        pairs = [(scene.run(*arguments), scene.run_bare(*arguments)) for _ in range(7)]
        figures[f"search_{kind}"] = figure([one / 1000 for one, _ in pairs], "seconds")
        figures[f"bare_search_{kind}"] = figure([bare / 1000 for _, bare in pairs], "seconds")
        ratios = [one / max(bare, 0.1) for one, bare in pairs]
        figures[f"search_{kind}_ratio"] = figure(ratios, "times")
    return figures


def crowd(scene: Scene) -> dict[str, Figure]:
    """Steps and observations again, among many animals."""
    here = scene.run(HERE)
    for number in range(ANIMALS):
        x, z = here["x"] + number % 8 - 4, here["z"] + number // 8 - 4
        scene.server.operate("summon", kind="cow", x=x + 0.5, y=here["y"] + 1, z=z + 0.5)
    return {
        "crowded_step": timed(partial(_journalled, scene, NOTHING), scene.repetitions, WARM_UPS),
        "crowded_observe": timed(scene.bridge.observe, scene.repetitions, WARM_UPS),
        "crowded_observation_size": figure([_size(scene)], "kilobytes"),
    }


def memory(scene: Scene) -> dict[str, Figure]:
    """Of the host, the bot's process below it, and the bare bot."""
    if not can_tell():
        return {}
    host = running_host(find_node()).pid
    processes = {
        "memory_of_host": host,
        "memory_of_child": largest(descendants(host)) or 0,
        "memory_of_bare_bot": scene.bare.process_id,
    }
    return {name: figure([resident_megabytes(pid)], "MB") for name, pid in processes.items()}


def judge(figures: dict[str, Figure]) -> None:
    """Tell which demands are met."""
    for name, part, most in DEMANDS:
        value = getattr(figures[name], part)
        verdict = "met" if value <= most else "MISSED"
        sys.stderr.write(f"{verdict}: {name} {part} {value:.4g}, at most {most:g}\n")
