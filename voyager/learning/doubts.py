"""Skills that failed where other programs called them: tried by themselves before they are judged.

What calls a skill may be to blame for its failures; from a start where it has worked, alone, only
the skill can be. Covers which are in doubt and where each is tried. Not covered: running it
(`promotion.py`), and what follows (`status_review.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from curriculum import GoalError
from mc_server import GameData
from skills import Skill, SkillError, SkillLibrary, SkillStatus, is_in_doubt
from voyager.gym.exercise import Exercise
from voyager.gym.starts import exercise_of, starts_of

LOOKED_BACK = 1000
"""Uses before this sitting that are looked through for failures."""


@dataclass
class Doubts:
    """The doubts about the skills of a library in one sitting; each is looked into once."""

    library: SkillLibrary
    game_data: GameData | None = None
    _seen: int = field(default=-1, init=False)
    _waiting: list[str] = field(default_factory=list, init=False)

    def next(self) -> Exercise | None:
        """A skill in doubt, from a start where it has worked; None where there is no such."""
        last = self.library.uses.last_id()
        after = max(0, last - LOOKED_BACK) if self._seen < 0 else self._seen
        if last > after:
            failed = self.library.uses.failed_when_called(after)
            self._waiting += [name for name in failed if name not in self._waiting]
        self._seen = last
        while self._waiting:
            exercise = self._exercise(self._waiting.pop(0))
            if exercise is not None:
                return exercise
        return None

    def _exercise(self, name: str) -> Exercise | None:
        try:
            skill = self.library.get(name)
            return self._from_home(skill) if self._is_doubted(skill) else None
        except (SkillError, GoalError):
            return None

    def _is_doubted(self, skill: Skill) -> bool:
        if skill.status is not SkillStatus.VERIFIED or skill.pinned or skill.banned:
            return False
        uses = self.library.uses.of(skill.name, skill.version)
        return is_in_doubt(uses, self.library.contract(skill.name, skill.version))

    def _from_home(self, skill: Skill) -> Exercise | None:
        uses = self.library.uses.of(skill.name, skill.version)
        start = starts_of(skill, uses, 2, self.game_data)[0]
        if start.position is None:
            return None
        start = replace(start, origin=f"the world of seed {start.seed}, where it had worked")
        return exercise_of(skill, self.library, start, game_data=self.game_data)
