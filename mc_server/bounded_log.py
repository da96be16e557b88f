"""A log that another process adds to, kept from growing for ever."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path


def begin_anew_when_large(file: Path, most_bytes: int) -> None:
    """Empty the log once it is larger than that; what it held is then in `NAME.1`.

    The file stays the same one, so that a process goes on adding to it: it must have opened it to
    append. Nothing happens where it cannot be done.
    """
    with suppress(OSError):
        if file.stat().st_size > most_bytes:
            shutil.copyfile(file, file.with_name(f"{file.name}.1"))
            os.truncate(file, 0)
