"""Skills on their way from one library to another: whole, with all versions and what is known.

Covers reading a name with everything that belongs to it, and writing it into a library that does
not have the name. Runs and attempts are of one journal and are left behind; so is the history,
which begins anew with where the skill came from. Not covered: files (`voyager.exchange`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

from skills.contracts.learned_contract import LearnedContract
from skills.contracts.skill_use import SkillUse
from skills.contracts.use_store import UseStore
from skills.history import Change, SkillHistory
from skills.other_names import OtherNames
from skills.skill import Skill
from skills.versions import VersionStore


@dataclass(frozen=True)
class CarriedVersion:
    """One version. `added_at` is UTC, ISO 8601; `uses` are in their order.

    `learned` is what they taught, as it was: learned anew it might be told in other words.
    """

    skill: Skill
    added_at: str
    uses: tuple[SkillUse, ...] = ()
    learned: LearnedContract | None = None


@dataclass(frozen=True)
class CarriedSkill:
    """A name and all its versions, oldest first and numbered from 1 without a gap."""

    name: str
    active_version: int
    versions: tuple[CarriedVersion, ...]
    other_names: tuple[str, ...] = ()
    pinned: bool = False
    banned: bool = False


def carried_skills(connection: sqlite3.Connection) -> list[CarriedSkill]:
    """Every skill of a library, by name."""
    store, uses, names = VersionStore(connection), UseStore(connection), OtherNames(connection)
    times = {
        (name, version): added_at
        for name, version, added_at in connection.execute(
            "SELECT name, version, added_at FROM skill_versions"
        )
    }
    return [
        CarriedSkill(
            active.name,
            active.version,
            tuple(
                CarriedVersion(
                    skill,
                    times[skill.name, skill.version],
                    uses.of(skill.name, skill.version),
                    uses.contract(skill.name, skill.version),
                )
                for skill in store.of(active.name)
            ),
            names.of(active.name),
            active.pinned,
            active.banned,
        )
        for active in store.active()
    ]


def restore(connection: sqlite3.Connection, carried: Iterable[CarriedSkill], reason: str) -> None:
    """Writes skills whose names are new, as they were; inside the caller's transaction.

    The statuses are taken as they are: what calls what is the caller's to see to.
    """
    store, uses, names = VersionStore(connection), UseStore(connection), OtherNames(connection)
    history = SkillHistory(connection)
    every = [*carried]
    for skill in every:
        for version in skill.versions:
            _insert(connection, store, version)
            kept = version.skill
            history.note(kept.name, kept.version, kept.status, reason)
        store.activate(skill.name, skill.active_version)
        for mark, is_set, change in (
            ("pinned", skill.pinned, Change.PINNED),
            ("banned", skill.banned, Change.BANNED),
        ):
            if is_set:
                store.mark(skill.name, mark, True)
                history.note(skill.name, skill.active_version, change, reason)
    for skill in every:
        for other in skill.other_names:
            names.add(skill.name, other)
        for version in skill.versions:
            _add_uses(connection, uses, version)


def _insert(connection: sqlite3.Connection, store: VersionStore, version: CarriedVersion) -> None:
    skill = version.skill
    store.insert(replace(skill, provenance=replace(skill.provenance, run_id=None)))
    connection.execute(
        "UPDATE skill_versions SET added_at = ? WHERE name = ? AND version = ?",
        (version.added_at, skill.name, skill.version),
    )


def _add_uses(connection: sqlite3.Connection, uses: UseStore, version: CarriedVersion) -> None:
    skill = version.skill
    ids = uses.add_all(replace(use, run_id=None, attempt_id=None) for use in version.uses)
    connection.executemany(
        "UPDATE skill_uses SET used_at = ? WHERE id = ?",
        [(use.used_at, id_) for use, id_ in zip(version.uses, ids, strict=True)],
    )
    # The uses counted themselves; there may have been more than were kept.
    connection.execute(
        "UPDATE skill_versions SET successes = ?, failures = ? WHERE name = ? AND version = ?",
        (skill.successes, skill.failures, skill.name, skill.version),
    )
    if version.learned is not None:
        uses.keep_contract(skill.name, skill.version, version.learned)
