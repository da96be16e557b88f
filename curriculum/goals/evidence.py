"""What a goal is judged on, and what came of it.

Covers: counting in inventories and events, families read right. Not covered: the predicates
(`goal`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from curriculum.goals.families import kinds_in
from mc_server import GameEvent, Observation


@dataclass(frozen=True)
class Finding:
    """What a predicate saw. `passed` is None when it cannot be told from the state.

    `parts` are the findings of the goals it is made of, empty for a single predicate; `share`
    is how much of it is reached, from 0 to 1, where a predicate counts something.
    """

    passed: bool | None
    text: str
    parts: tuple[Finding, ...] = ()
    share: float | None = None

    @property
    def reached(self) -> float:
        """How much of a single predicate is reached, from 0 to 1."""
        return float(self.passed is True) if self.share is None else self.share

    def leaves(self) -> tuple[Finding, ...]:
        """The findings of the single predicates, in order."""
        if not self.parts:
            return (self,)
        return tuple(leaf for part in self.parts for leaf in part.leaves())


@dataclass(frozen=True)
class Evidence:
    """What a goal is judged on: observed before and after, the events between, the version's names.

    `known` None means that the names are not known; then `apple` may be taken for a family.
    """

    before: Observation
    after: Observation
    events: Sequence[GameEvent] = ()
    known: Collection[str] | None = None

    def gained(self, name: str) -> int:
        """By how much the inventory grew in that name; of a family, in the kind that grew most."""
        before, after = self.before.inventory, self.after.inventory
        kinds = kinds_in(name, after, self.known)
        return max((after[kind] - before.get(kind, 0) for kind in kinds), default=0)

    def carried(self, name: str) -> int:
        """How many are in the inventory now."""
        kinds = kinds_in(name, self.after.inventory, self.known)
        return max((self.after.inventory[kind] for kind in kinds), default=0)

    def happened(self, event_type: str, name: str | None = None) -> int:
        """How often that event was seen, for that name or family; of a family, all kinds together.

        Mobs are no items: their names are matched exactly, so a zombie is no zombie_villager.
        """
        total = 0
        for event in self.events:
            if event.type != event_type:
                continue
            seen = str(event.data.get("name", ""))
            exact = event_type in ("killed", "advancement")
            if name is None or seen == name or (not exact and kinds_in(name, (seen,), self.known)):
                total += int(event.data.get("count", 1))
        return total
