"""Upkeep in a simulated world: the night with and without a bed, a chest, what a death left."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from mc_server import (
    BotDeath,
    BotSettings,
    BridgeListener,
    EmbeddedServerSettings,
    Execution,
    MineflayerBridge,
    Observation,
    Outcome,
    Script,
    ScriptModule,
    Simulation,
    find_node,
)
from skills import primitives_folder
from tests.curriculum.worlds import game_data
from tests.voyager.sittings import gives, sitting
from voyager.upkeep.chests import PuttingAway, TakingOut
from voyager.upkeep.death_book import DeathBook
from voyager.upkeep.errand import DAY_ENDS, Duty
from voyager.upkeep.fetching import Fetching
from voyager.upkeep.night import Sheltering, Sleeping

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

FLOOR = 100
DUSK, MORNING = 13_500, 23_400
STUFF = (
    *("dirt", "diorite", "andesite", "granite", "sand", "gravel", "oak_sapling", "flint", "poppy"),
    *("dandelion", "oak_log", "oak_planks", "stick", "coal", "raw_iron", "iron_ingot", "mutton"),
    *("porkchop", "cooked_beef", "wheat_seeds", "red_dye", "white_wool", "feather", "leather"),
    *("raw_copper", "bowl", "clay_ball", "cobblestone", "birch_sapling", "chest", "string", "bone"),
)


class Deaths(BridgeListener):
    """Those between programs, as the bridge tells of them."""

    def __init__(self) -> None:
        self.heard: list[BotDeath] = []

    def bot_died(self, death: BotDeath) -> None:
        self.heard.append(death)


class Scene:
    """A platform of stone in a simulated world, with a bot on it."""

    def __init__(
        self, simulation: Simulation, bridge: MineflayerBridge, deaths: list[BotDeath]
    ) -> None:
        self.simulation = simulation
        self.bridge = bridge
        self.deaths = deaths

    def set(self, time: int = 1000, **carried: int) -> Observation:
        """The bot stands on the empty platform with these things."""
        stage = {"floor": FLOOR, "radius": 20, "height": 9, "time": time}
        self.simulation.operate("reset_stage", **stage)
        for name, count in carried.items():
            self.simulation.operate("give", item=name, count=count)
        return self.run("await eat()").after

    def run(self, line: str) -> Execution:
        """What came of a line of a program."""
        source = f"async function act () {{ {line} }}"
        return self.bridge.execute(Script((ScriptModule("act", source),), "act"), 60)

    def see_to(self, duty: Duty, seen: Observation) -> Execution:
        """What came of a duty that is due."""
        errand = duty.due(seen)
        assert errand is not None
        return self.bridge.execute(errand.script(duty.entry), errand.deadline_seconds)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    world = tmp_path_factory.mktemp("upkeep") / "world"
    settings = EmbeddedServerSettings(
        world_folder=world, seed=1, node=find_node(), allow_test_operations=True
    )
    with Simulation(settings) as simulation:
        bot = BotSettings(
            "simulation",
            0,
            "Keeper",
            primitives_folder(),
            world_rate=math.inf,
            simulation=simulation.name,
        )
        deaths = Deaths()
        bridge = MineflayerBridge(bot, find_node(), listener=deaths)
        bridge.join()
        yield Scene(simulation, bridge, deaths.heard)
        bridge.close()


def test_at_dusk_with_a_bed_it_is_slept_in_and_taken_along(scene: Scene) -> None:
    execution = scene.see_to(Sleeping(), scene.set(DUSK, white_bed=1))
    assert execution.outcome is Outcome.COMPLETED, execution.error
    assert execution.after.time_of_day < DAY_ENDS
    assert execution.after.inventory == {"white_bed": 1}
    assert execution.seconds < 60


def test_at_dusk_without_a_bed_or_a_weapon_it_digs_in_and_nothing_gets_at_it(scene: Scene) -> None:
    seen = scene.set(DUSK, cobblestone=20, stone_pickaxe=1)
    for x in (-6, 6):
        scene.simulation.operate("summon", kind="zombie", x=x, y=FLOOR, z=8)
    execution = scene.see_to(Sheltering(), seen)
    assert execution.outcome is Outcome.COMPLETED, execution.error
    assert execution.result["safe"] is True
    assert execution.after.time_of_day > MORNING
    assert execution.after.position.y < FLOOR


def test_a_full_inventory_goes_into_a_known_chest_and_comes_out_when_it_is_needed(
    scene: Scene,
) -> None:
    scene.set(**dict.fromkeys(STUFF, 5))
    known = scene.run("const { position } = await placeItem('chest'); await openChest(position)")
    crowded = known.after
    assert crowded.free_slots < 5 and len(crowded.chests) == 1

    away = scene.see_to(PuttingAway(game_data()), crowded)
    assert away.outcome is Outcome.COMPLETED, away.error
    [chest] = away.after.chests
    assert away.after.free_slots >= 12 and "feather" in chest.items
    assert "feather" not in away.after.inventory

    back = scene.see_to(TakingOut(game_data(), lambda seen: {"feather": 2}), away.after)
    assert back.after.inventory["feather"] == 2
    assert back.after.chests[0].items["feather"] == chest.items["feather"] - 2


def test_what_a_death_left_is_fetched_back(scene: Scene, tmp_path: Path) -> None:
    scene.set(iron_pickaxe=1, cobblestone=7)
    scene.run("await goTo(12, 100, 12, 1)")
    scene.simulation.operate("hurt", damage=100, cause="fall")
    later = scene.run("await new Promise(resolve => setTimeout(resolve, 3000))")
    assert later.after.inventory == {} and not later.died

    with sitting(tmp_path, gives()) as one:
        book = DeathBook(one.journal)
        with one.journal.transaction():
            book.note_between(scene.deaths.pop())
        [death] = book.recent(2)
        assert death.lost == {"cobblestone": 7, "iron_pickaxe": 1}
        scene.simulation.operate("teleport", x=0.5, y=FLOOR, z=0.5)
        duty = Fetching(book)
        errand = duty.due(scene.run("await eat()").after)
        assert errand is not None
        execution = scene.bridge.execute(errand.script(duty.entry), errand.deadline_seconds)
        with one.journal.transaction():
            assert errand.ended(execution)[0], execution.error
        assert execution.after.inventory.items() >= death.lost.items()
        assert duty.due(execution.after) is None
