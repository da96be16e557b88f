"""The plots of the pages on skills: how reliable one is, how the library grew."""

from __future__ import annotations

from collections.abc import Sequence

from voyager.reports.plotting import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Mark,
    Plot,
    across,
    down,
    line,
)
from voyager.reports.skills.skill_stats import Growth
from voyager.reports.skills.skill_uses import ShownUse

WINDOW = 10
"""The share that worked is of so many uses in a row."""


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
        x = across(number, len(uses))
        if use.version != version:
            version = use.version
            recent.clear()
            moments.append((x, f"version {version}"))
        if use.passed is not None:
            recent = [*recent, use.passed][-WINDOW:]
            points.append((x, down(sum(recent) / len(recent))))
        title = f"{use.used_at[:19].replace('T', ' ')}: {use.kind}, {use.came}"
        y = {"worked": TOP - 12, "failed": HEIGHT - BOTTOM + 12}.get(use.came, down(0.5))
        marks.append(Mark(x, y, use.came, f"{title}, {use.why}" if use.why else title))
    heights = tuple((down(share), f"{share:.0%}") for share in (0.0, 0.5, 1.0))
    return Plot(line(points), tuple(marks), heights, tuple(moments))


def growth_plot(growth: Sequence[Growth]) -> Plot | None:
    """How many skills there were over time, in equal steps; None where there are none."""
    if not growth:
        return None
    most = growth[-1].skills
    points = [
        (across(number, len(growth)), down(one.skills / most)) for number, one in enumerate(growth)
    ]
    if len(points) == 1:
        points = [(LEFT, points[0][1]), (WIDTH - RIGHT, points[0][1])]
    ends = {growth[0].at: float(LEFT), growth[-1].at: float(WIDTH - RIGHT)}
    floor = HEIGHT - BOTTOM
    area = f"M{LEFT} {floor} L{line(points)} L{WIDTH - RIGHT} {floor} Z".replace(" L", "L")
    return Plot(
        line=line(points),
        heights=((down(0), "0"), (down(1), str(most))),
        moments=tuple((x, at.replace("T", " ")) for at, x in ends.items()),
        area=area,
    )
