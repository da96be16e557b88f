"""The options of the commands about a session: watch, report, checkpoint."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from voyager.command_line.common_options import add_common

REPORT_HELP = """\
The report says what was reached and when, what was learned, what failed and
why, deaths, faults, where the time and the money went, and what needs a
decision of yours.
"""


def add_session_commands(commands: Any) -> None:
    """Add them."""
    _add_watch(commands)
    _add_report(commands)
    _add_checkpoint(commands)


def _add_watch(commands: Any) -> None:
    watch = commands.add_parser(
        "watch",
        help="look on while it plays, from another terminal or in a browser",
        description="Show the session that is being played in this home folder, live.",
    )
    add_common(watch, "watch")
    watch.add_argument(
        "--web", action="store_true", help="as a page on this machine (default: in the terminal)"
    )
    watch.add_argument(
        "--port", type=int, default=0, help="where the page is served (default: any free)"
    )
    watch.add_argument(
        "--view",
        action="store_true",
        help="with --web, show the world in 3D as well, as it is saved; its viewer (41 MB) is"
        " fetched the first time; only worlds of the embedded server (default: the map alone)",
    )
    watch.add_argument(
        "--once",
        action="store_true",
        help="show how it stands and end (default: follow until the session ends)",
    )


def _add_report(commands: Any) -> None:
    report = commands.add_parser(
        "report",
        help="the morning's report on a run: what was reached, what failed, what it cost",
        description="Tell what came of a run.",
        epilog=REPORT_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_common(report, "report")
    report.add_argument(
        "run", nargs="?", type=int, help="its number (default: the one that was played last)"
    )
    report.add_argument(
        "--html",
        type=Path,
        metavar="FILE",
        help="write it as one page with plots, which needs no other file (default: text)",
    )


def _add_checkpoint(commands: Any) -> None:
    checkpoint = commands.add_parser(
        "checkpoint",
        help="go back, or play on from an earlier moment: list, create, rewind, branch",
    )
    actions = checkpoint.add_subparsers(title="actions", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="every checkpoint, newest first")
    add_common(listing, "checkpoint")
    listing.set_defaults(action="list")
    create = actions.add_parser("create", help="take one now, also while it plays")
    add_common(create, "checkpoint")
    create.set_defaults(action="create")
    create.add_argument(
        "name", nargs="?", metavar="NAME", help="what to call it (default: after the time)"
    )
    create.add_argument(
        "--wait",
        type=float,
        default=1800.0,
        metavar="SECONDS",
        help="while it plays, how long to wait for the task to end (default: 1800)",
    )
    rewind = actions.add_parser(
        "rewind",
        help="go back to one; how it stood before is kept as a checkpoint of its own",
    )
    add_common(rewind, "checkpoint")
    rewind.set_defaults(action="rewind")
    rewind.add_argument("name", metavar="NAME", help="as `voyager checkpoint list` has it")
    branch = actions.add_parser("branch", help="a second home folder that plays on from one")
    add_common(branch, "checkpoint")
    branch.set_defaults(action="branch")
    branch.add_argument("name", metavar="NAME", help="as `voyager checkpoint list` has it")
    branch.add_argument("into", type=Path, metavar="FOLDER", help="the new home folder")
    branch.add_argument(
        "--seed",
        type=int,
        help="play on in a new world of this seed, with what was learned (default: the same world)",
    )
