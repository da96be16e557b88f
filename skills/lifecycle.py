"""What may become of a skill: its statuses, the active version, and what follows for callers.

The rules:

- A new name stands for its first version. Another source under the name is a version beside the
  active one; it becomes active by `activate`, when it is set to verified, or at once where the
  active one is retired or quarantined.
- A skill that may not be used (quarantined, retired, banned) takes all its callers with it: they
  are quarantined because of it, and are again what they were when all that they call may be used.
- What is pinned is not changed by `quarantine`, and keeps its active version when another is
  verified. What calls a broken skill cannot be loaded, and is quarantined with it, pinned or not.
- A person's word counts more: `activate` and `set_status` do as they are told.

Every change is noted in the history. Each method does all of its writing or none.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from skills.closure import callees_first
from skills.errors import SkillUnavailableError
from skills.history import Change, SkillChange, SkillHistory
from skills.loading import Loader
from skills.skill import USABLE, Skill, SkillStatus
from skills.versions import VersionStore


class Lifecycle:
    """Changes the skills of one library."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        versions: VersionStore,
        history: SkillHistory,
        loader: Loader,
    ) -> None:
        self._connection = connection
        self._versions = versions
        self._history = history
        self._loader = loader

    def add(self, skill: Skill, reason: str) -> Skill:
        """See `SkillLibrary.add`."""
        versions = self._versions.of(skill.name)
        for known in versions:
            if known.source == skill.source:
                return known
        stored = replace(skill, version=len(versions) + 1)
        with self._all_or_nothing():
            if versions:
                stored = replace(stored, pinned=versions[0].pinned, banned=versions[0].banned)
                active = self._versions.get(skill.name)
            self._versions.insert(stored)
            if stored.status in USABLE:
                # A banned name may be learned again, it is only not used.
                self._loader.closure([skill.name], replace(stored, banned=False))
            said = reason or f"task: {stored.provenance.task}"
            self._history.note(stored.name, stored.version, stored.status, said)
            if versions and self._takes_over(stored, active):
                self._activate(stored, said)
        return stored

    def set_status(self, name: str, status: SkillStatus, version: int | None, reason: str) -> Skill:
        """See `SkillLibrary.set_status`."""
        active = self._versions.get(name)
        changed = replace(self._versions.get(name, version), status=status)
        with self._all_or_nothing():
            self._versions.write_status(name, changed.version, status)
            self._history.note(name, changed.version, status, reason)
            if changed.version == active.version:
                self._check(changed)
                self._settle(name)
            elif status is SkillStatus.VERIFIED and not active.pinned:
                self._activate(changed, reason)
        return changed

    def verify(self, name: str, version: int, reason: str, replaces: bool) -> Skill:
        """See `SkillLibrary.verify`."""
        active = self._versions.get(name)
        if version == active.version or (replaces and not active.pinned):
            return self.set_status(name, SkillStatus.VERIFIED, version, reason)
        skill = self._versions.get(name, version)
        if skill.status is not SkillStatus.VERIFIED:
            with self._all_or_nothing():
                self._versions.write_status(name, version, SkillStatus.VERIFIED)
                self._history.note(name, version, SkillStatus.VERIFIED, reason)
        return replace(skill, status=SkillStatus.VERIFIED)

    def quarantine(self, name: str, reason: str) -> tuple[str, ...]:
        """See `SkillLibrary.quarantine`."""
        skill = self._versions.get(name)
        if skill.pinned:
            with self._all_or_nothing():
                self._history.note(name, skill.version, Change.KEPT, f"not quarantined: {reason}")
            return ()
        with self._all_or_nothing():
            self._versions.write_status(name, skill.version, SkillStatus.QUARANTINED)
            self._history.note(name, skill.version, SkillStatus.QUARANTINED, reason)
            return (name, *self._settle(name))

    def activate(self, name: str, version: int, reason: str) -> Skill:
        """See `SkillLibrary.activate`."""
        skill = self._versions.get(name, version)
        if skill.status not in USABLE:
            raise SkillUnavailableError(
                f"{name} in version {version} is {skill.status.value}: `voyager skills verify"
                f" {name}` shows whether it works."
            )
        with self._all_or_nothing():
            if self._versions.get(name).version != version:
                self._activate(skill, reason)
        return skill

    def mark(self, name: str, mark: str, value: bool, reason: str) -> tuple[str, ...]:
        """Pin or ban, or take that back; the skills whose status changed with it."""
        words = {"pinned": (Change.UNPINNED, Change.PINNED)}
        skill = self._versions.get(name)
        change = words.get(mark, (Change.UNBANNED, Change.BANNED))[value]
        with self._all_or_nothing():
            if getattr(skill, mark) == value:
                return ()
            self._versions.mark(name, mark, value)
            self._history.note(name, skill.version, change, reason)
            return self._settle(name)

    # -- parts of a change ---------------------------------------------------------------------

    def _takes_over(self, stored: Skill, active: Skill) -> bool:
        """Whether a new version is active at once."""
        if stored.pinned or stored.status not in USABLE:
            return False
        return stored.status is SkillStatus.VERIFIED or active.status is not SkillStatus.VERIFIED

    def _activate(self, skill: Skill, reason: str) -> None:
        self._versions.activate(skill.name, skill.version)
        self._history.note(skill.name, skill.version, Change.ACTIVATED, reason)
        self._check(skill)
        self._settle(skill.name)

    def _check(self, skill: Skill) -> None:
        """What may be used must be loadable: no circle, no call to what may not be used."""
        if skill.usable:
            self._loader.closure([skill.name])

    def _settle(self, name: str) -> tuple[str, ...]:
        """Let all that calls a skill follow it; the names whose status changed."""
        above = {one: self._versions.get(one) for one in self._versions.all_callers(name)}
        # What is called comes before its callers: each has to look no further than its own calls.
        order = callees_first({one: skill.calls for one, skill in above.items()})
        return tuple(caller for caller in order if self._follow(above[caller]))

    def _follow(self, caller: Skill) -> bool:
        """Whether its status changed with what it calls."""
        change = None
        if caller.status is SkillStatus.QUARANTINED:
            change = self._history.quarantine_of(caller.name, caller.version)
            if change is None or change.because_of is None:
                return False  # it broke itself
        elif caller.status not in USABLE:
            return False
        blocker = self._loader.blocked_by(caller)
        if blocker is None:
            return change is not None and self._restore(caller, change)
        root, why = self._root(blocker)
        if change is None or change.because_of != root:
            self._versions.write_status(caller.name, caller.version, SkillStatus.QUARANTINED)
            self._history.note(
                caller.name, caller.version, SkillStatus.QUARANTINED, why, because_of=root
            )
        return change is None

    def _restore(self, caller: Skill, change: SkillChange) -> bool:
        status = self._history.usable_status(caller.name, caller.version)
        self._versions.write_status(caller.name, caller.version, status)
        said = f"{change.because_of} may be used again"
        self._history.note(caller.name, caller.version, status, said)
        return True

    def _root(self, blocker: Skill) -> tuple[str, str]:
        """For whose sake it may not be used, and why as its callers say it."""
        said = f"calls {blocker.name}, which"
        if blocker.banned:
            return blocker.name, f"{said} is banned"
        if blocker.status is SkillStatus.QUARANTINED:
            change = self._history.quarantine_of(blocker.name, blocker.version)
            if change is not None and change.because_of is not None:
                return change.because_of, f"{said} needs {change.because_of}"
            if change is not None:
                return blocker.name, f"{said} is quarantined: {change.reason}"
        return blocker.name, f"{said} is {blocker.status.value}"

    @contextlib.contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Undoes what was written inside when it fails, and leaves the caller's transaction be."""
        self._connection.execute("SAVEPOINT library")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO library")
                self._connection.execute("RELEASE library")
            raise
        self._connection.execute("RELEASE library")
