"""`voyager play`: one sitting, shown as it goes, and how to go on after it."""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields, replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from voyager.command_line.common_options import DEFAULT_HOME
from voyager.command_line.exit_codes import GOAL_REACHED, INTERRUPTED, STUCK
from voyager.command_line.keeping_going import keep_going, play_kept_going
from voyager.command_line.play_command import play_command, words_of
from voyager.command_line.tables import print_json
from voyager.console import Console, LiveConsole, PlainConsole, SilentConsole
from voyager.errors import VoyagerError
from voyager.events import Event
from voyager.home import Home
from voyager.limits import TIME_IS_UP
from voyager.opening.settings import PlaySettings
from voyager.supervision.life_line import LifeLine

if TYPE_CHECKING:
    from voyager.agent import Agent
    from voyager.loop import Ending

CLONE_VOYAGER = Path("scripts", "voyager")


def run(options: argparse.Namespace) -> int:
    """Play; the exit code says whether the goal was reached."""
    settings = PlaySettings(**{f.name: getattr(options, f.name) for f in fields(PlaySettings)})
    if hasattr(os, "fork"):  # else there is nothing to pass a line on with
        line = LifeLine.inherited()
        if line is not None:
            return play_kept_going(settings, line, lambda: _play(options, settings, line))
        if settings.supervised and options.words is not None:
            code, number = keep_going(settings, options.words)
            _report(options, settings, number, quietly=code not in (GOAL_REACHED, STUCK))
            return code
    return _play(options, settings, None)


def _play(options: argparse.Namespace, settings: PlaySettings, line: LifeLine | None) -> int:
    """Play in this process; `line` leads to the one that keeps it going and reports."""
    agent: Agent | None = None
    ending: Ending | None = None
    untried = 0
    try:
        from voyager.agent import open_agent  # slow: Ctrl-C may well come here

        with (
            _asked_to_end_like_ctrl_c(),
            _console(options) as console,
            _opened(open_agent, settings, console, line) as agent,
        ):
            ending = agent.play()
            untried = len({skill.name for skill in agent.untried()})
    except KeyboardInterrupt:
        pass  # also while a sitting that has its ending is closed
    except BaseException:
        if line is None:
            _report(options, settings, agent.run.id if agent else None, quietly=True)
        raise
    if line is None:
        _report(options, settings, agent.run.id if agent else None)
    return _said(options, settings, ending, untried, begun=agent is not None)


@contextmanager
def _opened(
    open_agent: Callable[..., AbstractContextManager[Agent]],
    settings: PlaySettings,
    console: Console,
    line: LifeLine | None,
) -> Iterator[Agent]:
    """The agent, whose signs of life go down the line where there is one."""
    if line is None:
        with open_agent(settings, console.hear, console.note) as agent:
            yield agent
        return

    def hear(event: Event) -> None:
        line.hear(event)
        console.hear(event)

    def note(text: str) -> None:
        line.moved()
        console.note(text)

    # A day that is past by now was none when the command began.
    with open_agent(replace(settings, until=None), hear, note) as agent:
        line.tell(run=agent.run.id)
        loop = agent.loop
        loop.limits = replace(loop.limits, earlier=line.earlier, until=line.until)
        line.begins()
        yield agent


def _said(
    options: argparse.Namespace,
    settings: PlaySettings,
    ending: Ending | None,
    untried: int,
    begun: bool,
) -> int:
    """Say how the sitting ended; its exit code."""
    if ending is None:
        # A world in which nothing was played yet is not kept: its seed is needed again.
        _say(options, f"Stopped. Go on with: {play_command(settings, with_seed=not begun)}")
        return INTERRUPTED
    if untried:
        _say(options, _untried(untried, settings))
    if ending.status == "finished":
        _say(options, f"Finished: {ending.reason.rstrip('.')}.")
        return GOAL_REACHED
    if ending.status == "stopped":
        if ending.reason == TIME_IS_UP:
            # Given again, it would play until that time tomorrow, or not at all.
            settings = replace(settings, until=None, world_hours=None)
        _say(options, f"Stopped: {ending.reason.rstrip('.')}. Go on with: {play_command(settings)}")
        return GOAL_REACHED
    print(f"Stuck: {ending.reason}", file=sys.stderr)
    return STUCK


def _report(
    options: argparse.Namespace, settings: PlaySettings, run: int | None, quietly: bool = False
) -> None:
    """With `--json`, the run as `runs show` has it, however it ended; nothing if none was begun.

    `quietly` on the way out with an error, which counts more than a journal that cannot be read.
    """
    if not options.json or run is None:
        return
    from voyager.journal.journal_opening import open_journal
    from voyager.reports.run_reports import show_run

    try:
        with open_journal(Home(settings.home)) as connection:
            shown = show_run(connection, run)
    except VoyagerError:
        if quietly:
            return
        raise
    print_json(shown)


@contextmanager
def _asked_to_end_like_ctrl_c() -> Iterator[None]:
    """While this is entered, SIGTERM and a terminal that goes away are KeyboardInterrupt."""

    def stop(signal_number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    asked = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = [signal.signal(number, stop) for number in asked]
    try:
        yield
    finally:
        for number, handler in zip(asked, before, strict=True):
            signal.signal(number, handler)


def _console(options: argparse.Namespace) -> Console:
    if options.quiet or options.json:
        return SilentConsole()
    return LiveConsole() if sys.stdout.isatty() else PlainConsole()


def _untried(count: int, settings: PlaySettings) -> str:
    """That skills have yet to work from another start, and how they come to it."""
    command = words_of(CLONE_VOYAGER, "voyager")
    command += ["skills", "verify", "--all"]
    if settings.home != DEFAULT_HOME:
        command += ["--home", str(settings.home)]
    skills = "1 skill is a candidate" if count == 1 else f"{count} skills are candidates"
    tried = "it is" if count == 1 else "they are"
    return f"{skills}: {tried} tried when you play next, or now with: {shlex.join(command)}"


def _say(options: argparse.Namespace, text: str) -> None:
    if not (options.quiet or options.json):
        print(text)
