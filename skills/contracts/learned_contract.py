"""What experience says of a skill: what it needs, what it yields, how long and how well it works.

Covers the value, its JSON, and asking it of a state of the game. How it is learned from uses is
`learning.py`'s, its words are `contract_words.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import FiniteFloat, TypeAdapter, ValidationError

from mc_server import Circumstances
from skills.contracts.contract_words import missing_needs, missing_state, when_to_use
from skills.contracts.counting import count_asked
from skills.contracts.item_counts import count_of
from skills.errors import SkillError
from skills.skill import reliability_of


@dataclass(frozen=True)
class Spread:
    """Least, middle and most of a number over the uses that passed."""

    least: FiniteFloat
    median: FiniteFloat
    most: FiniteFloat


@dataclass(frozen=True)
class Failure:
    """A way in which the skill failed: the error's code or the outcome, how often, and when.

    `conditions` are what these failures shared and no success had, a clause each: "it was night".
    """

    code: str
    count: int
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class LearnedContract:
    """Learned from the uses of one version of a skill.

    Items are named as in the inventory, or by a family that all uses shared (`planks`); `kinds` are
    the members of such a family that were seen. With `per_count` the numbers of `consumes` and
    `yields` are for one unit of the skill's `count`.

    `uses` and `successes` count all uses of which it is known whether they passed, `recent` those
    that passed and all among the last of these. `consumes`: items that every success had fewer of
    after; `consumes_sometimes` those that only some had. `holds`: items (tools) that every success
    carried before and after, and some failure lacked or the program asks for. `stations`: kinds of
    block that every success had in reach or carried, likewise. `dimensions`, `biomes`, `light`,
    `time_of_day`, `least_food`, `least_health`, `least_free_slots`: set only where all successes
    differ in it from failures, and are enough for that to be no accident. `yields`: items that
    every success had more of after; `sometimes` those that only some had. `moves_blocks` is how far
    from where it began it ended.

    `until` is the item (or family) of which `count` are carried in the end, however many were
    before; one unit is then one that was missing. `count_position` says which argument is the
    count, None where there is none, `count_default` what holds without it. `counts` are the
    smallest and the largest number of units of the successes.
    """

    uses: int
    successes: int
    consumes: Mapping[str, Spread] = field(default_factory=dict)
    holds: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    light: tuple[int, int] | None = None
    time_of_day: tuple[int, int] | None = None
    least_food: int | None = None
    least_free_slots: int | None = None
    yields: Mapping[str, Spread] = field(default_factory=dict)
    sometimes: Mapping[str, Spread] = field(default_factory=dict)
    per_count: bool = False
    seconds: Spread | None = None
    moves_blocks: Spread | None = None
    failures: tuple[Failure, ...] = ()
    consumes_sometimes: Mapping[str, Spread] = field(default_factory=dict)
    biomes: tuple[str, ...] = ()
    least_health: int | None = None
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recent: tuple[int, int] = (0, 0)
    until: str = ""
    count_position: int | None = None
    count_default: float = 1
    counts: tuple[float, float] | None = None

    @property
    def reliability(self) -> float:
        """`reliability_of` the last uses."""
        return reliability_of(*self.recent)

    def units(self, circumstances: Circumstances, arguments: Sequence[Any] = ()) -> float:
        """How many units a call with these arguments has to get from here; 0 if none is missing."""
        count = count_asked(arguments, self.count_position, self.count_default)
        if self.until:
            count -= count_of(self.until, circumstances.inventory)
        return max(0.0, float(count))

    def missing(
        self, circumstances: Circumstances, arguments: Sequence[Any] = ()
    ) -> tuple[str, ...]:
        """What a call would lack here, a sentence each; empty when all that is known is met."""
        return missing_needs(self, circumstances, self.units(circumstances, arguments))

    def missing_state(self, circumstances: Circumstances) -> tuple[str, ...]:
        """Of what a call would lack here that which no item helps with: place, time, light, ..."""
        return tuple(missing_state(self, circumstances))

    def failed_without(self, name: str) -> bool:
        """Whether there are failures that shared that too few of the item were carried."""
        endings = (f" {name} was carried", f" {name} were carried")
        return any(clause.endswith(endings) for one in self.failures for clause in one.conditions)

    def describe(self) -> str:
        """When to use it, in words."""
        return when_to_use(self)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON data, which `from_json` reads back."""
        data: dict[str, Any] = _ADAPTER.dump_python(self, mode="json", exclude_defaults=True)
        return data

    @classmethod
    def from_json(cls, data: Any) -> LearnedContract:
        """Read what `to_json` gave. Raises SkillError."""
        try:
            return _ADAPTER.validate_python(data)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"]) or "all of it"
            raise SkillError(
                f"This is no learned contract ({place[:100]}: {first['msg'][:200]}); "
                "use the skill once more, and it is learned anew."
            ) from None


_ADAPTER = TypeAdapter(LearnedContract)
