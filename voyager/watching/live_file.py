"""`live.json` in the home folder: where the session that is being played can be watched.

Covers writing it so that only its owner reads it and nobody reads half of it, and reading what may
be stale or foreign. Not covered: what is served there (`feed.py`).
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "live.json"
ADDRESS = "127.0.0.1"
_MOST_BYTES = 10_000


@dataclass(frozen=True)
class LiveAddress:
    """Where a session is served on this machine: its port, the token to show, its process.

    `keeper` is the process that starts the agent again when it dies; 0 where there is none.
    """

    port: int
    token: str
    process: int
    keeper: int = 0


def write_live(folder: Path, address: LiveAddress) -> None:
    """Write it in one piece, readable by its owner alone. Raises OSError."""
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".live-")  # has mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(address), file)
        os.replace(temporary, folder / NAME)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def read_live(folder: Path) -> LiveAddress | None:
    """The address; None when no session says where it is, or when the file is not one of ours."""
    try:
        with open(folder / NAME, encoding="utf-8") as file:
            found = json.loads(file.read(_MOST_BYTES))
        numbers = {name: int(found[name]) for name in ("port", "process", "keeper")}
        address = LiveAddress(token=str(found["token"]), **numbers)
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    sound = 0 < address.port < 65536 and address.process > 0 and address.keeper >= 0
    return address if sound else None


def remove_live(folder: Path, address: LiveAddress) -> None:
    """Remove it, unless another session has put its own there since."""
    if read_live(folder) == address:
        with suppress(OSError):
            os.unlink(folder / NAME)


def process_lives(process: int) -> bool:
    """Whether there is such a process; True where that cannot be told."""
    if os.name == "nt":
        return True  # asking it there by os.kill would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
