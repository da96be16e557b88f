"""Every command's options, their defaults and their help."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

from voyager.command_line.common_options import add_common
from voyager.command_line.record_options import add_record_commands
from voyager.command_line.session_options import add_session_commands
from voyager.command_line.skill_options import add_skills

SIMULATED_RATE = "max"
DIFFICULTIES = ("peaceful", "easy", "normal", "hard")
WHEN_SPENT = ("play-on", "stop")

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
    _add_play(commands)
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


def _add_play(commands: Any) -> None:
    play = commands.add_parser(
        "play",
        help="play, or go on playing where it was left",
        description="Play Minecraft. The same command again goes on where this one stopped.",
    )
    add_common(play, "play")
    play.add_argument(
        "--goal",
        metavar="GOAL",
        help="play towards this item, like iron_pickaxe, or with a model towards anything in"
        ' words, like "a house with a bed" (default: whatever comes next)',
    )
    play.add_argument("--world", default="default", help="which world to play (default: default)")
    play.add_argument("--seed", type=int, help="of a new world (default: a random one)")
    play.add_argument(
        "--server",
        default="embedded",
        metavar="embedded|HOST:PORT",
        help="the embedded world, or a server in offline mode (default: embedded)",
    )
    play.add_argument(
        "--port",
        type=int,
        default=0,
        help="where the embedded server listens, to look on with a client (default: any free)",
    )
    play.add_argument("--version", help="the game version of the server (default: ask it)")
    play.add_argument("--username", default="Voyager", help="the player's name (default: Voyager)")
    play.add_argument("--tasks", type=int, metavar="N", help="stop after N tasks (default: never)")
    play.add_argument(
        "--hours", type=float, metavar="H", help="stop after H hours (default: never)"
    )
    play.add_argument(
        "--world-hours",
        type=float,
        metavar="H",
        help="stop once the run has lasted H hours of the world's own time, over all its sittings"
        " (default: never)",
    )
    play.add_argument(
        "--until",
        metavar="TIME",
        help='stop at this time, like 07:30 or "2026-01-31 07:30" (default: never)',
    )
    _add_model_options(play)
    play.add_argument(
        "--world-rate",
        type=world_rate,
        default=1.0,
        metavar="N|max",
        help="how many times faster than normal the embedded world runs, 1 to 10; max simulates:"
        " as fast as the machine computes, and the same again for the same seed (default: 1)",
    )
    play.add_argument(
        "--difficulty",
        choices=DIFFICULTIES,
        help="of the embedded world; peaceful has no monsters (default: the world's own, normal"
        " for a new one)",
    )
    play.add_argument(
        "--no-gym",
        dest="gym",
        action="store_false",
        help="do not try new skills in scratch worlds beside play; their next use shows whether"
        " they work (default: try them, on the embedded server)",
    )
    play.add_argument(
        "--no-reflexes",
        dest="reflexes",
        action="store_false",
        help="let the bot do nothing by itself: not eat, flee, get out of water, shelter, or fetch"
        " what it lost; voyager.toml switches them one by one (default: it looks after itself)",
    )
    play.add_argument(
        "--no-supervised",
        dest="supervised",
        action="store_false",
        help="play in this process, and end when it does (default: play in one that is started"
        " again when it dies; on Windows, in this process)",
    )
    play.add_argument(
        "--line-of-sight",
        action="store_true",
        help="find only blocks that the bot can have seen, and dig for the ores in the rock"
        " (default: everything the server has sent)",
    )
    play.add_argument(
        "--patience",
        type=float,
        default=120.0,
        metavar="SECONDS",
        help="how long to wait for a server that has gone away in the middle of the game"
        " (default: 120)",
    )
    play.add_argument(
        "--require-sandbox",
        action="store_true",
        help="do not play unless this machine has every layer of the sandbox, as `voyager doctor`"
        " lists them (default: play, and warn of what is missing)",
    )


def _add_model_options(play: argparse.ArgumentParser) -> None:
    play.add_argument(
        "--model",
        metavar="NAME",
        help="a language model that proposes and writes, or none for the built-in planner"
        " (default: the one in voyager.toml, if any; else none). Its key is read from"
        " OPENAI_API_KEY, or the variable that voyager.toml names",
    )
    play.add_argument(
        "--base-url",
        metavar="URL",
        help="an OpenAI-compatible endpoint (default: voyager.toml's, or OpenAI's)",
    )
    play.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="models for each role, budgets, and how programs are written (default: voyager.toml in"
        " this folder, if there is one)",
    )
    play.add_argument(
        "--budget",
        metavar="AMOUNT",
        help='what the models may cost in this run, like "2.50 USD" or "200k tokens" (default:'
        " voyager.toml's, or no limit; one task takes about 60 calls at most, as a rule below 10)",
    )
    play.add_argument(
        "--when-spent",
        choices=WHEN_SPENT,
        help="when a budget is spent: play on without models, or stop (default: voyager.toml's,"
        " or play-on)",
    )
    play.add_argument(
        "--candidates",
        type=int,
        metavar="K",
        help="write K programs for each attempt and keep the one that does best in the same world"
        " (default: voyager.toml's, or 1)",
    )


def world_rate(text: str) -> float:
    """The rate that an option names; infinity for `max`."""
    return math.inf if text == SIMULATED_RATE else float(text)


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
