"""Where the bot has been, sampled: the trail of each dimension, finds, deaths, chests, beds."""

from __future__ import annotations

import sqlite3
from typing import Any

from voyager.watching.web.rows import read_rows

MOST_POINTS = 3000
MOST_MARKS = 300


def read_places(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """`trails`: [x, z] by dimension, oldest first, sampled; `marks`: finds, deaths and the like."""
    (count,) = connection.execute(
        "SELECT COUNT(*) FROM positions WHERE run_id = ?", (run_id,)
    ).fetchone()
    step = max(1, -(-count // MOST_POINTS))
    trails = dict[str, list[list[int]]]()
    for dimension, x, z in connection.execute(
        "SELECT dimension, x, z FROM positions"
        " WHERE run_id = ? AND kind = 'walked' AND id % ? = 0 ORDER BY id",
        (run_id, step),
    ):
        trails.setdefault(dimension, []).append([round(x), round(z)])
    return {"trails": trails, "marks": _marks(connection, run_id)}


def _marks(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    found = read_rows(
        connection,
        "SELECT seconds, dimension, ROUND(x) AS x, ROUND(y) AS y, ROUND(z) AS z, kind, what"
        " FROM positions WHERE run_id = ? AND kind NOT IN ('walked', 'died')"
        " ORDER BY id DESC LIMIT ?",
        run_id,
        MOST_MARKS,
    )
    died = read_rows(
        connection,
        "SELECT seconds, dimension, ROUND(x) AS x, ROUND(y) AS y, ROUND(z) AS z, 'died' AS kind,"
        " cause AS what FROM deaths WHERE run_id = ? ORDER BY id DESC LIMIT ?",
        run_id,
        MOST_MARKS,
    )
    # Deaths last, so that they are drawn above the rest.
    return found[::-1] + died[::-1]
