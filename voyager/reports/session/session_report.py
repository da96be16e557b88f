"""The report on a run: all its parts, from one moment of the journal.

Reads only, also beside the session that writes. The shape returned is that of
`voyager report --json`: seconds are of the clock where nothing else is said, times of day UTC.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from voyager.reports.session.costs import costs
from voyager.reports.session.decisions import decisions
from voyager.reports.session.failures import claims, failures
from voyager.reports.session.headline import headline
from voyager.reports.session.perils import acts, deaths, faults
from voyager.reports.session.reached import reached
from voyager.reports.session.reading import text
from voyager.reports.session.run_facts import run_facts
from voyager.reports.session.time_parts import time_parts
from voyager.reports.skills.skills_of_run import skills_of_run


def session_report(
    connection: sqlite3.Connection,
    run_id: int | None = None,
    home: Path | None = None,
    now: datetime | None = None,
) -> dict[str, Any]:
    """The report on that run, or the one played last; `home` is named in the commands.

    Raises SettingsError when there is no such run.
    """
    with _one_moment(connection):
        run = run_facts(connection, run_id, now)
        number = run["run"]
        report: dict[str, Any] = {
            "run": run,
            "reached": reached(connection, run),
            "skills": _shown(skills_of_run(connection, number)),
            "failures": failures(connection, number),
            "claims": claims(connection, number),
            "deaths": deaths(connection, number),
            "time": time_parts(connection, run),
            "costs": costs(connection, number),
            "faults": faults(connection, number),
            "acts": acts(connection, number),
        }
        report["decisions"] = decisions(connection, report, home)
    return {"headline": headline(report), **report}


@contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside stood in the journal at the same time, whoever writes meanwhile."""
    before = connection.text_factory
    # What is damaged may be no text; it is shown as far as it can be.
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    inside = connection.in_transaction
    try:
        if not inside:
            connection.execute("BEGIN")
        yield
    finally:
        connection.text_factory = before
        if not inside and connection.in_transaction:
            connection.execute("ROLLBACK")


def _shown(skills: dict[str, Any]) -> dict[str, Any]:
    """With every text of the library fit to be shown."""
    for name in ("new", "replaced", "given_up", "failing"):
        for one in skills[name]:
            one["name"] = text(one["name"], 120)
            for key in ("description", "reason", "because_of"):
                if one.get(key) is not None:
                    one[key] = text(one[key])
    return skills
