"""What a merge would change, before anything is changed: worked out from the library as it is.

Covers which of several skills is left, its program, and its callers' programs. Not covered: finding
skills that are alike (`alike.py`), and whether what is planned works (`merger.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from skills import Skill, SkillLibrary, SkillStatus, calls_in
from voyager.learning.merging.call_rewriting import CallsStayError, callee_of, rewritten
from voyager.learning.merging.contract_numbers import literal_text, numbers_of
from voyager.learning.merging.member import Member, Reader, member_of
from voyager.learning.merging.parameterising import filling_of, generalised

WRITER = "merge"
_SAYS_A_NUMBER = re.compile(
    r"\d|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen|twenty|thirty"
    r"|forty|fifty|sixty|hundred|dozen|single|stack|a|an)(?![a-z])"
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True)
class MergePlan:
    """What would be done. `kept` is the skill that is left, as it would be; `kept_before` as it is.

    `callers` are pairs of a caller as it is and as it would be. `arguments` says with what `kept`
    does what each of the merged skills, and the one that is left, did.
    """

    kept_before: Skill
    kept: Skill
    merged: tuple[Skill, ...]
    callers: tuple[tuple[Skill, Skill], ...]
    arguments: tuple[tuple[Skill, tuple[Any, ...]], ...]
    reason: str
    is_the_same_program: bool

    @property
    def rewrites(self) -> bool:
        """Whether the skill that is left gets a new version."""
        return self.kept.source != self.kept_before.source

    @property
    def all_before(self) -> tuple[Skill, ...]:
        """Every skill that it changes or counts on, as it is."""
        return (self.kept_before, *self.merged, *(before for before, _ in self.callers))

    @property
    def names(self) -> tuple[str, ...]:
        """The merged ones' names."""
        return tuple(skill.name for skill in self.merged)


@dataclass(frozen=True)
class LeftAlone:
    """Skills that are alike and stay as they are; `reason` is a sentence."""

    names: tuple[str, ...]
    reason: str


class Planner:
    """Plans merges in a library; `reader` gives the shapes of programs."""

    def __init__(self, library: SkillLibrary, reader: Reader) -> None:
        self._library = library
        self._reader = reader

    def same_shape(self, names: Sequence[str]) -> MergePlan | LeftAlone | None:
        """Of skills of one shape; None when they are not the same skill."""
        ranked = self._ranked([self._library.get(name) for name in names], scaled=True)
        group: list[Member] = []
        for member in [member_of(skill, self._reader) for skill in ranked]:
            if member.is_sound and filling_of([*group, member]) is not None:
                group.append(member)
        filling = filling_of(group) if len(group) > 1 else None
        if filling is None:
            return None
        survivor, others = group[0], group[1:]
        kept = generalised(survivor, filling)
        if kept is None:
            return self._left([*group], f"{survivor.skill.name} cannot take a parameter more.")
        numbers = sorted({scaled.path for scaled in filling if scaled})
        reason = "the same program" + (f" up to {', '.join(numbers)}" if numbers else "")
        return self._plan(survivor, kept, others, reason, is_the_same_program=not numbers)

    def same_meaning(self, names: Sequence[str], reason: str) -> MergePlan | LeftAlone | None:
        """Of skills that were found to do the same by other programs."""
        ranked = self._ranked([self._library.get(name) for name in names], scaled=False)
        members = [member_of(skill, self._reader) for skill in ranked]
        survivor = members[0]
        others = [
            other for other in members[1:] if other.is_sound and other.paths == survivor.paths
        ]
        if not survivor.is_sound or not others:
            return None
        return self._plan(survivor, survivor.skill, others, reason, is_the_same_program=False)

    def _plan(
        self,
        survivor: Member,
        kept: Skill,
        others: Sequence[Member],
        reason: str,
        is_the_same_program: bool,
    ) -> MergePlan | LeftAlone:
        merged = tuple(member.skill for member in others if not member.skill.pinned)
        everyone = [survivor, *others]
        if not merged:
            return self._left(everyone, "All of them are pinned; unpin those that may go.")
        if kept.source != survivor.skill.source and survivor.skill.pinned:
            return self._left(
                everyone, f"{kept.name} is pinned and would have to be changed; unpin it for that."
            )
        members = [member for member in everyone if member.skill in (survivor.skill, *merged)]
        kept = _as_kept(kept, survivor.skill, merged)
        try:
            callers = self._callers(member_of(kept, self._reader), members[1:])
        except CallsStayError as error:
            return self._left(everyone, str(error))
        arguments = tuple((m.skill, _arguments(kept, m)) for m in members)
        return MergePlan(
            survivor.skill, kept, merged, callers, arguments, reason, is_the_same_program
        )

    def _callers(self, kept: Member, merged: Sequence[Member]) -> tuple[tuple[Skill, Skill], ...]:
        """Who calls what is merged, as it is and as it would be. Raises CallsStayError."""
        names = {member.skill.name for member in merged}
        callers = sorted({name for one in names for name in self._library.callers(one)} - names)
        pairs = []
        for caller in [self._library.get(name) for name in callers]:
            if caller.status not in (SkillStatus.VERIFIED, SkillStatus.CANDIDATE):
                continue
            if caller.name == kept.skill.name:
                raise CallsStayError(f"{caller.name} itself calls what would be merged into it.")
            if caller.pinned:
                raise CallsStayError(
                    f"{caller.name} calls one of them and is pinned; unpin it for that."
                )
            pairs.append((caller, self._rewritten(caller, kept, merged)))
        return tuple(pairs)

    def _rewritten(self, caller: Skill, kept: Member, merged: Sequence[Member]) -> Skill:
        new = callee_of(kept.skill, kept.shape.parameters or ())
        source = caller.source
        for member in merged:
            shape = self._reader(source, caller.name, ())
            if shape.fault:
                raise CallsStayError(f"{caller.name} cannot be read: {shape.fault}.")
            old = callee_of(member.skill, member.shape.parameters or ())
            source = rewritten(caller.name, source, shape, old, new)
        called = calls_in(source, {*caller.calls, kept.skill.name})
        if left := {member.skill.name for member in merged} & {*called}:
            raise CallsStayError(f"Not every call of {min(left)} in {caller.name} is found.")
        return _by_merge(replace(caller, source=source, calls=called))

    def _left(self, members: Sequence[Member], reason: str) -> LeftAlone:
        return LeftAlone(tuple(member.skill.name for member in members), reason)

    def _ranked(self, skills: Sequence[Skill], scaled: bool) -> list[Skill]:
        """The one that is to be left first: pinned, verified, reliable, old.

        Where a number becomes a parameter, a name that says one comes after those that do not.
        """

        def rank(skill: Skill) -> tuple[Any, ...]:
            learned = self._library.contract(skill.name)
            history = self._library.history(skill.name)
            return (
                not skill.pinned,
                skill.status is not SkillStatus.VERIFIED,
                scaled and says_a_number(skill.name),
                -(learned or skill).reliability,
                history[0].id if history else 0,
                skill.name,
            )

        return sorted(skills, key=rank)


def says_a_number(name: str) -> bool:
    """Whether a name in camelCase has a number in it, as a word or in digits."""
    return any(_SAYS_A_NUMBER.fullmatch(word.lower()) for word in _WORDS.findall(name))


def _as_kept(kept: Skill, before: Skill, merged: Sequence[Skill]) -> Skill:
    if kept.source == before.source:
        return before
    defaults = numbers_of(kept.contract)
    said = ", ".join(
        f"{name} (unless given: {literal_text(defaults[path])})"
        for name, path in kept.parameters.items()
    )
    description = f"{kept.description.rstrip()} Any number of it: {said}."
    return _by_merge(replace(kept, description=description))


def _by_merge(skill: Skill) -> Skill:
    """As it is added: a new version, written by a merge, without a record of its own."""
    origin = replace(skill.provenance, writer=WRITER, model=None)
    return replace(skill, provenance=origin, successes=0, failures=0)


def _arguments(kept: Skill, member: Member) -> tuple[Any, ...]:
    """What the kept skill is called with to reach what the member's contract says."""
    return tuple(member.skill.contract[path] for path in kept.parameters.values())
