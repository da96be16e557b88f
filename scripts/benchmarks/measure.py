"""Measures something several times and sums it up. Does not know what is measured."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """A measured figure: median and 95th percentile of `n` values, in `unit`."""

    median: float
    p95: float
    unit: str
    n: int

    def as_json(self) -> dict[str, object]:
        """The figure as plain values."""
        return asdict(self)


def figure(values: Sequence[float], unit: str) -> Figure:
    """Sum up values. The 95th percentile is the smallest value that 95 % do not exceed."""
    if not values:
        raise ValueError("a figure needs at least one value")
    ordered = sorted(values)
    rank = math.ceil(0.95 * len(ordered)) - 1
    return Figure(round(statistics.median(ordered), 6), round(ordered[rank], 6), unit, len(ordered))


def timed(act: Callable[[], object], repetitions: int, warm_ups: int = 1) -> Figure:
    """Time a call, in seconds of the machine's clock, after calls that are not counted."""
    for _ in range(warm_ups):
        act()
    values = []
    for _ in range(repetitions):
        begun = time.perf_counter()
        act()
        values.append(time.perf_counter() - begun)
    return figure(values, "seconds")
