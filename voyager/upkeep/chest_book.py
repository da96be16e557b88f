"""The book of chests: what is known of containers in a world, kept in table `chests`.

Covers keeping what observations tell and giving it back to the next sitting. The bot's process is
who looks into chests and forgets those that are gone (`bridge/bot/containers.js`).
"""

from __future__ import annotations

import json
import sqlite3

from mc_server import Chest, Observation, Position
from voyager.journal.attempt_records import dump
from voyager.journal.database import time_text

MOST_REMEMBERED = 500


class ChestBook:
    """The chests of one world."""

    def __init__(self, connection: sqlite3.Connection, world_id: int) -> None:
        self._db = connection
        self._world_id = world_id
        self._kept: tuple[Chest, ...] | None = None

    def remembered(self) -> tuple[Chest, ...]:
        """Those known, the last ones looked into if there are very many."""
        rows = self._db.execute(
            "SELECT x, y, z, items, dimension FROM chests WHERE world_id = ?"
            " ORDER BY seen_at DESC, dimension, x, y, z LIMIT ?",
            (self._world_id, MOST_REMEMBERED),
        )
        return tuple(
            Chest(Position(*map(float, row[:3])), json.loads(row[3]), row[4]) for row in rows
        )

    def note(self, seen: Observation) -> None:
        """Keep what is known now; inside a transaction."""
        if seen.chests == self._kept:
            return
        known = {_key(chest): dict(chest.items) for chest in self.remembered()}
        now = {_key(chest): dict(chest.items) for chest in seen.chests}
        for key in known.keys() - now.keys():
            self._db.execute(
                "DELETE FROM chests WHERE world_id = ? AND dimension = ? AND x = ? AND y = ?"
                " AND z = ?",
                (self._world_id, *key),
            )
        for key, items in now.items():
            if known.get(key) != items:
                self._db.execute(
                    "INSERT OR REPLACE INTO chests VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (self._world_id, *key, dump(items), time_text()),
                )
        self._kept = seen.chests


def _key(chest: Chest) -> tuple[str, int, int, int]:
    at = chest.position
    return chest.dimension, int(at.x), int(at.y), int(at.z)
