"""The checkpoints of a home folder: `checkpoints/NAME/`, each whole or not there at all.

Covers listing, finding, verifying, making the folder of one, and sweeping up what a killed process
left. Changes are for the process that holds the home's lock. A checkpoint is a folder like any
other: it may be removed, or copied into another home folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from voyager.checkpoints.durable import sync_folder, sync_tree, verify
from voyager.checkpoints.manifest import Damage, Manifest, check_name, read_manifest
from voyager.errors import CheckpointError
from voyager.home import Home

PARTIAL = ".partial-"


@dataclass(frozen=True)
class Checkpoint:
    """One as it was found; `damage` is why it cannot be used, the end of a sentence, or empty."""

    folder: Path
    manifest: Manifest | None
    damage: str = ""

    @property
    def name(self) -> str:
        """As the folder is called."""
        return self.folder.name

    @property
    def database(self) -> Path:
        """Where the database is in it."""
        return self.folder / "voyager.db.gz"

    def world(self, name: str) -> Path:
        """Where a world is in it."""
        return self.folder / "worlds" / f"{name}.json.gz"


class CheckpointStore:
    """The checkpoints of one home folder."""

    def __init__(self, home: Home) -> None:
        self.folder = home.checkpoints

    def manifests(self) -> list[Manifest]:
        """What can be read of them, newest first; their parts are not looked at."""
        found = [self._read(folder).manifest for folder in self._folders()]
        return sorted((m for m in found if m is not None), key=lambda m: -m.number)

    def listed(self) -> list[Checkpoint]:
        """All of them with every part verified, newest first; what cannot be read comes last."""
        found = [self._verified(self._read(folder)) for folder in self._folders()]
        return sorted(
            found, key=lambda one: (-one.manifest.number if one.manifest else 1, one.name)
        )

    def find(self, name: str) -> tuple[Checkpoint, Manifest]:
        """The whole checkpoint of that name. Raises CheckpointError, which says what there is."""
        if name not in {folder.name for folder in self._folders()}:
            names = ", ".join(m.name for m in self.manifests()[:5])
            there = f"the newest are {names}" if names else "none was taken yet"
            raise CheckpointError(
                f"There is no checkpoint '{name[:80]}': {there}; `voyager checkpoint list` shows"
                " all."
            )
        found = self._verified(self._read(self.folder / name))
        if found.manifest is None or found.damage:
            other = self.newest_whole()
            instead = (
                f"choose another one, such as '{other.name}'" if other else "no other is whole"
            )
            raise CheckpointError(f"The checkpoint '{name}' is damaged, {found.damage}: {instead}.")
        return found, found.manifest

    def newest_whole(self, world: str | None = None) -> Checkpoint | None:
        """The newest one that is whole, and has that world in it if one is named."""
        for manifest in self.manifests():
            if world is not None and world not in manifest.worlds:
                continue
            found = self._verified(Checkpoint(self.folder / manifest.name, manifest))
            if not found.damage:
                return found
        return None

    def free_name(self, wanted: str | None, prefix: str = "") -> str:
        """The wanted name, or one after the time. Raises CheckpointError for one that is taken."""
        taken = {folder.name for folder in self._folders()}
        if wanted is not None:
            check_name(wanted)
            if wanted in taken:
                raise CheckpointError(
                    f"There is a checkpoint '{wanted}' already: choose another name, or remove the"
                    f" folder {self.folder / wanted}."
                )
            return wanted
        name = named = prefix + datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        another = 2
        while name in taken:
            name, another = f"{named}-{another}", another + 1
        return name

    def next_number(self) -> int:
        """Of the next one."""
        return max((manifest.number for manifest in self.manifests()), default=0) + 1

    @contextmanager
    def making(self, name: str) -> Iterator[Path]:
        """A hidden folder to fill, which is the checkpoint of that name when this is left.

        The files in it are on the disk already; left by an error, nothing of it stays.
        """
        partial = self.folder / f"{PARTIAL}{name}"
        shutil.rmtree(partial, ignore_errors=True)
        try:
            (partial / "worlds").mkdir(parents=True)
            yield partial
            sync_tree(partial)
            os.rename(partial, self.folder / name)
            sync_folder(self.folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise

    def remove(self, name: str) -> None:
        """Remove one; a kill meanwhile leaves a hidden folder that is swept up."""
        gone = self.folder / f"{PARTIAL}{name}"
        shutil.rmtree(gone, ignore_errors=True)
        os.rename(self.folder / name, gone)
        shutil.rmtree(gone, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what a process that was killed has left half done."""
        with suppress(OSError):
            for left in self.folder.glob(f"{PARTIAL}*"):
                shutil.rmtree(left, ignore_errors=True)

    def _folders(self) -> list[Path]:
        try:
            found = list(self.folder.iterdir())
        except OSError:
            return []
        return sorted(one for one in found if one.is_dir() and not one.name.startswith("."))

    @staticmethod
    def _read(folder: Path) -> Checkpoint:
        try:
            return Checkpoint(folder, read_manifest(folder))
        except Damage as error:
            return Checkpoint(folder, None, str(error))

    @staticmethod
    def _verified(one: Checkpoint) -> Checkpoint:
        if one.manifest is None:
            return one
        try:
            verify(one.database, one.manifest.database)
            for name, part in one.manifest.worlds.items():
                verify(one.world(name), part)
        except Damage as error:
            return Checkpoint(one.folder, one.manifest, str(error))
        return one
