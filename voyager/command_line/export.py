"""`voyager export finetune`: learning data from the journal, written or checked."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from skills import open_library
from voyager.command_line.tables import print_json
from voyager.errors import SettingsError
from voyager.finetune import check_folder, datasets_of, read_answers, write_datasets
from voyager.finetune.formats import Manifest
from voyager.foreign_text import printable
from voyager.home import Home
from voyager.journal.journal_opening import open_journal

SOUND = 0
UNSOUND = 1
PROBLEMS_SHOWN = 20


def run(options: argparse.Namespace) -> int:
    """Write the files, or check them; the exit code of a check says whether they are sound."""
    return _check(options) if options.check else _write(options)


def _write(options: argparse.Namespace) -> int:
    since = 1 if options.since is None else options.since
    if not 1 <= since < 2**63:
        raise SettingsError("--since is the number of a run, from 1.")
    home = Home(options.home)
    with (
        open_journal(home) as connection,
        closing(open_library(connection, home.index)) as library,
    ):
        datasets = datasets_of(read_answers(connection, library, since))
    if not datasets.rewards:
        if options.json:
            print_json({"folder": str(options.folder), "written": False, "manifest": None})
        else:
            print("There is nothing to learn from yet: no program was judged. Nothing is written.")
        return SOUND
    manifest = write_datasets(options.folder, datasets, since)
    if options.json:
        shown = {"folder": str(options.folder), "written": True}
        print_json(shown | {"manifest": manifest.model_dump(mode="json")})
    else:
        print(f"Written to {options.folder}: {_counts(manifest)}")
        if not datasets.sft:
            print("No program was verified yet: there are rewards only.")
    return SOUND


def _check(options: argparse.Namespace) -> int:
    manifest, problems = check_folder(options.folder)
    if options.json:
        shown = {"folder": str(options.folder), "sound": not problems, "problems": problems}
        print_json(shown | {"manifest": manifest.model_dump(mode="json")})
        return UNSOUND if problems else SOUND
    if not problems:
        print(f"{options.folder} is sound: {_counts(manifest)}")
    for problem in problems[:PROBLEMS_SHOWN]:
        print(printable(problem), file=sys.stderr)
    if len(problems) > PROBLEMS_SHOWN:
        print(f"... and {len(problems) - PROBLEMS_SHOWN} more", file=sys.stderr)
    return UNSOUND if problems else SOUND


def _counts(manifest: Manifest) -> str:
    counted = (f"{entry.lines} in {name}" for name, entry in manifest.files.items())
    return f"{', '.join(counted)}."
