"""A session that is watched, without a game: its journal, and what it tells live.

The journal's rows are written into the tables; the live part is the feed itself, as the playing
process has it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from voyager import events
from voyager.home import Home
from voyager.journal.database import open_database, transaction
from voyager.journal.journal_opening import MIGRATIONS
from voyager.watching.feed import LiveFeed
from voyager.watching.standing import standing

SOURCE = """// Mine logs until count of them are carried.
async function mineLogs (count = 1) {
  const missing = count - countItem('log')
  if (missing <= 0) return
  await mineBlock('log', missing) // </script><script>document.title = 'broken out'</script>
}
"""
LONG_SOURCE = "async function buildTower () {\n" + "  await goTo(1, 2, 3)\n" * 200 + "}\n"
STATE: dict[str, Any] = {
    "position": {"x": 10.5, "y": 64.0, "z": -20.5},
    "yaw": 0.0,
    "dimension": "overworld",
    "biome": "savanna",
    "time_of_day": 6000,
    "world_age_ticks": 6000,
    "health": 20.0,
    "food": 17.5,
    "inventory": {"acacia_log": 5, "stick": 2},
    "equipment": {"hand": "wooden_pickaxe"},
    "reflex": None,
}
REACHED = ("acacia_log", "acacia_planks", "stick", "crafting_table", "wooden_pickaxe", "dirt")
AT = "2026-03-01T20:{minute:02}:{second:02}+00:00"


def make_session(home: Path, steps: int = 400) -> None:
    """A run with `steps` places, a death, a fault that is over, spend, and a skill."""
    with (
        closing(open_database(home / "voyager.db", MIGRATIONS)) as connection,
        transaction(connection),
    ):
        connection.execute("INSERT INTO worlds VALUES (1, 'meadow', 'embedded', 3, '2026-03-01')")
        connection.execute(
            "INSERT INTO runs (id, world_id, goal, version, username, status, seconds, started_at)"
            " VALUES (1, 1, 'iron_pickaxe', '1.20.4', 'voyager', 'stopped', 900, '2026-03-01')"
        )
        _add_task(connection)
        connection.executemany(
            "INSERT INTO milestones (run_id, name, iteration, seconds) VALUES (1, ?, 1, ?)",
            [(name, 60.0 * number) for number, name in enumerate(REACHED, 1)],
        )
        connection.executemany(
            "INSERT INTO positions (run_id, seconds, dimension, x, y, z, kind)"
            " VALUES (1, ?, 'overworld', ?, 64, ?, 'walked')",
            [(2.0 * step, 8.0 * step % 800, 6.0 * step % 300) for step in range(steps)],
        )
        connection.execute(
            "INSERT INTO positions (run_id, seconds, dimension, x, y, z, kind, what)"
            " VALUES (1, 300, 'overworld', 40, 64, 40, 'found', 'wooden_pickaxe')"
        )
        add_death(connection, "fell from a high place", 120.0)
        connection.execute(
            "INSERT INTO faults (run_id, at, part, kind, cause, over_at, seconds, how) VALUES"
            " (1, ?, 'bot', 'ended', 'Its process was killed.', ?, 3.25, 'It was started again.')",
            (AT.format(minute=5, second=0), AT.format(minute=5, second=3)),
        )
        connection.executemany(
            "INSERT INTO model_calls (run_id, at, role, purpose, messages, input_tokens,"
            " output_tokens, cost) VALUES (1, ?, ?, 'write', '[]', 900, 100, 0.01)",
            [
                (AT.format(minute=number, second=0), role)
                for number in range(12)
                for role in ("proposer", "writer")
            ],
        )
        add_event(
            connection,
            events.ReflexActed("eat", "food was at 11 of 20", "ate an apple", 1.6, {"apple": -1}),
        )


def add_earlier_run(home: Path, held: list[str]) -> None:
    """A run of the same world, over before, and what it held for the first time."""
    with (
        closing(open_database(home / "voyager.db", MIGRATIONS)) as connection,
        transaction(connection),
    ):
        connection.execute(
            "INSERT INTO runs (id, world_id, goal, version, username, status, seconds, started_at)"
            " VALUES (0, 1, 'torch', '1.20.4', 'voyager', 'finished', 300, '2026-02-01')"
        )
        connection.executemany(
            "INSERT INTO milestones (run_id, name, iteration, seconds) VALUES (0, ?, 1, 100)",
            [(name,) for name in held],
        )


def add_event(connection: sqlite3.Connection, event: events.Event, count: int = 1) -> None:
    """An event of the run, so many times."""
    connection.executemany(
        "INSERT INTO events (run_id, at, type, data) VALUES (1, ?, ?, ?)",
        [(AT.format(minute=9, second=0), event.type, json.dumps(event.to_json()))] * count,
    )


def add_death(connection: sqlite3.Connection, cause: str, x: float) -> None:
    """A death of the run at that place."""
    connection.execute(
        "INSERT INTO deaths (run_id, at, seconds, cause, dimension, x, y, z, lost,"
        " world_age_ticks) VALUES (1, ?, 400, ?, 'overworld', ?, 70, 90, '{}', 8000)",
        (AT.format(minute=6, second=0), cause, x),
    )


def _add_task(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO tasks (id, run_id, iteration, description, goal, why, proposer, status,"
        " seconds, started_at) VALUES (1, 1, 1, 'Mine 3 logs', '{}', 'needed for planks',"
        " 'tech_tree', 'passed', 12, '2026-03-01')"
    )
    connection.execute(
        "INSERT INTO attempts (id, task_id, number, status, entry, arguments, source, calls,"
        " writer, reused, started_at) VALUES (1, 1, 1, 'judged', 'mineLogs', '[]', ?, '[]',"
        " 'recipe', 0, '2026-03-01')",
        (SOURCE,),
    )


@contextmanager
def played(home: Path) -> Iterator[LiveFeed]:
    """The feed of a sitting that is being played; what happens is told by `hear`."""
    with (
        closing(open_database(home / "voyager.db", MIGRATIONS)) as connection,
        LiveFeed(Home(home).folder, lambda _: None, keeper=os.getpid()) as feed,
    ):
        feed.begin(standing(connection, 1, AT.format(minute=10, second=0)))
        feed.hear(events.RunStarted(1, "meadow", "iron_pickaxe", "embedded", "1.20.4", True))
        feed.hear(events.BotSeen(STATE))
        yield feed


def seen_at(x: float, z: float, **changed: Any) -> events.BotSeen:
    """The bot, there."""
    return events.BotSeen({**STATE, "position": {"x": x, "y": 64.0, "z": z}, **changed})
