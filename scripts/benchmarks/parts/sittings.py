"""`voyager play` as a process of its own, without the gym beside it, and what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
TIMEOUT_SECONDS = 1800
STEPS_FILE = "VOYAGER_BENCHMARK_STEPS"
"""Names the file to which `timed_play` writes its figures."""


def play(home: Path, *words: str, **environment: str) -> dict[str, Any]:
    """Play in `home` and return the run as `runs show --json` has it.

    Raises RuntimeError with what was said when it did not end well.
    """
    return _played("voyager", home, words, environment)


def play_timed(
    home: Path, *words: str, **environment: str
) -> tuple[dict[str, Any], dict[str, dict[str, float]]]:
    """The same with a watch on it: the run, and what `timed_play.py` has of its steps."""
    watched = home.with_name(f"{home.name}-steps.json")
    folders = [str(ROOT), str(ROOT / "scripts"), os.environ.get("PYTHONPATH", "")]
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, folders)), STEPS_FILE: str(watched)}
    run = _played("benchmarks.parts.timed_play", home, words, environment)
    return run, json.loads(watched.read_text())


def _played(
    module: str, home: Path, words: Sequence[str], environment: Mapping[str, str]
) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", module, "play", "--home", str(home), "--json", "--no-gym", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"exit code {done.returncode}: {done.stderr or done.stdout}")
    run: dict[str, Any] = json.loads(done.stdout)
    return run
