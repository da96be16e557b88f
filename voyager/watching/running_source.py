"""The source that is running: of the program itself, or of the skill that it is in just now.

Covers finding it for a watcher in a process of its own; skills are looked up in the home folder
once each. Not covered: showing it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

from skills import SkillError, open_library
from voyager.errors import VoyagerError
from voyager.home import Home
from voyager.journal.journal_opening import open_journal

SKILLS_KEPT = 50


class RunningSource:
    """Finds sources; `skill_source` reads that of a skill, None where there is none."""

    def __init__(self, skill_source: Callable[[str], str | None]) -> None:
        self._skill_source = skill_source
        self._known: dict[str, str | None] = {}

    def of(self, document: Mapping[str, Any]) -> tuple[str, int | None]:
        """The source to show and the line in it that runs, counted from 1; "" without a program."""
        program = document["program"]
        if not program:
            return "", None
        source, module = str(program["source"]), program["module"]
        line = program["line"] if program["running"] else None
        if line is not None and module != program["entry"]:
            found = self._of_skill(str(module))
            if found is None:
                return source, None
            source = found
        lines = len(source.splitlines())
        return source, line if isinstance(line, int) and 1 <= line <= lines else None

    def _of_skill(self, name: str) -> str | None:
        if name not in self._known:
            if len(self._known) >= SKILLS_KEPT:
                self._known.clear()
            self._known[name] = self._skill_source(name)
        return self._known[name]


def skill_source_in(home: Home) -> Callable[[str], str | None]:
    """Reads the sources of the skills of a home folder."""

    def read(name: str) -> str | None:
        try:
            with (
                open_journal(home) as connection,
                closing(open_library(connection, home.index)) as library,
            ):
                skill = library.find(name)
        except (VoyagerError, SkillError, sqlite3.Error, OSError):
            return None  # it is shown without
        return skill.source if skill else None

    return read
