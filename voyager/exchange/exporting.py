"""Writing the library as files that people read, git compares, Voyager loads and we take in again.

Covers what is written, and that it is all there or as before: a new folder is made beside and
renamed; in one that holds an export already each part is, the manifest last. Other files there,
such as a repository's, stay. The same library gives the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from skills import (
    CarriedSkill,
    CarriedVersion,
    LearnedContract,
    Skill,
    SkillLibrary,
    carried_skills,
    reached,
)
from voyager.errors import SettingsError
from voyager.exchange.foreign_files import UnreadableFileError
from voyager.exchange.library_formats import MANIFEST
from voyager.exchange.manifest import (
    OriginEntry,
    SkillEntry,
    VersionEntry,
    is_export,
    manifest_text,
    new_files,
    read_below,
    read_manifest,
    sha256_of,
    source_in,
    uses_text,
    version_text,
)
from voyager.exchange.rewriting import Reader
from voyager.exchange.voyager_form import for_voyager

_PARTS = ("skills", "versions", "uses", "code", "description", "skills.json", MANIFEST)
"""In the order in which they are put in place."""
Files = dict[str, str]


def export_library(
    connection: sqlite3.Connection,
    library: SkillLibrary,
    reader: Reader,
    folder: Path,
    names: Iterable[str] = (),
) -> int:
    """Writes the skills, or those named and what they call; how many these are.

    Raises SettingsError where the folder cannot be written or holds something else, and
    UnknownSkillError for a name that there is not.
    """
    _check(folder, library)
    wanted = _with_callees(library, names)
    every = [one for one in carried_skills(connection) if not wanted or one.name in wanted]
    files = files_of(every, reader)
    try:
        _write(files, folder)
    except OSError as error:
        raise SettingsError(
            f"{folder} cannot be written ({error.strerror or error}); choose another folder."
        ) from error
    return len(every)


def files_of(every: Iterable[CarriedSkill], reader: Reader) -> Files:
    """All files of an export, by their paths in it."""
    files: Files = {}
    entries: dict[str, SkillEntry] = {}
    usable: dict[str, Skill] = {}
    taken: set[str] = set()
    for carried in every:
        stem = carried.name
        while stem.lower() in taken:  # for disks that tell no large letters from small ones
            stem += "~"
        taken.add(stem.lower())
        entries[carried.name] = _entry(carried, stem, files)
        active = carried.versions[carried.active_version - 1].skill
        if active.usable:
            usable[carried.name] = active
    files |= _for_voyager(usable, reader)
    files[MANIFEST] = manifest_text(entries)
    return files


def _entry(carried: CarriedSkill, stem: str, files: Files) -> SkillEntry:
    versions = []
    for version in carried.versions:
        skill = version.skill
        is_active = skill.version == carried.active_version
        file = f"skills/{stem}.js" if is_active else f"versions/{stem}.{skill.version}.js"
        files[file] = version_text(skill, _words(version))
        versions.append(_version_entry(version, file, files[file]))
    uses = uses_text(carried)
    uses_file = f"uses/{stem}.jsonl" if uses else None
    if uses_file:
        files[uses_file] = uses
    return SkillEntry(
        active_version=carried.active_version,
        versions=tuple(versions),
        other_names=carried.other_names,
        pinned=carried.pinned,
        banned=carried.banned,
        uses_file=uses_file,
        uses_sha256=sha256_of(uses) if uses else None,
    )


def _words(version: CarriedVersion) -> str:
    """Of what was learned, its items in the order in which the manifest has them."""
    if version.learned is None:
        return ""
    ordered = json.loads(json.dumps(version.learned.to_json(), sort_keys=True))
    return LearnedContract.from_json(ordered).describe()


def _version_entry(version: CarriedVersion, file: str, text: str) -> VersionEntry:
    skill, origin = version.skill, version.skill.provenance
    return VersionEntry(
        version=skill.version,
        file=file,
        sha256=sha256_of(text),
        status=skill.status,
        signature=skill.signature,
        description=skill.description,
        when_to_use=skill.when_to_use,
        calls=skill.calls,
        contract=dict(skill.contract),
        parameters=dict(skill.parameters),
        successes=skill.successes,
        failures=skill.failures,
        provenance=OriginEntry(
            task=origin.task,
            attempt=origin.attempt,
            writer=origin.writer,
            model=origin.model,
            game_version=origin.game_version,
        ),
        added_at=version.added_at,
        learned=version.learned.to_json() if version.learned else None,
    )


def _for_voyager(usable: Mapping[str, Skill], reader: Reader) -> Files:
    """What its SkillManager reads: `skills.json`, and the same in files."""
    files: Files = {}
    every = {}
    for name, skill in sorted(usable.items()):
        code = for_voyager(skill.source, usable, reader)
        words = " ".join(skill.description.split())
        description = f"async function {name}(bot) {{\n    // {words}\n}}"
        every[name] = {"code": code, "description": description}
        files[f"code/{name}.js"] = code
        files[f"description/{name}.txt"] = description
    files["skills.json"] = json.dumps(every, indent=4, ensure_ascii=False, sort_keys=True) + "\n"
    return files


def _with_callees(library: SkillLibrary, names: Iterable[str]) -> set[str]:
    """The skills named and all that any version of theirs calls. Raises UnknownSkillError."""

    def callees(name: str) -> list[str]:
        calls = [call for version in library.versions(name) for call in version.calls]
        return [call for call in calls if call not in library.primitives]

    return {*reached((library.get(name).name for name in names), callees)}


def _check(folder: Path, library: SkillLibrary) -> None:
    """Raises SettingsError where writing there would destroy something."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise SettingsError(f"{folder} is a link or a file; name a folder.")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not is_export(folder):
        raise SettingsError(
            f"{folder} holds something else than an exported library; name a new folder."
        )
    if any((folder / part).is_symlink() for part in _PARTS):
        raise SettingsError(f"In {folder} there are links among the exported files; remove them.")
    if edited := _edited(folder, library):
        raise SettingsError(
            f"{folder} holds edits that are not in the library ({', '.join(edited[:5])});"
            f" `voyager skills import {folder}` takes them in, or name another folder."
        )


def _edited(folder: Path, library: SkillLibrary) -> list[str]:
    """Files of skills that somebody has changed since, with a source the library does not have."""
    found = []
    known = set(library.names())
    try:
        manifest = read_manifest(folder)
    except UnreadableFileError:
        return []
    for name, entry in manifest.skills.items():
        for version in entry.versions:
            try:
                text = read_below(folder, version.file)
            except UnreadableFileError:
                continue
            if sha256_of(text) == version.sha256:
                continue
            source = source_in(text).strip()
            versions = library.versions(name) if name in known else []
            if all(one.source.strip() != source for one in versions):
                found.append(version.file)
    dropped = (path for path in new_files(folder, manifest) if path.stem not in known)
    return [*found, *(f"skills/{path.name}" for path in dropped)]


def _write(files: Files, folder: Path) -> None:
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        new = beside / "new"
        new.mkdir()
        for file, text in files.items():
            (new / file).parent.mkdir(exist_ok=True)
            (new / file).write_text(text, encoding="utf-8", newline="\n")
        if not folder.exists():
            new.rename(folder)
            return
        for part in _PARTS:
            if (folder / part).exists():
                os.rename(folder / part, beside / f"old-{part}")
            if (new / part).exists():
                os.rename(new / part, folder / part)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
