"""How long a command takes to begin: the scripts' own share, `--help`, and the bare imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Figure, timed

ROOT = Path(__file__).resolve().parent.parent.parent
REPETITIONS = 10


def run() -> dict[str, Figure]:
    """Measure and return the figures by name."""
    ready = "import environment; environment.pending(False)"
    return {
        "python": timed(lambda: call("-c", "pass"), REPETITIONS),
        "set_up_already_done": timed(lambda: call("-c", ready), REPETITIONS),
        "voyager_help": timed(lambda: call("-P", "-m", "voyager", "--help"), REPETITIONS),
        "import_voyager": timed(lambda: call("-P", "-c", "import voyager"), REPETITIONS),
    }


def call(*arguments: str) -> None:
    """Run this Python to its end; an exit code other than 0 is an error."""
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=ROOT / "scripts", check=True, capture_output=True, timeout=60)
