"""The part of the library that says what becomes of skills; the rules are in `lifecycle.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skills.history import Change, SkillChange, SkillHistory
from skills.lifecycle import Lifecycle
from skills.loading import Loader
from skills.skill import Skill, SkillStatus
from skills.versions import VersionStore

BY_HAND = "by hand"


class LibraryChanges:
    """What becomes of the skills of one library, and what has become of them."""

    def __init__(
        self,
        versions: VersionStore,
        history: SkillHistory,
        lifecycle: Lifecycle,
        loader: Loader,
    ) -> None:
        self._versions = versions
        self._history = history
        self._lifecycle = lifecycle
        self._loader = loader

    def untried(self) -> list[Skill]:
        """What the agent may try, oldest first: neither pinned nor banned.

        Every candidate, and versions that are verified but were never in use.
        """
        return self._versions.untried()

    def begin_run(self, run_id: int) -> None:
        """What changes from here on is noted as of that run."""
        self._history.run_id = run_id

    def set_status(
        self, name: str, status: SkillStatus, version: int | None = None, reason: str = BY_HAND
    ) -> Skill:
        """Sets the status of a version, the active one if none is given, and returns it.

        A version that becomes verified becomes the active one, unless the name is pinned. Raises
        UnknownSkillError, and where it becomes active what `add` raises.
        """
        return self._lifecycle.set_status(name, status, version, reason)

    def verify(self, name: str, version: int, reason: str, replaces: bool = True) -> Skill:
        """Notes that a version has worked again; it is verified from here on.

        It takes the place of another active version only if it `replaces` that. Raises as
        `set_status`.
        """
        return self._lifecycle.verify(name, version, reason, replaces)

    def set_contract(self, name: str, version: int, contract: Mapping[str, Any]) -> None:
        """The goal of a version whose goal was found out by running it, as JSON."""
        self._versions.write_contract(name, version, contract)

    def note_failure(self, name: str, version: int, reason: str) -> None:
        """Notes that a version did not work from another start; its status stays."""
        self._history.note(name, version, Change.FAILED, reason)

    def quarantine(self, name: str, reason: str) -> tuple[str, ...]:
        """Takes a skill that broke out of use, and all that calls it; who was, itself first.

        A pinned skill stays as it is, and nobody is answered. Raises UnknownSkillError.
        """
        return self._lifecycle.quarantine(name, reason)

    def release(self, name: str, reason: str) -> Skill:
        """A quarantined skill works again: it is verified, and its callers are what they were.

        Raises as `set_status`.
        """
        return self._lifecycle.set_status(name, SkillStatus.VERIFIED, None, reason)

    def activate(self, name: str, version: int, reason: str = BY_HAND) -> Skill:
        """Makes the name stand for that version. Raises as `add`."""
        return self._lifecycle.activate(name, version, reason)

    def fallback(self, name: str) -> Skill | None:
        """The newest verified version that could be gone back to from the active one."""
        active = self._versions.get(name)
        verified = (
            skill
            for skill in reversed(self._versions.of(name))
            if skill.version != active.version and skill.status is SkillStatus.VERIFIED
        )
        return next((skill for skill in verified if self._loader.can_load(skill)), None)

    def rewritten(self, name: str) -> list[Skill]:
        """Versions newer than the active one that could take its place, oldest first.

        What was in use before comes back by hand only.
        """
        active, left = self._versions.get(name), self._history.once_activated(name)
        newer = [v for v in self._versions.of(name) if v.version > active.version]
        unused = [v for v in newer if v.usable and v.version not in left]
        return [one for one in unused if self._loader.can_load(one)]

    def history(self, name: str) -> list[SkillChange]:
        """What became of a skill, oldest first. Raises UnknownSkillError."""
        self._versions.get(name)
        return self._history.of(name)

    def pin(self, name: str, reason: str = BY_HAND) -> None:
        """The agent changes neither its status nor its active version by itself."""
        self._lifecycle.mark(name, "pinned", True, reason)

    def unpin(self, name: str, reason: str = BY_HAND) -> None:
        """Takes `pin` back."""
        self._lifecycle.mark(name, "pinned", False, reason)

    def ban(self, name: str, reason: str = BY_HAND) -> tuple[str, ...]:
        """It is never used, whatever is learned under its name; who was quarantined with it."""
        return self._lifecycle.mark(name, "banned", True, reason)

    def unban(self, name: str, reason: str = BY_HAND) -> tuple[str, ...]:
        """Takes `ban` back; who may be used again with it."""
        return self._lifecycle.mark(name, "banned", False, reason)
