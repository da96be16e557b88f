"""What a model may look up while it writes a program, and the answers.

Covers: the look-ups as a model is told of them, and one writing's, which remember the skills that
were found so that the program may call them. Not covered: how calls are made and bounded (see
`language_models/tool_conversation.py`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from curriculum import TechTree, close_names
from mc_server import BridgeError, Circumstances, Observation
from skills import PrimitiveReference, Skill, SkillError
from voyager.errors import ModelError
from voyager.language_models import LookUp
from voyager.uses.circumstances import circumstances_of
from voyager.writers.model.game_look_ups import block_facts, seen_near, ways_to
from voyager.writers.model.signatures import primitive_text, skill_signature

SKILLS_FOUND = 5
QUESTIONS_AT_MOST = 2
"""For one program: each that is not known yet asks a model."""

LOOK_UPS: Mapping[str, str] = {
    "recipe": "All ways to an item (tools, table, fuel), and the steps from what is carried now.",
    "block": "Which tool a block needs and what it drops.",
    "nearby": "Where blocks, creatures, items or chests of a name are in sight.",
    "find_skills": "Known skills for a purpose, told in words.",
    "skill_source": "The code of a known skill.",
    "primitive": "All about one primitive: what it does, parameters, errors.",
    "mineflayer": "Signatures of `bot` and its kin: a name or a word.",
    "ask": "A question about the game, answered in a few sentences.",
}
"""Each takes one text."""


class Skills(Protocol):
    """The part of the skill library that is looked into."""

    def search(
        self, text: str, limit: int = 5, *, here: Circumstances | None = None
    ) -> Sequence[tuple[Skill, float]]:
        """The best for a purpose that can be called, best first. Raises SkillError."""

    def get(self, name: str) -> Skill:
        """Raises UnknownSkillError."""


class LookUps:
    """Answers look-ups. Without `mineflayer` or `ask` these are not offered.

    tech_tree: plans, with the version's data. primitives: what a program may call. skills: the
    library. mineflayer: signatures for a name or words. ask: a question's answer, or ModelError.
    """

    def __init__(
        self,
        tech_tree: TechTree,
        primitives: Sequence[PrimitiveReference],
        skills: Skills | None = None,
        mineflayer: Callable[[str], str] | None = None,
        ask: Callable[[str], str] | None = None,
    ) -> None:
        self._tech_tree = tech_tree
        self._primitives = {primitive.name: primitive for primitive in primitives}
        self._skills = skills
        self._mineflayer = mineflayer
        self._ask = ask

    def begin(self, observation: Observation) -> LookUpSession:
        """The look-ups of one writing, from what is observed now."""
        answers: dict[str, Callable[[str], str]] = {
            "recipe": lambda name: ways_to(name, self._tech_tree, observation),
            "block": lambda name: block_facts(name, self._tech_tree.game_data),
            "nearby": lambda name: seen_near(name, observation),
            "primitive": self._primitive,
        }
        if self._mineflayer is not None:
            answers["mineflayer"] = self._mineflayer
        if self._ask is not None:
            answers["ask"] = _asked_at_most(QUESTIONS_AT_MOST, self._ask)
        return LookUpSession(answers, self._skills, circumstances_of(observation))

    def _primitive(self, name: str) -> str:
        found = self._primitives.get(name.removeprefix("await ").partition("(")[0].strip())
        if found is not None:
            return primitive_text(found)
        close = close_names(name, self._primitives.keys()) or tuple(self._primitives)
        return f"There is no primitive {name}; there are {', '.join(close)}."


def _asked_at_most(questions: int, ask: Callable[[str], str]) -> Callable[[str], str]:
    asked = itertools.count()
    return lambda text: (
        ask(text) if next(asked) < questions else f"No more than {questions} questions a program."
    )


class LookUpSession:
    """The look-ups of one writing. `found` are the skills that were told of."""

    def __init__(
        self,
        answers: Mapping[str, Callable[[str], str]] | None = None,
        skills: Skills | None = None,
        here: Circumstances | None = None,
    ) -> None:
        self._here = here
        self._answers = dict(answers or {})
        self._skills = skills
        self.found: dict[str, Skill] = {}
        if skills is not None:
            self._answers["find_skills"] = self._find_skills
            self._answers["skill_source"] = self._skill_source

    @property
    def offered(self) -> tuple[LookUp, ...]:
        """What can be looked up."""
        return tuple(
            LookUp(name, description)
            for name, description in LOOK_UPS.items()
            if name in self._answers
        )

    def answer(self, name: str, text: str) -> str:
        """What a look-up comes to; a sentence where it comes to nothing."""
        if not text.strip():
            return f"{name} wants a text: {LOOK_UPS[name]}"
        try:
            return self._answers[name](text)
        except (SkillError, ModelError, BridgeError) as error:
            return f"That cannot be told now: {error}"

    def knows(self, names: Iterable[str]) -> bool:
        """Whether some of these are skills that were not told of; from here on they are found."""
        before = len(self.found)
        for name in names:
            with suppress(SkillError):
                self._skill_source(name)
        return len(self.found) > before

    def _find_skills(self, text: str) -> str:
        assert self._skills is not None, "offered with a library only"
        found = [skill for skill, _ in self._skills.search(text, SKILLS_FOUND, here=self._here)]
        self.found.update((skill.name, skill) for skill in found)
        return "\n".join(map(skill_signature, found)) or "No skill is known yet."

    def _skill_source(self, name: str) -> str:
        if self._skills is None:
            return "No skill is known."
        skill = self._skills.get(name.removeprefix("await ").partition("(")[0].strip())
        if not skill.usable:
            return f"{skill.name} is {skill.status.value} and cannot be called.\n{skill.source}"
        self.found[skill.name] = skill
        return skill.source
