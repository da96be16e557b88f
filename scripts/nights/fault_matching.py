"""Which fault of the report stands for which injected one, and whether its figures can be true.

Covers asking `voyager report` for the faults, finding the one for each injection, what is left over
that nobody injected, and comparing recovery times with what was measured from outside.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nights.kept import reading
from nights.kinds import KINDS
from nights.night import Injection
from nights.session import ROOT

FACTOR = 3.0
SLACK_SECONDS = 60.0
"""A recovery time may be so much off: what was measured ends with steps done, not with the mend,
and what nobody saw end counts from the last event before."""
_NEAR = timedelta(seconds=5)
_REPORT_SECONDS = 600

Fault = Mapping[str, Any]


def reports_on(home: Path) -> list[dict[str, Any]]:
    """The reports on all runs of the home folder, but for those that fail."""
    with reading(home / "voyager.db") as connection:
        runs = [number for (number,) in connection.execute("SELECT id FROM runs")]
    asked = (voyager("report", str(run), "--json", "--home", str(home)) for run in runs)
    return [json.loads(report.stdout) for report in asked if report.returncode == 0]


def faults_in(reports: Iterable[dict[str, Any]]) -> list[Fault]:
    """The faults that the reports tell of, as they began."""
    found = [fault for report in reports for fault in report["faults"]["last"]]
    return sorted(found, key=lambda fault: str(fault["at"]))


def match(injections: Sequence[Injection], faults: Iterable[Fault]) -> list[Fault]:
    """Give each injection the fault that stands for it, in `told`; returns those of nobody.

    A fault stands for one injection only. What broke while another injected fault lasted, as a bot
    whose host was killed, is no fault of nobody.
    """
    waiting = list(faults)
    for injection in injections:
        fitting = [fault for fault in waiting if _stands_for(fault, injection)]
        fitting.sort(key=lambda fault: fault["seconds"] is None)  # one that is over, if any is
        if fitting:
            waiting.remove(fitting[0])
            names = ("part", "kind", "seconds", "how")
            injection.told = {name: fitting[0][name] for name in names}
    return [fault for fault in waiting if not any(_overlaps(fault, one) for one in injections)]


def untold_faults(injections: Iterable[Injection]) -> list[str]:
    """Injections for which no fault stands that is over, once they were matched."""
    untold = []
    for injection in injections:
        if KINDS[injection.kind].parts and injection.injected:
            if not injection.told:
                untold.append(f"{injection.kind} at {injection.at}")
            elif injection.told["seconds"] is None:
                untold.append(f"{injection.kind} at {injection.at} (not over)")
    return untold


def untrue_times(injections: Iterable[Injection]) -> list[str]:
    """Recovery times of the report that cannot be, after what was measured from outside."""
    untrue = []
    for injection in injections:
        told = injection.told.get("seconds")
        if told is None:
            continue
        in_all = (_time(injection.over_at) - _time(injection.at)).total_seconds()
        until_step = injection.seconds_until_step or 0.0
        too_long = told > FACTOR * in_all + SLACK_SECONDS
        too_short = told <= 0 or FACTOR * told + SLACK_SECONDS < until_step
        if too_long or too_short:
            measured = f"a step after {until_step} s, over after {in_all:.0f} s"
            untrue.append(f"{injection.kind} at {injection.at}: told {told:.1f} s; {measured}")
    return untrue


def recovery_by_kind(injections: Iterable[Injection]) -> dict[str, dict[str, Any]]:
    """How often each kind came, and the seconds until play went on, as told and as measured."""
    kinds: dict[str, list[Injection]] = {}
    for injection in injections:
        kinds.setdefault(injection.kind, []).append(injection)
    return {
        name: {
            "times": len(all_of_it),
            "told_seconds": _middle([one.told.get("seconds") for one in all_of_it]),
            "seconds_until_a_step": _middle([one.seconds_until_step for one in all_of_it]),
        }
        for name, all_of_it in sorted(kinds.items())
    }


def voyager(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the public command line."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "voyager", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=_REPORT_SECONDS, check=False,
    )  # fmt: skip


def _middle(figures: Sequence[float | None]) -> dict[str, float] | None:
    known = [figure for figure in figures if figure is not None]
    if not known:
        return None
    return {"median": round(statistics.median(known), 1), "most": round(max(known), 1)}


def _stands_for(fault: Fault, injection: Injection) -> bool:
    """Whether it is of such a part, and began or came right in that time."""
    if fault["part"] not in KINDS[injection.kind].parts:
        return False
    begun, over = _span(injection)
    return begun <= _time(fault["at"]) <= over or begun <= _end(fault) <= over


def _overlaps(fault: Fault, injection: Injection) -> bool:
    begun, over = _span(injection)
    return _time(fault["at"]) <= over and _end(fault) >= begun


def _span(injection: Injection) -> tuple[datetime, datetime]:
    return _time(injection.at) - _NEAR, _time(injection.over_at or injection.at) + _NEAR


def _end(fault: Fault) -> datetime:
    return _time(fault["at"]) + timedelta(seconds=fault["seconds"] or 0.0)


def _time(text: Any) -> datetime:
    return datetime.fromisoformat(str(text).replace("Z", "+00:00"))
