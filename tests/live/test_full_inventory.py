"""An inventory that fills up over hours: the planner puts things away, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from curriculum import HasRoom, TechTreeProposer
from mc_server import (
    BotSettings,
    EmbeddedServer,
    MineflayerBridge,
    Outcome,
    Script,
    ScriptModule,
    find_node,
)
from skills import primitives_folder
from voyager.critics import StateCritic
from voyager.writers import RecipeWriter

pytestmark = pytest.mark.live

NAME = "Hoarder"
TOOLS = ("wooden_pickaxe", "iron_pickaxe", "stone_sword")
STUFF = (
    *("dirt", "diorite", "andesite", "granite", "sand", "gravel", "oak_sapling", "flint", "poppy"),
    *("dandelion", "oak_log", "oak_planks", "stick", "coal", "raw_iron", "iron_ingot", "mutton"),
    *("porkchop", "cooked_beef", "wheat_seeds", "red_dye", "white_wool", "feather", "leather"),
    *("raw_copper", "bowl", "clay_ball", "cobblestone", "birch_sapling"),
)


@pytest.fixture
def bridge(embedded_server: EmbeddedServer) -> Iterator[MineflayerBridge]:
    settings = BotSettings(embedded_server.host, embedded_server.port, NAME, primitives_folder())
    bridge = MineflayerBridge(settings, find_node())
    yield bridge
    bridge.close()


def test_what_is_not_needed_is_put_into_a_chest(embedded_server, bridge):
    game_data = bridge.join()
    for name in TOOLS:
        embedded_server.operate("give", player=NAME, item=name, count=1)
    for name in STUFF:
        embedded_server.operate("give", player=NAME, item=name, count=20)
    # A program's end is answered by the server, so what was given before has arrived.
    settled = Script((ScriptModule("look", "async function look () { await eat() }"),), "look")
    seen = bridge.execute(settled, 30).after
    assert seen.free_slots < 5

    task = TechTreeProposer(game_data).propose(seen, ()).task
    assert task is not None and isinstance(task.goal, HasRoom)
    program = RecipeWriter(game_data).write(task, seen, (), ())
    script = Script(
        (ScriptModule(program.entry, program.source),), program.entry, program.arguments
    )
    execution = bridge.execute(script, 120)

    assert execution.outcome is Outcome.COMPLETED, execution.error
    assert StateCritic(game_data).judge(task, execution).passed
    after = execution.after
    assert {"iron_pickaxe", "stone_sword", "cooked_beef", "oak_log", "stick"} <= set(
        after.inventory
    )
    [chest] = after.chests
    for name in STUFF:
        if name not in ("oak_log", "oak_planks"):  # the chest itself is made of these
            there = after.inventory.get(name, 0) + chest.items.get(name, 0)
            assert there == seen.inventory.get(name, 0), name
