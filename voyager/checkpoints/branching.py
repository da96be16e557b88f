"""A second home folder that plays on from a checkpoint, in the same world or in a new one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voyager.checkpoints.durable import sync_folder
from voyager.checkpoints.manifest import Manifest
from voyager.checkpoints.rewinding import settings_of, stage
from voyager.checkpoints.store import CheckpointStore
from voyager.errors import CheckpointError
from voyager.home import Home
from voyager.journal.database import open_database
from voyager.journal.journal_opening import MIGRATIONS


@dataclass(frozen=True)
class Branched:
    """What was made. `world` is to be played there, with `seed` where it is a new one.

    `settings` are what the run was played with, as the journal keeps them.
    """

    manifest: Manifest
    world: str | None
    seed: int | None
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
    settings = settings_of(home.database, manifest.run)
    world = manifest.world
    if seed is not None:
        world = _free_world(home, f"seed-{seed}".replace("--", "-minus-"))
    return Branched(manifest, world, seed, settings)


def _free_world(home: Home, wanted: str) -> str:
    """A name that no world has there."""
    with closing(open_database(home.database, MIGRATIONS)) as connection:
        known = {name for (name,) in connection.execute("SELECT name FROM worlds")}
    world, another = wanted, 2
    while world in known:
        world, another = f"{wanted}-{another}", another + 1
    return world
