"""The options that every command has."""

from __future__ import annotations

import argparse
from pathlib import Path

DEFAULT_HOME = Path("voyager-home")


def add_common(command: argparse.ArgumentParser, module: str) -> None:
    """Add them; `module` of this package runs the command."""
    command.set_defaults(module=module)
    command.add_argument(
        "--home",
        type=Path,
        default=DEFAULT_HOME,
        metavar="FOLDER",
        help="where everything is kept (default: ./voyager-home)",
    )
    command.add_argument("--json", action="store_true", help="print JSON, for scripts")
    command.add_argument("--quiet", action="store_true", help="print results and errors only")
