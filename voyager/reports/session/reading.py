"""How the report reads the journal: rows of any content, cut to what is shown.

What is in a row may have been damaged, or be of any size: it is read as far as it makes sense.
"""

from __future__ import annotations

import json
import math
import sqlite3
from datetime import datetime, tzinfo
from typing import Any

from voyager.foreign_text import in_a_line, printable, writable

LONGEST_TEXT = 240
_LONGEST_READ = 2000
LONGEST_LIST = 20
"""Of rows in a list; how many more there are is said."""


def rows(connection: sqlite3.Connection, query: str, **values: Any) -> list[dict[str, Any]]:
    """What the query finds, by the names of its columns."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return [dict(row) for row in cursor.execute(query, values)]


def one(connection: sqlite3.Connection, query: str, **values: Any) -> dict[str, Any]:
    """The single row that the query finds."""
    (row,) = rows(connection, query, **values)
    return row


def text(value: Any, characters: int = LONGEST_TEXT) -> str:
    """Foreign text in one line that can be shown anywhere."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        value = value[: 4 * _LONGEST_READ].decode("utf-8", "replace")
    return in_a_line(printable(writable(str(value)[:_LONGEST_READ])), characters)


def number(value: Any) -> float:
    """A number of the journal; what is none counts as 0."""
    fits = isinstance(value, int | float) and math.isfinite(value)
    return float(value) if fits else 0.0


def items(value: Any) -> dict[str, int]:
    """Items by name, kept as JSON; what cannot be read is nothing."""
    try:
        found = json.loads(value) if isinstance(value, str | bytes) else {}
    except (ValueError, RecursionError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {text(name, 60): round(number(count)) for name, count in pairs if number(count)}


def field(name: str, column: str = "data") -> str:
    """SQL for one field of a column of JSON, NULL where that is damaged."""
    return f"CASE WHEN json_valid({column}) THEN json_extract({column}, '$.{name}') END"


def clock_of(column: str) -> str:
    """SQL for a time of day as seconds since 1970; NULL where it is none."""
    return f"(julianday({column}) - 2440587.5) * 86400.0"


class LocalTimes:
    """Times of day as people at this place read them, with the date.

    Once the offset from UTC is no more what it was in the beginning, the zone is said.
    """

    def __init__(self, begin: Any = None, zone: tzinfo | None = None) -> None:
        self._zone = zone
        first = self._local(begin)
        self._offset = first.utcoffset() if first else None
        self.zone = f"{first:%Z}, UTC{first:%z}" if first and self._offset else "UTC"

    def __call__(self, at: Any, seconds: bool = False) -> str:
        """For instance `2026-11-22 07:30`; the text itself where it is no time."""
        local = self._local(at)
        if local is None:
            return text(at, 40)
        zone = "" if local.utcoffset() == self._offset else f" {local:%Z}"
        return f"{local:%Y-%m-%d %H:%M:%S}{zone}" if seconds else f"{local:%Y-%m-%d %H:%M}{zone}"

    def _local(self, at: Any) -> datetime | None:
        try:
            return datetime.fromisoformat(at).astimezone(self._zone)
        except (TypeError, ValueError, OverflowError, OSError):
            return None


def duration(seconds: Any) -> str:
    """A span of time in the two largest units, like `3 h 05 min` or `41 s`."""
    value = number(seconds)
    if value < 0:
        return f"-{duration(-value)}"
    if value < 59.95:
        return f"{value:.0f} s" if value >= 9.95 or value == 0 else f"{value:.1f} s"
    if value < 3599.5:
        return f"{round(value) // 60} min {round(value) % 60:02} s"
    minutes = round(value / 60)
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    hours = round(value / 3600)
    return f"{hours // 24} d {hours % 24} h"


def plural(count: int, what: str, many: str = "") -> str:
    """So many of it, in words."""
    return f"{count:,} {what if count == 1 else many or f'{what}s'}"
