"""`voyager skills history` and `diff`: the versions of a skill, and what became of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from typing import Any

from skills import Skill, SkillChange, SkillLibrary, open_library
from voyager.command_line.conversation import clean
from voyager.command_line.tables import print_folded, print_json, print_table
from voyager.errors import SettingsError
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.reports.skills.skill_diff import diff_lines


def run(options: argparse.Namespace) -> int:
    """Print the history of a skill, or what two of its versions differ in."""
    home = Home(options.home)
    with (
        open_journal(home) as connection,
        closing(open_library(connection, home.index)) as library,
    ):
        if options.action == "diff":
            _diff(library, options)
        else:
            _history(library, options)
    return 0


def _history(library: SkillLibrary, options: argparse.Namespace) -> None:
    active = library.get(options.name)
    versions, changes = library.versions(active.name), library.history(active.name)
    if options.json:
        print_json(
            {
                "name": active.name,
                "active": active.version,
                "pinned": active.pinned,
                "banned": active.banned,
                "versions": [_version_json(skill) for skill in versions],
                "changes": [asdict(change) for change in changes],
            }
        )
        return
    marks = [mark for mark in ("pinned", "banned") if getattr(active, mark)]
    print(", ".join([f"{active.name}: version {active.version} is in use", *marks]))
    print()
    print_table(
        ("version#", "status", "worked#", "failed#", "written by", "for"),
        ([clean(str(cell)) for cell in _version_cells(skill)] for skill in versions),
    )
    print()
    for change in changes:
        print_folded(clean(_change_line(change)))


def _version_json(skill: Skill) -> dict[str, Any]:
    return {
        "version": skill.version,
        "status": skill.status.value,
        "successes": skill.successes,
        "failures": skill.failures,
        "written_by": skill.provenance.model or skill.provenance.writer,
        "task": skill.provenance.task,
        "source_run": skill.provenance.run_id,
    }


def _version_cells(skill: Skill) -> Sequence[Any]:
    return tuple(_version_json(skill).values())[:-1]


def _change_line(change: SkillChange) -> str:
    when = change.changed_at.replace("T", " ")[:16]
    run = f" (run {change.run_id})" if change.run_id is not None else ""
    return f"{when}  version {change.version} {change.change}: {change.reason}{run}"


def _diff(library: SkillLibrary, options: argparse.Namespace) -> None:
    chosen = _chosen(library, options.name, options.versions)
    if chosen is None:
        if options.json:
            print_json({"name": options.name, "old": None, "new": None, "lines": []})
        else:
            print(f"{options.name} has one version: there is nothing to compare it with.")
        return
    old, new = chosen
    lines = diff_lines(old.source, new.source)
    if options.json:
        print_json(
            {
                "name": new.name,
                "old": old.version,
                "new": new.version,
                "lines": [asdict(line) for line in lines],
            }
        )
        return
    print(f"--- {old.name}, version {old.version}, {old.status.value}")
    print(f"+++ {new.name}, version {new.version}, {new.status.value}")
    for line in lines:
        print(clean(f"{line.sign} {line.text}".rstrip()))


def _chosen(library: SkillLibrary, name: str, wanted: Sequence[int]) -> tuple[Skill, Skill] | None:
    """The two versions to compare; one alone is compared with the one in use, or before it."""
    if len(wanted) > 2:
        raise SettingsError("Two versions can be compared: name one or two.")
    if len(wanted) == 2:
        return library.get(name, wanted[0]), library.get(name, wanted[1])
    versions, active = library.versions(name), library.get(name)
    if not wanted:
        return (versions[-2], versions[-1]) if len(versions) > 1 else None
    one = library.get(name, wanted[0])
    if one.version != active.version:
        return (one, active) if one.version < active.version else (active, one)
    return (versions[one.version - 2], one) if one.version > 1 else None
