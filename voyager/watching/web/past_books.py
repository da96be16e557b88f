"""What is kept count of: tokens and cost by role over time, faults, reflexes and upkeep."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from voyager.watching.web.rows import read_rows

MOST_POINTS = 200
FAULTS_SHOWN = 100
ACTS_SHOWN = 20

Point = tuple[str, int, float]
"""When, and the tokens and US dollars spent by then."""


class SpendBook:
    """The books of one run. What was read before is not read again, for prompts are long."""

    def __init__(self) -> None:
        self._forget(None)

    def _forget(self, run_id: int | None) -> None:
        self._run_id = run_id
        self._last_call = 0
        self._roles: dict[str, list[Point]] = {}
        self._calls: dict[str, int] = {}

    def read(self, connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
        """Each role with its calls, tokens, cost, and both over time in sampled `points`."""
        if run_id != self._run_id:
            self._forget(run_id)
        for call, at, role, tokens, cost in connection.execute(
            "SELECT id, at, role, input_tokens + output_tokens, COALESCE(cost, 0) FROM model_calls"
            " WHERE run_id = ? AND id > ? ORDER BY id",
            (run_id, self._last_call),
        ):
            self._last_call = call
            points = self._roles.setdefault(role, [])
            _, tokens_before, cost_before = points[-1] if points else ("", 0, 0.0)
            points.append((at, tokens_before + tokens, cost_before + cost))
            self._calls[role] = self._calls.get(role, 0) + 1
            if len(points) > 2 * MOST_POINTS:
                self._roles[role] = _thinned(points)
        return [
            {
                "role": role,
                "calls": self._calls[role],
                "tokens": points[-1][1],
                "cost": points[-1][2],
                "points": _thinned(points),
            }
            for role, points in sorted(self._roles.items())
        ]


def read_faults(connection: sqlite3.Connection, run_id: int) -> list[dict[str, Any]]:
    """The newest faults; those that last come first."""
    return read_rows(
        connection,
        "SELECT id, at, part, kind, cause, over_at, seconds, how FROM faults WHERE run_id = ?"
        " ORDER BY over_at IS NOT NULL, id DESC LIMIT ?",
        run_id,
        FAULTS_SHOWN,
    )


def read_upkeep(connection: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    """`reflexes` and `upkeep`: how often each acted, and the newest `acts` of both."""
    acts = [
        {"at": at, **json.loads(data)}
        for at, data in connection.execute(
            "SELECT at, data FROM ("
            "SELECT * FROM (SELECT id, at, data FROM events"
            " WHERE run_id = ?1 AND type = 'reflex_acted' ORDER BY id DESC LIMIT ?2)"
            " UNION ALL SELECT * FROM (SELECT id, at, data FROM events"
            " WHERE run_id = ?1 AND type = 'upkeep_done' ORDER BY id DESC LIMIT ?2)"
            ") ORDER BY id DESC LIMIT ?2",
            (run_id, ACTS_SHOWN),
        )
    ]
    return {
        "reflexes": _counts(connection, run_id, "reflex_acted", "reflex"),
        "upkeep": _counts(connection, run_id, "upkeep_done", "duty"),
        "acts": acts,
    }


def _counts(
    connection: sqlite3.Connection, run_id: int, kind: str, name: str
) -> list[dict[str, Any]]:
    return read_rows(
        connection,
        "SELECT COALESCE(json_extract(data, '$.' || ?), '') AS name, COUNT(*) AS count,"
        " SUM(json_extract(data, '$.seconds')) AS seconds FROM events"
        " WHERE run_id = ? AND type = ? GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20",
        name,
        run_id,
        kind,
    )


def _thinned(points: Sequence[Point]) -> list[Point]:
    """At most `MOST_POINTS` of them, the first and the last among these."""
    if len(points) <= MOST_POINTS:
        return list(points)
    step = (len(points) - 1) / (MOST_POINTS - 1)
    return [points[round(number * step)] for number in range(MOST_POINTS)]
