"""What the report's sections are made of: paragraphs and tables of plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Table:
    """A column whose name ends in `#` holds numbers; `note` says what was left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the report. `plot` names the plot that belongs to it, if any."""

    title: str
    parts: tuple[str | Table, ...]
    plot: str = ""


def more(count: int, shown: int, what: str = "") -> str:
    """How many are not shown; nothing where all are."""
    left = count - shown
    return f"and {left:,} more{f' {what}' if what else ''}" if left > 0 else ""
