"""The statuses of skills after they were used: verified, in an older version's place, quarantined.

The agent's own decisions, from what the uses prove (`skills/evidence.py`), inside the transaction
that keeps the uses. What a person has pinned is left as it is; what is banned is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from skills import (
    Skill,
    SkillError,
    SkillLibrary,
    SkillStatus,
    has_broken,
    has_worked_again,
    reaches_all_of,
    serves_as_well,
)
from voyager.events import Event, SkillsQuarantined, SkillVerified

USES_LOOKED_AT = 30
"""Of each version, the last ones."""


class StatusReview:
    """Changes the skills of `library` by what their uses prove; `tell` hears of it."""

    def __init__(self, library: SkillLibrary, tell: Callable[[Event], None]) -> None:
        self._library = library
        self._tell = tell

    def review(self, names: Iterable[str]) -> None:
        """Look at these skills, which have been used; names of no skill are passed over."""
        for name in dict.fromkeys(names):
            active = self._library.find(name)
            if active is None or active.banned:
                continue
            if active.usable:
                self._look_for_breakage(active)
            if not active.pinned:
                for skill in (self._library.get(name), *self._library.rewritten(name)):
                    if skill.usable:
                        self._look_for_success(skill, self._library.get(name))

    def verified(self, skill: Skill, reason: str) -> None:
        """A version has worked again; it takes over if it serves as well as the one in use."""
        active = self._library.get(skill.name)
        is_active = skill.version == active.version
        replaces = is_active or not active.usable or self._serves_as_well(skill, active)
        if skill.status is SkillStatus.VERIFIED and (is_active or not replaces):
            return
        try:
            self._library.verify(skill.name, skill.version, reason, replaces)
        except SkillError as error:
            # What it calls cannot be used any more, or calls it: it stays what it is.
            self._library.note_failure(skill.name, skill.version, str(error))
            return
        replaced = active.version if replaces and not is_active else None
        self._tell(SkillVerified(skill.name, skill.version, reason, replaced))

    def _look_for_success(self, skill: Skill, active: Skill) -> None:
        if skill.status is SkillStatus.CANDIDATE:
            uses = self._library.uses.of(skill.name, skill.version, USES_LOOKED_AT)
            if has_worked_again(uses, self._library.contract(skill.name, skill.version)):
                self.verified(skill, "it worked again from another start")
        elif skill.version != active.version:
            self.verified(skill, f"it works as often as version {active.version}")

    def _look_for_breakage(self, active: Skill) -> None:
        name, version = active.name, active.version
        uses = self._library.uses.of(name, version, USES_LOOKED_AT)
        if not has_broken(uses, self._library.contract(name, version)):
            return
        last = uses[-1]
        why = last.error or last.outcome
        reason = f"it used to work and failed three times in a row, at last with: {why}"
        if (fallback := self._library.fallback(name)) is not None:
            reason += f" (`voyager skills rollback {name}` goes back to version {fallback.version})"
        if active.pinned and any(c.reason.endswith(reason) for c in self._library.history(name)):
            return  # said once
        if names := self._library.quarantine(name, reason):
            self._tell(SkillsQuarantined(names, reason))

    def _serves_as_well(self, skill: Skill, active: Skill) -> bool:
        """Whoever calls the one in use must get the same of the other."""
        of = self._library.uses.of
        return reaches_all_of(skill, active) and serves_as_well(
            of(skill.name, skill.version, USES_LOOKED_AT),
            of(active.name, active.version, USES_LOOKED_AT),
        )
