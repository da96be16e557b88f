"""A graph of calls drawn in layers: a skill stands above what it calls.

The layer of a skill is the longest way to it from a skill that nobody calls. An arrow that passes
a layer has a place of its own there, so that it goes around the nodes. Within the layers, places
are ordered so that few arrows cross: by turns each is put at the middle of its neighbours. In a
large graph a layer is folded into rows, and arrows go straight. Sizes are in the units of the
drawing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from voyager.reports.skills.skill_graph import Node, SkillGraph

NODE_HEIGHT = 34.0
LAYER_GAP = 46.0
ROW_GAP = 14.0
GAP = 18.0
MARGIN = 16.0
CHARACTER_WIDTH = 7.4
PADDING = 40
LEAST_WIDTH = 96.0
PASSING_WIDTH = 10.0
LONGEST_LABEL = 32
MOST_IN_A_ROW = 9
MOST_WITH_PASSING = 120
SWEEPS = 8
ALONE_WIDTH = 1000.0

Neighbours = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Box:
    """Where a node lies."""

    node: Node
    label: str
    x: float
    y: float
    width: float
    height: float = NODE_HEIGHT

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Arrow:
    """The path from a caller to what it calls."""

    caller: str
    callee: str
    path: str


@dataclass(frozen=True)
class Drawing:
    """All of it, the boxes in reading order, and how much room it takes."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: float
    height: float


@dataclass
class _Places:
    """The rows of places being laid out. What is no node lets an arrow pass."""

    rows: list[list[str]]
    widths: dict[str, float]
    above: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    below: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    ways: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    middles: dict[str, float] = field(default_factory=dict)


def draw(graph: SkillGraph) -> Drawing:
    """Lay out a graph. What stands alone, without any call, comes below the rest."""
    callees, callers = graph.callees(), graph.callers()
    nodes = {node.name: node for node in graph.nodes}
    joined = [name for name in nodes if name in callees or name in callers]
    depths = _depths(joined, callees, callers)
    places = _places(joined, depths, graph, {name: _width(nodes[name]) for name in nodes})
    _order(places)
    heights = _heights(places, depths)
    _spread(places)
    boxes = {
        name: _box(nodes[name], places.middles[name], heights[name])
        for row in places.rows
        for name in row
        if name in nodes
    }
    bottom = max(heights.values(), default=MARGIN - LAYER_GAP) + NODE_HEIGHT + LAYER_GAP
    alone = [node for name, node in nodes.items() if name not in boxes]
    right = max((box.x + box.width for box in boxes.values()), default=0.0)
    _place_alone(alone, bottom, max(right, ALONE_WIDTH), boxes)
    arrows = tuple(
        Arrow(*edge, _path([_point(places, heights, name) for name in places.ways[edge]]))
        for edge in graph.edges
    )
    return Drawing(
        boxes=tuple(sorted(boxes.values(), key=lambda box: (box.y, box.x))),
        arrows=arrows,
        width=round(max((b.x + b.width for b in boxes.values()), default=0) + MARGIN, 1),
        height=round(max((b.y + b.height for b in boxes.values()), default=0) + MARGIN, 1),
    )


def _depths(names: Sequence[str], callees: Neighbours, callers: Neighbours) -> dict[str, int]:
    """The longest way to each from above; what is in a circle takes what place it can."""
    depth = dict.fromkeys(names, 0)
    left = {name: len(callers.get(name, ())) for name in names}
    ready, rest, done = [name for name in names if not left[name]], iter(names), set[str]()
    while len(done) < len(names):
        name = ready.pop() if ready else next(rest)
        if name in done:
            continue
        done.add(name)
        for callee in callees.get(name, ()):
            if callee not in done:
                depth[callee] = max(depth[callee], depth[name] + 1)
                left[callee] -= 1
                if left[callee] <= 0:
                    ready.append(callee)
    return depth


def _places(
    names: Sequence[str], depths: Mapping[str, int], graph: SkillGraph, widths: dict[str, float]
) -> _Places:
    places = _Places([[] for _ in range(max(depths.values(), default=-1) + 1)], widths)
    for name in names:
        places.rows[depths[name]].append(name)
    passing = len(names) <= MOST_WITH_PASSING
    for caller, callee in graph.edges:
        way = [caller]
        for depth in range(depths[caller] + 1, depths[callee]) if passing else ():
            way.append(f"{caller}\n{callee}\n{depth}")
            places.widths[way[-1]] = PASSING_WIDTH
            places.rows[depth].append(way[-1])
        way.append(callee)
        places.ways[caller, callee] = way
        for one, other in pairwise(way):
            places.below[one].append(other)
            places.above[other].append(one)
    return places


def _order(places: _Places) -> None:
    share = {name: _share(i, row) for row in places.rows for i, name in enumerate(row)}
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        neighbours = places.above if down else places.below
        for row in places.rows if down else reversed(places.rows):
            wanted = {n: _mean([share[o] for o in neighbours[n]], share[n]) for n in row}
            row.sort(key=wanted.__getitem__)
            share |= {name: _share(i, row) for i, name in enumerate(row)}
    places.rows = [part for row in places.rows for part in _folded(row, places)]


def _folded(row: list[str], places: _Places) -> list[list[str]]:
    """A row of very many nodes as several."""
    if len(places.widths) <= MOST_WITH_PASSING or len(row) <= MOST_IN_A_ROW:
        return [row]
    length = -(-len(row) // -(-len(row) // MOST_IN_A_ROW))
    return [row[start : start + length] for start in range(0, len(row), length)]


def _heights(places: _Places, depths: Mapping[str, int]) -> dict[str, float]:
    heights, y, before = dict[str, float](), MARGIN, -1
    for number, row in enumerate(places.rows):
        depth = next((depths[name] for name in row if name in depths), before + 1)
        if number:
            y += NODE_HEIGHT + (ROW_GAP if depth == before else LAYER_GAP)
        before = depth
        heights |= dict.fromkeys(row, y)
    return heights


def _spread(places: _Places) -> None:
    """Give each place its middle: below and above its neighbours as far as the row has room."""
    for row in places.rows:
        x = -sum(places.widths[name] + GAP for name in row) / 2
        for name in row:
            places.middles[name] = x + places.widths[name] / 2
            x += places.widths[name] + GAP
    for sweep in range(2 * SWEEPS):
        down = sweep % 2 == 0
        neighbours = places.above if down else places.below
        for row in places.rows if down else reversed(places.rows):
            middles = places.middles
            wanted = [_mean([middles[o] for o in neighbours[n]], middles[n]) for n in row]
            middles |= zip(row, _apart(wanted, [places.widths[n] for n in row]), strict=True)
    left = min((m - places.widths[n] / 2 for n, m in places.middles.items()), default=0)
    places.middles = {name: middle - left + MARGIN for name, middle in places.middles.items()}


def _apart(wanted: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Middles near the wanted ones in this order, none overlapping: half way between two ways."""
    count = len(wanted)
    forward, backward = list(wanted), list(wanted)
    for i in range(1, count):
        room = (widths[i - 1] + widths[i]) / 2 + GAP
        forward[i] = max(forward[i], forward[i - 1] + room)
    for i in range(count - 2, -1, -1):
        room = (widths[i] + widths[i + 1]) / 2 + GAP
        backward[i] = min(backward[i], backward[i + 1] - room)
    return [(one + other) / 2 for one, other in zip(forward, backward, strict=True)]


def _place_alone(nodes: Sequence[Node], y: float, right: float, boxes: dict[str, Box]) -> None:
    """Put nodes beside each other in rows."""
    x = MARGIN
    for node in nodes:
        width = _width(node)
        if x > MARGIN and x + width > right:
            x, y = MARGIN, y + NODE_HEIGHT + ROW_GAP
        boxes[node.name] = _box(node, x + width / 2, y)
        x += width + ROW_GAP


def _box(node: Node, middle: float, y: float) -> Box:
    width = _width(node)
    return Box(node, _label(node.name), round(middle - width / 2, 1), round(y, 1), round(width, 1))


def _point(places: _Places, heights: Mapping[str, float], name: str) -> tuple[float, float]:
    return round(places.middles[name], 1), heights[name]


def _path(points: Sequence[tuple[float, float]]) -> str:
    """From the lower edge of the first to the upper edge of the last, past the others."""
    (x, y), *others = points
    y += NODE_HEIGHT
    path = f"M{x} {y}"
    for number, (next_x, top) in enumerate(others, 1):
        bend = round((top - y) / 2, 1)
        path += f" C{x} {y + bend} {next_x} {top - bend} {next_x} {top}"
        x, y = next_x, top
        if number < len(others):
            y += NODE_HEIGHT
            path += f" V{y}"
    return path


def _share(number: int, row: Sequence[str]) -> float:
    return (number + 0.5) / len(row)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _label(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"


def _width(node: Node) -> float:
    return max(LEAST_WIDTH, PADDING + CHARACTER_WIDTH * len(_label(node.name)))
