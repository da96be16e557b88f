"""The whole library looked through for what is in it twice, and what is found made one.

Covers the order: what has one shape first, then what has one meaning, one merge after the other,
each planned on what the ones before have left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from skills import SkillLibrary
from voyager.events import SkillsMerged
from voyager.learning.merging.alike import Alike, AlikeFinder
from voyager.learning.merging.merge_plan import LeftAlone, MergePlan, Planner

CarryOut = Callable[[MergePlan], SkillsMerged | LeftAlone]


@dataclass(frozen=True)
class Sweep:
    """Looks through `library`; of `names` alone, if any are given."""

    library: SkillLibrary
    finder: AlikeFinder
    planner: Planner
    names: Collection[str] = ()

    def plans(self) -> Iterator[MergePlan | LeftAlone]:
        """What would be merged, as the library is when each is asked for."""
        for find in (self.finder.by_shape, self.finder.by_meaning):
            for alike in find():
                plan = self._plan(alike)
                if plan is not None:
                    yield plan

    def _plan(self, alike: Alike) -> MergePlan | LeftAlone | None:
        names = [name for name in alike.names if self.library.get(name).usable]
        if len(self.names) > 1:
            names = [name for name in names if name in self.names]
        elif self.names and not set(names) & set(self.names):
            return None
        if len(names) < 2:
            return None
        if alike.by_meaning is None:
            return self.planner.same_shape(names)
        return self.planner.same_meaning(names, alike.by_meaning)

    def merge(self, carry_out: CarryOut) -> Iterator[SkillsMerged | LeftAlone]:
        """What became of each, as they are done."""
        for plan in self.plans():
            yield carry_out(plan) if isinstance(plan, MergePlan) else plan
