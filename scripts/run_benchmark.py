"""Runs one benchmark of scripts/benchmarks and prints its figures.

Called by scripts/bench in the clone's environment. A benchmark is a module with a function
`run() -> dict[str, Figure]`; measure.py helps to make figures.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "benchmarks"


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "measure")


def main(arguments: list[str]) -> int:
    """Run the named benchmark and return the exit code."""
    chosen = [word for word in arguments if not word.startswith("-")]
    if "--help" in arguments or len(chosen) != 1 or chosen[0] not in names():
        sys.stdout.write(
            f"usage: scripts/bench NAME [--json]; NAME is one of {', '.join(names())}\n"
        )
        return 0 if "--help" in arguments else 2
    figures = importlib.import_module(f"benchmarks.{chosen[0]}").run()
    if "--json" in arguments:
        sys.stdout.write(json.dumps({k: v.as_json() for k, v in figures.items()}, indent=2) + "\n")
        return 0
    for name, figure in figures.items():
        median, p95 = f"{figure.median:.4g}", f"{figure.p95:.4g}"
        sys.stdout.write(f"{name:<28}{median:>10} {figure.unit} (p95 {p95}, n {figure.n})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
