"""Skills that are alike: of one shape, or of one goal, one effect and one meaning.

Covers finding them. A shape is taken once for each version and kept, so that what is of one shape
is a look-up. Meaning alone says little: a skill for coal is nearer to one for iron (0.83) than two
for iron are to each other (0.6), so it is asked only of skills with the same goal and effects.
Not covered: whether what is alike can be one (`merge_plan.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mc_server import Slot
from skills import LearnedContract, ShapeStore, Skill, SkillLibrary, Spread, in_words
from voyager.learning.merging.contract_numbers import frame_of
from voyager.learning.merging.member import Reader

LEAST_SIMILARITY = 0.5
"""Two skills written for one goal in other words have 0.55 to 0.85."""
LEAST_SUCCESSES = 2
"""What was learned from one use may be chance."""
_MOST_TIMES = 2.0

Similarity = Callable[[str, str], float]
"""How near two texts are in meaning, as a cosine."""
Taken = tuple[Skill, str, tuple[Slot, ...]]
"""A skill with the digest and slots of its shape."""


@dataclass(frozen=True)
class Alike:
    """Skills that are alike; `by_meaning` is why, where it is not their shape."""

    names: tuple[str, ...]
    by_meaning: str | None = None


class AlikeFinder:
    """Looks through a library. `reader` takes shapes, `similarity` compares texts."""

    def __init__(
        self, library: SkillLibrary, shapes: ShapeStore, reader: Reader, similarity: Similarity
    ) -> None:
        self._library = library
        self._shapes = shapes
        self._reader = reader
        self._similarity = similarity

    def missing_shapes(self) -> list[Taken]:
        """Those that were not taken yet, taken: a question each, so outside of transactions."""
        taken = []
        for skill in map(self._library.get, self._shapes.missing()):
            shape = self._reader(skill.source, skill.name, tuple(skill.parameters))
            taken.append((skill, shape.digest, shape.slots))
        return taken

    def keep_shapes(self, taken: Iterable[Taken]) -> None:
        """Keep them. Inside of a transaction."""
        for skill, digest, slots in taken:
            self._shapes.put(skill.name, skill.version, digest, slots)

    def by_shape(self) -> tuple[Alike, ...]:
        """The skills that have a shape in common, and goals that differ in numbers alone."""
        found = []
        for names in self._shapes.repeated():
            skills = [self._library.get(name) for name in names]
            found += [Alike(_names(group)) for group in _groups(skills, _goal)]
        return tuple(found)

    def by_meaning(self) -> tuple[Alike, ...]:
        """The skills with one goal, the same needs and effects, and near meanings."""
        usable = [skill for skill in self._library.list() if skill.usable]
        found = []
        for same_goal in _groups(usable, _whole_goal):
            learned = {skill.name: self._library.contract(skill.name) for skill in same_goal}
            found += self._near([s for s in same_goal if _is_known(learned[s.name])], learned)
        return tuple(found)

    def _near(
        self, skills: Sequence[Skill], learned: dict[str, LearnedContract | None]
    ) -> list[Alike]:
        found, left = [], list(skills)
        while left:
            first, *left = left
            group = [first]
            lowest = 1.0
            for other in tuple(left):
                if not same_effects(learned[first.name], learned[other.name]):
                    continue
                similarity = self._similarity(_text(first), _text(other))
                if similarity >= LEAST_SIMILARITY:
                    group.append(other)
                    left.remove(other)
                    lowest = min(lowest, similarity)
            if len(group) > 1:
                reason = f"the same goal, needs and effects, and near in meaning ({lowest:.2f})"
                found.append(Alike(_names(group), reason))
        return found


def same_effects(one: LearnedContract | None, other: LearnedContract | None) -> bool:
    """Whether two skills were seen to need the same and to do the same."""
    if one is None or other is None:
        return False
    return (
        (one.holds, one.stations, one.dimensions, one.per_count)
        == (other.holds, other.stations, other.dimensions, other.per_count)
        and _same_amounts(one.yields, other.yields)
        and _same_amounts(one.consumes, other.consumes)
    )


def _same_amounts(one: Mapping[str, Spread], other: Mapping[str, Spread]) -> bool:
    return one.keys() == other.keys() and all(_near_amounts(one[k], other[k]) for k in one)


def _near_amounts(one: Spread, other: Spread) -> bool:
    least, most = sorted((one.median, other.median))
    return most <= _MOST_TIMES * least


def _is_known(learned: LearnedContract | None) -> bool:
    return learned is not None and learned.successes >= LEAST_SUCCESSES


def _groups(skills: Iterable[Skill], key: Callable[[Skill], str]) -> list[list[Skill]]:
    groups: dict[str, list[Skill]] = {}
    for skill in skills:
        groups.setdefault(key(skill), []).append(skill)
    return [group for group in groups.values() if len(group) > 1]


def _goal(skill: Skill) -> str:
    return frame_of(skill.contract)


def _whole_goal(skill: Skill) -> str:
    """Up to what its parameters set; other numbers are part of the goal."""
    set_by_it = sorted(skill.parameters.values())
    fixed = {key: value for key, value in skill.contract.items() if key not in set_by_it}
    return f"{sorted(fixed.items(), key=str)} {set_by_it}"


def _names(skills: Iterable[Skill]) -> tuple[str, ...]:
    return tuple(skill.name for skill in skills)


def _text(skill: Skill) -> str:
    return f"{in_words(skill.name)}\n{skill.description}\n{skill.when_to_use}"
