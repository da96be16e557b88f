"""Reflexes in the embedded world: where the bot dies, or stays, without them, it lives with them.

In each scene the same program runs twice in the same world. What it does itself is done in the end.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mc_server import (
    BotSettings,
    BridgeListener,
    EmbeddedServerSettings,
    Execution,
    MineflayerBridge,
    Outcome,
    ReflexAct,
    Script,
    ScriptModule,
    Simulation,
    find_node,
)
from skills import primitives_folder, reflexes_folder
from voyager.opening.endurance_settings import ReflexSettings

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

SETTLE = "async function act () { await bot.waitForChunksToLoad() }"
WAIT = "async function act () { await bot.waitForTicks(700); return 'lived' }"
SHORT_WAIT = WAIT.replace("700", "160")
DIG = """async function act () {
  const block = bot.blockAt(bot.entity.position.offset(0, -1, 0))
  await bot.dig(block)
  return [bot.blockAt(block.position).name, bot.heldItem.name]
}"""
DIG_WITH_A_PRIMITIVE = "async function act () { return (await mineBlock('stone', 6)).mined }"
WALK = """async function act () {
  const { x, y, z } = bot.entity.position
  const there = new Vec3(x + 6, y + 4, z)
  const movements = new Movements(bot)
  movements.canDig = false
  movements.scafoldingBlocks = []
  bot.pathfinder.setMovements(movements)
  while (bot.entity.position.distanceTo(there) > 3) {
    await bot.pathfinder.goto(new goals.GoalNear(x + 6, y + 4, z, 2)).catch(() => {})
    await bot.waitForTicks(20)
  }
  return 'there'
}"""
HOP = """async function act () {
  const start = bot.entity.position.clone()
  await bot.look(Math.PI, 0, true)
  let hops = 0
  await new Promise((resolve, reject) => bot.on('physicsTick', () => {
    const { position, onGround } = bot.entity
    if (position.y < start.y - 2) return reject(new Error('it fell'))
    const left = start.z + 2 * hops - position.z
    bot.setControlState('forward', left > 0.1)
    bot.setControlState('jump', onGround && left > 1)
    if (onGround && left < 0.4 && ++hops > 6) resolve()
  }))
  bot.clearControlStates()
  return [bot.entity.position.z > start.z + 11, bot.food > 6]
}"""

Operate = Callable[..., Any]
At = tuple[int, int, int]


@dataclass
class Played:
    """What came of a program, and what was heard of reflexes."""

    execution: Execution
    heard: list[ReflexAct] = field(default_factory=list)
    world: Mapping[str, Any] = field(default_factory=dict)


def fill(operate: Operate, at: At, low: At, high: At, block: str) -> None:
    first, last = ([a + b for a, b in zip(at, corner, strict=True)] for corner in (low, high))
    operate("fill", **{"from": first}, to=last, block=block)


def put(operate: Operate, at: At, block: str, x: int, y: int, z: int) -> None:
    operate("set_block", x=at[0] + x, y=at[1] + y, z=at[2] + z, block=block)


def stand(operate: Operate, at: At, down: int) -> None:
    operate("teleport", x=at[0] + 0.5, y=at[1] - down, z=at[2] + 0.5)


def lava(operate: Operate, at: At) -> None:
    put(operate, at, "water", 4, -1, 0)
    for x in (0, 1):
        put(operate, at, "lava", x, -1, 0)
    stand(operate, at, 1)


def gravel(operate: Operate, at: At) -> None:
    fill(operate, at, (-1, 0, -1), (1, 2, 1), "stone")
    put(operate, at, "air", 0, 0, 0)
    for y in (1, 2):
        put(operate, at, "gravel", 0, y, 0)


def pond(operate: Operate, at: At) -> None:
    fill(operate, at, (-4, -6, -4), (4, -1, 4), "water")
    stand(operate, at, 5)


def hunger(operate: Operate, at: At) -> None:
    operate("set_scene", inventory={"bread": 5, "dirt": 1}, hand="dirt", health=8, food=3)


def pillars(operate: Operate, at: At) -> None:
    operate("set_scene", inventory={"bread": 5}, health=20, food=3)
    fill(operate, at, (-3, -26, -3), (3, -1, 14), "air")
    for z in range(0, 14, 2):
        put(operate, at, "stone", 0, -1, z)
    stand(operate, at, 0)


def zombie(operate: Operate, at: At) -> None:
    inventory = {"stone_sword": 1, "stone_pickaxe": 1}
    operate("set_scene", inventory=inventory, hand="stone_pickaxe", health=9, time_of_day=18000)
    operate("summon", kind="zombie", x=at[0] + 3.5, y=at[1], z=at[2] + 0.5)


def creeper(operate: Operate, at: At) -> None:
    operate("set_scene", inventory={"dirt": 1}, health=12, time_of_day=18000)
    operate("summon", kind="creeper", x=at[0] + 4.5, y=at[1], z=at[2] + 0.5)


def pit(operate: Operate, at: At) -> None:
    operate("set_scene", inventory={"wooden_pickaxe": 1})
    fill(operate, at, (-1, -4, -1), (1, -1, 1), "air")
    stand(operate, at, 4)


def play(
    folder: Path, scene: Callable[[Operate, At], None], program: str, reflexes: tuple[str, ...]
) -> Played:
    """The program in the scene, on a floor of stone under the open sky."""
    played: list[ReflexAct] = []

    class Listener(BridgeListener):
        def reflex_acted(self, act: ReflexAct) -> None:
            played.append(act)

    settings = EmbeddedServerSettings(
        world_folder=folder, seed=1, node=find_node(), allow_test_operations=True
    )
    world = Simulation(settings)
    with world:
        bridge = MineflayerBridge(
            BotSettings(
                host=world.host,
                port=world.port,
                username="Voyager",
                primitives_folder=primitives_folder(),
                world_rate=math.inf,
                simulation=world.name,
                reflexes=reflexes,
                reflexes_folder=reflexes_folder(),
            ),
            find_node(),
            listener=Listener(),
        )
        try:
            bridge.join()
            feet = world.operate("set_scene", position={"x": 0, "y": 80, "z": 0}, time_of_day=1000)
            at = (feet["x"], feet["y"], feet["z"])
            fill(world.operate, at, (-14, -6, -14), (14, -1, 14), "stone")
            fill(world.operate, at, (-14, 0, -14), (14, 6, 14), "air")
            run(bridge, SETTLE)
            scene(world.operate, at)
            execution = run(bridge, program)
            return Played(execution, played, world.status())
        finally:
            bridge.close()


def run(bridge: MineflayerBridge, program: str) -> Execution:
    return bridge.execute(Script((ScriptModule("act", program),), "act"), 120.0)


@pytest.mark.parametrize(
    ("reflex", "scene", "program", "result"),
    [
        ("lava", lava, WAIT, "lived"),
        ("suffocation", gravel, WAIT, "lived"),
        ("water", pond, WAIT, "lived"),
        ("fight", zombie, WAIT, "lived"),
        ("flee", creeper, SHORT_WAIT, "lived"),
        ("pits", pit, WALK, "there"),
    ],
)
def test_with_a_reflex_the_bot_lives_and_its_program_goes_on(
    tmp_path, reflex, scene, program, result
):
    without = play(tmp_path / "without", scene, program, ()).execution
    assert without.outcome in (Outcome.DIED, Outcome.TIMED_OUT)
    assert without.reflexes == ()
    played = play(tmp_path / "with", scene, program, ReflexSettings().names())
    assert played.execution.outcome is Outcome.COMPLETED, played.execution.error
    assert played.execution.result == result
    assert reflex in [act.reflex for act in played.execution.reflexes if act.done]
    assert tuple(played.heard) == played.execution.reflexes


def test_what_a_program_digs_by_itself_is_dug_after_a_meal_with_what_it_held(tmp_path):
    played = play(tmp_path / "world", hunger, DIG, ReflexSettings().names())
    assert played.execution.result == ["air", "dirt"]
    (act,) = played.execution.reflexes
    assert (act.reflex, act.done, dict(act.items)) == ("eat", True, {"bread": -3})
    eaten = [event.type for event in played.execution.events[act.first_event : act.last_event]]
    assert eaten == ["ate"] * 3
    assert [event.type for event in played.execution.own_events] == ["mined"]


def test_a_meal_waits_until_a_jump_is_over_and_no_one_slides_over_an_edge(tmp_path):
    played = play(tmp_path / "world", pillars, HOP, ("eat",))
    assert played.execution.error is None, played.execution.error
    assert played.execution.result == [True, True]
    assert [act.reflex for act in played.execution.reflexes if act.done]


def test_a_primitive_does_its_work_through_a_fight_the_same_each_time(tmp_path):
    played = [
        play(tmp_path / name, zombie, DIG_WITH_A_PRIMITIVE, ReflexSettings().names())
        for name in ("one", "two")
    ]
    for each in played:
        assert each.execution.outcome is Outcome.COMPLETED, each.execution.error
        assert each.execution.result == 6
    assert played[0].world["hash"] == played[1].world["hash"]
    assert played[0].execution.reflexes == played[1].execution.reflexes
