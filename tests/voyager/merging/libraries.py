"""Libraries with skills that are alike, and a gym that says what it is told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from mc_server import Execution, Outcome, find_node
from mc_server.scripted_bridge import EMPTY_WORLD
from skills import (
    Provenance,
    ShapeStore,
    Skill,
    SkillLibrary,
    SkillStatus,
    calls_in,
    open_library,
)
from voyager.gym.exercise import Exercise, Trial
from voyager.journal.database import open_database
from voyager.journal.journal_opening import MIGRATIONS as ALL_MIGRATIONS
from voyager.learning.merging.alike import AlikeFinder
from voyager.learning.merging.member import shape_reader
from voyager.learning.merging.merge_plan import Planner
from voyager.learning.merging.merger import Merger
from voyager.learning.merging.sweep import Sweep
from voyager.records import Verdict
from voyager.uses.execution_uses import PlayedOn

READER = shape_reader(find_node())
SKILLS = ("mineIronOre", "mineFiveIronOres", "mineTen", "dig", "stockUp", "stockMore", "smeltAll")


def mined(count: int, name: str = "raw_iron") -> dict[str, Any]:
    return {"type": "inventory_gained", "name": name, "count": count}


def skill(
    name: str,
    body: str,
    contract: dict[str, Any],
    parameters: str = "",
    status: SkillStatus = SkillStatus.VERIFIED,
    **values: Any,
) -> Skill:
    """`parameters` are written as in the source; a `count` sets the contract's."""
    signature = f"async function {name} ({parameters})"
    source = f"{signature} {{ {body} }}"
    return Skill(
        name=name,
        source=source,
        signature=signature,
        description=values.pop("description", "Does it."),
        when_to_use="",
        calls=calls_in(source, ("mineBlock", "craftItem", "smeltItem", *SKILLS)),
        contract=contract,
        provenance=Provenance(None, "a task", 1, "a writer", None, "1.20.4"),
        parameters={"count": "count"} if "count" in parameters else {},
        status=status,
        **values,
    )


def mining(
    name: str, count: int, body: str = "await mineBlock('iron_ore', {})", **more: Any
) -> Skill:
    """One that mines a number that is written out."""
    return skill(name, body.format(count), mined(count), **more)


class ScriptedGym:
    """Says of each exercise whether it passed, by `passes`; keeps what it was asked."""

    def __init__(self, passes: Callable[[Exercise], bool] = lambda _: True) -> None:
        self.passes = passes
        self.asked: list[Exercise] = []

    def run(self, exercises: Sequence[Exercise]) -> Iterator[Trial]:
        for exercise in reversed(exercises):
            self.asked.append(exercise)
            verdict = Verdict(self.passes(exercise), "state", ("so it was",))
            yield Trial(
                exercise, Execution(Outcome.COMPLETED, EMPTY_WORLD, EMPTY_WORLD, 1.0), verdict
            )

    def stop(self) -> None:
        """Nothing runs on."""

    def calls(self) -> set[tuple[Any, ...]]:
        """What was run: skill, version, arguments, the number of the goal."""
        return {
            (e.skill.name, e.skill.version, e.script.arguments, getattr(e.goal, "count", None))
            for e in self.asked
        }


class Merging:
    """A library in a home folder, and what merges in it."""

    def __init__(self, folder: Path) -> None:
        self.connection = open_database(folder / "voyager.db", ALL_MIGRATIONS)
        self.library: SkillLibrary = open_library(self.connection, folder / "index")
        self.gym = ScriptedGym()
        self.similarity = 0.9
        shapes = ShapeStore(self.connection)
        self.finder = AlikeFinder(self.library, shapes, READER, lambda *_: self.similarity)
        self.planner = Planner(self.library, READER)

    def add(self, *skills: Skill) -> None:
        for one in skills:
            self.library.add(one)

    def plans(self, *names: str) -> list[Any]:
        self.finder.keep_shapes(self.finder.missing_shapes())
        return [*Sweep(self.library, self.finder, self.planner, names).plans()]

    def merge(self) -> list[Any]:
        self.finder.keep_shapes(self.finder.missing_shapes())
        merger = Merger(self.connection, self.library, self.gym, PlayedOn("1.20.4"))
        return [*Sweep(self.library, self.finder, self.planner).merge(merger.carry_out)]

    def source(self, name: str) -> str:
        return self.library.get(name).source

    def rows(self) -> list[Any]:
        """All that is kept of skills, but for shapes."""
        tables = ("skills", "skill_versions", "skill_changes", "skill_names", "skill_uses")
        return [self.connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


@contextmanager
def merging_in(folder: Path) -> Iterator[Merging]:
    one = Merging(folder)
    with closing(one.connection), closing(one.library):
        yield one
