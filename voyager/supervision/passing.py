"""Which errors end an agent that is worth starting again, and what they say broke.

Covers those that pass: a server that was lost, a disk without room, a database that is kept busy,
and faults of our own. All others a person must mend.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Any

from mc_server import (
    BridgeError,
    HomeFolderError,
    KickedError,
    ServerError,
    passes,
)
from voyager.errors import DatabaseBusyError, DatabaseFullError

_LAST_FRAMES = 12


def told_of(error: Exception, code: int | None) -> dict[str, Any] | None:
    """What is told of an agent's end to the process that keeps it going; None for what stays.

    `code` is the exit code of the error, None for a fault of ours. `once_played` says that it is
    worth another try only when something was played before: else a person chose wrongly.
    """
    if isinstance(error, KickedError) and not passes(error):
        return None
    known = _part_and_kind(error)
    if known is None and code is not None:
        return None
    part, kind = known or ("agent", "failed")
    own = code is None and known is None
    return {
        "part": part,
        "kind": kind,
        "cause": _fault_of_ours(error) if own else " ".join(str(error).split()),
        "code": code,
        "once_played": not own,
        "trace": "".join(traceback.format_exception(error)) if own else "",
    }


def _part_and_kind(error: Exception) -> tuple[str, str] | None:
    match error:
        case DatabaseFullError():
            return "disk", "full"
        case DatabaseBusyError():
            return "database", "busy"
        case HomeFolderError():
            return "disk", "unwritable"
        case ServerError():
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
