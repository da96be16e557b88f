"""`voyager skills edit`: a person's text becomes a new version of a skill.

Covers getting the text, from an editor or a file, looking it over as what a model writes is looked
over, and storing it. It is a candidate, which its next use or `voyager skills verify` verifies.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sqlite3
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from curriculum import GoalError, parse_goal
from mc_server import SOURCE_CHARACTERS, GameData, find_node, read_program
from skills import (
    Provenance,
    Skill,
    SkillLibrary,
    SkillStatus,
    primitives_reference,
)
from voyager.errors import SettingsError
from voyager.journal.database import transaction
from voyager.opening.gym_opening import scratch_gym
from voyager.writers.checks.program_check import (
    CheckedProgram,
    ProgramProblemError,
    Vocabulary,
    check_program,
)

PERSON = "person"


def edit(
    connection: sqlite3.Connection, library: SkillLibrary, options: argparse.Namespace
) -> dict[str, Any]:
    """Store the new version and say so. Raises SettingsError where the text is no such skill."""
    skill = library.get(options.name)
    text, kept = _written(skill, options.file)
    version = library.version_of(skill.name, text.strip())
    if version is None:
        version = library.version_of(skill.name, text)
    if version is not None:
        _forget(kept)
        known = library.get(skill.name, version)
        return _told(known, f"{skill.name} is unchanged: that is version {version}.")
    try:
        new = _skill_of(skill, text, library)
    except (ProgramProblemError, SettingsError) as error:
        where = f" Your text is kept: mend {kept} and give it with --file." if kept else ""
        raise SettingsError(f"{error}{where}") from error
    with transaction(connection):
        stored = library.add(new, f"edited by a person, from version {skill.version}")
        active = library.get(stored.name)
    _forget(kept)
    said = f"{stored.name} has a version {stored.version} now, a {stored.status}: "
    if active.version == stored.version:
        said += f"`voyager skills verify {stored.name}` shows whether it works, or its next use."
    else:
        said += f"it takes the place of version {active.version} when play has shown that it works"
        said += f" as well, or at once with `voyager skills rollback {stored.name}"
        said += f" {stored.version}`."
    return _told(stored, said)


def _told(skill: Skill, said: str) -> dict[str, Any]:
    status = skill.status.value
    return {"name": skill.name, "version": skill.version, "status": status, "said": said}


def _written(skill: Skill, file: Path | None) -> tuple[str, Path | None]:
    """The new text, and the file that it is in, if that is ours."""
    if file is not None:
        return _read(file), None
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise SettingsError("No editor is named: set $EDITOR, or give the new source with --file.")
    folder = Path(tempfile.mkdtemp(prefix="voyager-edit-"))
    path = folder / f"{skill.name}.js"
    path.write_text(skill.source, encoding="utf-8")
    try:
        code = subprocess.run(
            [*shlex.split(editor, posix=os.name == "posix"), str(path)], check=False
        ).returncode
    except (OSError, ValueError) as error:
        _forget(path)
        raise SettingsError(f"The editor '{editor}' cannot be started ({error}).") from error
    if code:
        _forget(path)
        raise SettingsError(f"The editor ended with code {code}: nothing is changed.")
    return _read(path), path


def _read(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as opened:
            text = opened.read(SOURCE_CHARACTERS + 1)
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not text in UTF-8: write it anew.") from error
    if len(text) > SOURCE_CHARACTERS:
        raise SettingsError(f"{file} is too long: a skill has {SOURCE_CHARACTERS} characters.")
    return text


def _forget(path: Path | None) -> None:
    if path is not None:
        with suppress(OSError):
            path.unlink()
            path.parent.rmdir()


def _skill_of(skill: Skill, text: str, library: SkillLibrary) -> Skill:
    try:
        goal = parse_goal(dict(skill.contract))
    except GoalError as error:
        raise SettingsError(f"{skill.name} has no goal that can be read: {error}") from error
    game_data = _game_data()
    callable_ = [one for one in library.list() if one.usable and one.name != skill.name]
    vocabulary = Vocabulary(primitives_reference(), callable_, game_data)
    node = find_node()
    checked = check_program(text, goal, vocabulary, lambda source: read_program(source, node))
    if checked.entry != skill.name:
        raise SettingsError(
            f"The text defines {checked.entry}, not {skill.name}: a version keeps the name."
        )
    return _version(skill, checked, game_data)


def _version(skill: Skill, checked: CheckedProgram, game_data: GameData) -> Skill:
    what = f"edit version {skill.version}"
    return replace(
        skill,
        source=checked.source,
        signature=checked.signature,
        description=checked.description or skill.description,
        when_to_use=checked.when_to_use or skill.when_to_use,
        calls=checked.calls,
        parameters=checked.parameters,
        status=SkillStatus.CANDIDATE,
        successes=0,
        failures=0,
        provenance=Provenance(None, what, 0, PERSON, None, game_data.version),
    )


def _game_data() -> GameData:
    """The names that a program may use, as a bot in a scratch world knows them."""
    with scratch_gym(1) as opened:
        return opened.game_data
