"""The folder of learning data: written as a whole, and checked line by line."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from voyager import __version__
from voyager.errors import SettingsError
from voyager.finetune.datasets import Datasets
from voyager.finetune.formats import (
    LINES,
    MANIFEST,
    PREFERENCES,
    REWARDED,
    SFT,
    ChatExample,
    FileEntry,
    Manifest,
    Metadata,
    PreferencePair,
    RewardedAnswer,
)
from voyager.finetune.rewards import PASSED, REWARDS

Line = ChatExample | PreferencePair | RewardedAnswer


def write_datasets(folder: Path, datasets: Datasets, since: int = 1) -> Manifest:
    """Write the files and their manifest, the manifest last. Raises SettingsError."""
    lines: dict[str, Sequence[Line]] = {
        SFT: datasets.sft,
        PREFERENCES: datasets.preferences,
        REWARDED: datasets.rewards,
    }
    written = {
        name: "".join(f"{line.model_dump_json()}\n" for line in found).encode()
        for name, found in lines.items()
    }
    metadata = [line.metadata for line in datasets.rewards]
    manifest = Manifest(
        made_by=f"minecraft-voyager {__version__}",
        since_run=since,
        runs=tuple(sorted({one.run for one in metadata})),
        game_versions=tuple(sorted({one.game_version for one in metadata})),
        models=tuple(sorted({one.model for one in metadata if one.model})),
        kinds=dict(sorted(Counter(one.kind for one in metadata).items())),
        rewards=dict(REWARDS),
        files={name: _entry(data) for name, data in written.items()},
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in written.items():
            _replace(folder / name, data)
        _replace(folder / MANIFEST, f"{manifest.model_dump_json(indent=2)}\n".encode())
    except OSError as error:
        raise SettingsError(
            f"{folder} cannot be written ({error.strerror or error}): name another folder."
        ) from error
    return manifest


def check_folder(folder: Path) -> tuple[Manifest, list[str]]:
    """The manifest and what is wrong with the files, a sentence each; none when all is well.

    Raises SettingsError when there is no manifest that can be read.
    """
    manifest = _read_manifest(folder / MANIFEST)
    problems: list[str] = []
    lines: dict[str, list[Line]] = {}
    for name in LINES:
        lines[name] = _read_lines(folder / name, manifest.files.get(name), problems)
    failed = {
        (one.goal, one.source)
        for line in lines[REWARDED]
        if (one := line.metadata).kind != PASSED and one.source
    }
    for name in (SFT, PREFERENCES):
        for number, line in enumerate(lines[name], start=1):
            if (line.metadata.goal, line.metadata.source) in failed:
                problems.append(f"{name}, line {number}: its program has also failed.")
    return manifest, problems


def _read_manifest(path: Path) -> Manifest:
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read ({error.strerror or error}): name a folder that"
            " `voyager export finetune` wrote."
        ) from error
    except ValidationError as error:
        raise SettingsError(f"{path} is no manifest of learning data: {_first(error)}") from error


def _read_lines(path: Path, entry: FileEntry | None, problems: list[str]) -> list[Line]:
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(f"{path.name} cannot be read ({error.strerror or error}).")
        return []
    if entry is None:
        problems.append(f"{path.name} is not in the manifest.")
    elif entry != _entry(data):
        problems.append(f"{path.name} is not as it was written: the manifest knows another.")
    lines: list[Line] = []
    known: dict[tuple[str, ...], int] = {}
    programs: dict[tuple[str, str], int] = {}
    for number, text in enumerate(data.splitlines(), start=1):
        place = f"{path.name}, line {number}"
        try:
            line = LINES[path.name].model_validate_json(text)
        except ValidationError as error:
            problems.append(f"{place}: {_first(error)}")
            continue
        lines.append(line)
        if (same := known.setdefault(line.key, number)) != number:
            problems.append(f"{place} says the same as line {same}.")
        elif (
            path.name == SFT
            and (same := programs.setdefault(_program(line.metadata), number)) != number
        ):
            problems.append(f"{place} has the program of line {same}, for the same goal.")
    return lines


def _program(metadata: Metadata) -> tuple[str, str]:
    return metadata.goal, metadata.source


def _entry(data: bytes) -> FileEntry:
    return FileEntry(lines=data.count(b"\n"), sha256=hashlib.sha256(data).hexdigest())


def _replace(path: Path, data: bytes) -> None:
    """In one piece: a file is either as it was or as it is now."""
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(data)
    os.replace(new, path)


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    said = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{place}: {said}." if place else f"{said}."
