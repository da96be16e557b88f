"""Printing for people and for scripts."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPE_WIDTH = 100_000
FOLDED_WIDTH = 14
"""A column may be folded to so many characters, not further."""
GAP = 2


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def print_folded(line: str, indent: str = "") -> None:
    """A line of words, folded between them where the terminal ends; in a pipe it stays whole."""
    if sys.stdout.isatty():
        line = textwrap.fill(
            line,
            shutil.get_terminal_size().columns,
            initial_indent=indent,
            subsequent_indent=f"{indent}  ",
            break_on_hyphens=False,
            break_long_words=False,
        )
    else:
        line = indent + line
    print(line)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table that fits the terminal; a column whose name ends in `#` is right-aligned.

    A cell that is a `Text` keeps its colour in a terminal.
    Where the terminal is too narrow for it, every row is a paragraph of its own.
    """
    names = [column.rstrip("#") for column in columns]
    cells = [[_text(cell) for cell in row] for row in rows]
    widths = [
        max(map(cell_len, (name, *map(str, column))))
        for name, *column in zip(names, *cells, strict=True)
    ]
    # A pipe has no width of its own: rows there stay whole, for grep and for files.
    console = Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)
    least = sum(min(width, FOLDED_WIDTH) + GAP for width in widths) - GAP
    with console.capture() as captured:
        if least > console.width:
            for row in cells:
                told = (
                    f"{name} {cell}".strip() for name, cell in zip(names, row, strict=True) if cell
                )
                console.print(Text(", ".join(told), overflow="fold"))
        else:
            console.print(_table(columns, widths, cells))
    # Not printed by the console itself, which ends the program when the reader has gone.
    for line in captured.get().splitlines():
        print(line.rstrip())


def _text(cell: object) -> Text:
    # As text: a task's name or a finding may hold what would be read as markup.
    return cell if isinstance(cell, Text) else Text("" if cell is None else str(cell))


def _table(columns: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Text]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        justify: Literal["left", "right"] = "right" if column.endswith("#") else "left"
        # Folded, not cut: a path or an address is there to be copied. What is short stays whole.
        least = min(width, FOLDED_WIDTH)
        table.add_column(column.rstrip("#"), justify=justify, overflow="fold", min_width=least)
    for row in rows:
        table.add_row(*row)
    return table
