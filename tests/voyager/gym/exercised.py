"""A library to verify, uses to start from, and a gym that is told what works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from mc_server import (
    Circumstances,
    Execution,
    GameData,
    Observation,
    Outcome,
    Position,
    ProgramError,
)
from skills import (
    Provenance,
    Skill,
    SkillLibrary,
    SkillStatus,
    SkillUse,
    UseKind,
    open_library,
    primitives_folder,
)
from voyager.gym.exercise import Exercise, Trial
from voyager.gym.verification import Verification
from voyager.journal.database import open_database
from voyager.journal.journal_opening import MIGRATIONS
from voyager.records import Verdict
from voyager.uses.execution_uses import PlayedOn

GAME = GameData("1.20.4", frozenset({"oak_log", "oak_planks", "iron_ingot", "raw_iron"}), {}, {})
MORNING = Circumstances(
    Position(8.5, 70.0, 96.5),
    "overworld",
    "plains",
    1000,
    15,
    18.0,
    17.0,
    {},
    stations=("furnace",),
)


def a_skill(name: str, item: str, body: str = "", calls: tuple[str, ...] = ()) -> Skill:
    """One that gets a `count` of the item."""
    signature = f"async function {name} (count = 1)"
    return Skill(
        name=name,
        source=f"{signature} {{ {body} }}",
        signature=signature,
        description=f"Get {item}.",
        when_to_use="",
        calls=calls,
        contract={"type": "inventory_has", "name": item, "count": 1},
        provenance=Provenance(None, "a task", 1, "hand", None, "1.20.4"),
        parameters={"count": "count"},
    )


def a_use(name: str, *arguments: Any, **changes: Any) -> SkillUse:
    """It was learned in the world of seed 7, carrying what `inventory` says."""
    before = replace(MORNING, inventory=changes.pop("inventory", {}))
    made = SkillUse(
        name, 1, UseKind.LEARNED, arguments, True, "completed", 5.0, before, before, seed=7
    )
    return replace(made, **changes)


@contextmanager
def a_library(home: Path, *skills: Skill) -> Iterator[SkillLibrary]:
    """Of a home of its own, with these skills and a use of each."""
    connection = open_database(home / "voyager.db", MIGRATIONS)
    library = open_library(connection, home / "index")
    for skill in skills:
        library.add(replace(skill, status=SkillStatus.VERIFIED))
        library.uses.add(a_use(skill.name, 1, environment={"game": "1.20.3"}))
    yield library
    library.close()
    connection.close()


class ScriptedGym:
    """Where `failing` skills fail: each in the module named there, by an error or without one."""

    def __init__(self, failing: dict[str, str | None], faults: Sequence[str] = ()) -> None:
        self.failing = failing
        self.faults = faults
        self.ran: list[Exercise] = []

    def run(self, exercises: Sequence[Exercise]) -> Iterator[Trial]:
        """The last first, as a gym may."""
        for exercise in reversed(exercises):
            self.ran.append(exercise)
            yield self._trial(exercise)

    def stop(self) -> None:
        """Nothing runs."""

    def _trial(self, exercise: Exercise) -> Trial:
        name = exercise.skill.name
        if name in self.faults:
            return Trial(exercise, None, None, "The world ended.")
        error = None
        if self.failing.get(name):
            error = ProgramError("PrimitiveError", "It is broken.", "broken", self.failing[name], 1)
        seen = Observation(MORNING.position, "overworld", "plains", 1000, 20.0, 20.0, {})
        outcome = Outcome.PROGRAM_ERROR if error else Outcome.COMPLETED
        verdict = Verdict(name not in self.failing, "state", ("seen",), "The goal is not reached.")
        return Trial(exercise, Execution(outcome, seen, seen, 4.0, error), verdict)


def verification(library: SkillLibrary, gym: ScriptedGym, starts: int = 2) -> Verification:
    return Verification(library, gym, GAME, PlayedOn("1.20.4", None, primitives_folder()), starts)
