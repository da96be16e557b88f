"""Prices: what it takes to have so many of something.

Covers arithmetic only. The unit is about a second of play.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

TYPICAL_COUNT = 3
"""For how many items sources are compared where the number is not known yet."""


@dataclass(frozen=True)
class Price:
    """`setup` once (finding the place, making the tool), then `each` for every item."""

    setup: float = 0.0
    each: float = 0.0

    def of(self, count: float) -> float:
        """The price of so many."""
        return self.setup + count * self.each

    @property
    def known(self) -> bool:
        """Whether there is a way at all."""
        return self.setup < inf and self.each < inf


FREE = Price()
UNKNOWN = Price(inf, inf)
