"""How long the report on a very long run takes, and what memory.

For a journal of a million events and 50,000 attempts, which is made up first (a minute, 1 GB);
`--events` and `--attempts` choose otherwise, `--keep FOLDER` keeps it to be reported on again.
`report` is the command as a person calls it, with its start, `page` the same with `--html`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Figure, figure
from benchmarks.parts.long_journal import write_long_journal

REPETITIONS = 3
TIMEOUT_SECONDS = 600
ROOT = Path(__file__).resolve().parents[2]


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--events", type=int, default=1_000_000, help="(default: 1000000)")
    parser.add_argument("--attempts", type=int, default=50_000, help="(default: 50000)")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="a home folder to keep (default: none is kept)"
    )


def run(options: argparse.Namespace) -> dict[str, Figure]:
    """Make the journal and report on it."""
    with tempfile.TemporaryDirectory() as folder:
        home = options.keep or Path(folder)
        if not (home / "voyager.db").exists():
            write_long_journal(home / "voyager.db", options.events, options.attempts)
        page = ["--html", str(Path(folder) / "report.html")]
        figures = {
            "report": figure([seconds_of(home) for _ in range(REPETITIONS)], "seconds"),
            "page": figure([seconds_of(home, *page) for _ in range(REPETITIONS)], "seconds"),
        }
        kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        return figures | {"memory": figure([kilobytes / 1024], "MB")}


def seconds_of(home: Path, *more: str) -> float:
    """How long one call of the command takes."""
    command = [sys.executable, "-P", "-m", "voyager", "report", "--home", str(home), *more]
    begun = time.perf_counter()
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=TIMEOUT_SECONDS,
    )
    return time.perf_counter() - begun
