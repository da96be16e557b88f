"""Where the points of a plot lie, in the units of its drawing; for the pages that show plots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 26, 34


@dataclass(frozen=True)
class Mark:
    """One use: where it stands, and what it says."""

    x: float
    y: float
    came: str
    title: str


@dataclass(frozen=True)
class Plot:
    """A line, marks, labelled heights, and moments on the horizontal axis."""

    line: str
    marks: tuple[Mark, ...] = ()
    heights: tuple[tuple[float, str], ...] = ()
    moments: tuple[tuple[float, str], ...] = ()
    area: str = ""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM
    top: int = TOP


def along(share: float) -> float:
    """Where a share of the horizontal axis ends."""
    return round(LEFT + (WIDTH - RIGHT - LEFT) * share, 1)


def across(number: int, count: int) -> float:
    """Where the one of that number of so many lies, evenly apart."""
    return along(0.5 if count == 1 else number / (count - 1))


def down(share: float) -> float:
    """At which height a share of the vertical axis is."""
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share, 1)


def line(points: Sequence[tuple[float, float]]) -> str:
    """The points as SVG has them."""
    return " ".join(f"{x},{y}" for x, y in points)
