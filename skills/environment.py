"""What a skill runs on: versions, and the primitives that it can reach, each by its digest.

Covers `SkillUse.environment`: `game`, `mineflayer`, and `primitive NAME` for each primitive, whose
digest covers its file and all of `support/` that this needs. So what has changed between two uses
can be told. Not covered: asking for it (whoever records a use).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

GAME = "game"
MINEFLAYER = "mineflayer"
PRIMITIVE = "primitive "
_DIGEST_LENGTH = 16
_REQUIRED = re.compile(r"""require\(\s*['"](\.{1,2}/[^'"]+)['"]\s*\)""")


def environment_of(
    calls: Iterable[str], folder: Path, game: str, mineflayer: str
) -> dict[str, str]:
    """The environment of a program that calls these names, itself or by skills that it calls.

    `folder` holds the primitives; names of others are passed over.
    """
    digests = primitive_digests(folder)
    reached = {f"{PRIMITIVE}{name}": digests[name] for name in sorted(calls) if name in digests}
    return {GAME: game, MINEFLAYER: mineflayer, **reached}


def primitive_digests(folder: Path) -> Mapping[str, str]:
    """The digest of each primitive in the folder, by name; empty when there is no such folder."""
    files = sorted(file for file in folder.rglob("*.js"))
    stamps = []
    for file in files:
        stat = file.stat()
        stamps.append((file, stat.st_mtime_ns, stat.st_size))
    return _digests(folder, tuple(stamps))


def changes_between(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """What differs, in words, one for each thing that both know of; sorted."""
    told = []
    for key in sorted(before.keys() & now.keys()):
        if before[key] == now[key]:
            continue
        if key.startswith(PRIMITIVE):
            told.append(f"the primitive {key.removeprefix(PRIMITIVE)} was changed")
        else:
            told.append(f"{key} was {before[key]} and is {now[key]}")
    return tuple(told)


@lru_cache(maxsize=8)
def _digests(folder: Path, stamps: tuple[tuple[Path, int, int], ...]) -> Mapping[str, str]:
    """Read anew only when a file has changed, which `stamps` tell."""
    sources = {file.resolve(): file.read_bytes() for file, *_ in stamps}
    return {
        file.stem: _digest(file.resolve(), sources) for file, *_ in stamps if file.parent == folder
    }


def _digest(file: Path, sources: Mapping[Path, bytes]) -> str:
    """Of a file and all that it requires, in a fixed order."""
    wanted, needed = [file], set[Path]()
    while wanted:
        one = wanted.pop()
        if one in needed or one not in sources:
            continue
        needed.add(one)
        for name in _REQUIRED.findall(sources[one].decode("utf-8", "replace")):
            required = (one.parent / name).resolve()
            wanted.append(required if required.suffix == ".js" else Path(f"{required}.js"))
    digest = hashlib.sha256()
    for one in sorted(needed):
        digest.update(f"{one.name}\0".encode() + sources[one] + b"\0")
    return digest.hexdigest()[:_DIGEST_LENGTH]
