"""`voyager play`: one sitting, shown as it goes, and how to go on after it."""

from __future__ import annotations

import argparse
import json
import shlex
import signal
import sys
from dataclasses import fields
from types import FrameType

from voyager.command_line.exit_codes import GOAL_REACHED, INTERRUPTED, STUCK
from voyager.console import Console, LiveConsole, PlainConsole, SilentConsole
from voyager.home import Home
from voyager.settings import PlaySettings


def run(options: argparse.Namespace) -> int:
    """Play; the exit code says whether the goal was reached."""
    from voyager.agent import open_agent, open_journal  # slow: only once play was asked for
    from voyager.run_reports import show_run

    settings = PlaySettings(**{f.name: getattr(options, f.name) for f in fields(PlaySettings)})
    signal.signal(signal.SIGTERM, _stop)
    ending = None
    try:
        with (
            _console(options) as console,
            open_agent(settings, console.hear, console.note) as agent,
        ):
            ending = agent.play()
    except KeyboardInterrupt:
        _say(options, f"Stopped. Go on with: {_command(settings)}")
    if options.json and Home(settings.home).exists():
        print(json.dumps(show_run(open_journal(Home(settings.home))), indent=2))
    if ending is None:
        return INTERRUPTED
    if ending.status == "finished":
        _say(options, f"Finished: {ending.reason}.")
        return GOAL_REACHED
    if ending.status == "stopped":
        _say(options, f"Stopped: {ending.reason}. Go on with: {_command(settings)}")
        return GOAL_REACHED
    _say(options, f"Stuck: {ending.reason}", error=True)
    return STUCK


def _stop(signal_number: int, frame: FrameType | None) -> None:
    """Being asked to end is treated like Ctrl-C."""
    raise KeyboardInterrupt


def _console(options: argparse.Namespace) -> Console:
    if options.quiet or options.json:
        return SilentConsole()
    return LiveConsole() if sys.stdout.isatty() else PlainConsole()


def _say(options: argparse.Namespace, text: str, error: bool = False) -> None:
    if error or not (options.quiet or options.json):
        print(text, file=sys.stderr if error or options.json else sys.stdout)


def _command(settings: PlaySettings) -> str:
    """The command that goes on from here: this one, without what only a new world needs."""
    words = ["scripts/play"]
    for field in fields(PlaySettings):
        value = getattr(settings, field.name)
        if field.name != "seed" and value != field.default and value is not None:
            words += [f"--{field.name.replace('_', '-')}", str(value)]
    return shlex.join(words)
