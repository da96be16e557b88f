"""Wishes: what people tell an agent that plays, and what it answers.

Covers both ends: `WishBox` is for whoever tells, in a process of its own that needs no lock, and
`Wishes` for the agent, which reads the open ones before it asks a model. Not covered: what a model
is shown of them (the prompts) and what it makes of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voyager.errors import SettingsError
from voyager.events import WishTaken
from voyager.foreign_text import writable
from voyager.journal.database import time_text, transaction
from voyager.journal.journal import Journal

WISH_CHARACTERS = 2000
REPLY_CHARACTERS = 2000
RECENT = 5

_TASK = (
    "(SELECT t.iteration FROM tasks t JOIN runs r ON r.id = t.run_id"
    " WHERE r.world_id = w.world_id AND w.status = 'taken' AND t.started_at >= w.taken_at"
    " ORDER BY t.id LIMIT 1)"
)


@dataclass(frozen=True)
class Wish:
    """Something that was told. `status` is `open`, `taken` or `withdrawn`.

    `reply` is what the agent answered when it took it into account, `task` the number of the task
    that began next. Times are UTC, ISO 8601.
    """

    id: int
    text: str
    status: str = "open"
    reply: str = ""
    told_at: str = ""
    taken_at: str | None = None
    task: int | None = None


class Wishes:
    """The wishes of one world, as the agent reads and answers them.

    With a `journal` that plays, what is taken is told as an event too, in one transaction with it.
    """

    def __init__(
        self, connection: sqlite3.Connection, world_id: int, journal: Journal | None = None
    ) -> None:
        self._db = connection
        self._world_id = world_id
        self._journal = journal

    def open(self) -> tuple[Wish, ...]:
        """Those that nobody has answered yet, oldest first."""
        return _read(self._db, self._world_id, "status = 'open' ORDER BY id")

    def recent(self) -> tuple[Wish, ...]:
        """The last few that were taken into account, oldest first: advice to keep in mind."""
        newest = _read(
            self._db,
            self._world_id,
            "id IN (SELECT id FROM wishes WHERE world_id = ? AND status = 'taken'"
            f" ORDER BY taken_at DESC, id DESC LIMIT {RECENT}) ORDER BY taken_at DESC, id DESC",
            self._world_id,
        )
        return newest[::-1]

    def take(self, ids: Sequence[int], reply: str) -> None:
        """Take these into account with one answer; what is no longer open is left as it is."""
        said = writable(reply)[:REPLY_CHARACTERS]
        with self._journal.transaction() if self._journal else transaction(self._db):
            for wish in [wish for wish in self.open() if wish.id in set(ids)]:
                self._db.execute(
                    "UPDATE wishes SET status = 'taken', reply = ?, taken_at = ? WHERE id = ?",
                    (said, time_text(), wish.id),
                )
                if self._journal is not None:
                    self._journal.tell(WishTaken(wish.id, wish.text, said))


class WishBox:
    """The wishes of one world, as people tell them. Raises SettingsError for what cannot be."""

    def __init__(self, connection: sqlite3.Connection, world_id: int) -> None:
        self._db = connection
        self._world_id = world_id

    def tell(self, text: str) -> Wish:
        """Put a wish down; it is open until the agent takes it or it is withdrawn."""
        said = writable(text).strip()
        if not said:
            raise SettingsError("There is nothing to tell: give a sentence in quotes.")
        if len(said) > WISH_CHARACTERS:
            raise SettingsError(
                f"That is {len(said)} characters, and at most {WISH_CHARACTERS} are read before"
                " each task: say it in fewer words."
            )
        with transaction(self._db):
            cursor = self._db.execute(
                "INSERT INTO wishes (world_id, told_at, text) VALUES (?, ?, ?)",
                (self._world_id, time_text(), said),
            )
        return self._wish(int(cursor.lastrowid or 0))

    def withdraw(self, number: int) -> Wish:
        """Take an open wish back."""
        with transaction(self._db):
            wish = self._wish(number)
            if wish.status != "open":
                was = "taken into account" if wish.status == "taken" else "withdrawn"
                raise SettingsError(f"Wish {number} was {was} already.")
            self._db.execute("UPDATE wishes SET status = 'withdrawn' WHERE id = ?", (number,))
        return self._wish(number)

    def all(self) -> tuple[Wish, ...]:
        """Everything that was told in this world, oldest first."""
        return _read(self._db, self._world_id, "TRUE ORDER BY id")

    def _wish(self, number: int) -> Wish:
        # As text, for a number may be larger than SQLite takes.
        found = _read(self._db, self._world_id, "CAST(id AS TEXT) = ?", str(number))
        if not found:
            raise SettingsError(f"There is no wish {number} in this world; --list shows them.")
        return found[0]


def _read(db: sqlite3.Connection, world_id: int, condition: str, *values: Any) -> tuple[Wish, ...]:
    rows = db.execute(
        f"SELECT id, text, status, reply, told_at, taken_at, {_TASK} FROM wishes w"
        f" WHERE world_id = ? AND {condition}",
        (world_id, *values),
    )
    return tuple(Wish(*row) for row in rows)


__all__ = ["Wish", "WishBox", "Wishes"]
