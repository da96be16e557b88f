"""Which errors end an agent that is worth starting again, and what they say broke.

Covers those that pass: a server that was lost, a disk without room, a database that is kept busy,
and faults of our own. All others a person must mend.
"""

from __future__ import annotations

import os
import shutil
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mc_server import (
    BridgeError,
    HomeFolderError,
    JoinFailedError,
    KickedError,
    ServerError,
    passes,
)
from voyager.errors import (
    DatabaseBusyError,
    DatabaseError,
    DatabaseFullError,
    HomeLockedError,
)
from voyager.home import FREE_BYTES_NEEDED
from voyager.supervision.patient_writing import LONGEST_WAIT_SECONDS

_LAST_FRAMES = 12
_FULL = ("disk", "full")
_WAITED_FOR = (_FULL, ("database", "busy"))


def told_of(
    error: Exception,
    code: int | None,
    home: Path,
    foreign_patience: float | None = None,
    free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
) -> dict[str, Any] | None:
    """What is told of an agent's end to the process that keeps it going; None for what stays.

    `code` is the exit code of the error, None for a fault of ours. A server that is not ours is
    waited for `foreign_patience` seconds in all. Call it only when something was played before:
    else a person chose wrongly, or nothing will change.
    """
    if isinstance(error, KickedError) and not passes(error):
        return None
    wait = 0.0
    if foreign_patience is not None and isinstance(error, ServerError | JoinFailedError):
        wait = foreign_patience - error.waited_seconds
        if wait <= 0:
            return None
    known = _part_and_kind(error)
    if isinstance(error, DatabaseError | HomeFolderError | OSError) and _is_full(home, free_bytes):
        known = _FULL  # whatever its words: no two files say it alike
    if known is None and code is not None:
        return None
    part, kind = known or ("agent", "failed")
    own = code is None and known is None
    return {
        "part": part,
        "kind": kind,
        "cause": _fault_of_ours(error) if own else " ".join(str(error).split()),
        "code": code,
        "worth_waiting": LONGEST_WAIT_SECONDS if known in _WAITED_FOR else wait,
        "trace": "".join(traceback.format_exception(error)) if own else "",
    }


def _is_full(home: Path, free_bytes: Callable[[Path], int]) -> bool:
    """Whether there is too little room for a start."""
    try:
        return free_bytes(home) < FREE_BYTES_NEEDED
    except OSError:
        return False


def _part_and_kind(error: Exception) -> tuple[str, str] | None:
    match error:
        case DatabaseFullError():
            return _FULL
        case DatabaseBusyError():
            return "database", "busy"
        case HomeLockedError():  # as by one who takes a checkpoint while the agent is away
            return "home", "locked"
        case HomeFolderError():
            return "disk", "unwritable"
        case ServerError() | JoinFailedError():
            return "server", "lost"
        case BridgeError():
            return "host", "lost"
        case _:
            return None


def _fault_of_ours(error: Exception) -> str:
    """The error with the place in our own code where it came up."""
    frames = traceback.extract_tb(error.__traceback__, limit=-_LAST_FRAMES)
    here = Path(__file__).parents[2]
    places = [f for f in frames if Path(f.filename).is_relative_to(here)] or frames
    place = f" ({os.path.basename(places[-1].filename)}:{places[-1].lineno})" if places else ""
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return f"The agent failed{place}: {text.rstrip('.')}."
