"""A second home folder that plays on from a checkpoint, in the same world or in a new one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voyager.checkpoints.durable import sync_folder
from voyager.checkpoints.manifest import Manifest
from voyager.checkpoints.rewinding import stage
from voyager.checkpoints.store import CheckpointStore
from voyager.errors import CheckpointError
from voyager.home import Home
from voyager.journal.database import open_database
from voyager.journal.journal_opening import MIGRATIONS


@dataclass(frozen=True)
class Branched:
    """What was made. `world` is to be played there, with `seed` where it is a new one.

    `goal` and `settings` are those that the run was played with, as the journal keeps them.
    """

    manifest: Manifest
    world: str | None
    seed: int | None
    goal: str | None
    settings: Mapping[str, Any]


def branch(home: Home, name: str, into: Path, seed: int | None = None) -> Branched:
    """Make the home folder `into` of a checkpoint; with a `seed`, for a new world beside its own.

    The checkpoints stay where they are. Raises CheckpointError; nothing is left then.
    """
    checkpoint, manifest = CheckpointStore(home).find(name)
    if into.exists() and not (into.is_dir() and not any(into.iterdir())):
        raise CheckpointError(f"{into} is there already: name a folder that is to be made.")
    partial = into.with_name(f".{into.name}.partial")
    stage(checkpoint, manifest, partial)
    try:
        branched = _made(Home(partial), manifest, seed)
        if into.exists():
            into.rmdir()
        os.rename(partial, into)
        sync_folder(into.parent)
    except OSError as error:
        raise CheckpointError(f"{into} cannot be made ({error.strerror or error}).") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return branched


def _made(home: Home, manifest: Manifest, seed: int | None) -> Branched:
    with closing(open_database(home.database, MIGRATIONS)) as connection:
        row = connection.execute(
            "SELECT goal, settings FROM runs WHERE id IS ?", (manifest.run,)
        ).fetchone()
        known = {name for (name,) in connection.execute("SELECT name FROM worlds")}
    goal, settings = (row[0], json.loads(row[1])) if row else (None, {})
    world = manifest.world
    if seed is not None:
        world = name = f"seed-{seed}".replace("--", "-minus-")
        another = 2
        while world in known:
            world, another = f"{name}-{another}", another + 1
    return Branched(manifest, world, seed, goal, settings)
