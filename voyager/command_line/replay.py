"""`voyager replay`: a run played again from its recording, and what came out otherwise."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from voyager.command_line.tables import print_json
from voyager.console import Console, LiveConsole, PlainConsole, SilentConsole
from voyager.foreign_text import printable
from voyager.home import Home
from voyager.replaying.replay import Replay, folder_for, read_recording, replay

SAME = 0
DIFFERENT = 1


def run(options: argparse.Namespace) -> int:
    """Play it again; the exit code says whether it came out the same."""
    home = Home(options.home)
    folder = folder_for(home, options.run, options.into)
    recording = read_recording(home, options.run, folder)
    if not (options.quiet or options.json):
        print(f"Replaying run {options.run} in {folder}, with {len(recording.calls)} answers.")
        for note in recording.notes:
            print(f"Note: {note}")
        sys.stdout.flush()
    with _console(options) as console:
        done = replay(recording, console.hear, console.note)
    if options.json:
        print_json(_as_json(options.run, done))
    else:
        _print(done)
    return SAME if done.comparison.same else DIFFERENT


def _console(options: argparse.Namespace) -> Console:
    if options.quiet or options.json:
        return SilentConsole()
    return LiveConsole() if sys.stdout.isatty() else PlainConsole()


def _print(done: Replay) -> None:
    found = done.comparison
    print(
        f"{found.tasks_same} of {found.tasks} tasks and {found.attempts_same} of {found.attempts}"
        f" attempts came out the same. The replay is kept in {done.folder}"
    )
    if done.unused:
        print(f"{done.unused} recorded answers were not asked for.")
    if found.difference is not None:
        print(printable(f"The first difference is {found.difference}."))


def _as_json(run: int, done: Replay) -> dict[str, object]:
    found = asdict(done.comparison)
    return {
        "run": run,
        "home": str(done.folder),
        "same": done.comparison.same,
        **found,
        "unused_answers": done.unused,
        "notes": done.notes,
    }
