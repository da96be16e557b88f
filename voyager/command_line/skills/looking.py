"""`voyager skills list`, `show`, `search`, `graph` and `stats`: what there is, in a terminal."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from typing import Any

from rich.text import Text

from skills import SkillError, SkillLibrary, open_library
from voyager.command_line.skills.figures import print_stats
from voyager.command_line.skills.picturing import print_graph
from voyager.command_line.skills.showing import print_skill
from voyager.command_line.tables import print_json, print_table
from voyager.errors import SettingsError
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.reports.skills.skill_rows import Choice, SkillRow, read_rows, rows_named, widest

TABLE_ROWS = 200
"""A longer list is printed as it is read, a skill a line."""


def run(options: argparse.Namespace) -> int:
    """Print all skills, one, those nearest to a text, their graph, or figures."""
    home = Home(options.home)
    with (
        open_journal(home) as connection,
        closing(open_library(connection, home.index)) as library,
    ):
        if options.action == "show":
            print_skill(connection, library, options)
        elif options.action == "search":
            _search(connection, library, options)
        elif options.action == "graph":
            print_graph(connection, options)
        elif options.action == "stats":
            print_stats(connection, options.json)
        else:
            _list(connection, options)
    return 0


def as_json(row: SkillRow) -> dict[str, Any]:
    """A skill as scripts read it, without its source."""
    return {
        "name": row.name,
        "version": row.version,
        "status": row.status,
        "description": row.description,
        "when_to_use": row.when_to_use,
        "calls": list(row.calls),
        "successes": row.successes,
        "failures": row.failures,
        "source_run": row.run_id,
        "pinned": row.pinned,
        "banned": row.banned,
    }


def _list(connection: sqlite3.Connection, options: argparse.Namespace) -> None:
    choice = Choice(status=options.status)
    rows = read_rows(connection, choice)
    if options.json:
        _print_json_rows(map(as_json, rows))
        return
    first = list(islice(rows, TABLE_ROWS + 1))
    if not first:
        print(f"No {options.status} skill." if options.status else "No skills yet.")
    elif len(first) <= TABLE_ROWS:
        print_table(_COLUMNS, map(_cells, first))
    else:
        _print_lines(chain(first, rows), widest(connection, choice))


def _search(
    connection: sqlite3.Connection, library: SkillLibrary, options: argparse.Namespace
) -> None:
    if options.limit < 1:
        raise SettingsError("--limit is at least 1.")
    library.finish_index(_tell_waiting)
    scores = {
        skill.name: round(score, 4)
        for skill, score in library.search(options.text, limit=options.limit, status=None)
    }
    rows = rows_named(connection, scores)
    found = [(rows[name], score, usable(library, rows[name])) for name, score in scores.items()]
    if options.json:
        print_json([as_json(row) | {"score": s, "usable": fit} for row, s, fit in found])
    elif found:
        print_table(
            (*_COLUMNS, "score#", "usable"),
            ((*_cells(row), score, "yes" if fit else "no") for row, score, fit in found),
        )
    else:
        print("No skill comes near that.")


def _tell_waiting(skills: int) -> None:
    print(f"{skills} skills are still to be read into the search index", file=sys.stderr)


def usable(library: SkillLibrary, row: SkillRow) -> bool:
    """Whether a program may call it as things stand: it and all that it calls can be loaded."""
    try:
        library.closure([row.name])
    except SkillError:
        return False
    return not row.banned


_COLOURS = {
    "verified": "green",
    "candidate": "cyan",
    "quarantined": "yellow",
    "retired": "bright_black",
}
_COLUMNS = ("skill", "version#", "status", "worked#", "failed#", "description")


def _cells(row: SkillRow) -> tuple[Any, ...]:
    marks = "".join(f", {mark}" for mark in ("pinned", "banned") if getattr(row, mark))
    status = Text(row.status + marks, style="red" if row.banned else _COLOURS.get(row.status, ""))
    return row.name, row.version, status, row.successes, row.failures, row.description


def _print_lines(rows: Iterable[SkillRow], name_width: int) -> None:
    """What a table holds, without waiting for its end."""
    layout = f"{{:{name_width}}}  {{:>7}}  {{:11}}  {{:>6}}  {{:>6}}  {{}}"
    print(layout.format(*(column.rstrip("#") for column in _COLUMNS)))
    for row in rows:
        print(layout.format(*(" ".join(str(cell).split()) for cell in _cells(row))))


def _print_json_rows(rows: Iterator[dict[str, Any]]) -> None:
    """One JSON document, written as it is read."""
    first = next(rows, None)
    if first is None:
        print("[]")
        return
    print(f"[\n  {json.dumps(first, ensure_ascii=False)}", end="")
    for row in rows:
        print(f",\n  {json.dumps(row, ensure_ascii=False)}", end="")
    print("\n]")
