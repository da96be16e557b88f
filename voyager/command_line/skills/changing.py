"""`voyager skills rollback`, `pin`, `ban` and `edit`: a person's word on what skills are.

Each change is one short transaction, so that it may be made while the agent plays in the same home
folder: what is changed holds from the next program on.
"""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from typing import Any

from skills import USABLE, Skill, SkillLibrary, SkillStatus, open_library
from voyager.command_line.skills.editing import edit
from voyager.command_line.tables import print_json
from voyager.errors import SettingsError
from voyager.home import Home
from voyager.journal.database import transaction
from voyager.journal.journal_opening import open_journal

BY_HAND = "by hand"
_BACK = "rolled back by hand"


def run(options: argparse.Namespace) -> int:
    """Change what is asked for and say what followed. Nothing is changed when an error is told."""
    home = Home(options.home)
    with (
        open_journal(home) as connection,
        closing(open_library(connection, home.index)) as library,
    ):
        if options.action == "rollback":
            done = [_roll_back(connection, library, options)]
        elif options.action == "edit":
            done = [edit(connection, library, options)]
        else:
            with transaction(connection):
                done = _mark(library, options)
    if options.json:
        print_json(done)
    elif not options.quiet:
        for one in done:
            print(one["said"])
    return 0


def _roll_back(
    connection: sqlite3.Connection, library: SkillLibrary, options: argparse.Namespace
) -> dict[str, Any]:
    with transaction(connection):
        before = library.get(options.name)
        skill = _earlier(library, before, options.version)
        if skill.version == before.version:
            said = f"{before.name} is in use in version {before.version} already."
        else:
            was = skill.status
            if was not in USABLE:
                # A person's word brings it back, but does not make it work.
                library.set_status(skill.name, SkillStatus.CANDIDATE, skill.version, _BACK)
            skill = library.activate(skill.name, skill.version, _BACK)
            said = f"{skill.name} is in use in version {skill.version} now, {skill.status}."
            if was not in USABLE:
                shows = f"`voyager skills verify {skill.name}` shows whether it works"
                said += f" It was {was}: {shows}."
    return {"name": skill.name, "version": skill.version, "before": before.version, "said": said}


def _earlier(library: SkillLibrary, before: Skill, version: int | None) -> Skill:
    if version is not None:
        return library.get(before.name, version)
    found = library.fallback(before.name)
    if found is None:
        raise SettingsError(
            f"No other version of {before.name} is verified: name the one to go back to;"
            f" `voyager skills history {before.name}` shows them."
        )
    return found


def _mark(library: SkillLibrary, options: argparse.Namespace) -> list[dict[str, Any]]:
    names = list(dict.fromkeys(library.get(name).name for name in options.names))
    reason = options.reason or BY_HAND
    return [_MARKS[options.action](library, name, options.undo, reason) for name in names]


def _pin(library: SkillLibrary, name: str, undo: bool, reason: str) -> dict[str, Any]:
    (library.unpin if undo else library.pin)(name, reason)
    version = library.get(name).version
    said = f"{name} stays in version {version} until a person changes it."
    if undo:
        said = f"{name} may be changed by the agent again."
    return {"name": name, "version": version, "pinned": not undo, "said": said}


def _ban(library: SkillLibrary, name: str, undo: bool, reason: str) -> dict[str, Any]:
    others = (library.unban if undo else library.ban)(name, reason)
    if undo:
        skill = library.get(name)
        said = f"{name} is no longer banned: version {skill.version} is {skill.status}."
        also = f" So may be used again what calls it: {', '.join(others)}."
    else:
        said = f"{name} is banned: it is not used, whatever is learned under its name."
        also = f" Quarantined with it, since they call it: {', '.join(others)}."
    said += also if others else ""
    return {"name": name, "banned": not undo, "callers": list(others), "said": said}


_MARKS = {"pin": _pin, "ban": _ban}
