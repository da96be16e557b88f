"""The command line: `voyager play | watch | report | checkpoint | runs | skills | tell | …`.

Covers options, exit codes and turning errors into one sentence. What the commands do is each in a
module of its own, imported when it is called, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence

from voyager import __version__
from voyager.command_line.options import EXIT_CODES_HELP, add_commands
from voyager.diagnostics import silence_diagnostics

__all__ = ["main"]

ROOMS = ("voyager", "curriculum", "skills", "mc_server")
SET_UP = "run scripts/play once more, or install again with pip."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="voyager",
        description="Plays Minecraft by itself, and gets better while it does.",
        epilog=EXIT_CODES_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"voyager {__version__}")
    add_commands(parser)
    options = parser.parse_args(arguments)
    # Only what was typed can be started again in a process of its own.
    options.words = sys.argv[1:] if arguments is None else None
    try:
        silence_diagnostics()
        _print_whatever_the_encoding()
        command = importlib.import_module(f"voyager.command_line.{options.module}")
        code = int(command.run(options))
        sys.stdout.flush()  # here, where a reader that has gone can still be told
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader went away (`| head`); whatever else is buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", *ROOMS):
            raise  # a fault of ours
        print(f"voyager: The Python package '{package}' is missing: {SET_UP}", file=sys.stderr)
        return 6  # as `exit_codes.SETUP`, which cannot be imported when a package is missing
    except Exception as error:
        from voyager.command_line.exit_codes import exit_code_of  # slow: it knows every room

        known = exit_code_of(error)
        if known is None:
            raise
        print(f"voyager: {' '.join(str(error).split())}", file=sys.stderr)
        return known
    finally:
        if arguments is None:
            # All is said; a second Ctrl-C must not cut short what ends by itself now.
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def _print_whatever_the_encoding() -> None:
    """A character that the terminal or the file cannot hold is written as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
