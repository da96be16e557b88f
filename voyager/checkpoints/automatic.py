"""The checkpoints of one sitting: every so many minutes of play, on request, and at its end.

Covers when they are taken and which go again. One that fails is told and harms nothing. Time is
counted in the run's minutes of play, over all its sittings: an agent that is started again every
few minutes comes to its checkpoints all the same. Nothing of it changes the game.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from mc_server import McServerError
from voyager.checkpoints.manifest import (
    AFTER_UPGRADE,
    AT_END,
    AUTOMATIC,
    BY_COMMAND,
    THINNED,
    Manifest,
)
from voyager.checkpoints.requests import answered, asked_for
from voyager.checkpoints.store import CheckpointStore
from voyager.checkpoints.taking import Played, SnapshotWorld, table_versions, take
from voyager.checkpoints.thinning import superfluous
from voyager.errors import DatabaseDamagedError, VoyagerError
from voyager.events import CheckpointFailed, CheckpointTaken, Event
from voyager.home import Home
from voyager.journal.journal import Journal
from voyager.journal.journal_records import Run
from voyager.supervision.fault_book import FaultBook

RETRY_SECONDS = 300.0
"""Of play, after one that failed."""


@dataclass(frozen=True)
class Rules:
    """When, and how many; 0 minutes take none by themselves."""

    every_minutes: float
    keep: int
    free_megabytes: int


class Checkpoints:
    """Takes them for the process that plays; belongs to its main thread."""

    def __init__(
        self,
        home: Home,
        journal: Journal,
        rules: Rules,
        faults: FaultBook,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._home = home
        self._store = CheckpointStore(home)
        self._journal = journal
        self._rules = rules
        self._faults = faults
        self._clock = clock
        self._begun = clock()
        self._not_before = 0.0
        self._last: Manifest | None = None

    def between_tasks(self, world: SnapshotWorld | None) -> None:
        """Take what is asked for or due; `world` is the one that is played, where it is ours."""
        played = Played(self._run.world.name, world) if world is not None else None
        for name in asked_for(self._home):
            # It is there already where a kill came between taking it and saying so.
            there = (self._store.folder / name).exists()
            answered(self._home, name, "" if there else self._take(BY_COMMAND, name, played))
        if why := self._due():
            self._take(why, None, played)

    def at_end(self) -> None:
        """The sitting has ended in order, and nobody has the world any more."""
        run = self._journal.run
        if run is None or not self._rules.every_minutes:
            return
        with suppress(sqlite3.Error, VoyagerError):
            (status,) = self._journal.connection.execute(
                "SELECT status FROM runs WHERE id = ?", (run.id,)
            ).fetchone()
            if status in ("finished", "stuck", "stopped") and not self._stands_as(self._newest()):
                self._take(AT_END, None, None)

    def _due(self) -> str:
        """Why one is to be taken now, or nothing."""
        seconds = self._seconds()
        if not self._rules.every_minutes or seconds < self._not_before:
            return ""
        last = self._newest()
        if last is not None and last.tables != table_versions(self._journal.connection):
            return AFTER_UPGRADE
        same_run = last is not None and last.run == self._run.id
        taken_at = last.seconds if last is not None and same_run else 0.0
        return AUTOMATIC if seconds - taken_at >= 60 * self._rules.every_minutes else ""

    def _take(self, why: str, name: str | None, played: Played | None) -> str:
        """Take one and tell of it; returns why it failed, or nothing."""
        begun = self._clock()
        try:
            manifest = take(
                self._home,
                self._journal.connection,
                why,
                name,
                played=played,
                free_megabytes=self._rules.free_megabytes if why in THINNED else 0,
            )
            self._last = manifest
            self._thin()
        except (VoyagerError, McServerError, OSError, sqlite3.Error) as error:
            self._not_before = self._seconds() + RETRY_SECONDS
            reason = f"No checkpoint was taken. {error}"
            self._tell(CheckpointFailed(reason))
            self._book(error)
            return reason
        seconds = self._clock() - begun
        self._tell(CheckpointTaken(manifest.name, why, manifest.with_world, seconds))
        return ""

    def _thin(self) -> None:
        thinned = {m.number: m.name for m in self._store.manifests() if m.why in THINNED}
        for number in superfluous(tuple(thinned), self._rules.keep):
            self._store.remove(thinned[number])

    def _book(self, error: Exception) -> None:
        # That there is no room for one harms nothing yet: it is told, and play goes on.
        if isinstance(error, DatabaseDamagedError):
            self._faults.begun("database", "damaged", str(error))

    def _tell(self, event: Event) -> None:
        # The disk may be full, which is no reason to stop here.
        with suppress(VoyagerError), self._journal.transaction():
            self._journal.tell(event)

    def _newest(self) -> Manifest | None:
        if self._last is None:
            self._last = next(iter(self._store.manifests()), None)
        return self._last

    def _stands_as(self, manifest: Manifest | None) -> bool:
        """Whether no program ran since."""
        if manifest is None:
            return False
        (attempts,) = self._journal.connection.execute("SELECT COUNT(*) FROM attempts").fetchone()
        return manifest.attempts == attempts and manifest.run == self._run.id

    def _seconds(self) -> float:
        """Of the run, played until now."""
        return self._run.seconds + self._clock() - self._begun

    @property
    def _run(self) -> Run:
        return self._journal.current_run
