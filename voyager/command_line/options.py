"""Every command's options, their defaults and their help."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from voyager.command_line.common_options import add_common
from voyager.command_line.play_options import add_play
from voyager.command_line.record_options import add_record_commands
from voyager.command_line.session_options import add_session_commands
from voyager.command_line.skill_options import add_skills

EXIT_CODES_HELP = """\
exit codes:
  0    done: the goal is reached, or what was asked is shown
  1    stuck: no way on towards the goal
  2    an option that cannot be taken, or an unknown name
  3    the Minecraft server: unreachable, not started, lost
  4    the home folder: not writable, no space, locked, damaged
  5    the language model: refused or unreachable
  6    the installation: Node.js, packages, or a required layer of the sandbox are missing
  7    the agent itself died, again and again
  130  stopped with Ctrl-C; the same command goes on from there
"""


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add all commands; each sets `module`, the module of this package that runs it."""
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add_play(commands)
    _add_runs(commands)
    add_session_commands(commands)
    add_skills(commands)
    add_record_commands(commands)
    doctor = commands.add_parser("doctor", help="say what is there, what is missing, what to do")
    add_common(doctor, "doctor")
    doctor.add_argument(
        "--server",
        default="embedded",
        metavar="HOST:PORT",
        help="also look at this server (default: none)",
    )
    doctor.add_argument(
        "--model",
        metavar="NAME",
        help="also ask this language model (default: those in voyager.toml)",
    )
    doctor.add_argument(
        "--base-url",
        metavar="URL",
        help="the endpoint of the model (default: voyager.toml's, or OpenAI's)",
    )
    doctor.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="where the models of each role are set up (default: voyager.toml here, if any)",
    )


def _add_runs(commands: Any) -> None:
    runs = commands.add_parser("runs", help="what was played: list, show, compare")
    actions = runs.add_subparsers(title="actions", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="every run, newest first")
    add_common(listing, "runs")
    listing.set_defaults(action="list")
    show = actions.add_parser("show", help="one run: tasks, verdicts, evidence, inventory, cost")
    add_common(show, "runs")
    show.set_defaults(action="show")
    show.add_argument("run", nargs="?", type=int, help="its number (default: the newest)")
    show.add_argument("--calls", action="store_true", help="every call of a language model instead")
    compare = actions.add_parser(
        "compare", help="two runs side by side: what each reached, and how"
    )
    add_common(compare, "comparing")
    compare.add_argument("first", type=int, metavar="A", help="a run's number")
    compare.add_argument("second", type=int, metavar="B", help="another run's number")
    compare.add_argument(
        "--other-home",
        type=Path,
        metavar="FOLDER",
        help="where B was played (default: the same home folder)",
    )
