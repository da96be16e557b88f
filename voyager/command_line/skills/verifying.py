"""`voyager skills verify`: run skills again in scratch worlds, and say what still works."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as ProgressBar

from skills import SkillLibrary, SkillStatus, open_library
from voyager.command_line.exit_codes import GOAL_REACHED, SERVER, STUCK
from voyager.command_line.skills.verified_text import report_lines
from voyager.command_line.tables import print_json
from voyager.errors import SettingsError
from voyager.gym.report import Report, Standing
from voyager.gym.verdicts import apply, record
from voyager.gym.verification import Progress, Verification
from voyager.home import Home
from voyager.journal.database import transaction
from voyager.journal.journal_opening import open_journal
from voyager.opening.gym_opening import scratch_gym


def run(options: argparse.Namespace) -> int:
    """Verify, change what follows from it, and print the report.

    Returns 0 when all work, 1 when something broke, 3 when something could not be run.
    """
    _check(options)
    home = Home(options.home)
    with (
        open_journal(home) as connection,
        closing(open_library(connection, home.index)) as library,
    ):
        names = _names(library, options)
        report = _verify(connection, library, names, options)
    if options.json:
        print_json(report.to_json())
    else:
        for line in report_lines(report, changed=not options.report_only):
            print(line)
    if report.anything_broke:
        return STUCK
    return SERVER if report.of(Standing.NOT_RUN) else GOAL_REACHED


def _check(options: argparse.Namespace) -> None:
    if bool(options.names) == options.all:
        raise SettingsError("Name the skills to verify, or give --all for every one.")
    for option in ("starts", "parallel"):
        value = getattr(options, option)
        if value is not None and value < 1:
            raise SettingsError(f"--{option} is at least 1.")


def _names(library: SkillLibrary, options: argparse.Namespace) -> list[str]:
    """Those asked for. Raises UnknownSkillError."""
    if options.names:
        return [library.get(name).name for name in options.names]
    return [skill.name for skill in library.list() if skill.status is not SkillStatus.RETIRED]


def _verify(
    connection: sqlite3.Connection,
    library: SkillLibrary,
    names: list[str],
    options: argparse.Namespace,
) -> Report:
    if not names:
        return Report(())
    with _progress(options.quiet) as tell, scratch_gym(options.parallel) as opened:
        verification = Verification(
            library, opened.gym, opened.game_data, opened.played_on, options.starts, tell
        )
        report = verification.run(names)
    if not options.report_only:
        with transaction(connection):
            record(library, opened.played_on, verification.trials())
            report = apply(library, report)
        library.sync_index()
    return report


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Tells on standard error how far it is: a bar on a terminal, else a line for each trial."""
    if quiet:
        yield lambda _: None
    elif not sys.stderr.isatty():
        yield lambda made: print(_line(made), file=sys.stderr, flush=True)
    else:
        columns = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn()
        with ProgressBar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("making the first scratch world", total=None)

            def show(made: Progress) -> None:
                said, ended, known = _outcome(made), made.ended, made.known
                bar.update(task, description=said, completed=ended, total=known)

            yield show


def _line(made: Progress) -> str:
    return f"{made.ended} of {made.known}: {_outcome(made)}"


def _outcome(made: Progress) -> str:
    trial = made.trial
    word = "not run" if trial.verdict is None else "works" if trial.passed else "does not work"
    return f"{trial.exercise.skill.name} {word}, {trial.exercise.start.origin}"
