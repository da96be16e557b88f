"""The options of `voyager play`, in the groups in which its help shows them."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

from voyager.command_line.common_options import add_common

SIMULATED_RATE = "max"
DIFFICULTIES = ("peaceful", "easy", "normal", "hard")
WHEN_SPENT = ("play-on", "stop")


def add_play(commands: Any) -> None:
    """Add the command."""
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
    _add_world(play.add_argument_group("the world"))
    _add_limits(play.add_argument_group("when it stops"))
    _add_models(play.add_argument_group("language models"))
    _add_ways(play.add_argument_group("how it is played"))


def world_rate(text: str) -> float:
    """The rate that an option names; infinity for `max`."""
    return math.inf if text == SIMULATED_RATE else float(text)


def _add_world(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--world", default="default", help="which world to play (default: default)")
    group.add_argument("--seed", type=int, help="of a new world (default: a random one)")
    group.add_argument(
        "--server",
        default="embedded",
        metavar="embedded|HOST:PORT",
        help="the embedded world, or a server in offline mode (default: embedded)",
    )
    group.add_argument(
        "--port",
        type=int,
        default=0,
        help="where the embedded server listens, to look on with a client (default: any free)",
    )
    group.add_argument("--version", help="the game version of the server (default: ask it)")
    group.add_argument("--username", default="Voyager", help="the player's name (default: Voyager)")
    group.add_argument(
        "--world-rate",
        type=world_rate,
        default=1.0,
        metavar="N|max",
        help="how many times faster than normal the embedded world runs, 1 to 10; max simulates:"
        " as fast as the machine computes, and the same again for the same seed (default: 1)",
    )
    group.add_argument(
        "--difficulty",
        choices=DIFFICULTIES,
        help="of the embedded world; peaceful has no monsters (default: the world's own, normal"
        " for a new one)",
    )


def _add_limits(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--tasks", type=int, metavar="N", help="stop after N tasks (default: never)")
    group.add_argument(
        "--hours", type=float, metavar="H", help="stop after H hours (default: never)"
    )
    group.add_argument(
        "--world-hours",
        type=float,
        metavar="H",
        help="stop once the run has lasted H hours of the world's own time, over all its sittings"
        " (default: never)",
    )
    group.add_argument(
        "--until",
        metavar="TIME",
        help='stop at this time, like 07:30 or "2026-01-31 07:30" (default: never)',
    )


def _add_models(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--model",
        metavar="NAME",
        help="a language model that proposes and writes, or none for the built-in planner"
        " (default: the one in voyager.toml, if any; else none). Its key is read from"
        " OPENAI_API_KEY, or the variable that voyager.toml names",
    )
    group.add_argument(
        "--base-url",
        metavar="URL",
        help="an OpenAI-compatible endpoint (default: voyager.toml's, or OpenAI's)",
    )
    group.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="models for each role, budgets, and how programs are written (default: voyager.toml in"
        " this folder, if there is one)",
    )
    group.add_argument(
        "--budget",
        metavar="AMOUNT",
        help='what the models may cost in this run, like "2.50 USD" or "200k tokens" (default:'
        " voyager.toml's, or no limit; one task takes about 60 calls at most, as a rule below 10)",
    )
    group.add_argument(
        "--when-spent",
        choices=WHEN_SPENT,
        help="when a budget is spent: play on without models, or stop (default: voyager.toml's,"
        " or play-on)",
    )
    group.add_argument(
        "--candidates",
        type=int,
        metavar="K",
        help="write K programs for each attempt and keep the one that does best in the same world"
        " (default: voyager.toml's, or 1)",
    )


def _add_ways(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--no-gym",
        dest="gym",
        action="store_false",
        help="do not try new skills in scratch worlds beside play; their next use shows whether"
        " they work (default: try them, on the embedded server)",
    )
    group.add_argument(
        "--no-reflexes",
        dest="reflexes",
        action="store_false",
        help="let the bot do nothing by itself: not eat, flee, get out of water, shelter, or fetch"
        " what it lost; voyager.toml switches them one by one (default: it looks after itself)",
    )
    group.add_argument(
        "--no-supervised",
        dest="supervised",
        action="store_false",
        help="play in this process, and end when it does (default: play in one that is started"
        " again when it dies; on Windows, in this process)",
    )
    group.add_argument(
        "--line-of-sight",
        action="store_true",
        help="find only blocks that the bot can have seen, and dig for the ores in the rock"
        " (default: everything the server has sent)",
    )
    group.add_argument(
        "--patience",
        type=float,
        metavar="SECONDS",
        help="how long to wait for a server that has gone away in the middle of the game"
        " (default: 12 hours for one of yours, 120 s for the embedded one)",
    )
    group.add_argument(
        "--require-sandbox",
        action="store_true",
        help="do not play unless this machine has every layer of the sandbox, as `voyager doctor`"
        " lists them (default: play, and warn of what is missing)",
    )
