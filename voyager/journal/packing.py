"""What is bulky in the journal, compressed in its place once its task has ended.

Covers compressing, reading it back in SQL (`plain`), and which columns are meant. A value that was
compressed is a blob that begins with a mark; every reader of these columns asks for `plain(column)`
and gets the text either way. The pages that become free are used for what is written next.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voyager.journal.journal import Journal

_MARK = b"z1"
_LEAST_CHARACTERS = 200
_ROWS_AT_ONCE = 200
"""So many rows are compressed between two tasks at most: a fraction of a second."""

_ENDED_EXECUTIONS = (
    "SELECT attempt_id, {columns} FROM executions JOIN attempts a ON a.id = attempt_id"
    " JOIN tasks t ON t.id = a.task_id WHERE attempt_id > ? AND t.status != 'open'"
    " AND typeof(before) = 'text' ORDER BY attempt_id LIMIT ?"
)
_ENDED_CALLS = (
    "SELECT model_calls.id, {columns} FROM model_calls JOIN tasks t ON t.id = task_id"
    " WHERE model_calls.id > ? AND t.status != 'open' AND typeof(answer) = 'text'"
    " AND length(answer) >= 200 ORDER BY model_calls.id LIMIT ?"
)
_TEXTS = (
    "SELECT id, {columns} FROM model_texts WHERE id > ? AND typeof(text) = 'text'"
    " ORDER BY id LIMIT ?"
)
# Table, its key, its columns, and which rows: those of tasks that have ended, and every prompt's
# text, for which tasks share theirs.
_BULKY = (
    (
        "executions",
        "attempt_id",
        ("before", "after", "events", "calls", "trace"),
        _ENDED_EXECUTIONS,
    ),
    ("model_calls", "id", ("answer",), _ENDED_CALLS),
    ("model_texts", "id", ("text",), _TEXTS),
)


def packed(text: str) -> str | bytes:
    """The text compressed, or as it is where that would not be shorter."""
    if len(text) < _LEAST_CHARACTERS:
        return text
    plain_bytes = text.encode()
    shorter = _MARK + zlib.compress(plain_bytes)
    return shorter if len(shorter) < len(plain_bytes) else text


def plain(value: Any) -> Any:
    """What was given to `packed`; anything else as it is. As `plain(column)` in SQL."""
    if isinstance(value, bytes) and value.startswith(_MARK):
        return zlib.decompress(value[len(_MARK) :]).decode()
    return value


class Packing:
    """Compresses what is bulky of ended tasks, some rows at a time."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._done = dict.fromkeys((table for table, *_ in _BULKY), 0)

    def between_tasks(self) -> None:
        """Compress what has come since the last call, and some of what was there before."""
        connection = self._journal.connection
        for table, key, columns, query in _BULKY:
            rows = connection.execute(
                query.format(columns=", ".join(f"{table}.{one}" for one in columns)),
                (self._done[table], _ROWS_AT_ONCE),
            ).fetchall()
            if not rows:
                continue
            changes = ", ".join(f"{column} = ?" for column in columns)
            with self._journal.transaction():
                connection.executemany(
                    f"UPDATE {table} SET {changes} WHERE {key} = ?",
                    [(*map(packed, values), number) for number, *values in rows],
                )
            self._done[table] = rows[-1][0]
