"""What changed between two texts, line by line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

CONTEXT = 4
"""So many unchanged lines are shown around a change."""
LONG_LINES = 4000


@dataclass(frozen=True)
class DiffLine:
    """A line; `sign` is `+`, `-`, a space for what is in both, `…` for what was left out there.

    `old` and `new` are its numbers in the two texts, None where it is not in that one.
    """

    sign: Literal["+", "-", " ", "…"]
    text: str
    old: int | None = None
    new: int | None = None


def diff_lines(before: str, after: str) -> tuple[DiffLine, ...]:
    """The lines of both, unchanged ones far from any change left out; empty where all is equal."""
    old, new = before.splitlines(), after.splitlines()
    # Of long texts the lines that come again and again are no anchors: it would take minutes.
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > LONG_LINES)
    shown = list[DiffLine]()
    for group in matcher.get_grouped_opcodes(CONTEXT):
        if shown or group[0][1] or group[0][3]:
            shown.append(DiffLine("…", ""))
        for tag, *ends in group:
            shown += _lines(tag, old, new, *ends)
    return tuple(shown)


def _lines(
    tag: str, old: list[str], new: list[str], i1: int, i2: int, j1: int, j2: int
) -> Iterator[DiffLine]:
    if tag == "equal":
        for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
            yield DiffLine(" ", old[i], i + 1, j + 1)
        return
    for i in range(i1, i2):
        yield DiffLine("-", old[i], old=i + 1)
    for j in range(j1, j2):
        yield DiffLine("+", new[j], new=j + 1)
