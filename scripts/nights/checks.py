"""What must hold after a night, each a line with its evidence.

Covers looking at the home folder, at the processes and at what `voyager report` says. Only the
public command line and the files of the home folder are asked.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nights.kept import duplicates_in, reading, unsound
from nights.kinds import KINDS
from nights.night import Injection, Night
from nights.session import ROOT

PAST_IRON = {"diamond", "raw_gold", "gold_ingot", "redstone", "emerald", "obsidian"}
"""Items that nobody has without having had a pickaxe of iron, found or mined."""
MOST_GROWTH = 1.5
_SLACK = timedelta(seconds=5)
_REPORT_SECONDS = 120
_STRAY = ("*.tmp", "*.tmp-*", "*.partial", "night-*", "live.json", "voyager.db-journal")


@dataclass(frozen=True)
class Check:
    """One thing that must hold; `evidence` says what was seen."""

    name: str
    holds: bool
    evidence: str


def checks_of(night: Night) -> list[Check]:
    """All of them, in the order in which they are read."""
    database = night.home / "voyager.db"
    lost = [f"{one.kind}: {line}" for one in night.injections for line in one.lost]
    hours = night.world_hours()
    left = [f"{one.pid} {one.program}" for one in night.session.left_behind()]
    not_back = [one.kind for one in night.injections if one.seconds_until_steps is None]
    untold = untold_faults(night.injections, faults_in(night.home))
    kinds = {one.kind for one in night.injections}
    return [
        Check("it ended by itself", night.finished, _said(night.unexpected_ends, "as asked")),
        Check(
            "it ended only when asked to", not night.unexpected_ends, _said(night.unexpected_ends)
        ),
        Check("world time", hours >= night.hours * 0.99, f"{hours:.2f} of {night.hours:g} hours"),
        Check(
            "something broke", bool(kinds), f"{len(night.injections)} faults of {len(kinds)} kinds"
        ),
        Check("past iron", *past_iron(database)),
        Check("play went on after every fault", not not_back, _said(not_back)),
        Check("nothing verified or finished was lost", not lost, _said(lost)),
        _looked("nothing is there twice", duplicates_in, database),
        _looked("the database is sound", unsound, database),
        Check("no process is left", not left, _said(left)),
        _looked("no stray file is left", stray_files, night.home),
        Check("every fault is in the report with its recovery time", not untold, _said(untold)),
        Check("memory is flat", *_flat(night)),
    ]


def past_iron(database: Path) -> tuple[bool, str]:
    """Whether an item was had that needs iron, and which."""
    with reading(database) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM milestones")}
    return bool(
        names & PAST_IRON
    ), f"{len(names)} kinds of items; {_said(sorted(names & PAST_IRON))}"


def stray_files(home: Path) -> list[str]:
    """Files that a session should have removed when it ended, by their paths in the home folder."""
    strays = {path for pattern in _STRAY for path in home.rglob(pattern)}
    gym = home / "gym"
    strays |= set(gym.iterdir()) if gym.is_dir() else set()
    return sorted(str(path.relative_to(home)) for path in strays)


def faults_in(home: Path) -> list[Mapping[str, Any]]:
    """The faults that the reports on all runs of the home folder tell of; none where one fails."""
    found: list[Mapping[str, Any]] = []
    with reading(home / "voyager.db") as connection:
        runs = [number for (number,) in connection.execute("SELECT id FROM runs")]
    for run in runs:
        report = _voyager("report", str(run), "--json", "--home", str(home))
        if report.returncode == 0:
            found += json.loads(report.stdout)["faults"]["last"]
    return found


def untold_faults(
    injections: Sequence[Injection], faults: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Injected faults that no told one stands for: of such a part, in that time, and over."""
    waiting = sorted(faults, key=lambda fault: str(fault["at"]))
    untold = []
    for injection in injections:
        kind = KINDS[injection.kind]
        begun, over = _time(injection.at) - _SLACK, _time(injection.over_at or injection.at)
        fitting = [
            fault
            for fault in waiting
            if fault["part"] in kind.parts and begun <= _time(fault["at"]) <= over + _SLACK
        ]
        ended = [fault for fault in fitting if fault["seconds"] is not None]
        if ended:
            waiting.remove(ended[0])
            injection.told = {name: ended[0][name] for name in ("part", "kind", "seconds", "how")}
        elif kind.parts:
            untold.append(f"{kind.name} at {injection.at}" + (" (not over)" if fitting else ""))
    return untold


def write_page(home: Path, file: Path) -> bool:
    """The report on the newest run as a page; whether it was written."""
    return _voyager("report", "--html", str(file), "--home", str(home)).returncode == 0


def _voyager(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "voyager", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=_REPORT_SECONDS, check=False,
    )  # fmt: skip


def _flat(night: Night) -> tuple[bool, str]:
    grown = night.samples.grown(MOST_GROWTH)
    figures = night.samples.growth().items()
    each = [f"{role} {f['first_quarter']:.0f} -> {f['last_quarter']:.0f} MB" for role, f in figures]
    return not grown, "; ".join(each)


def _looked(name: str, look: Any, at: Path) -> Check:
    try:
        found = look(at)
    except (sqlite3.Error, OSError) as error:
        return Check(name, False, str(error))
    return Check(name, not found, _said(found))


def _said(lines: Sequence[str], nothing: str = "none") -> str:
    shown = "; ".join(lines[:10]) or nothing
    return shown + (f"; and {len(lines) - 10} more" if len(lines) > 10 else "")


def _time(text: Any) -> datetime:
    return datetime.fromisoformat(str(text).replace("Z", "+00:00"))
