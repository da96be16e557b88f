"""A program that was just written may be a known skill by another name: then it is that skill.

Covers finding the skill that a new one would be the same as: of the same goal, with the same
program up to names and formatting, and the same numbers and texts in it. Not covered: what is
nearly the same, which is looked for when skills are merged.
"""

from __future__ import annotations

from dataclasses import dataclass

from mc_server import BridgeError, Slot
from skills import ShapeStore, Skill, SkillLibrary
from voyager.learning.merging.member import Reader


@dataclass(frozen=True)
class Twins:
    """Finds them in a library; `reader` takes the shapes that are not known yet."""

    library: SkillLibrary
    shapes: ShapeStore
    reader: Reader

    def of(self, skill: Skill) -> Skill | None:
        """The skill in use that this new one is the same as. May write shapes down.

        None as well where its shape cannot be taken: then it is kept as a skill of its own.
        """
        same_goal = [known for known in self._of_its_type(skill) if _same_goal(known, skill)]
        if not same_goal:
            return None
        try:
            shape = self.reader(skill.source, skill.name, tuple(skill.parameters))
            if not shape.digest:
                return None
            self._take_missing(same_goal)
        except BridgeError:
            return None
        alike = set(self.shapes.alike(shape.digest))
        return next(
            (
                known
                for known in same_goal
                if known.name in alike
                and _told(self.shapes.slots(known.name, known.version)) == _told(shape.slots)
            ),
            None,
        )

    def _of_its_type(self, skill: Skill) -> list[Skill]:
        contract = skill.contract
        name = contract.get("name")
        of_name = name if isinstance(name, str) else None
        found = self.library.find_by_contract(str(contract.get("type")), of_name, status=None)
        return [known for known in found if known.usable]

    def _take_missing(self, skills: list[Skill]) -> None:
        for known in skills:
            if not self.shapes.is_taken(known.name, known.version):
                shape = self.reader(known.source, known.name, tuple(known.parameters))
                self.shapes.put(known.name, known.version, shape.digest, shape.slots)


def _same_goal(known: Skill, skill: Skill) -> bool:
    return dict(known.contract) == dict(skill.contract) and [*known.parameters.values()] == [
        *skill.parameters.values()
    ]


def _told(slots: tuple[Slot, ...] | None) -> list[tuple[str, float | str, bool]] | None:
    """What stands in the slots that count, and whether it may be given from outside."""
    if slots is None:
        return None
    return [(s.kind, s.value, s.parameter is not None) for s in slots if not s.is_shown]
