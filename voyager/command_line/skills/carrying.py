"""`voyager skills import` and `voyager skills export`."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial

from mc_server import ensure_packages, find_node, read_program
from skills import (
    EmbedderError,
    IndexUnusableError,
    SkillLibrary,
    open_library,
)
from voyager.command_line.spending import count_of
from voyager.command_line.tables import print_json
from voyager.exchange.exporting import export_library
from voyager.exchange.foreign_skill import LibraryFormat
from voyager.exchange.import_report import ImportReport
from voyager.exchange.importing import Importer
from voyager.exchange.library_formats import format_of, read_library
from voyager.exchange.restoring import restore_library
from voyager.home import Home
from voyager.journal.database import database_errors, open_database
from voyager.journal.journal_opening import MIGRATIONS, open_journal
from voyager.opening.gym_opening import scratch_gym


def run(options: argparse.Namespace) -> int:
    """Take skills in, or write them out."""
    home = Home(options.home)
    return _export(home, options) if options.action == "export" else _import(home, options)


def _export(home: Home, options: argparse.Namespace) -> int:
    ensure_packages()
    reader = partial(read_program, node=find_node())
    with (
        open_journal(home) as connection,
        closing(open_library(connection, home.index)) as library,
    ):
        count = export_library(connection, library, reader, options.folder, options.names)
    if options.json:
        print_json({"folder": str(options.folder), "skills": count})
    else:
        print(f"{count_of(count, 'skill')} written to {options.folder}.")
    return 0


def _import(home: Home, options: argparse.Namespace) -> int:
    """0 when all came in, 1 when some were refused."""
    path = options.path
    format_ = format_of(path) if options.format == "auto" else LibraryFormat(options.format)
    with _library_of(home) as (connection, library), ExitStack() as stack:

        def importer() -> Importer:
            opened = stack.enter_context(scratch_gym())
            reader = partial(read_program, node=find_node())
            gym = None if options.no_verify else opened.gym
            return Importer(connection, library, reader, opened.game_data, gym, _progress)

        if format_ is LibraryFormat.OWN:
            folder = path if path.is_dir() else path.parent
            report = restore_library(connection, library, folder, importer, path.name)
        else:
            foreign = read_library(path, format_)
            report = importer().take_in(foreign, path.name)
        try:
            library.sync_index()
        except (IndexUnusableError, EmbedderError) as error:
            _progress(f"The skills are stored, and cannot be searched by meaning yet: {error}")
    _print(report, options.json)
    return 0 if report.complete else 1


@contextmanager
def _library_of(home: Home) -> Iterator[tuple[sqlite3.Connection, SkillLibrary]]:
    """The library of a home folder, which is made if there is none."""
    home.prepare()
    with (
        database_errors(home.database),
        closing(open_database(home.database, MIGRATIONS)) as connection,
        closing(open_library(connection, home.index)) as library,
    ):
        yield connection, library


def _progress(text: str) -> None:
    """Beside the report, which may be read by a script."""
    print(text, file=sys.stderr, flush=True)


def _print(report: ImportReport, as_script: bool) -> None:
    if as_script:
        print_json(report.as_json())
        return
    for line in report.lines():
        print(line)
