"""The plots of the report's page: curves over the time played, and where that time went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voyager.reports.plotting import LEFT, RIGHT, WIDTH, Plot, along, down, line
from voyager.reports.session.reading import duration
from voyager.reports.session.time_parts import PARTS

_TICKS = (60, 300, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400, 172800, 604800)
MOST_TICKS = 5
NARROWEST_SHARE = 0.002
"""Of the time; less is in the table alone."""
BAR_HEIGHT = 44


@dataclass(frozen=True)
class Curve:
    """One line of a plot; `kind` names its colour."""

    kind: str
    label: str
    points: str
    area: str


@dataclass(frozen=True)
class Curves:
    """Curves over the time played, with the axes they share; `told` says it in words."""

    axes: Plot
    curves: tuple[Curve, ...]
    told: str


@dataclass(frozen=True)
class Piece:
    """A part of the bar: where it lies, which colour, what it says."""

    x: float
    width: float
    kind: str
    title: str


def plots_of(report: dict[str, Any]) -> dict[str, Any]:
    """Each by the name that its section has for it; None where there is nothing to draw."""
    reached, seconds = report["reached"], report["run"]["played_seconds"]
    items = [(at, count) for at, count in reached["items_curve"]]
    passed = [(at, count) for at, count, _ in reached["tasks_curve"]]
    failed = [(at, count) for at, _, count in reached["tasks_curve"]]
    return {
        "items": _curves(seconds, ("items", "unique items", items)),
        "tasks": _curves(seconds, ("passed", "passed", passed), ("failed", "failed", failed)),
        "time": _bar(report["time"]),
    }


def _curves(seconds: float, *given: tuple[str, str, list[tuple[float, int]]]) -> Curves | None:
    last = max(seconds, *(points[-1][0] for _, _, points in given))
    most = max(points[-1][1] for _, _, points in given)
    if last <= 0 or most <= 0:
        return None
    curves, floor = [], down(0)
    for kind, label, points in given:
        steps = line(_steps([*points, (last, points[-1][1])], last, most))
        area = f"M{LEFT},{floor} L{steps} L{WIDTH - RIGHT},{floor} Z"
        curves.append(Curve(kind, f"{points[-1][1]:,} {label}", steps, area))
    heights = tuple((down(share), f"{round(most * share):,}") for share in _shares(most))
    axes = Plot("", heights=heights, moments=_moments(last))
    told = f"{' and '.join(one.label for one in curves)} after {duration(last)}"
    return Curves(axes, tuple(curves), told)


def _steps(
    points: Sequence[tuple[float, int]], last: float, most: int
) -> list[tuple[float, float]]:
    """What is counted changes at once, not little by little."""
    drawn = list[tuple[float, float]]()
    for at, count in points:
        x, y = along(min(max(at, 0.0), last) / last), down(count / most)
        if drawn and drawn[-1][1] != y:
            drawn.append((x, drawn[-1][1]))
        drawn.append((x, y))
    return drawn


def _shares(most: int) -> tuple[float, ...]:
    return (0.0, 1.0) if most < 4 else (0.0, (most // 2) / most, 1.0)


def _moments(last: float) -> tuple[tuple[float, str], ...]:
    step = next((tick for tick in _TICKS if last / tick <= MOST_TICKS), last / 4)
    if step > last:
        return ((along(0), "0"), (along(1), duration(last)))
    return tuple(
        (along(nth * step / last), _tick(nth * step)) for nth in range(int(last / step) + 1)
    )


def _tick(seconds: float) -> str:
    if seconds == 0:
        return "0"
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:.0f} {unit}"
    return duration(seconds)


def _bar(time: dict[str, Any]) -> tuple[Piece, ...] | None:
    total, names = time["seconds"], dict(PARTS)
    if total <= 0:
        return None
    pieces, x = list[Piece](), 0.0
    for part, seconds in time["parts"].items():
        width = WIDTH * seconds / total
        if seconds / total >= NARROWEST_SHARE:
            title = f"{names[part]}: {duration(seconds)}, {seconds / total:.1%}"
            pieces.append(Piece(round(x, 2), round(width, 2), part, title))
        x += width
    return tuple(pieces)
