"""Where the time of a run went: every second of its sittings counted once, and the rest named.

Each part is a stream of spans, in the order in which they begin. A moment belongs to the first part
in `PARTS` that has it; what no part has, and what the streams leave of the time on the clock, is
`other`. Memory stays flat, however long the run.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from voyager.reports.session.reading import clock_of, field, number

Span = tuple[float, float, int]
"""Begin and end in seconds since 1970, and the part's place in `PARTS`."""

PARTS: tuple[tuple[str, str], ...] = (
    ("asleep", "the machine slept, or its clock was set"),
    ("waiting", "waiting for the server"),
    ("recovering", "recovering from faults"),
    ("model", "waiting for a model"),
    ("checkpoints", "taking checkpoints"),
    ("upkeep", "upkeep between tasks"),
    ("stuck", "stuck: between noticing it and the next progress"),
    ("programs", "programs in the game"),
    ("writing", "writing programs"),
    ("between", "choosing tasks, trying skills and what else comes between tasks"),
    ("other", "other"),
)
_PLACE = {name: place for place, (name, _) in enumerate(PARTS)}
_SITTING = _PLACE["other"]
_NOT_PLAYED = _PLACE["asleep"]  # the clock that counts the played time stood still
_AFTER = {
    "run_started": "between",
    "task_proposed": "writing",
    "program_written": "programs",
    "writing_failed": "writing",
    "verdict_given": "writing",
    "task_ended": "between",
    "run_ended": None,
}
"""What goes on after an event of the loop."""


def time_parts(connection: sqlite3.Connection, run: dict[str, Any]) -> dict[str, Any]:
    """`parts` in seconds, as they follow each other in `PARTS`; together they are `seconds`.

    `scaled` where the clock was set so that the spans do not fit into the time that was played.
    """
    total = number(run["played_seconds"])
    spent = counted_once(_spans(connection, run))
    parts = {name: spent[place] for name, place in _PLACE.items() if place != _NOT_PLAYED}
    parts["other"] = 0.0
    known = sum(parts.values())
    scaled = known > total
    if scaled:
        parts = {name: seconds * total / known for name, seconds in parts.items()}
    else:
        parts["other"] = total - known
    return {
        "seconds": total,
        "parts": {name: round(seconds, 3) for name, seconds in parts.items()},
        "scaled": scaled and known > total * 1.01 + 1.0,
    }


def counted_once(spans: Iterable[Span]) -> list[float]:
    """The seconds of each part; spans come as they begin, and count within sittings only."""
    spent, active = [0.0] * len(PARTS), [0] * len(PARTS)
    ends: list[tuple[float, int]] = []
    now = float("-inf")

    def pass_to(moment: float) -> None:
        nonlocal now
        if active[_SITTING] and moment > now:
            spent[next(place for place, count in enumerate(active) if count)] += moment - now
        now = max(now, moment)

    for begin, end, place in spans:
        while ends and ends[0][0] <= begin:
            moment, ended = heapq.heappop(ends)
            pass_to(moment)
            active[ended] -= 1
        pass_to(begin)
        if end > now:
            active[place] += 1
            heapq.heappush(ends, (end, place))
    while ends:
        moment, ended = heapq.heappop(ends)
        pass_to(moment)
        active[ended] -= 1
    return spent


def _spans(connection: sqlite3.Connection, run: dict[str, Any]) -> Iterator[Span]:
    world, clock = run["world_seconds"], run["played_seconds"]
    clock_per_world = min(1.0, clock / world) if world else 1.0
    streams = [
        _sittings(connection, run),
        _faults(connection, run),
        _told(connection, run, "machine_slept", "asleep"),
        _told(connection, run, "checkpoint_taken", "checkpoints"),
        # What is done in the game takes so many seconds of the world's time.
        _told(connection, run, "upkeep_done", "upkeep", clock_per_world),
        _model(connection, run),
        _stuck(connection, run),
        _loop(connection, run),
    ]
    return heapq.merge(*streams)


def _sittings(connection: sqlite3.Connection, run: dict[str, Any]) -> Iterator[Span]:
    query = (
        f"SELECT {clock_of('started_at')}, {clock_of('COALESCE(ended_at, :seen)')} FROM sittings"
        " WHERE run_id = :run UNION ALL"  # a journal may be older than its sittings
        f" SELECT {clock_of('started_at')}, {clock_of('COALESCE(ended_at, :seen)')} FROM runs"
        " WHERE id = :run AND NOT EXISTS (SELECT 1 FROM sittings WHERE run_id = :run) ORDER BY 1"
    )
    return _read(connection, query, _SITTING, run=run["run"], seen=run["seen_at"])


def _faults(connection: sqlite3.Connection, run: dict[str, Any]) -> Iterator[Span]:
    """Those without which nothing is played; with a model or an index that is down it goes on."""
    query = (
        f"SELECT {clock_of('COALESCE(over_at, at)')} - CASE WHEN over_at IS NULL THEN 0"
        f" ELSE CAST(seconds AS REAL) END, {clock_of('COALESCE(over_at, :seen)')},"
        f" CASE WHEN part IN ('server', 'world') THEN {_PLACE['waiting']}"
        f" ELSE {_PLACE['recovering']} END FROM faults"
        " WHERE run_id = :run AND part IN ('bot', 'host', 'server', 'world', 'agent') ORDER BY 1"
    )
    return _read(connection, query, None, run=run["run"], seen=run["seen_at"])


def _told(
    connection: sqlite3.Connection, run: dict[str, Any], kind: str, part: str, factor: float = 1.0
) -> Iterator[Span]:
    seconds = f"MAX(0, CAST({field('seconds')} AS REAL)) * :factor"
    query = (
        f"SELECT {clock_of('at')} - {seconds}, {clock_of('at')} FROM events"
        " WHERE run_id = :run AND type = :kind ORDER BY 1"
    )
    return _read(connection, query, _PLACE[part], run=run["run"], kind=kind, factor=factor)


def _model(connection: sqlite3.Connection, run: dict[str, Any]) -> Iterator[Span]:
    query = (
        f"SELECT {clock_of('at')} - MAX(0, CAST(seconds AS REAL)), {clock_of('at')}"
        " FROM model_calls WHERE run_id = :run ORDER BY 1"
    )
    return _read(connection, query, _PLACE["model"], run=run["run"])


def _stuck(connection: sqlite3.Connection, run: dict[str, Any]) -> Iterator[Span]:
    """From each time it was noticed to the next task that passed, or item that was new."""
    progress = connection.execute(
        f"SELECT {clock_of('ended_at')} FROM tasks WHERE run_id = :run AND status = 'passed'"
        f" UNION ALL SELECT {clock_of('at')} FROM events"
        " WHERE run_id = :run AND type = 'milestone_reached' ORDER BY 1",
        {"run": run["run"]},
    )
    noticed = connection.execute(
        f"SELECT {clock_of('at')} FROM events WHERE run_id = ? AND type = 'stuck_noticed'"
        " AND julianday(at) IS NOT NULL ORDER BY 1",
        (run["run"],),
    )
    seen = connection.execute(f"SELECT {clock_of('?')}", (run["seen_at"],)).fetchone()[0]
    until = float("-inf")
    moments = chain((at for (at,) in progress if at is not None), [number(seen)])
    for (begin,) in noticed:
        if begin >= until:
            until = next((moment for moment in moments if moment > begin), begin)
            yield begin, until, _PLACE["stuck"]


def _loop(connection: sqlite3.Connection, run: dict[str, Any]) -> Iterator[Span]:
    """What the loop was at, from each of its events to the next one."""
    kinds = ", ".join(f"'{kind}'" for kind in _AFTER)
    told = connection.execute(
        f"SELECT type, {clock_of('at')} FROM events WHERE run_id = ? AND type IN ({kinds})"
        " ORDER BY id",
        (run["run"],),
    )
    before, begun = None, 0.0
    for kind, at in chain(told, [("run_ended", None)]):
        moment = begun if at is None else at
        if before is not None and moment > begun:
            yield begun, moment, _PLACE[before]
        before, begun = _AFTER[kind], max(begun, moment)


def _read(
    connection: sqlite3.Connection, query: str, place: int | None, **values: Any
) -> Iterator[Span]:
    for begin, end, *own in connection.execute(query, values):
        if begin is not None and end is not None and end > begin:
            yield begin, end, own[0] if place is None else place
