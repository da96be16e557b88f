"""Judging, splitting goals, describing: what a model is asked besides tasks and programs.

Covers a few goals in words that are known by heart, and judging buildings by the positions that the
facts tell. Not covered: mistakes of form.
"""

from __future__ import annotations

import json
import re
from typing import Any

from voyager.language_models.fallible.prompt_reading import Asked

Parts = list[tuple[str, list[dict[str, Any]]]]
_PLACED = re.compile(r"^\[(\d+)\] placed \d+ (\w+)(.*)$", re.M)
_POSITION = re.compile(r"\((-?\d+), (-?\d+), (-?\d+)\)")


def has(name: str, count: int) -> dict[str, Any]:
    """The predicate."""
    return {"type": "inventory_has", "name": name, "count": count}


def placed(name: str, count: int) -> dict[str, Any]:
    """The predicate."""
    return {"type": "placed", "name": name, "count": count}


def parts_of(asked: Asked) -> str:
    """How the goal is split."""
    goal = (asked.between("part") or asked.between("goal")).lower()
    parts: Parts = []
    if "house" in goal:
        square = {"type": "judged", "text": "Planks stand in a closed square, two blocks high."}
        parts = [
            ("Get 40 planks.", [has("planks", 40)]),
            ("Get a bed.", [has("bed", 1)]),
            ("Build a wall of planks around a free place.", [placed("planks", 32), square]),
            ("Place the bed inside.", [placed("bed", 1)]),
        ]
    elif "farm" in goal or "fence" in goal:
        square = {"type": "judged", "text": "The fences stand in a closed square."}
        parts = [
            ("Get 16 fences.", [has("fence", 16)]),
            ("Get a torch.", [has("torch", 1)]),
            ("Place the fences in a closed square.", [placed("fence", 16), square]),
            ("Place the torch inside.", [placed("torch", 1)]),
        ]
    else:
        parts = [("Get wood for it.", [has("log", 4)]), (f"Build it: {goal}.", [placed("log", 4)])]
    parts = [part for part in parts if f"[x] {part[0]}" not in asked.question]
    said = [{"description": words, "goal": goals} for words, goals in parts]
    return json.dumps({"reasoning": "Materials first, then building.", "parts": said})


def judgement(asked: Asked) -> str:
    """Whether a square of blocks is closed, by the positions in the facts."""
    best: tuple[int, int] = (0, 1)
    for number, _, rest in _PLACED.findall(asked.question):
        gaps = _gaps({(int(x), int(y), int(z)) for x, y, z in _POSITION.findall(rest)})
        best = (int(number), gaps) if best[0] == 0 or gaps < best[1] else best
    number, gaps = best
    passed = number > 0 and gaps == 0
    why = "The square is closed." if passed else f"{gaps} places of the square are empty."
    critique = "" if passed else f"Fill the {gaps} gaps that are left."
    cites = [number] if number else []
    return json.dumps({"passed": passed, "cites": cites, "why": why, "critique": critique})


def _gaps(places: set[tuple[int, int, int]]) -> int:
    """How many places of the square's outline hold nothing, looked at from above."""
    if len(places) < 4:
        return 8
    seen = {(x, z) for x, _, z in places}
    xs, zs = [x for x, _ in seen], [z for _, z in seen]
    outline = {
        (x, z)
        for x in range(min(xs), max(xs) + 1)
        for z in range(min(zs), max(zs) + 1)
        if x in (min(xs), max(xs)) or z in (min(zs), max(zs))
    }
    return len(outline - seen)


def description(asked: Asked) -> str:
    """What a program does, taken from its own comment."""
    found = re.search(r"^// (.+)$", asked.question, re.M)
    said = found.group(1) if found else "Does what its name says."
    return json.dumps(
        {"description": said, "use_when": "It is wanted.", "also_called": [said.split(" ")[0]]}
    )
