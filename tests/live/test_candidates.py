"""Several programs tried from one moment of a real world, which is then as after the best."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from curriculum import AllOf, InventoryHas, Task
from mc_server import (
    BotSettings,
    EmbeddedServer,
    EmbeddedServerSettings,
    MineflayerBridge,
    Simulation,
    find_node,
)
from skills import open_library, primitives_folder
from tests.live.processes import wait_until
from voyager.candidates import Trials, forget_trials
from voyager.critics import StateCritic
from voyager.journal.database import open_database
from voyager.journal.journal import Journal
from voyager.journal.journal_opening import MIGRATIONS
from voyager.records import Attempt, Program
from voyager.steps import Steps

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

PARTS = "async function parts () { await mineBlock('log', 2); throw new Error('no more') }"
FAST = "async function fast () { await mineBlock('log', 2); await craftItem('planks', 4) }"
SLOW = """async function slow () {
  await mineBlock('log', 2)
  await new Promise(resolve => setTimeout(resolve, 20000))
  await craftItem('planks', 4)
}"""
PLANKS = Task(
    "Get a log and planks",
    AllOf(goals=(InventoryHas(name="log"), InventoryHas(name="planks", count=4))),
    "needed",
    "test",
)
DIRT = Task("Keep the dirt", InventoryHas(name="dirt", count=3), "needed", "test")
IDLE = "async function idle () {}"
PLACE = "async function place () { await placeItem('dirt') }"


@contextmanager
def trying(server: EmbeddedServer, home: Path, rate: float) -> Iterator[Trials]:
    """Everything that trials take, in a world that runs."""
    settings = BotSettings(
        server.host,
        server.port,
        "Voyager",
        primitives_folder(),
        world_rate=rate,
        simulation=server.name if isinstance(server, Simulation) else None,
    )
    with (
        closing(open_database(home / "voyager.db", MIGRATIONS)) as connection,
        closing(open_library(connection, home / "index")) as library,
        closing(MineflayerBridge(settings, find_node(), server.revive)) as bridge,
    ):
        version = bridge.join().version
        journal = Journal(connection)
        journal.open_run(journal.add_world("w", "embedded", 7), None, version, "Voyager", None)
        steps = Steps(journal, library, server, version)
        yield Trials(bridge, StateCritic(), steps, 120.0, server, stop_at_first_pass=False)


def attempt(trials: Trials, task: Task, *sources: str) -> Attempt:
    """Try the programs for a new task."""
    programs = [Program(one, one.split()[2], ("mineBlock",), "llm") for one in sources]
    open_task = trials.steps.task_proposed(task)
    program = replace(programs[0], alternatives=tuple(programs[1:]))
    trials.steps.program_written(open_task, 1, program)
    return trials.run(open_task, 1, program)


def settings(folder: Path) -> EmbeddedServerSettings:
    return EmbeddedServerSettings(folder, seed=7, node=find_node(), allow_test_operations=True)


def test_a_simulated_world_is_as_if_the_best_had_been_the_only_one(tmp_path):
    with (
        Simulation(settings(tmp_path / "world")) as simulation,
        trying(simulation, tmp_path, math.inf) as trials,
    ):
        start = trials.bridge.observe()
        simulation.create_snapshot("start")
        best = attempt(trials, PLANKS, PARTS, FAST, SLOW)
        assert (best.program.entry, best.verdict.passed) == ("fast", True)
        assert trials.bridge.observe().inventory == best.execution.after.inventory
        assert [one.name for one in simulation.list_snapshots()] == ["start"]
        left = simulation.status()["hash"]

        simulation.restore_snapshot("start")
        trials.bridge.put_back(start)
        alone = trials.execute(best.program)
        assert alone.seconds == best.execution.seconds
        assert simulation.status()["hash"] == left


def test_a_world_in_which_programs_were_being_tried_is_as_before_them(tmp_path):
    with Simulation(settings(tmp_path / "world")) as simulation:
        with trying(simulation, tmp_path, math.inf) as trials:
            before = simulation.create_snapshot("trial-before")
            trials.execute(Program(PARTS, "parts", ("mineBlock",), "llm"))
            simulation.save()
        simulation.kill()
    with Simulation(settings(tmp_path / "world")) as simulation:
        assert forget_trials(simulation)
        assert simulation.list_snapshots() == ()
        assert simulation.create_snapshot("now").hash == before.hash


def test_the_bot_of_a_world_in_real_time_has_what_the_best_left_it(tmp_path):
    with (
        EmbeddedServer(settings(tmp_path / "world")) as server,
        trying(server, tmp_path, 1.0) as trials,
    ):
        server.operate("give", player="Voyager", item="dirt", count=3)
        assert wait_until(lambda: trials.bridge.observe().inventory == {"dirt": 3})
        best = attempt(trials, DIRT, PLACE, IDLE, PLACE)
        assert best.program.entry == "idle"
        assert best.execution.before.inventory == {"dirt": 3}
        assert trials.bridge.observe().inventory == {"dirt": 3}
        assert server.status()["players"][0]["inventory"] == {"dirt": 3}
