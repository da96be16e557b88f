"""`voyager play` as two processes: one that keeps going the other, which is the agent.

Covers starting the first's half and the second's, and what is said of deaths. Not covered: watching
and starting again (`voyager/supervision/keeper.py`).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from voyager.command_line.exit_codes import AGENT, exit_code_of
from voyager.home import Home
from voyager.limits import until_seconds
from voyager.opening.settings import EMBEDDED, PlaySettings
from voyager.supervision.keeper import Keeper, Outcome
from voyager.supervision.life_line import LifeLine
from voyager.supervision.spool import Spool, SpooledFault

_SHOW_CURSOR = "\x1b[?25h"
_ALONE = "The process that keeps the agent going was ended, and the agent with it."
_PROGRAM_SECONDS = 720.0
"""The deadline of a program, and what is allowed beyond it."""


def keep_going(settings: PlaySettings, words: Sequence[str]) -> tuple[int, int | None]:
    """Play with these words of the command line; the exit code, and the run that was played."""
    settings.check()
    keeper = Keeper(
        _command(words), settings.home, _tell, AGENT, until_seconds(settings.until), _environment()
    )
    outcome = keeper.run()
    if outcome.last is not None:
        _give_up(outcome, Home(settings.home))
    return outcome.code, outcome.run


def play_kept_going(settings: PlaySettings, line: LifeLine, play: Callable[[], int]) -> int:
    """The agent's half: as `play` ends, but for errors that pass, which go down the line."""
    from voyager.opening.configuration import configuration_of
    from voyager.supervision.passing import told_of  # slow: only the agent needs them

    signal.signal(signal.SIGINT, line.interrupted)
    line.left_alone = lambda: Spool(settings.home).add(SpooledFault.now("agent", "ended", _ALONE))
    try:
        configuration = configuration_of(settings)
        supervision = configuration.supervision
        line.tell(
            patience={
                "restarts": supervision.restarts,
                "longest_wait": supervision.longest_wait,
                "silence": supervision.silence,
            }
        )
        answers = [m.answer_seconds + m.timeout_seconds for m in configuration.models.values()]
        longest = max([_PROGRAM_SECONDS, *answers])
        line.still_seconds = supervision.silence + longest
        return play()
    except (ModuleNotFoundError, BrokenPipeError):
        raise  # seen to by whoever calls
    except Exception as error:
        code = exit_code_of(error)
        patience = None if settings.server == EMBEDDED else settings.server_patience
        ended = told_of(error, code, settings.home, patience) if line.played else None
        if ended is None:
            raise
        line.tell_last(ended=ended)
        return code or AGENT


def _give_up(outcome: Outcome, home: Home) -> None:
    last = outcome.last
    if last is None:
        return
    if last.trace:
        print(last.trace, end="", file=sys.stderr)
    if last.worth_waiting:
        _tell(f"{last.cause} It was waited for in vain: go on with the same command.")
        return
    what = {"agent": "The agent's process", "server": "The server", "host": "The Node host"}
    died = what.get(last.part, f"The {last.part}")
    _tell(
        f"{last.cause} {died} has broken play off {outcome.deaths} times in a row, without a step"
        f" done in between: see {home.logs}, make sure that there is memory and room on the disk,"
        " and go on with the same command; with --no-supervised it is not started again."
    )


def _tell(text: str) -> None:
    """A line for people, after whatever the agent has left of the screen."""
    with suppress(OSError, ValueError):
        if sys.stdout.isatty():
            print(_SHOW_CURSOR, end="", flush=True)
        print(f"voyager: {text}", file=sys.stderr, flush=True)


def _command(words: Sequence[str]) -> list[str]:
    """The same command line once more, with this Python."""
    safe = ["-P"] if getattr(sys.flags, "safe_path", False) else []
    return [sys.executable, *safe, "-m", "voyager", *words]


def _environment() -> dict[str, str]:
    """In which the same packages are found as here."""
    root = Path(__file__).parents[2]
    found = os.environ.get("PYTHONPATH", "")
    if root.name == "site-packages" or str(root) in found.split(os.pathsep):
        return dict(os.environ)
    path = os.pathsep.join([str(root), *([found] if found else [])])
    return {**os.environ, "PYTHONPATH": path}
