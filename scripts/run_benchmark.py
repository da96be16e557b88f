"""Runs one benchmark of scripts/benchmarks and prints its figures.

Called by scripts/bench in the clone's environment. A benchmark is a module with a function
`run() -> dict[str, Figure]`; measure.py helps to make figures. One with `add_options(parser)` gets
what was chosen: `run(options)`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "benchmarks"


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "measure")


def _named_in(arguments: list[str]) -> Any:
    """The benchmark's module; None when none is named, which the parser then says."""
    named = next((name for name in arguments if name in names()), None)
    return named and importlib.import_module(f"benchmarks.{named}")


def main(arguments: list[str]) -> int:
    """Run the named benchmark and return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure something.")
    parser.add_argument("name", choices=names(), metavar="NAME", help=", ".join(names()))
    parser.add_argument("--json", action="store_true", help="print JSON, for scripts")
    benchmark = _named_in(arguments)
    if hasattr(benchmark, "add_options"):
        benchmark.add_options(parser)
    options = parser.parse_args(arguments)
    figures = benchmark.run(options) if hasattr(benchmark, "add_options") else benchmark.run()
    if options.json:
        sys.stdout.write(json.dumps({k: v.as_json() for k, v in figures.items()}, indent=2) + "\n")
        return 0
    for name, figure in figures.items():
        median, p95 = f"{figure.median:.4g}", f"{figure.p95:.4g}"
        sys.stdout.write(f"{name:<28}{median:>10} {figure.unit} (p95 {p95}, n {figure.n})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
