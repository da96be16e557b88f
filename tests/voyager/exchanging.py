"""A home with a library, and a gym in which everything goes as it is told to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from mc_server import Execution, Observation, Outcome, Position
from skills import SkillLibrary, open_library
from tests.voyager.writing import GAME_DATA, READER
from voyager.exchange.import_report import ImportReport
from voyager.exchange.importing import Importer
from voyager.exchange.library_formats import read_library
from voyager.exchange.restoring import restore_library
from voyager.gym.exercise import Exercise, Trial
from voyager.home import Home
from voyager.journal.database import open_database
from voyager.journal.journal_opening import MIGRATIONS
from voyager.records import Verdict


class ScriptedGym:
    """Every skill passes, but those named fail in the worlds of these seeds."""

    def __init__(self, failing: dict[str, tuple[int, ...]] | None = None) -> None:
        self.failing = failing or {}
        self.exercises: list[Exercise] = []

    def run(self, exercises: Sequence[Exercise]) -> Iterator[Trial]:
        for exercise in exercises:
            self.exercises.append(exercise)
            passed = exercise.start.seed not in self.failing.get(exercise.skill.name, ())
            seen = Observation(
                position=Position(0.0, 64.0, 0.0),
                dimension="overworld",
                biome="plains",
                time_of_day=0,
                health=20.0,
                food=20.0,
                inventory=dict(exercise.start.inventory),
            )
            yield Trial(
                exercise,
                Execution(Outcome.COMPLETED, seen, seen, 1.0),
                Verdict(passed, "state", ("as told",)),
            )

    def stop(self) -> None:
        """Nothing runs on."""


@dataclass
class ExchangeHome:
    """An open home."""

    connection: sqlite3.Connection
    library: SkillLibrary
    gym: ScriptedGym | None

    def importer(self) -> Importer:
        return Importer(
            self.connection, self.library, READER, GAME_DATA, self.gym, lambda text: None
        )

    def take_in(self, path: Path) -> ImportReport:
        return self.importer().take_in(read_library(path), path.name)

    def restore(self, folder: Path) -> ImportReport:
        return restore_library(self.connection, self.library, folder, self.importer, folder.name)

    def statuses(self) -> dict[str, str]:
        return {skill.name: skill.status.value for skill in self.library.list()}


@contextmanager
def exchange_home(folder: Path, gym: ScriptedGym | None = None) -> Iterator[ExchangeHome]:
    home = Home(folder)
    home.prepare()
    with (
        closing(open_database(home.database, MIGRATIONS)) as connection,
        closing(open_library(connection, home.index)) as library,
    ):
        yield ExchangeHome(connection, library, gym or ScriptedGym())
