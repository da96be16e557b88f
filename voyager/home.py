"""The home folder: where everything lives that outlasts a sitting.

    voyager.db     the journal and the skills; the only truth
    index/         embeddings of skills; derived, rebuilt when lost
    worlds/        the embedded server's worlds
    checkpoints/   moments that can be gone back to
    logs/          diagnostics

The folder can be moved and copied as a whole.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from mc_server import HomeFolderError

# Room to begin with: an attempt adds some 20 KB to the database, a world grows with its edits.
FREE_BYTES_NEEDED = 64 * 1024 * 1024


@dataclass(frozen=True)
class Home:
    """Paths inside the home folder."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "voyager.db"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def worlds(self) -> Path:
        return self.folder / "worlds"

    @property
    def checkpoints(self) -> Path:
        return self.folder / "checkpoints"

    @property
    def gym(self) -> Path:
        """Scratch worlds of the sitting that is played."""
        return self.folder / "gym"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def exists(self) -> bool:
        """Whether anything was ever played here."""
        return os.path.exists(self.database)  # False as well where we may not look

    def prepare(self) -> None:
        """Make the folders; raises HomeFolderError when that, or writing in them, cannot be."""
        try:
            for folder in (self.folder, self.worlds, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder) as probe:
                probe.write(b"x")
                probe.flush()
                os.fsync(probe.fileno())
        except OSError as error:
            raise HomeFolderError(
                f"The home folder {self.folder} cannot be written ({error.strerror or error});"
                " choose another one with --home."
            ) from error
        free = shutil.disk_usage(self.folder).free
        if free < FREE_BYTES_NEEDED:
            raise HomeFolderError(
                f"No space: {free // 2**20} MB are free for the home folder {self.folder} and"
                f" {FREE_BYTES_NEEDED // 2**20} MB are needed; free some, or choose another one"
                " with --home."
            )
