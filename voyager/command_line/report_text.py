"""The report for a terminal, and for a pipe."""

from __future__ import annotations

import sys
from typing import Any

from voyager.command_line.tables import print_folded, print_table
from voyager.foreign_text import printable
from voyager.reports.session.section_parts import Section, Table
from voyager.reports.session.sections import about, sections_of


def print_report(report: dict[str, Any]) -> None:
    """Print all of it; the headline first."""
    print_folded(printable(report["headline"]))
    print()
    for line in about(report):
        print_folded(printable(line))
    for section in sections_of(report):
        print()
        _print_title(section.title)
        _print_section(section, report)


def _print_title(title: str) -> None:
    bold = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    print(f"{bold[0]}{title}{bold[1]}")


def _print_section(section: Section, report: dict[str, Any]) -> None:
    if section.title.startswith("What needs") and report["decisions"]:
        for number, one in enumerate(report["decisions"], 1):
            print_folded(printable(f"{number}. {one['what']}"))
            print(f"   {printable(one['command'])}")  # whole, to be copied
        return
    for part in section.parts:
        if isinstance(part, Table):
            _print_table(part)
        else:
            print_folded(printable(part))


def _print_table(table: Table) -> None:
    print_table(table.columns, [[printable(str(cell)) for cell in row] for row in table.rows])
    if table.note:
        print(f"({table.note})")
