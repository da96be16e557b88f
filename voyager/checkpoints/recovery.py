"""What is done about a damaged world or database when a sitting opens.

A world goes back by itself, to the newest checkpoint that is whole, and begins anew from its seed
where there is none: what was learned and every task that has ended stay in the journal, and a world
that is behind it is played on like any other. The database does not, for skills and tasks would be
lost that a person may still save from it: that ends in a sentence which names the command.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from voyager.checkpoints.durable import blocks_of, sync_folder, unpack, write_whole
from voyager.checkpoints.manifest import Damage
from voyager.checkpoints.store import CheckpointStore
from voyager.checkpoints.worlds import WorldFiles, damage, wait_until_free
from voyager.errors import DatabaseDamagedError
from voyager.home import Home


@dataclass(frozen=True)
class Mended:
    """A world that was damaged and can be played again: why, and what was done, as sentences."""

    cause: str
    how: str


def mend_world(home: Home, name: str) -> Mended | None:
    """Put back a world whose file is damaged, if anything is there to put back.

    For the process that holds the home's lock, before the world's server starts. What was damaged
    stays beside it. None where nothing is wrong, or the file cannot be read.
    """
    files = WorldFiles(home.worlds / name)
    trials = files.before_trials
    mended = None
    if trials.exists() and (why := damage(trials)):
        mended = Mended(
            f"The world '{name}' as it was before programs were tried is damaged, {why}.",
            "It is played on as it was saved last.",
        )
        files.forget_trials()
    if not files.state.exists() or not (why := damage(files.state)):
        return mended
    cause = f"The file of the world '{name}' is damaged, {why}."
    wait_until_free(home)
    if trials.exists():
        _put_aside(files)
        write_whole(files.state, b"".join(blocks_of(trials)))
        return Mended(cause, "It is as it was before programs were tried in it.")
    return _from_checkpoint(home, files, cause) or _anew(files, cause)


@contextmanager
def rewind_offered(home: Home) -> Iterator[None]:
    """A database that is found damaged while this is entered ends in how to go back."""
    try:
        yield
    except DatabaseDamagedError as error:
        newest = CheckpointStore(home).newest_whole()
        if newest is None or newest.manifest is None:
            raise
        manifest = newest.manifest
        raise DatabaseDamagedError(
            f"{home.database} is damaged: go back to {manifest.taken_at[:16].replace('T', ' ')} UTC"
            f" ({manifest.tasks_passed} tasks passed) with `voyager checkpoint rewind"
            f" {manifest.name} --home {home.folder}`; the damaged file is kept."
        ) from error


def _from_checkpoint(home: Home, files: WorldFiles, cause: str) -> Mended | None:
    checkpoint = CheckpointStore(home).newest_whole(files.name)
    if checkpoint is None or checkpoint.manifest is None:
        return None
    manifest = checkpoint.manifest
    fresh = files.state.with_name("world.json.new")
    try:
        unpack(checkpoint.world(files.name), manifest.worlds[files.name], fresh)
    except Damage:
        return None
    _put_aside(files)
    os.replace(fresh, files.state)
    sync_folder(files.folder)
    return Mended(
        cause,
        f"It is as in the checkpoint '{manifest.name}'; what was learned and done since is kept.",
    )


def _anew(files: WorldFiles, cause: str) -> Mended | None:
    try:
        _put_aside(files)
        files.state.unlink()
    except OSError:
        return None  # it may be whole, but is not to be read: its server says so
    sync_folder(files.folder)
    return Mended(
        cause,
        "No checkpoint of it is whole, so it begins anew from its seed: what was learned and done"
        " is kept, what was built and carried is not. The damaged file is kept beside it.",
    )


def _put_aside(files: WorldFiles) -> None:
    """Keep the damaged file; the one in its place is there until another replaces it."""
    at = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    shutil.copy2(files.state, files.folder / f"world.json.damaged-{at}")
