"""Taking in an export of ours: what is as it was written comes back whole, the rest is tried.

What is trusted: a name that the library does not have, whose files fit the manifest's checksums, in
a manifest whose digest fits, comes back with its statuses, records and history of uses. Checksums
show what was edited; they do not show who wrote it: an export is worth what its giver is worth, and
`voyager skills verify` runs all of it. A file that was edited is a new version, a candidate once it
has worked, written by a person. With a manifest that was edited nothing is taken on its word: every
skill is looked over and run like one of somebody else. Under a name that is there already only what
is new comes in, as a version beside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from skills import (
    CarriedSkill,
    SkillError,
    SkillLibrary,
    SkillNameError,
    SkillUse,
    check_name,
    restore,
)
from voyager.errors import SettingsError
from voyager.exchange.foreign_files import UnreadableFileError, read_text
from voyager.exchange.foreign_skill import Finding, ForeignLibrary, ForeignSkill, LibraryFormat
from voyager.exchange.import_report import AS_EXPORTED, KNOWN, ImportReport, SkillReport
from voyager.exchange.importing import Importer
from voyager.exchange.manifest import (
    Manifest,
    SkillEntry,
    VersionEntry,
    carried_version,
    new_files,
    read_below,
    read_manifest,
    read_uses,
    sha256_of,
    source_in,
)
from voyager.journal.database import transaction

_EDITED_MANIFEST = (
    "library.json was edited: nothing is taken on its word, all is looked over and run."
)


@dataclass
class _Sorted:
    """What is to become of the skills of an export."""

    whole: list[CarriedSkill] = field(default_factory=list)
    by_hand: list[ForeignSkill] = field(default_factory=list)
    foreign: list[ForeignSkill] = field(default_factory=list)
    known: list[SkillReport] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def restore_library(
    connection: sqlite3.Connection,
    library: SkillLibrary,
    folder: Path,
    importer: Callable[[], Importer],
    source: str,
) -> ImportReport:
    """What came of it. `importer` is made only if there is something to look over.

    Raises SettingsError for a folder that holds no manifest, DatabaseError.
    """
    try:
        manifest = read_manifest(folder)
    except UnreadableFileError as error:
        raise SettingsError(str(error)) from error
    found = _sorted(folder, manifest, library)
    with transaction(connection):
        restore(connection, found.whole, f"imported from {source}")
        reports = [*found.known, *_loadable(found.whole, library, source)]
    for format_, skills in (
        (LibraryFormat.JAVASCRIPT, found.by_hand),
        (LibraryFormat.OWN, found.foreign),
    ):
        if skills:
            library_of = ForeignLibrary(format_, tuple(skills))
            reports += importer().take_in(library_of, source).skills
    reports.sort(key=lambda report: report.name)
    notes = () if manifest.is_intact else (_EDITED_MANIFEST,)
    return ImportReport(
        source, LibraryFormat.OWN.value, tuple(reports), tuple(found.findings), notes
    )


def _sorted(folder: Path, manifest: Manifest, library: SkillLibrary) -> _Sorted:
    found = _Sorted()
    for name, entry in sorted(manifest.skills.items()):
        try:
            check_name(name, library.primitives)
            _sort(folder, name, entry, library, manifest.is_intact, found)
        except (UnreadableFileError, SkillNameError) as error:
            found.findings.append(Finding(name[:100], "unreadable", 0, str(error)))
    for path in new_files(folder, manifest):
        try:
            found.by_hand.append(ForeignSkill(path.stem[:100], read_text(path), "", path.name))
        except UnreadableFileError as error:
            found.findings.append(Finding(path.stem[:100], "unreadable", 0, str(error)))
    return found


def _sort(
    folder: Path,
    name: str,
    entry: SkillEntry,
    library: SkillLibrary,
    is_trusted: bool,
    found: _Sorted,
) -> None:
    texts = {version.version: read_below(folder, version.file) for version in entry.versions}
    active = next((one for one in entry.versions if one.version == entry.active_version), None)
    if active is None:
        raise UnreadableFileError("Its active version is not there; export it again.")
    source = source_in(texts[active.version])
    is_edited = sha256_of(texts[active.version]) != active.sha256
    is_there = name in library.names()
    if is_there and library.version_of(name, source) is not None:
        status = library.get(name).status.value
        found.known.append(SkillReport(name, KNOWN, f"nothing new, it is {status}"))
        return
    if is_trusted and not is_there:
        intact = [one for one in entry.versions if sha256_of(texts[one.version]) == one.sha256]
        whole = _whole(folder, name, entry, intact, texts)
        if whole is not None:
            found.whole.append(whole)
    as_foreign = ForeignSkill(
        name, source, active.description, active.file, contract=active.contract or None
    )
    if is_edited:
        found.by_hand.append(as_foreign)
    elif is_there or not is_trusted:
        found.foreign.append(as_foreign)


def _whole(
    folder: Path,
    name: str,
    entry: SkillEntry,
    intact: Iterable[VersionEntry],
    texts: dict[int, str],
) -> CarriedSkill | None:
    """The versions from the first on that are as they were written; None where there is none."""
    uses: tuple[SkillUse, ...] = ()
    if entry.uses_file:
        text = read_below(folder, entry.uses_file)
        if sha256_of(text) == entry.uses_sha256:
            uses = read_uses(text, name)
    versions = []
    for number, version in enumerate(sorted(intact, key=lambda one: one.version), start=1):
        if version.version != number:
            break
        versions.append(carried_version(name, version, source_in(texts[number]), uses))
    if not versions:
        return None
    return CarriedSkill(
        name,
        min(entry.active_version, len(versions)),
        tuple(versions),
        entry.other_names,
        entry.pinned,
        entry.banned,
    )


def _loadable(
    whole: Iterable[CarriedSkill], library: SkillLibrary, source: str
) -> Iterable[SkillReport]:
    """A report for each; what calls something that did not come is quarantined."""
    for carried in whole:
        skill = library.get(carried.name)
        reason = AS_EXPORTED
        if skill.usable:
            try:
                library.closure([skill.name])
            except SkillError as error:
                reason = f"it cannot be loaded: {error}"
                library.quarantine(skill.name, f"imported from {source}: {reason}")
                skill = replace(skill, status=library.get(skill.name).status)
        yield SkillReport(skill.name, skill.status.value, reason, skill.version)
