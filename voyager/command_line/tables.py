"""Printing for people and for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPE_WIDTH = 100_000


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table that fits the terminal; a column whose name ends in `#` is right-aligned."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        justify: Literal["left", "right"] = "right" if column.endswith("#") else "left"
        # Folded, not cut: a path or an address is there to be copied.
        table.add_column(column.rstrip("#"), justify=justify, overflow="fold")
    for row in rows:
        # As text: a task's name or a finding may hold what would be read as markup.
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    # A pipe has no width of its own: rows there stay whole, for grep and for files.
    console = Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)
    with console.capture() as captured:
        console.print(table)
    # Not printed by the console itself, which ends the program when the reader has gone.
    for line in captured.get().splitlines():
        print(line.rstrip())
