"""What a program may call, the version's names, and what is told of what it cannot use.

Covers what the rules of `program_check` share. Not covered: the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from mc_server import GameData, ProgramFacts
from skills import PrimitiveReference, Skill
from voyager.writers.checks.call_signatures import CallSignature, read_signature
from voyager.writers.checks.program_names import GAME_GLOBALS, LANGUAGE_GLOBALS

ALIKE = 0.6
VERY_ALIKE = 0.8
"""How near a name has to be to another (1 is the same) to be meant for it."""


@dataclass(frozen=True)
class Vocabulary:
    """What a program may call, and the version's names.

    `rewritable` are names of skills that a program may have itself: it is a new version then.
    `is_taken` tells which names others have, whether they may be called here or not.
    """

    primitives: Sequence[PrimitiveReference]
    skills: Sequence[Skill]
    game_data: GameData
    rewritable: frozenset[str] = frozenset()
    is_taken: Callable[[str], bool] = lambda name: False

    def for_program(self, name: str) -> Vocabulary:
        """What a program of that name may call; not what it is a new version of."""
        if name not in self.rewritable:
            return self
        return replace(self, skills=[skill for skill in self.skills if skill.name != name])

    @cached_property
    def awaited(self) -> frozenset[str]:
        """Names whose calls take time."""
        slow = {primitive.name for primitive in self.primitives if primitive.is_async}
        return frozenset(slow | {skill.name for skill in self.skills})

    @cached_property
    def names(self) -> frozenset[str]:
        """Every primitive and skill."""
        return self.awaited | {primitive.name for primitive in self.primitives}

    @cached_property
    def signatures(self) -> Mapping[str, CallSignature]:
        """How each primitive and skill is called."""
        written = {one.name: one.typed_signature or one.signature for one in self.primitives}
        written |= {skill.name: skill.signature for skill in self.skills}
        return {name: read_signature(text) for name, text in written.items() if text}

    @cached_property
    def blocks(self) -> frozenset[str]:
        """Names of blocks."""
        return frozenset(self.game_data.blocks)

    @cached_property
    def things(self) -> frozenset[str]:
        """Names of items and blocks."""
        return self.game_data.items | self.blocks

    @cached_property
    def mobs(self) -> frozenset[str]:
        """Names of mobs; empty where they are not known."""
        return frozenset(self.game_data.entity_drops)


@dataclass(frozen=True)
class Problem:
    """A sentence about a line for whoever wrote it."""

    line: int
    sentence: str


def known_globals(facts: ProgramFacts, vocabulary: Vocabulary) -> frozenset[str]:
    """The names that a program finds without declaring them."""
    goals = facts.bot.names_of("goals")
    return frozenset({*LANGUAGE_GLOBALS, *GAME_GLOBALS, "arguments", *goals, *vocabulary.names})


def near(
    name: str, names: Collection[str], limit: int = 3, likeness: float = ALIKE
) -> tuple[str, ...]:
    """Names like a misspelt one, whatever their case, most similar first."""
    by_case = {each.lower(): each for each in sorted(names) if each != name}
    return tuple(by_case[m] for m in get_close_matches(name.lower(), by_case, limit, likeness))


def did_you_mean(
    name: str, names: Collection[str], otherwise: str = ".", likeness: float = ALIKE
) -> str:
    """What goes on after a clause about an unknown name, with what may have been meant."""
    close = near(name, names, likeness=likeness)
    return f"; did you mean {' or '.join(close)}?" if close else otherwise
