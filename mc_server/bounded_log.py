"""A log that another process adds to: kept from growing for ever, and its last words."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

_CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What moves a terminal's cursor; not the end of a line."""
_WORD = re.compile(r"\w{2}")
_LAST_WORDS_CHARACTERS = 300


def last_words(file: Path | None) -> str:
    """The last line that says something, in plain text; an empty text where there is none."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace") if file else ""
    except OSError:
        return ""
    lines = (_CONTROLS.sub("", line).strip() for line in reversed(text.split("\n")))
    return next((line for line in lines if _WORD.search(line)), "")[:_LAST_WORDS_CHARACTERS]


def begin_anew_when_large(file: Path, most_bytes: int) -> None:
    """Empty the log once it is larger than that; what it held is then in `NAME.1`.

    The file stays the same one, so that a process goes on adding to it: it must have opened it to
    append. Nothing happens where it cannot be done.
    """
    with suppress(OSError):
        if file.stat().st_size > most_bytes:
            shutil.copyfile(file, file.with_name(f"{file.name}.1"))
            os.truncate(file, 0)
