"""A map of where the bot has been, in characters: its way, what happened on it, where it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

CELLS_ACROSS = 2
"""A character is about twice as high as it is wide."""
FEWEST_BLOCKS = 1.0
SIGNS = {"found": "*", "chest": "C", "slept": "z", "died": "x"}
"""What stands for what happened; the later ones hide the earlier ones."""
WALKED_BLOCKS = 64.0
"""Points that are further apart are not joined: it died, or went through a portal."""
CAPTION_LINES = 2
WAY, BOT = ".", "@"
LEGEND = "@ bot, . way, * find, C chest, z slept, x died"


def way_map(document: Mapping[str, Any], columns: int, lines: int) -> list[str]:
    """So many lines of so many characters, north above; below it what the signs stand for.

    Empty while nothing is known, or where there is no room.
    """
    bot = document["bot"]
    here = (bot["position"]["x"], bot["position"]["z"]) if bot else None
    way = [(float(x), float(z)) for x, z in document["trail"]]
    marks = [(mark["kind"], float(mark["x"]), float(mark["z"])) for mark in document["marks"]]
    rows = lines - CAPTION_LINES
    points = [*way, *([here] if here else [])]
    if not points or columns < 10 or rows < 3:
        return []
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    north, south = min(z for _, z in points), max(z for _, z in points)
    per_cell = max(
        FEWEST_BLOCKS, (east - west) / (columns - 1), (south - north) / (rows - 1) / CELLS_ACROSS
    )
    left = (west + east) / 2 - per_cell * (columns - 1) / 2
    top = (north + south) / 2 - per_cell * CELLS_ACROSS * (rows - 1) / 2
    cells = [[" "] * columns for _ in range(rows)]

    def put(sign: str, x: float, z: float) -> None:
        column = round((x - left) / per_cell)
        row = round((z - top) / (per_cell * CELLS_ACROSS))
        if 0 <= column < columns and 0 <= row < rows:
            cells[row][column] = sign

    for x, z in _joined(points, per_cell):
        put(WAY, x, z)
    for kind, sign in SIGNS.items():
        for what, x, z in marks:
            if what == kind:
                put(sign, x, z)
    if here:
        put(BOT, *here)
    across = f"{per_cell * (columns - 1):.0f} blocks across"
    return [*("".join(row).rstrip() for row in cells), LEGEND[:columns], across[:columns]]


def _joined(points: list[tuple[float, float]], step: float) -> Iterator[tuple[float, float]]:
    """The points, and those between two that are so near that it will have walked."""
    for (x, z), (next_x, next_z) in pairwise(points):
        far = max(abs(next_x - x), abs(next_z - z))
        pieces = max(1, round(far / step)) if far <= WALKED_BLOCKS else 1
        for number in range(pieces):
            part = number / pieces
            yield x + (next_x - x) * part, z + (next_z - z) * part
    yield points[-1]
