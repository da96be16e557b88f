"""`voyager play` as a process of its own, and what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
TIMEOUT_SECONDS = 1800


def play(home: Path, *words: str, **environment: str) -> dict[str, Any]:
    """Play in `home` and return the run as `runs show --json` has it.

    Raises RuntimeError with what was said when it did not end well.
    """
    done = subprocess.run(
        [sys.executable, "-m", "voyager", "play", "--home", str(home), "--json", *words],
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
