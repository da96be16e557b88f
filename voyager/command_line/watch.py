"""`voyager watch`: the session that is being played, live in the terminal or as a page."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from rich.console import Console
from rich.live import Live

from voyager.command_line.tables import print_json
from voyager.errors import SettingsError
from voyager.foreign_text import printable
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.watching import facts
from voyager.watching.dashboard import Dashboard
from voyager.watching.feed_client import follow
from voyager.watching.picture import Picture, empty_picture
from voyager.watching.running_source import RunningSource, skill_source_in
from voyager.watching.standing import newest_run, standing
from voyager.watching.told_lines import told_lines

DONE = 0
REFRESHES_PER_SECOND = 4
EVENTS_SHOWN = 12


def run(options: argparse.Namespace) -> int:
    """Show it; Ctrl-C ends that and nothing else."""
    if options.web:
        from voyager.command_line.watch_web import serve

        return serve(options)
    home = Home(options.home)
    if not home.exists():
        raise _nothing_played(home)
    try:
        if options.once:
            return _once(options, home)
        if options.json:
            return _as_json(home)
        if sys.stdout.isatty() and not options.quiet:
            return _live(home)
        return _as_lines(options, home)
    except KeyboardInterrupt:
        return DONE


# -- once --------------------------------------------------------------------------------------


def _once(options: argparse.Namespace, home: Home) -> int:
    """How it stands, from the session or, without one, from the journal."""
    document = _picture_now(home)
    if options.json:
        print_json(document)
    else:
        print("\n".join(_told(document)))
    return DONE


def _picture_now(home: Home) -> dict[str, Any]:
    """The session's picture, with `playing`; of the run that was played last, without one."""
    restarting = False
    for message in follow(home.folder, wait=False):
        if message["type"] == "snapshot":
            return {**empty_picture(), **message, "playing": True}
        restarting = message["type"] == "session_lost"
        if restarting:
            print(_of_connection(message, home), file=sys.stderr, flush=True)
    with open_journal(home) as connection:
        number = newest_run(connection)
        if number is None:
            raise _nothing_played(home)
        stood = standing(connection, number, None)
        return {**stood, "playing": False, "restarting": restarting}


def _nothing_played(home: Home) -> SettingsError:
    return SettingsError(
        f"Nothing was played in {home.folder} yet: run `voyager play` first, or name another folder"
        " with --home."
    )


def _told(document: dict[str, Any]) -> list[str]:
    playing = document["playing"]
    away = "being started again" if document.get("restarting") else "not being played now"
    state = "being played" if playing else f"{away}; this is how it stood last"
    lines = [
        f"{facts.title(document)}: {state}",
        "  ".join(filter(None, (facts.world_time(document), f"played {facts.run_time(document)}"))),
        ", ".join(facts.counts(document)),
        f"task: {facts.task_line(document)}",
        *(f"  {line}" for line in (facts.task_details(document), facts.doing(document)) if line),
    ]
    if bot := document["bot"]:
        lines += [
            f"bot: {facts.bot_line(document)}",
            f"  health {bot['health']:.0f} of 20, food {bot['food']:.0f} of 20",
            *(f"  {line}" for line in (facts.worn_line(document),) if line),
        ]
    lines.append(f"carried: {facts.inventory_line(document)}")
    lines.append(f"first held: {facts.milestone_line(document, names=20)}")
    lines += [f"fault: {line}" for line in facts.fault_lines(document)]
    newest = told_lines(document["events"])[:EVENTS_SHOWN]
    if newest:
        lines.append("last events:")
    lines += [printable(f"  {facts.clock(line['at'])} {line['text']}") for line in reversed(newest)]
    return lines


# -- following ---------------------------------------------------------------------------------


def _as_json(home: Home) -> int:
    """Each message in a line, until the session is over."""
    for message in follow(home.folder):
        print(json.dumps(message, default=str), flush=True)
        if message["type"] == "session_over":
            break
    return DONE


def _as_lines(options: argparse.Namespace, home: Home) -> int:
    """What is worth a line, for a pipe or a file."""
    for message in follow(home.folder):
        over = message["type"] == "session_over"
        if said := _of_connection(message, home):
            lines = [said]
        elif message["type"] == "snapshot":
            picture = {**empty_picture(), **message}
            lines = [f"watching {facts.title(picture)}: {facts.task_line(picture)}"]
        else:
            lines = [line["text"] for line in told_lines([message])]
        for line in lines:
            if not options.quiet or over:
                print(printable(line), flush=True)
        if over:
            break
    return DONE


def _live(home: Home) -> int:
    """The dashboard, until the session is over."""
    picture = Picture(empty_picture())
    dashboard = Dashboard(picture.document, RunningSource(skill_source_in(home)))
    dashboard.notice = "looking for a session"
    ending = ""
    console = Console()
    with Live(
        get_renderable=lambda: dashboard,
        console=console,
        screen=True,
        refresh_per_second=REFRESHES_PER_SECOND,
        redirect_stdout=False,
        redirect_stderr=False,
    ):
        for message in follow(home.folder):
            picture.take(message)
            dashboard.document = dict(picture.document)
            dashboard.notice = _of_connection(message, home)
            if message["type"] == "session_over":
                ending = dashboard.notice
                break
    console.print(printable(ending), markup=False, highlight=False)
    return DONE


def _of_connection(message: dict[str, Any], home: Home) -> str:
    """What the client says of the session itself, in words; empty for a message of the session."""
    match message["type"]:
        case "no_session":
            return f"{message['reason']} It is waited for; Ctrl-C ends that."
        case "session_lost":
            reason = str(message["reason"]).rstrip(".")
            return f"The agent broke off and is being started again: {reason}."
        case "session_over":
            reason = str(message["reason"]).rstrip(".")
            return f"The session is over: {message['status']}: {reason}."
        case "refused":
            return str(message.get("reason"))
        case _:
            return ""
