"""Where the points of a plot lie, in the units of its drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voyager.reports.skills.skill_stats import Growth
from voyager.reports.skills.skill_uses import ShownUse

WIDTH, HEIGHT = 640, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 26, 34
WINDOW = 10
"""The share that worked is of so many uses in a row."""


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


def reliability_plot(uses: Sequence[ShownUse]) -> Plot | None:
    """The share of the last `WINDOW` uses that worked, after each; None without any use.

    Uses of which nobody can tell count in neither; versions begin at the moments.
    """
    if not uses:
        return None
    points, marks = list[tuple[float, float]](), list[Mark]()
    moments = list[tuple[float, str]]()
    recent, version = list[bool](), None
    for number, use in enumerate(uses):
        x = _across(number, len(uses))
        if use.version != version:
            version = use.version
            recent.clear()
            moments.append((x, f"version {version}"))
        if use.passed is not None:
            recent = [*recent, use.passed][-WINDOW:]
            points.append((x, _down(sum(recent) / len(recent))))
        title = f"{use.used_at[:19].replace('T', ' ')}: {use.kind}, {use.came}"
        y = {"worked": TOP - 12, "failed": HEIGHT - BOTTOM + 12}.get(use.came, _down(0.5))
        marks.append(Mark(x, y, use.came, f"{title}, {use.why}" if use.why else title))
    heights = tuple((_down(share), f"{share:.0%}") for share in (0.0, 0.5, 1.0))
    return Plot(_line(points), tuple(marks), heights, tuple(moments))


def growth_plot(growth: Sequence[Growth]) -> Plot | None:
    """How many skills there were over time, in equal steps; None where there are none."""
    if not growth:
        return None
    most = growth[-1].skills
    points = [
        (_across(number, len(growth)), _down(one.skills / most))
        for number, one in enumerate(growth)
    ]
    if len(points) == 1:
        points = [(LEFT, points[0][1]), (WIDTH - RIGHT, points[0][1])]
    ends = {growth[0].at: float(LEFT), growth[-1].at: float(WIDTH - RIGHT)}
    floor = HEIGHT - BOTTOM
    area = f"M{LEFT} {floor} L{_line(points)} L{WIDTH - RIGHT} {floor} Z".replace(" L", "L")
    return Plot(
        line=_line(points),
        heights=((_down(0), "0"), (_down(1), str(most))),
        moments=tuple((x, at.replace("T", " ")) for at, x in ends.items()),
        area=area,
    )


def _across(number: int, count: int) -> float:
    room = WIDTH - RIGHT - LEFT
    return round(LEFT + (room / 2 if count == 1 else room * number / (count - 1)), 1)


def _down(share: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share, 1)


def _line(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
