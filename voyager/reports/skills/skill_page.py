"""All there is to say of one skill: its versions, its record, its place among the others."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from skills import Skill, SkillLibrary
from voyager.reports.skills.learned_words import Learned, goal_words, read_learned
from voyager.reports.skills.skill_rows import SkillRow, rows_named
from voyager.reports.skills.skill_uses import KindCount, ShownUse, count_uses, read_uses

CHANGES_SHOWN = 200


@dataclass(frozen=True)
class ShownVersion:
    """One version and where it came from; `attempt` is named as `voyager transcript` takes it."""

    version: int
    status: str
    active: bool
    successes: int
    failures: int
    task: str
    writer: str
    model: str | None
    game_version: str
    added_at: str
    attempt: str | None


@dataclass(frozen=True)
class ShownChange:
    """Something that became of a skill; `because_of` names another that it hung on."""

    version: int
    change: str
    reason: str
    because_of: str | None
    run: int | None
    changed_at: str


@dataclass(frozen=True)
class SkillPage:
    """One version of a skill with all that is known of it.

    `callers` are the skills whose active version calls it, `callees` those that it calls,
    `primitives` the other names it calls. `uses` are the newest of all versions, oldest first;
    `changes` the newest first; `versions` the newest first.
    """

    skill: Skill
    goal: str
    learned: Learned | None
    pinned: bool
    banned: bool
    other_names: tuple[str, ...]
    callers: tuple[SkillRow, ...]
    callees: tuple[SkillRow, ...]
    primitives: tuple[str, ...]
    versions: tuple[ShownVersion, ...]
    changes: tuple[ShownChange, ...]
    uses: tuple[ShownUse, ...]
    uses_by_kind: tuple[KindCount, ...]

    @property
    def shown_version(self) -> ShownVersion:
        """What is known of the version that the page is about."""
        return next(v for v in self.versions if v.version == self.skill.version)


def read_skill_page(
    connection: sqlite3.Connection, library: SkillLibrary, name: str, version: int | None = None
) -> SkillPage:
    """The page of a version, of the active one if none is given. Raises UnknownSkillError."""
    skill = library.get(name, version)
    callees = rows_named(connection, skill.calls)
    return SkillPage(
        skill=skill,
        goal=goal_words(skill.contract),
        learned=read_learned(library, skill),
        pinned=skill.pinned,
        banned=skill.banned,
        other_names=library.other_names(name),
        callers=tuple(rows_named(connection, library.callers(name)).values()),
        callees=tuple(callees[called] for called in skill.calls if called in callees),
        primitives=tuple(called for called in skill.calls if called not in callees),
        versions=read_versions(connection, name),
        changes=_changes(connection, name),
        uses=read_uses(connection, name),
        uses_by_kind=count_uses(connection, name),
    )


def read_versions(connection: sqlite3.Connection, name: str) -> tuple[ShownVersion, ...]:
    """All versions of a skill, the newest first."""
    cursor = connection.execute(
        "SELECT v.version, v.status, v.version = s.active_version, v.successes, v.failures, v.task,"
        " v.writer, v.model, v.game_version, v.added_at,"
        " (SELECT t.run_id || '.' || t.iteration || '.' || a.number FROM tasks AS t"
        "  JOIN attempts AS a ON a.task_id = t.id WHERE t.run_id = v.run_id"
        "  AND t.description = v.task AND a.number = v.attempt AND a.entry = v.name"
        "  AND NOT a.reused ORDER BY t.iteration DESC LIMIT 1)"
        " FROM skill_versions AS v JOIN skills AS s ON s.name = v.name"
        " WHERE v.name = ? ORDER BY v.version DESC",
        (name,),
    )
    return tuple(ShownVersion(*(*row[:2], bool(row[2]), *row[3:])) for row in cursor)


def _changes(connection: sqlite3.Connection, name: str) -> tuple[ShownChange, ...]:
    cursor = connection.execute(
        "SELECT version, change, reason, because_of, run_id, changed_at FROM skill_changes"
        " WHERE name = ? ORDER BY id DESC LIMIT ?",
        (name, CHANGES_SHOWN),
    )
    return tuple(ShownChange(*row) for row in cursor)
