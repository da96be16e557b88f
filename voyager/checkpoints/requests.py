"""Asking the process that plays for a checkpoint: small hidden files in `checkpoints/`.

The one who asks writes `.asked-NAME`; between two tasks the one who plays takes the checkpoint and
removes the file, or writes why it could not into `.failed-NAME`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from voyager.checkpoints.durable import write_whole
from voyager.checkpoints.manifest import check_name
from voyager.errors import CheckpointError
from voyager.home import Home

_ASKED, _FAILED = ".asked-", ".failed-"
_POLL_SECONDS = 0.2


def asked_for(home: Home) -> list[str]:
    """The names that are asked for, the first one first."""
    found = []
    with suppress(OSError):
        for path in home.checkpoints.glob(f"{_ASKED}*"):
            name = path.name.removeprefix(_ASKED)
            with suppress(CheckpointError, OSError):  # anybody may put a file there
                check_name(name)
                found.append((path.stat().st_mtime, name))
    return [name for _, name in sorted(found)]


def answered(home: Home, name: str, failure: str = "") -> None:
    """It was taken, or why it was not."""
    with suppress(OSError):
        if failure:
            write_whole(home.checkpoints / f"{_FAILED}{name}", failure.encode())
        (home.checkpoints / f"{_ASKED}{name}").unlink(missing_ok=True)


def forget_answers(home: Home) -> None:
    """Remove answers for which nobody has waited."""
    for path in home.checkpoints.glob(f"{_FAILED}*"):
        with suppress(OSError):
            path.unlink()


def ask(home: Home, name: str, wait_seconds: float, play_ended: Callable[[], bool]) -> bool:
    """Ask for one and wait until it is there; False when play has ended meanwhile.

    Raises CheckpointError with why it was not taken, or when the wait is over; it is no longer
    asked for then.
    """
    home.checkpoints.mkdir(parents=True, exist_ok=True)
    request = home.checkpoints / f"{_ASKED}{name}"
    failed = home.checkpoints / f"{_FAILED}{name}"
    failed.unlink(missing_ok=True)
    deadline = time.monotonic() + wait_seconds
    try:
        write_whole(request, b"")
        while request.exists():
            if play_ended():
                return False
            if time.monotonic() > deadline:
                raise CheckpointError(
                    f"The task that is being played has not ended within {wait_seconds:g} seconds,"
                    " and a checkpoint is taken between two tasks: ask again, or with a longer"
                    " --wait."
                )
            time.sleep(_POLL_SECONDS)
        return _taken(failed)
    finally:
        request.unlink(missing_ok=True)


def _taken(failed: Path) -> bool:
    if failed.exists():
        reason = failed.read_text(encoding="utf-8", errors="replace")
        failed.unlink(missing_ok=True)
        raise CheckpointError(reason)
    return True
