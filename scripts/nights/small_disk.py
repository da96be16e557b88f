"""A home folder on a small file system of its own, which can be filled and made read-only.

Needs a mount namespace that nobody else is in: what is mounted there only this process and its
children see, and it goes with them. `apart` says how a command gets one. Without the rights
for that there is no such disk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

_BLOCK = b"\0" * 65536


def apart(*namespaces: str) -> list[str]:
    """The command that gives another one namespaces of its own, by what rights there are."""
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *user, *namespaces]


class SmallDisk:
    """Takes the place of a folder, with what is in it, until `take_away`."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self._folder = folder
        self._below = Path(tempfile.mkdtemp(prefix="night-", dir=folder.parent))
        self._under, self._disk = self._below / "under", self._below / "disk"
        for place in (self._under, self._disk):
            place.mkdir()
        _mount("--bind", folder, self._under)
        _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", self._disk)
        self._inside = self._disk / "home"
        shutil.copytree(self._under, self._inside)
        _mount("--bind", self._inside, folder)

    def fill(self) -> None:
        """Take all the space that is left."""
        with suppress(OSError), self._filler.open("ab", buffering=0) as filler:
            while filler.write(_BLOCK):
                pass

    def free(self) -> None:
        """Give it back."""
        self._filler.unlink(missing_ok=True)

    def make_read_only(self, name: str = "") -> None:
        """From here on the folder in it is found read-only; what is open already is not."""
        folder = self._folder / name
        _mount("--bind", folder, folder)
        _mount("-o", "remount,bind,ro", folder)

    def make_writable(self, name: str = "") -> None:
        """Undo `make_read_only`."""
        _unmount(self._folder / name)

    def take_away(self) -> None:
        """What is on it is put back on the disk that it stood for."""
        self.free()
        for old in self._under.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        shutil.copytree(self._inside, self._under, dirs_exist_ok=True)
        for place in (self._folder, self._disk, self._under):
            _unmount(place)
        shutil.rmtree(self._below)

    @property
    def _filler(self) -> Path:
        return self._disk / "filler"


def _mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True)


def _unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
