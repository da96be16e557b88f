"""Two runs side by side: which settings differ, and what each run reached with them.

The shape returned is that of `voyager runs compare --json`; each value is a pair, first run first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from voyager.reports.session.costs import tokens_of
from voyager.reports.session.reading import text
from voyager.reports.session.session_report import session_report

_OF_RUN = ("world", "server", "seed", "goal", "version", "model")
MOST_NAMES = 400
"""Of items or settings."""

Pair = tuple[Any, Any]

_FIGURES: tuple[tuple[str, Callable[[dict[str, Any]], Any]], ...] = (
    ("status", lambda r: r["run"]["status"]),
    ("played_seconds", lambda r: r["run"]["played_seconds"]),
    ("world_seconds", lambda r: r["run"]["world_seconds"]),
    ("sittings", lambda r: r["run"]["sittings_count"]),
    ("items", lambda r: len(r["reached"]["items"])),
    ("tasks_passed", lambda r: r["reached"]["passed"]),
    ("tasks_failed", lambda r: r["reached"]["failed"]),
    ("claims", lambda r: _claims(r)),
    ("claims_that_did_not_hold", lambda r: r["claims"]["claimed_and_did_not_hold"]),
    ("deaths", lambda r: r["deaths"]["count"]),
    ("new_skills", lambda r: r["skills"]["counts"]["new"]),
    ("new_versions", lambda r: r["skills"]["counts"]["replaced"]),
    ("skills_given_up", lambda r: r["skills"]["counts"]["given_up"]),
    ("model_calls", lambda r: r["costs"]["calls"]),
    ("tokens", lambda r: tokens_of(r["costs"])),
    ("cost", lambda r: r["costs"]["cost"]),
    ("faults", lambda r: r["faults"]["count"]),
    ("faults_not_over", lambda r: r["faults"]["not_over_count"]),
)


def compare_runs(
    first: sqlite3.Connection, first_run: int, second: sqlite3.Connection, second_run: int
) -> dict[str, Any]:
    """`settings` that differ, `figures`, `time` by part, `levels` and `items` with when.

    Raises SettingsError when there is no such run.
    """
    reports = session_report(first, first_run), session_report(second, second_run)
    settings = (
        _settings(first, reports[0]["run"]),
        _settings(second, reports[1]["run"]),
    )
    return {
        "runs": [report["run"]["run"] for report in reports],
        "headlines": [report["headline"] for report in reports],
        "settings": _differing(*settings),
        "figures": {name: tuple(map(figure, reports)) for name, figure in _FIGURES},
        "time": _both(reports, lambda report: report["time"]["parts"]),
        "levels": _both(reports, lambda report: _reached(report, "levels", "level")),
        "items": _both(reports, lambda report: _reached(report, "items", "name")),
        "fault_kinds": _both(reports, _fault_kinds),
    }


def _claims(report: dict[str, Any]) -> int:
    claims = report["claims"]
    return int(claims["claimed_and_held"] + claims["claimed_and_did_not_hold"])


def _reached(report: dict[str, Any], kind: str, named: str) -> dict[str, Any]:
    return {
        one[named]: {"seconds": one["seconds"], "iteration": one["iteration"]}
        for one in report["reached"][kind]
    }


def _fault_kinds(report: dict[str, Any]) -> dict[str, Any]:
    return {f"{one['part']} {one['kind']}": one["count"] for one in report["faults"]["by_kind"]}


def _both(
    reports: tuple[dict[str, Any], dict[str, Any]], part: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Pair]:
    return _paired(part(reports[0]), part(reports[1]))


def _paired(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Pair]:
    """By name, in the order of the first; None where a run has none of it."""
    names = list(dict.fromkeys([*first, *second]))[:MOST_NAMES]
    return {name: (first.get(name), second.get(name)) for name in names}


def _settings(connection: sqlite3.Connection, run: dict[str, Any]) -> dict[str, Any]:
    (kept,) = connection.execute("SELECT settings FROM runs WHERE id = ?", (run["run"],)).fetchone()
    try:
        data = json.loads(kept)
    except (TypeError, ValueError, RecursionError):
        data = {}
    return {name: run[name] for name in _OF_RUN} | dict(_flat("", data))


def _flat(prefix: str, data: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """`section.name` and the value of every setting."""
    for name, value in data.items() if isinstance(data, dict) else ():
        named = text(f"{prefix}{name}", 100)
        if isinstance(value, dict) and depth < 4:
            yield from _flat(f"{named}.", value, depth + 1)
        else:
            yield named, text(value) if isinstance(value, str | list | dict) else value


def _differing(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Pair]:
    """A setting of the run is kept among its options as well: it is told once."""
    pairs = {name: pair for name, pair in _paired(first, second).items() if pair[0] != pair[1]}
    twice = {f"options.{name}" for name in _OF_RUN}
    return {name: pairs[name] for name in pairs if name not in twice}
