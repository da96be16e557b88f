"""Taking a checkpoint: the worlds and the database at one moment between two steps of the loop.

The world comes first. Nothing is written to the journal between the two, so both are of the same
moment; a world that goes on meanwhile is not behind the journal, which is all that resuming needs.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from mc_server import WorldSnapshot
from voyager.checkpoints.durable import blocks_of, compress, write_whole
from voyager.checkpoints.manifest import FILE_NAME, FORMAT, Manifest, Part, manifest_bytes
from voyager.checkpoints.store import CheckpointStore
from voyager.checkpoints.worlds import (
    TICKS_PER_SECOND,
    WorldFiles,
    age_seconds,
    damage,
    worlds_of,
)
from voyager.errors import CheckpointError, DatabaseDamagedError
from voyager.home import Home
from voyager.journal.database import database_errors, time_text
from voyager.reports.skills.skill_rows import counts_by_status

SNAPSHOT = "checkpoint-being-taken"
_MEGABYTE = 1 << 20
_ENDING = "A checkpoint was taken."


class SnapshotWorld(Protocol):
    """A world that runs; `EmbeddedServer` and `Simulation`."""

    def create_snapshot(self, name: str) -> WorldSnapshot:
        """Keep it as it is now."""

    def delete_snapshot(self, name: str) -> None:
        """Keep it no longer."""


@dataclass(frozen=True)
class Played:
    """The world that is being played, by the name that the journal has for it."""

    name: str
    world: SnapshotWorld


def take(
    home: Home,
    connection: sqlite3.Connection,
    why: str,
    name: str | None = None,
    *,
    played: Played | None = None,
    prefix: str = "",
    free_megabytes: int = 0,
) -> Manifest:
    """Take one and return what it says of itself; nothing is left of one that fails.

    For the process that holds the home's lock, with no transaction open. Worlds that run are taken
    from their server (`played`), the others from their files.
    Raises CheckpointError, DatabaseError, OSError, or what the world raises.
    """
    store = CheckpointStore(home)
    name = store.free_name(name, prefix)
    _check_room(home, free_megabytes)
    with database_errors(home.database), store.making(name) as folder:
        worlds = _take_worlds(home, played, folder)
        database = _take_database(connection, folder / "voyager.db")
        standing = _standing(connection)
        age = worlds[standing.world].age_seconds if standing.world in worlds else None
        manifest = Manifest(
            format=FORMAT,
            name=name,
            number=store.next_number(),
            why=why,
            taken_at=time_text(),
            world_age_seconds=age,
            database=database,
            worlds={world: taken.part for world, taken in worlds.items()},
            **asdict(standing),
        )
        write_whole(folder / FILE_NAME, manifest_bytes(manifest))
    return manifest


def forget_unfinished_snapshots(home: Home) -> None:
    """Remove the snapshots that a process which was killed has left in the worlds."""
    for world in worlds_of(home):
        world.snapshot(SNAPSHOT).unlink(missing_ok=True)


def _check_room(home: Home, free_megabytes: int) -> None:
    needed = 2 * sum(path.stat().st_size for path in home.folder.glob(f"{home.database.name}*"))
    needed += sum(world.state.stat().st_size for world in worlds_of(home))
    free = shutil.disk_usage(home.folder).free
    if free < needed + free_megabytes * _MEGABYTE:
        wanted = (needed >> 20) + free_megabytes + 1
        raise CheckpointError(
            f"Only {free >> 20} MB are free for {home.folder}, and a checkpoint is taken with"
            f" {wanted} MB only: free some disk space."
        )


@dataclass(frozen=True)
class _TakenWorld:
    part: Part
    age_seconds: float | None


def _take_worlds(home: Home, played: Played | None, folder: Path) -> dict[str, _TakenWorld]:
    taken = dict[str, _TakenWorld]()
    if played is not None:
        target = folder / "worlds" / f"{played.name}.json.gz"
        taken[played.name] = _take_running(WorldFiles(home.worlds / played.name), played, target)
    for world in worlds_of(home):
        source = world.counting()
        # What is damaged is left out: the journal counts all the same.
        if world.name not in taken and not damage(source):
            part = compress(_as_saved(source), folder / "worlds" / f"{world.name}.json.gz")
            taken[world.name] = _TakenWorld(part, age_seconds(source))
    return taken


def _take_running(files: WorldFiles, played: Played, target: Path) -> _TakenWorld:
    snapshot = played.world.create_snapshot(SNAPSHOT)
    try:
        part = compress(_as_saved(files.snapshot(SNAPSHOT)), target)
    finally:
        played.world.delete_snapshot(SNAPSHOT)
    return _TakenWorld(part, snapshot.world_age_ticks / TICKS_PER_SECOND)


def _as_saved(path: Path) -> Iterator[bytes]:
    """The file as `world.json` has it: a snapshot's lacks the newline at the end."""
    last = b""
    for last in blocks_of(path):
        yield last
    if not last.endswith(b"\n"):
        yield b"\n"


def _take_database(connection: sqlite3.Connection, copy: Path) -> Part:
    with closing(sqlite3.connect(copy)) as target:
        connection.backup(target)
        # For who goes on from here it has an end: it was not cut off.
        target.execute(
            "UPDATE sittings SET ended_at = ?, ending = ? WHERE ended_at IS NULL",
            (time_text(), _ENDING),
        )
        target.commit()
        target.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        (found,) = target.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise DatabaseDamagedError(
            f"The database is damaged ({found}): no checkpoint is taken of it."
        )
    part = compress(blocks_of(copy), copy.with_name(f"{copy.name}.gz"))
    copy.unlink()
    return part


@dataclass(frozen=True)
class _Standing:
    """Where the run stands that was played last; fields as in `Manifest`."""

    run: int | None = None
    world: str | None = None
    server: str | None = None
    seed: int | None = None
    goal: str | None = None
    iteration: int = 0
    open_task: str | None = None
    seconds: float = 0.0
    attempts: int = 0
    tasks_passed: int = 0
    tasks_failed: int = 0
    items: int = 0
    skills: int = 0
    tables: Mapping[str, int] = field(default_factory=dict)


def _standing(connection: sqlite3.Connection) -> _Standing:
    tables = table_versions(connection)
    row = connection.execute(
        "SELECT r.id, w.name, w.server, w.seed, r.goal, r.seconds, r.world_id FROM runs r"
        " JOIN worlds w ON w.id = r.world_id"
        " WHERE r.id = (SELECT run_id FROM events ORDER BY id DESC LIMIT 1)"
    ).fetchone()
    if row is None:
        return _Standing(tables=tables)
    run, world, server, seed, goal, seconds, world_id = row
    iteration, open_task = connection.execute(
        "SELECT COALESCE(MAX(iteration), 0), MAX(description) FILTER (WHERE status = 'open')"
        " FROM tasks WHERE run_id = ?",
        (run,),
    ).fetchone()
    passed, failed = connection.execute(
        "SELECT COUNT(*) FILTER (WHERE t.status = 'passed'),"
        " COUNT(*) FILTER (WHERE t.status = 'failed')"
        " FROM tasks t JOIN runs r ON r.id = t.run_id WHERE r.world_id = ?",
        (world_id,),
    ).fetchone()
    (items,) = connection.execute(
        "SELECT COUNT(*) FROM milestones m JOIN runs r ON r.id = m.run_id WHERE r.world_id = ?",
        (world_id,),
    ).fetchone()
    (attempts,) = connection.execute("SELECT COUNT(*) FROM attempts").fetchone()
    skills = counts_by_status(connection)["verified"]
    return _Standing(
        *(run, world, server, seed, goal, iteration, open_task, seconds),
        *(attempts, passed, failed, items, skills, tables),
    )


def table_versions(connection: sqlite3.Connection) -> dict[str, int]:
    """The versions of the database's tables by room."""
    return dict(connection.execute("SELECT room, version FROM schema_versions").fetchall())
