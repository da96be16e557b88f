"""Going back to a checkpoint: database and worlds are replaced as one, or not at all.

What is to be put in place is first unpacked beside it; then a note says so, and from there on it is
carried through, by the next process that opens the home folder where this one is killed. What was
there before is a checkpoint of its own, or, where it is damaged, copied to `damaged-.../`. The
search index is derived, and follows by itself. Later checkpoints stay.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from voyager.checkpoints.durable import sync_folder, sync_tree, unpack, write_whole
from voyager.checkpoints.manifest import BEFORE_REWIND, Damage, Manifest
from voyager.checkpoints.requests import forget_answers
from voyager.checkpoints.store import Checkpoint, CheckpointStore
from voyager.checkpoints.taking import forget_unfinished_snapshots, take
from voyager.checkpoints.worlds import WorldFiles, damage, wait_until_free, worlds_of
from voyager.errors import CheckpointError, DatabaseDamagedError
from voyager.home import Home
from voyager.journal.database import acquire_home_lock, open_database
from voyager.journal.journal_opening import MIGRATIONS

STAGING, NOTE = ".rewind", ".rewind.json"


@dataclass(frozen=True)
class Rewound:
    """What was done. `kept`: the checkpoint of how it stood before, None where that was damaged.

    `set_aside`: the folder with copies of what was damaged, None where nothing was.
    `settings`: what the run was played with, as the journal keeps it.
    """

    manifest: Manifest
    settings: Mapping[str, Any]
    kept: str | None
    set_aside: Path | None


def rewind(home: Home, name: str) -> Rewound:
    """Go back. Raises CheckpointError or HomeLockedError; then all is as it was."""
    with acquire_home_lock(home.folder):
        set_right(home)
        store = CheckpointStore(home)
        checkpoint, manifest = store.find(name)
        wait_until_free(home)
        kept = _keep_present(home)
        set_aside = _set_aside_damaged(home, with_database=kept is None)
        staging = store.folder / STAGING
        stage(checkpoint, manifest, staging)
        known = _worlds_known(staging / "voyager.db")
        later = [world.name for world in worlds_of(home) if world.name not in known]
        note = {"put_back": sorted(manifest.worlds), "removed": later}
        write_whole(store.folder / NOTE, json.dumps(note).encode())
        set_right(home)
    return Rewound(manifest, settings_of(home.database, manifest.run), kept, set_aside)


def set_right(home: Home) -> None:
    """Finish what a process that was killed has begun, and sweep up what it has left.

    For the process that holds the home's lock, before the database is opened.
    """
    if not home.checkpoints.exists():
        return
    note, staging = home.checkpoints / NOTE, home.checkpoints / STAGING
    if note.exists():
        _carry_through(home, json.loads(note.read_bytes()), staging)
        note.unlink()
        sync_folder(home.checkpoints)
    shutil.rmtree(staging, ignore_errors=True)
    CheckpointStore(home).sweep()
    forget_unfinished_snapshots(home)
    forget_answers(home)


def stage(checkpoint: Checkpoint, manifest: Manifest, target: Path) -> None:
    """Unpack a checkpoint into a folder laid out like a home folder. Raises CheckpointError."""
    shutil.rmtree(target, ignore_errors=True)
    try:
        target.mkdir(parents=True)
        unpack(checkpoint.database, manifest.database, target / "voyager.db")
        for name, part in manifest.worlds.items():
            folder = target / "worlds" / name
            folder.mkdir(parents=True)
            unpack(checkpoint.world(name), part, folder / "world.json")
        sync_tree(target)
    except (Damage, OSError) as error:
        shutil.rmtree(target, ignore_errors=True)
        raise CheckpointError(
            f"The checkpoint '{manifest.name}' cannot be unpacked, {error}: all is as it was."
        ) from error


def settings_of(database: Path, run: int | None) -> dict[str, Any]:
    """What the last sitting of a run was played with; nothing where that was not kept."""
    with closing(open_database(database, MIGRATIONS)) as connection:
        row = connection.execute("SELECT settings FROM runs WHERE id IS ?", (run,)).fetchone()
    return dict(json.loads(row[0])) if row else {}


def _carry_through(home: Home, note: Mapping[str, list[str]], staging: Path) -> None:
    """Put in place what is still beside it; done again after a kill it does the rest."""
    database = staging / "voyager.db"
    if database.exists():
        # What they hold belongs to the file that goes, and would be read into the one that comes.
        for ending in ("-wal", "-shm"):
            home.database.with_name(home.database.name + ending).unlink(missing_ok=True)
        os.replace(database, home.database)
        sync_folder(home.folder)
    for name in note["put_back"]:
        files, staged = WorldFiles(home.worlds / name), staging / "worlds" / name / "world.json"
        files.forget_trials()
        if staged.exists():
            files.folder.mkdir(parents=True, exist_ok=True)
            os.replace(staged, files.state)
            sync_folder(files.folder)
    for name in note["removed"]:
        files = WorldFiles(home.worlds / name)
        files.forget_trials()
        files.state.unlink(missing_ok=True)


def _keep_present(home: Home) -> str | None:
    """A checkpoint of how it stands; None where the database is damaged."""
    if not home.exists():
        return None
    with suppress(DatabaseDamagedError):
        with closing(open_database(home.database, MIGRATIONS)) as connection:
            kept = take(home, connection, BEFORE_REWIND, prefix="before-rewind-")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return kept.name
    return None


def _set_aside_damaged(home: Home, with_database: bool) -> Path | None:
    """Copy what is damaged to a folder of its own, and return that; None where nothing is."""
    damaged = [world.state for world in worlds_of(home) if damage(world.state)]
    if with_database:
        damaged += [*home.folder.glob(f"{home.database.name}*")]
    if not damaged:
        return None
    folder = home.folder / f"damaged-{datetime.now(UTC).strftime('%Y%m%d-%H%M%S')}"
    for path in damaged:
        target = folder / path.relative_to(home.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return folder


def _worlds_known(database: Path) -> set[str]:
    """The worlds that were played when a checkpoint was taken."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM worlds")}
