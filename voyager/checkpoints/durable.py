"""Files and folders that are whole at any moment, and on the disk when a call returns.

Covers compressing with a hash, unpacking with a check, replacing a file, and waiting for the disk.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import zlib
from collections.abc import Iterable
from pathlib import Path

from voyager.checkpoints.manifest import Damage, Part

_BLOCK_BYTES = 1 << 20
# The fast one: play waits meanwhile.
_LEVEL = 1


def compress(blocks: Iterable[bytes], target: Path) -> Part:
    """Store what the blocks hold, compressed; it is on the disk when this returns."""
    plain = 0
    with target.open("wb") as file:
        with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
            for block in blocks:
                plain += len(block)
                packed.write(block)
        file.flush()
        os.fsync(file.fileno())
    return Part(target.stat().st_size, plain, _digest(target))


def unpack(source: Path, part: Part, target: Path) -> None:
    """Write what was compressed, durably. Raises Damage."""
    verify(source, part)
    try:
        with gzip.open(source, "rb") as packed, target.open("wb") as file:
            shutil.copyfileobj(packed, file, _BLOCK_BYTES)
            file.flush()
            os.fsync(file.fileno())
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Damage(f"{source.name} cannot be unpacked") from error
    if target.stat().st_size != part.plain_bytes:
        raise Damage(f"{source.name} has another length than was stored")


def verify(source: Path, part: Part) -> None:
    """Raises Damage when the file is not what was stored."""
    try:
        if source.stat().st_size != part.stored_bytes:
            raise Damage(f"{source.name} has another length than was stored")
        if _digest(source) != part.sha256:
            raise Damage(f"{source.name} has changed since it was stored")
    except FileNotFoundError:
        raise Damage(f"{source.name} is missing") from None
    except OSError as error:
        raise Damage(f"{source.name} cannot be read ({error.strerror})") from error


def blocks_of(path: Path) -> Iterable[bytes]:
    """What a file holds, piece by piece."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            yield block


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file, so that at any moment it is the old one or the new one, durably."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Return once what was made, renamed or removed in the folder is on the disk."""
    if os.name == "nt":
        return  # a folder cannot be opened there, and needs not
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """`sync_folder` for a folder and those in it."""
    for below, _, _ in os.walk(folder, topdown=False):
        sync_folder(Path(below))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
