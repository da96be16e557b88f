"""What was reached in a world in all its runs, read from the journal."""

from __future__ import annotations

import sqlite3

from curriculum import Progress


class WorldProgress:
    """Called, it says what was reached so far: every item held, and where programs ended.

    What was read before is not read again, for a journal may be long.
    """

    def __init__(self, connection: sqlite3.Connection, world_id: int) -> None:
        self._db = connection
        self._world_id = world_id
        self._biomes: set[str] = set()
        self._last_attempt = 0

    def __call__(self) -> Progress:
        items = self._db.execute(
            "SELECT m.name FROM milestones m JOIN runs r ON r.id = m.run_id WHERE r.world_id = ?",
            (self._world_id,),
        )
        for attempt, biome in self._db.execute(
            "SELECT e.attempt_id, json_extract(plain(e.after), '$.biome') FROM executions e"
            " JOIN attempts a ON a.id = e.attempt_id JOIN tasks t ON t.id = a.task_id"
            " JOIN runs r ON r.id = t.run_id WHERE r.world_id = ? AND e.attempt_id > ?"
            " ORDER BY e.attempt_id",
            (self._world_id, self._last_attempt),
        ):
            self._last_attempt = attempt
            if biome:
                self._biomes.add(biome)
        return Progress(frozenset(name for (name,) in items), frozenset(self._biomes))
