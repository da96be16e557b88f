"""Which skills can be loaded, and what is loaded with them.

A skill can be loaded when it and all that it calls may be used: candidates and verified ones that
are not banned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from skills.closure import in_dependency_order
from skills.errors import SkillError, SkillUnavailableError, UnknownSkillError
from skills.skill import Skill
from skills.versions import VersionStore


class Loader:
    """Loads skills of a store beside `primitives`."""

    def __init__(self, versions: VersionStore, primitives: Collection[str]) -> None:
        self._versions = versions
        self._primitives = frozenset(primitives)

    def closure(self, names: Iterable[str], instead: Skill | None = None) -> list[Skill]:
        """The named skills and all that they call, each after what it calls itself.

        Names of primitives are passed over. `instead` is a version that stands for its name here.
        Raises UnknownSkillError, SkillCycleError, and SkillUnavailableError when one of them may
        not be used.
        """

        def find(name: str, caller: str | None) -> Skill | None:
            if name in self._primitives:
                return None
            return self._usable(name, f"{caller} calls {name}. " if caller else "", instead)

        return in_dependency_order(names, find)

    def can_load(self, skill: Skill) -> bool:
        """Whether this version can be loaded with all that it calls."""
        try:
            self.closure([skill.name], skill)
        except SkillError:
            return False
        return True

    def blocked_by(self, skill: Skill) -> Skill | None:
        """The first skill that it calls itself and that may not be used."""
        for name in skill.calls:
            if name != skill.name and name not in self._primitives:
                called = self._versions.get(name)
                if not called.usable:
                    return called
        return None

    def _usable(self, name: str, context: str, instead: Skill | None) -> Skill:
        if instead is not None and instead.name == name:
            skill = instead
        else:
            try:
                skill = self._versions.get(name)
            except UnknownSkillError:
                known = (*self._versions.names(), *self._primitives)
                raise UnknownSkillError(name, known, context) from None
        if skill.banned:
            raise SkillUnavailableError(
                f"{context}{name} is banned: `voyager skills ban --undo {name}` allows it again."
            )
        if not skill.usable:
            raise SkillUnavailableError(
                f"{context}{name} is {skill.status.value}: verify it again, or write another."
            )
        return skill
