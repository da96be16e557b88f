"""Faults of what lies in the home folder: index, world, checkpoints and what was left there."""

from __future__ import annotations

import json
import os
import random
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nights.kind import kind

if TYPE_CHECKING:
    from nights.night import Night


DAMAGED_BYTES = 4096


@kind("corrupt-index", parts="index")
def _corrupt_index(night: Night) -> None:
    """Bytes of the search index are overwritten while nothing is played."""
    night.stop()
    for file in _files(night.home / "index"):
        _damage(file, night.random)
    night.start_again()


@kind("corrupt-index-in-play")
def _corrupt_index_in_play(night: Night) -> None:
    """Bytes of the search index are overwritten while it is used; it may never be noticed."""
    for file in _files(night.home / "index"):
        _damage(file, night.random)


@kind("delete-index", parts="index")
def _delete_index(night: Night) -> None:
    """The search index is deleted while it is used."""
    shutil.rmtree(night.home / "index", ignore_errors=True)


@kind("corrupt-world", parts="world server")
def _corrupt_world(night: Night) -> None:
    """Bytes of the saved world are overwritten while nothing is played."""
    night.stop()
    _damage(night.world / "world.json", night.random)
    night.start_again()


@kind("cut-world", parts="world server")
def _cut_world(night: Night) -> None:
    """The saved world is cut off in the middle while nothing is played."""
    night.stop()
    file = night.world / "world.json"
    os.truncate(file, file.stat().st_size // 2)
    night.start_again()


@kind("corrupt-checkpoint", parts="world disk checkpoint")
def _corrupt_checkpoint(night: Night) -> None:
    """Bytes of the newest checkpoint are overwritten, and of the world, which then needs one."""
    night.newest_checkpoint(of_at_least=2)  # another one must be left
    night.stop()
    for file in _files(night.newest_checkpoint()):
        _damage(file, night.random)
    _damage(night.world / "world.json", night.random)
    night.start_again()


@kind("half-a-checkpoint")
def _half_a_checkpoint(night: Night) -> None:
    """A checkpoint that was cut off while it was written lies about."""
    newest = night.newest_checkpoint()
    half = newest.with_name(f"{newest.name}-half")
    with suppress(shutil.Error, FileNotFoundError):
        shutil.copytree(newest, half)
    files = _files(half)
    for file in files[: len(files) // 2]:
        file.unlink()
    for file in files[len(files) // 2 :]:
        os.truncate(file, file.stat().st_size // 2)


@kind("stale-live", parts="")
def _stale_live(night: Night) -> None:
    """After a crash the file that says where the session is to be watched names nobody."""
    night.session.kill_all()
    stale = {"port": 9, "process": 2**22 - 1, "keeper": 0, "token": "stale"}
    (night.home / "live.json").write_text(json.dumps(stale))
    night.start_again()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _damage(file: Path, chance: random.Random) -> None:
    """Overwrite bytes at the beginning and in the middle, as a failing disk does."""
    with suppress(OSError), file.open("r+b") as opened:
        size = file.stat().st_size
        for begin in (0, size // 2):
            opened.seek(begin)
            opened.write(chance.randbytes(min(size - begin, DAMAGED_BYTES)))
        os.fsync(opened.fileno())
