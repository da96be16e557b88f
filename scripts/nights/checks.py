"""What must hold after a night, each a line with its evidence.

Covers looking at the home folder, at the processes and at what `voyager report` says. Only the
public command line and the files of the home folder are asked.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nights.fault_matching import Fault, untold_faults, untrue_times, voyager
from nights.kept import duplicates_in, reading, unsound
from nights.night import Night
from nights.samples import tells_of_growth

PAST_IRON = {"diamond", "raw_gold", "gold_ingot", "redstone", "emerald", "obsidian"}
"""Items that nobody has without having had a pickaxe of iron, found or mined."""
_STRAY = ("*.tmp", "*.tmp-*", "*.partial", "night-*", "live.json", "voyager.db-journal")


@dataclass(frozen=True)
class Check:
    """One thing that must hold; `evidence` says what was seen."""

    name: str
    holds: bool
    evidence: str


def checks_of(night: Night, unasked: Sequence[Fault]) -> list[Check]:
    """All of them, in the order in which they are read, once faults and injections were matched.

    `unasked` are the faults of the report that nobody injected.
    """
    database = night.home / "voyager.db"
    lost = [f"{one.kind}: {line}" for one in night.injections for line in one.lost]
    hours = night.world_hours()
    left = [f"{one.pid} {one.program}" for one in night.session.left_behind()]
    not_back = [one.kind for one in night.injections if one.seconds_until_steps is None]
    untold, untrue = untold_faults(night.injections), untrue_times(night.injections)
    failed = [str(fault["cause"]) for fault in unasked if fault["kind"] == "failed"]
    injected = [one for one in night.injections if one.injected]
    kinds = {one.kind for one in injected}
    in_vain = [f"{one.kind}: {one.note}" for one in night.injections if not one.injected]
    never = set(night.kinds) - kinds if len(night.injections) >= len(night.kinds) else set()
    return [
        Check("it ended by itself", night.finished, _said(night.unexpected_ends, "as asked")),
        Check(
            "it ended only when asked to", not night.unexpected_ends, _said(night.unexpected_ends)
        ),
        Check("world time", hours >= night.hours * 0.99, f"{hours:.2f} of {night.hours:g} hours"),
        Check("something broke", bool(kinds), f"{len(injected)} faults of {len(kinds)} kinds"),
        Check("every kind could be injected", not never, _said(sorted(never) or in_vain, "yes")),
        Check("past iron", *past_iron(database)),
        Check("play went on after every fault", not not_back, _said(not_back)),
        Check("nothing verified or finished was lost", not lost, _said(lost)),
        _looked("nothing is there twice", duplicates_in, database),
        _looked("the database is sound", unsound, database),
        Check("no process is left", not left, _said(left)),
        _looked("no stray file is left", stray_files, night.home),
        Check("every fault is in the report with its recovery time", not untold, _said(untold)),
        Check("every recovery time is as it was measured", not untrue, _said(untrue, "yes")),
        Check("the agent never failed by itself", not failed, _said(failed)),
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
    """Files that a session should have removed when it ended, by their paths in the home folder.

    A `live.json` of a process that is no more is passed over: where the home folder could not be
    written at the end it is left, watchers see that nobody is there, and the next session's takes
    its place.
    """
    strays = {path for pattern in _STRAY for path in home.rglob(pattern)}
    strays -= {path for path in strays if path.name == "live.json" and _names_nobody(path)}
    gym = home / "gym"
    strays |= set(gym.iterdir()) if gym.is_dir() else set()
    return sorted(str(path.relative_to(home)) for path in strays)


def _names_nobody(live: Path) -> bool:
    try:
        os.kill(int(json.loads(live.read_text(encoding="utf-8"))["process"]), 0)
    except (ValueError, KeyError, TypeError, ProcessLookupError):
        return True
    except OSError:
        return False
    return False


def reached(database: Path, reports: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How far it came: levels, tasks and how they ended, verified skills, kinds of items."""
    with reading(database) as connection:
        tasks = dict(connection.execute("SELECT status, COUNT(*) FROM tasks GROUP BY status"))
        query = "SELECT COUNT(*) FROM skill_versions WHERE status = 'verified'"
        skills = connection.execute(query).fetchone()[0]
        items = connection.execute("SELECT COUNT(DISTINCT name) FROM milestones").fetchone()[0]
    levels = {level["level"]: level["at"] for r in reports for level in r["reached"]["levels"]}
    return {"levels": levels, "tasks": tasks, "verified_skills": skills, "kinds_of_items": items}


def write_page(home: Path, file: Path) -> bool:
    """The report on the newest run as a page; whether it was written."""
    return voyager("report", "--html", str(file), "--home", str(home)).returncode == 0


def _flat(night: Night) -> tuple[bool, str]:
    grown = night.samples.grown()
    figures = night.samples.growth()
    each = [
        f"{role} {of['first_quarter']:.0f} -> {of['last_quarter']:.0f} MB,"
        f" at most {of['most']:.0f}, {_slope(of)}"
        for role, of in figures.items()
    ]
    return not grown, "; ".join(grown + each)


def _slope(figures: Mapping[str, float]) -> str:
    if not tells_of_growth(figures):
        return "too short to tell of growth"
    return f"{figures['megabytes_a_world_hour']:+.1f} MB in an hour of the world"


def _looked(name: str, look: Any, at: Path) -> Check:
    try:
        found = look(at)
    except (sqlite3.Error, OSError) as error:
        return Check(name, False, str(error))
    return Check(name, not found, _said(found))


def _said(lines: Sequence[str], nothing: str = "none") -> str:
    shown = "; ".join(lines[:10]) or nothing
    return shown + (f"; and {len(lines) - 10} more" if len(lines) > 10 else "")
