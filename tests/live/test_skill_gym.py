"""The gym with real worlds: starts as recorded, a primitive that was broken, repeatability."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mc_server import Position, Simulation, find_node
from skills import SkillStatus, primitives_folder
from tests.live.processes import descendants, needs_proc
from tests.voyager.gym.exercised import MORNING, a_library, a_skill, a_use
from voyager.gym.exercise import Start, Trial
from voyager.gym.report import Standing
from voyager.gym.scratch_world import ScratchWorld
from voyager.gym.skill_gym import SkillGym
from voyager.gym.starts import exercise_of
from voyager.gym.verdicts import apply, record
from voyager.gym.verification import Verification
from voyager.uses.execution_uses import PlayedOn

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

SMELT = a_skill(
    "smeltIron", "iron_ingot", "return await smeltItem('raw_iron', count)", ("smeltItem",)
)
BUCKET = a_skill(
    "makeBucket",
    "bucket",
    "await smeltIron(3); return await craftItem('bucket', count)",
    ("smeltIron", "craftItem"),
)
STONE = a_skill(
    "smeltStone", "stone", "return await smeltItem('cobblestone', count)", ("smeltItem",)
)
PLANKS = a_skill(
    "makePlanks", "oak_planks", "return await craftItem('oak_planks', count)", ("craftItem",)
)
LOGS = a_skill("mineLogs", "log", "return await mineBlock('log', count)", ("mineBlock",))
ENDLESS = a_skill("goOn", "bucket", "while (true) await bot.waitForTicks(20)")
CARRIED = {"raw_iron": 3, "coal": 2, "cobblestone": 5, "oak_log": 2}
STATIONS = ("crafting_table", "furnace")


def gym(folder: Path, primitives: Path | None = None) -> SkillGym:
    return SkillGym(find_node(), folder / "gym", primitives or primitives_folder(), 2)


def broken_primitives(folder: Path) -> Path:
    """The primitives, of which smelting takes one item fewer than it is told."""
    copied = Path(shutil.copytree(primitives_folder(), folder / "primitives"))
    file = copied / "smeltItem.js"
    told = file.read_text(encoding="utf-8")
    broken = told.replace("requireCount(count)", "requireCount(count--)", 1)
    assert broken != told
    file.write_text(broken, encoding="utf-8")
    return copied


def test_a_broken_primitive_takes_with_it_what_uses_it_and_none_other(tmp_path):
    known = gym(tmp_path).game_data()
    healthy = PlayedOn(known.version, known.items)
    with a_library(tmp_path) as library:
        for skill in (SMELT, BUCKET, STONE, PLANKS):
            library.add(replace(skill, status=SkillStatus.VERIFIED))
            environment = healthy.environment(
                skill, lambda name: SMELT if name == "smeltIron" else None
            )
            before = replace(MORNING, inventory=CARRIED, stations=STATIONS)
            library.uses.add(a_use(skill.name, 1, before=before, environment=environment))
        folder = broken_primitives(tmp_path)
        played_on = PlayedOn(known.version, known.items, folder)
        verification = Verification(library, gym(tmp_path, folder), known, played_on, starts=1)
        report = verification.run([skill.name for skill in library.list()])
        record(library, played_on, verification.trials())
        report = apply(library, report)
        assert {one.name: one.standing for one in report.skills} == {
            "smeltIron": Standing.BROKE,
            "smeltStone": Standing.BROKE,
            "makeBucket": Standing.DEPENDS,
            "makePlanks": Standing.WORKS,
        }
        changed = {change for one in report.of(Standing.BROKE) for change in one.changes}
        assert changed == {"the primitive smeltItem was changed"}
        # What is left for play to build on.
        items = ("iron_ingot", "stone", "bucket", "oak_planks")
        assert [skill.name for skill in library.getting(items)] == ["makePlanks"]
    assert list((tmp_path / "gym").iterdir()) == []


def told(trial: Trial) -> object:
    assert trial.execution is not None, trial.fault
    return replace(trial.execution, calls=()), trial.verdict


def test_the_same_start_gives_the_same_result(tmp_path):
    start = Start(11, "elsewhere", (2,), inventory={"stone_axe": 1}, hand="stone_axe")
    with a_library(tmp_path, LOGS) as library:
        exercise = exercise_of(LOGS, library, start)
        one, other = gym(tmp_path).run([exercise, exercise])
    assert one.passed
    assert told(one) == told(other)


def test_who_stops_listening_leaves_nothing_behind(tmp_path):
    with a_library(tmp_path, PLANKS, ENDLESS) as library:
        start = Start(7, "here", (1,), inventory={"oak_log": 1})
        quick, endless = (exercise_of(skill, library, start) for skill in (PLANKS, ENDLESS))
    running = gym(tmp_path).run([quick, replace(endless, deadline_seconds=1e5)])
    assert next(running).passed
    running.close()
    assert list((tmp_path / "gym").iterdir()) == []


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """With a bot in it; nothing runs there."""
    folder = tmp_path_factory.mktemp("scene")
    made = ScratchWorld(find_node(), folder, primitives_folder(), seed=8, gives_way=True)
    made.join()
    yield made.simulation
    made.close()


@needs_proc
def test_a_world_that_gives_way_runs_at_a_lower_priority(world):
    processes = descendants(world.process_id)
    lowest = max(os.getpriority(os.PRIO_PROCESS, each.pid) for each in processes)
    assert lowest > os.getpriority(os.PRIO_PROCESS, 0)


def block(world: Simulation, feet: dict[str, int], dx: int, dy: int, dz: int) -> str:
    at = {"x": feet["x"] + dx, "y": feet["y"] + dy, "z": feet["z"] + dz}
    return str(world.operate("get_block", **at)["name"])


@pytest.mark.parametrize(
    "wanted",
    [Position(30.5, 16.0, 40.5), Position(100.5, 70.0, 100.5), Position(8.5, 140.0, 96.5)],
    ids=["in the rock", "over the sea", "in the air"],
)
def test_who_begins_somewhere_can_stand_and_breathe_there(world, wanted):
    inventory = {"coal": 70, "iron_helmet": 1}
    feet = world.operate(
        "set_scene",
        position={axis: getattr(wanted, axis) for axis in "xyz"},
        stations=list(STATIONS),
        inventory=inventory,
        worn=["iron_helmet"],
    )
    below, *body = (block(world, feet, 0, dy, 0) for dy in (-1, 0, 1))
    assert below not in ("air", "water", "lava", "short_grass")
    assert set(body) <= {"air", "cave_air", "short_grass", "dandelion"}
    reach = range(-4, 5)
    near = {block(world, feet, dx, dy, dz) for dx in reach for dy in reach for dz in reach}
    assert set(STATIONS) <= near
    (player,) = world.status()["players"]
    assert player["inventory"] == inventory
