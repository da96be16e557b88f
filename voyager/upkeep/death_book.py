"""The book of deaths: table `deaths` and the event `BotDied`, one of each for every death.

Covers deaths under programs, which their `Execution` tells of, and those between two, which the
bridge tells of; and reading what is remembered of them. What is done about a death: `fetching`,
and the proposer's reserve.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mc_server import BotDeath, Execution, Position
from voyager.events import BotDied
from voyager.journal.attempt_records import dump
from voyager.journal.database import time_text
from voyager.journal.journal import Journal

_MONSTERS = re.compile(
    r"zombie|husk|drowned|skeleton|stray|spider|creeper|slime|silverfish|witch|phantom|enderman"
    r"|pillager|vindicator|blaze|ghast",
    re.IGNORECASE,
)
_CONSUMED = re.compile(r"lava|out of the world|void", re.IGNORECASE)


@dataclass(frozen=True)
class Death:
    """A death as it is remembered. `fetched` is None while nobody went back for what was lost."""

    id: int
    cause: str
    dimension: str
    position: Position
    world_age_ticks: int
    lost: Mapping[str, int]
    fetched: Mapping[str, int] | None = None

    @property
    def by_monster(self) -> bool:
        """Whether a monster did it, as far as the server's words tell."""
        return bool(_MONSTERS.search(self.cause))

    @property
    def took_all(self) -> bool:
        """Whether what lay there is gone: burnt in lava, or fallen out of the world."""
        return bool(_CONSUMED.search(self.cause))


class DeathBook:
    """The deaths of one world. Writing goes inside a transaction of the journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._db = journal.connection

    def note_execution(
        self, execution: Execution, run_seconds: float, task_id: int | None = None
    ) -> None:
        """Every death that a program or a reflex under it ran into."""
        deaths = [event.data for event in execution.events if event.type == "died"]
        for number, data in enumerate(deaths):
            last = number == len(deaths) - 1
            left = execution.after.inventory if last else {}
            carried = _counts(data.get("carried"), execution.before.inventory)
            self._add(
                str(data.get("cause") or "of a cause the server did not tell"),
                str(data.get("dimension") or execution.before.dimension),
                _position(data.get("position")) or execution.before.position,
                int(data.get("world_age_ticks") or execution.after.world_age_ticks),
                _lost(carried, left),
                run_seconds,
                task_id,
            )

    def note_between(self, death: BotDeath) -> None:
        """One that came while no program ran; the run's time is as it was noted last."""
        run_seconds = self._db.execute(
            "SELECT seconds FROM runs WHERE id = ?", (self._journal.current_run.id,)
        ).fetchone()[0]
        self._add(
            death.cause,
            death.dimension,
            death.position,
            death.world_age_ticks,
            _lost(death.carried, death.left),
            run_seconds,
            None,
        )

    def note_fetched(self, death: Death, items: Mapping[str, int]) -> None:
        """Somebody went back; what came of it."""
        self._db.execute(
            "UPDATE deaths SET fetched = ? WHERE id = ?", (dump(dict(items)), death.id)
        )

    def recent(self, count: int) -> list[Death]:
        """The last ones in this world, newest first."""
        rows = self._db.execute(
            "SELECT d.id, d.cause, d.dimension, d.x, d.y, d.z, d.world_age_ticks, d.lost, d.fetched"
            " FROM deaths d JOIN runs r ON r.id = d.run_id WHERE r.world_id = ?"
            " ORDER BY d.id DESC LIMIT ?",
            (self._journal.current_run.world.id, count),
        )
        return [
            Death(
                row[0],
                row[1],
                row[2],
                Position(*row[3:6]),
                row[6],
                _read(row[7]) or {},
                _read(row[8]),
            )
            for row in rows
        ]

    def _add(
        self,
        cause: str,
        dimension: str,
        at: Position,
        world_age_ticks: int,
        lost: Mapping[str, int],
        run_seconds: float,
        task_id: int | None,
    ) -> None:
        self._db.execute(
            "INSERT INTO deaths (run_id, task_id, at, seconds, cause, dimension, x, y, z,"
            " world_age_ticks, lost) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._journal.current_run.id,
                task_id,
                time_text(),
                run_seconds,
                cause,
                dimension,
                *(at.x, at.y, at.z),
                world_age_ticks,
                dump(dict(lost)),
            ),
        )
        self._journal.tell(BotDied(cause, (at.x, at.y, at.z), dimension, lost, run_seconds))


def _lost(carried: Mapping[str, int], left: Mapping[str, int]) -> dict[str, int]:
    gone = {name: count - left.get(name, 0) for name, count in carried.items()}
    return {name: count for name, count in sorted(gone.items()) if count > 0}


def _counts(data: Any, otherwise: Mapping[str, int]) -> Mapping[str, int]:
    """What a process of foreign code says was carried, as far as it is counts by name."""
    if not isinstance(data, Mapping):
        return otherwise
    return {str(name): n for name, n in data.items() if type(n) is int and n > 0}


def _position(data: Any) -> Position | None:
    try:
        return Position(float(data["x"]), float(data["y"]), float(data["z"]))
    except (KeyError, TypeError, ValueError):
        return None


def _read(text: str | None) -> dict[str, int] | None:
    return None if text is None else json.loads(text)
