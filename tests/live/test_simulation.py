"""A simulation: the same seed and programs give the same world; only programs take time."""

from __future__ import annotations

import hashlib
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mc_server import (
    BotSettings,
    EmbeddedServer,
    EmbeddedServerSettings,
    Execution,
    MineflayerBridge,
    Outcome,
    Script,
    ScriptModule,
    ServerStartError,
    Simulation,
    find_node,
)
from skills import primitives_folder

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

MINE_LOGS = "async function act () { return await mineBlock('log', 2) }"
HANG = "async function act () { await mineBlock('log', 1); while (true) {} }"
WALK_ON = """async function act () {
  while (true) await goTo(bot.entity.position.x + 2, bot.entity.position.y, bot.entity.position.z)
}"""
PACE = """async function act () {
  const times = []
  const began = Date.now()
  let steps = 0
  const pacing = setInterval(() => {
    times.push(Date.now() - began)
    bot.setControlState('forward', ++steps % 2 === 1)
    if (steps % 3 === 0) bot.look(Math.random() * 6, 0, true)
  }, 150)
  await new Promise(resolve => setTimeout(resolve, 3000))
  clearInterval(pacing)
  setInterval(() => bot.swingArm(), 10)
  return [times, await new Promise(resolve => setImmediate(resolve, 'soon')), bot.entity.position]
}"""
MAKE_PLANKS = "async function makePlanks (count) { await craftItem('planks', count) }"
CALL_A_SKILL = "async function act () { await mineBlock('log', 1); await makePlanks(4) }"
CALL_AND_HANG = "async function act () { await makePlanks(4); while (true) {} }"
TELL_CHANCE = "function act () { return [Date.now(), Math.random(), Math.random()] }"


@pytest.fixture
def simulation(tmp_path: Path) -> Iterator[Simulation]:
    simulation = Simulation(settings(tmp_path / "world"))
    simulation.start()
    yield simulation
    simulation.stop()


@pytest.fixture
def bridge(simulation: Simulation) -> Iterator[MineflayerBridge]:
    bridge = MineflayerBridge(
        BotSettings(
            host=simulation.host,
            port=simulation.port,
            username="Voyager",
            primitives_folder=primitives_folder(),
            world_rate=math.inf,
            simulation=simulation.name,
        ),
        find_node(),
    )
    bridge.join()
    yield bridge
    bridge.close()


def settings(folder: Path) -> EmbeddedServerSettings:
    return EmbeddedServerSettings(world_folder=folder, seed=7, node=find_node())


def execute(bridge: MineflayerBridge, source: str, deadline_seconds: float = 120.0) -> Execution:
    return bridge.execute(Script((ScriptModule("act", source),), "act", ()), deadline_seconds)


def play(home: Path) -> str:
    """Play to an iron ingot; the hash of the world that this leaves."""
    command = [sys.executable, "-m", "voyager", "play", "--home", str(home), "--seed", "7"]
    command += ["--world-rate", "max", "--goal", "iron_ingot", "--quiet", "--no-gym"]
    subprocess.run(command, check=True, timeout=500, capture_output=True)
    return hashlib.sha256((home / "worlds" / "default" / "world.json").read_bytes()).hexdigest()


def test_the_same_run_twice_leaves_the_same_world(tmp_path):
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(play, (tmp_path / "one", tmp_path / "two"))
    assert one == two


def test_a_run_that_was_killed_goes_on(tmp_path):
    command = [sys.executable, "-m", "voyager", "play", "--home", str(tmp_path), "--seed", "7"]
    command += ["--world-rate", "max", "--goal", "wooden_pickaxe"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        for line in first.stdout:
            if line.startswith("[4]"):
                os.kill(first.pid, signal.SIGKILL)
                break
        first.wait()
    second = subprocess.run(command, check=True, timeout=500, capture_output=True, text=True)
    assert "[1]" not in second.stdout
    assert "Finished" in second.stdout


def test_between_programs_no_time_passes(simulation, bridge):
    execute(bridge, "async function act () { await goTo(bot.entity.position.x + 3, 0, 0, 200) }")
    before = simulation.status()
    time.sleep(1.0)
    bridge.observe()
    after = simulation.status()
    assert after["age"] == before["age"] > 0
    assert after["hash"] == before["hash"]


def test_a_program_that_hangs_costs_its_process_and_the_world_is_as_before_it(simulation, bridge):
    execute(bridge, MINE_LOGS)
    before = simulation.status()
    ended = execute(bridge, HANG)
    assert ended.outcome is Outcome.KILLED
    assert ended.after.inventory == ended.before.inventory
    after = simulation.status()
    assert after["age"] - before["age"] <= 1  # a program begins with the tick that comes
    assert execute(bridge, MINE_LOGS).outcome is Outcome.COMPLETED


def call_planks(bridge: MineflayerBridge, source: str) -> Execution:
    modules = (ScriptModule("makePlanks", MAKE_PLANKS), ScriptModule("act", source))
    return bridge.execute(Script(modules, "act", ()), 120.0)


def test_a_call_of_a_skill_tells_the_game_before_and_after_it(simulation, bridge):
    simulation.create_snapshot("start")
    outcomes = []
    for _ in range(2):
        simulation.restore_snapshot("start")
        ended = call_planks(bridge, CALL_A_SKILL)
        assert ended.outcome is Outcome.COMPLETED, ended.error
        outcomes.append(ended.skill_calls)
    assert outcomes[0] == outcomes[1]
    entry, planks = outcomes[0]
    assert (entry.name, entry.caller, entry.before.inventory) == ("act", None, {})
    assert (planks.name, planks.caller, planks.arguments) == ("makePlanks", "act", (4,))
    (log,) = planks.before.inventory
    assert planks.after is not None and entry.after == planks.after
    assert planks.after.inventory == {log.replace("_log", "_planks"): 4}
    assert 0 < planks.started_seconds < entry.seconds
    assert planks.before.light is not None
    assert planks.before.biome == ended.after.biome


def test_of_a_program_that_was_killed_the_calls_are_known_that_it_made(simulation, bridge):
    execute(bridge, MINE_LOGS)
    ended = call_planks(bridge, CALL_AND_HANG)
    assert ended.outcome is Outcome.KILLED
    entry, planks = ended.skill_calls
    assert (entry.ended, entry.after, entry.error) == (False, None, None)
    assert planks.ended
    assert planks.after is not None and sum(planks.after.inventory.values()) == 5


def test_a_deadline_is_in_the_worlds_time(simulation, bridge):
    before = simulation.status()["age"]
    ended = execute(bridge, WALK_ON, deadline_seconds=60)
    assert ended.outcome is Outcome.TIMED_OUT
    assert 60 <= ended.seconds < 63
    assert simulation.status()["age"] - before == pytest.approx(20 * ended.seconds, abs=3)


def test_what_is_done_from_a_snapshot_can_be_done_again_to_the_last_bit(simulation, bridge):
    taken = simulation.create_snapshot("start")
    outcomes = []
    for _ in range(2):
        simulation.restore_snapshot("start")
        assert simulation.status()["hash"] == taken.hash
        told = execute(bridge, TELL_CHANCE).result
        execute(bridge, MINE_LOGS)
        outcomes.append((told, simulation.status()["hash"]))
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][1] != taken.hash


def test_timers_of_a_program_are_the_worlds(simulation, bridge):
    simulation.create_snapshot("start")
    outcomes = []
    for _ in range(2):
        simulation.restore_snapshot("start")
        ended = execute(bridge, PACE)
        assert ended.outcome is Outcome.COMPLETED, ended.error
        assert ended.seconds == pytest.approx(3.0, abs=0.3)
        assert ended.result[0][:3] == pytest.approx([150, 300, 450], abs=2)
        outcomes.append((ended.result, ended.trace, simulation.status()["hash"]))
    assert outcomes[0] == outcomes[1]


def test_the_world_is_that_of_every_other_rate(simulation, bridge, tmp_path):
    gathered = execute(bridge, MINE_LOGS).after
    bridge.close()
    simulation.stop()
    with EmbeddedServer(settings(tmp_path / "world")) as server:
        joining = BotSettings(server.host, server.port, "Voyager", primitives_folder())
        other = MineflayerBridge(joining, find_node())
        other.join()
        seen = other.observe()
        other.close()
    assert seen.inventory == gathered.inventory


def test_a_world_that_is_played_cannot_be_opened_by_another(simulation, tmp_path):
    with pytest.raises(ServerStartError, match="is being played by process"):
        EmbeddedServer(settings(tmp_path / "world")).start()
