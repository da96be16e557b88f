"""The report as sections of paragraphs and tables: what its text and its page both show.

Covers the words, and cutting lists to what a person reads. Cells and lines are plain text, made of
foreign text in parts: whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from voyager.reports.session.headline import standing
from voyager.reports.session.peril_sections import (
    acts_section,
    costs_section,
    deaths_section,
    faults_section,
    sittings_section,
    time_section,
)
from voyager.reports.session.reading import LocalTimes, duration, number, plural
from voyager.reports.session.section_parts import Section, Table, more

ITEMS_SHOWN = 40
SKILLS_SHOWN = 15


def sections_of(report: dict[str, Any]) -> list[Section]:
    """All of them, in the order in which they are read; what needs a decision comes first."""
    times = LocalTimes(report["run"]["started_at"])
    makers: Sequence[Callable[[dict[str, Any], LocalTimes], Section | None]] = (
        _decisions,
        _reached,
        _items,
        _tasks,
        _failures,
        _skills,
        _claims,
        deaths_section,
        time_section,
        costs_section,
        faults_section,
        acts_section,
        sittings_section,
    )
    return [section for make in makers if (section := make(report, times)) is not None]


def about(report: dict[str, Any]) -> list[str]:
    """What run it is, when it was played, and how it stands."""
    run, times = report["run"], LocalTimes(report["run"]["started_at"])
    seed = f", seed {run['seed']}" if run["seed"] is not None else ""
    where = "" if run["server"] == "embedded" else f" on {run['server']}"
    goal = f"towards {run['goal']}" if run["goal"] else "open-ended"
    ended = times(run["ended_at"] or run["seen_at"])
    return [
        standing(run),
        f"World {run['world']}{where}{seed}, game version {run['version']}, {goal};"
        f" {_models(report)}.",
        f"From {times(run['started_at'])} to {ended}, {times.zone}.",
    ]


def _models(report: dict[str, Any]) -> str:
    """Those that were asked, whichever sitting asked them; where none was, the last sitting's."""
    asked = dict.fromkeys(row["model"] for row in report["costs"]["by_role"])
    if len(asked) > 1:
        return f"models {', '.join(asked)}"
    return f"model {next(iter(asked), None) or report['run']['model'] or 'none'}"


def _decisions(report: dict[str, Any], times: LocalTimes) -> Section:
    found = report["decisions"]
    if not found:
        return Section("What needs a decision of yours", ("Nothing.",))
    rows = tuple((one["what"], one["command"]) for one in found)
    return Section("What needs a decision of yours", (Table(("what", "command"), rows),))


def _reached(report: dict[str, Any], times: LocalTimes) -> Section:
    levels = report["reached"]["levels"]
    if not levels:
        return Section("The tech tree", ("No new level of it was reached.",))
    rows = tuple(
        (one["level"], duration(one["seconds"]), one["iteration"], one["with"], times(one["at"]))
        for one in levels
    )
    columns = ("level", "after#", "task#", "with", "at")
    return Section("The tech tree", (Table(columns, rows),))


def _items(report: dict[str, Any], times: LocalTimes) -> Section:
    reached = report["reached"]
    items, before = reached["items"], reached["items_before"]
    known = f", on top of {before} held before in this world" if before else ""
    said = f"{plural(len(items), 'item')} held for the first time{known}."
    rows = tuple(
        (one["name"], duration(one["seconds"]), one["iteration"]) for one in items[:ITEMS_SHOWN]
    )
    table = Table(("item", "after#", "task#"), rows, more(len(items), ITEMS_SHOWN))
    return Section("Unique items", (said, table) if rows else (said,), "items")


def _tasks(report: dict[str, Any], times: LocalTimes) -> Section:
    reached = report["reached"]
    said = f"{reached['passed']} passed, {reached['failed']} failed"
    if reached["open"]:
        said += f", {reached['open']} under way"
    if reached["held"]:
        said += f"; of {reached['held']} the goal held before anything was tried"
    return Section("Tasks", (f"{said}.",), "tasks")


def _failures(report: dict[str, Any], times: LocalTimes) -> Section | None:
    groups = report["failures"]["by_reason"]
    if not groups:
        return None
    parts = list[str | Table]()
    for group in groups:
        error = f" ({group['error']})" if group["error"] else ""
        parts.append(f"{group['reason']}{error}: {plural(group['failures'], 'failure')}")
        rows = tuple(
            (t["task"], t["times"], t["last"], _put_off(t), t["why"]) for t in group["tasks"]
        )
        note = more(group["different_tasks"], len(rows), "of the kind")
        columns = ("task", "times#", "last#", "put off", "why")
        parts.append(Table(columns, rows, note))
    return Section("Tasks that failed, and why", tuple(parts))


def _put_off(task: dict[str, Any]) -> str:
    until = task["put_off_until"]
    return f"until task {until}" if until else ""


def _skills(report: dict[str, Any], times: LocalTimes) -> Section:
    skills, parts = report["skills"], list[str | Table]()
    counts = skills["counts"]
    statuses = ", ".join(f"{count} {name}" for name, count in skills["new_by_status"].items())
    said = f"{plural(counts['new'], 'new skill')}{f' ({statuses})' if statuses else ''}"
    said += f", {plural(counts['replaced'], 'new version')} of known ones"
    parts.append(f"{said}, {counts['given_up']} quarantined or retired.")
    if skills["work"]:
        rows = tuple((one["by"], one["tasks"], one["passed"]) for one in skills["work"])
        parts += ["How much was done by what was known:"]
        parts.append(Table(("attempt with", "attempts#", "passed#"), rows))
    for name, what in (("new", "New skills:"), ("replaced", "New versions:")):
        if skills[name]:
            shown = skills[name][:SKILLS_SHOWN]
            table = tuple((_versioned(s), s["status"], _record(s), s["description"]) for s in shown)
            columns = ("skill", "now", "worked", "what it does")
            parts += [what, Table(columns, table, more(counts[name], len(shown)))]
    if skills["given_up"]:
        shown = skills["given_up"][:SKILLS_SHOWN]
        given = tuple((_versioned(s), s["change"], s["status_now"], s["reason"]) for s in shown)
        columns = ("skill", "was", "is now", "why")
        parts += ["Given up:", Table(columns, given, more(counts["given_up"], len(shown)))]
    return Section("Skills", tuple(parts))


def _versioned(skill: dict[str, Any]) -> str:
    return f"{skill['name']} {skill['version']}" if skill["version"] != 1 else skill["name"]


def _record(skill: dict[str, Any]) -> str:
    uses = number(skill["successes"]) + number(skill["failures"])
    return f"{number(skill['successes']):.0f} of {uses:.0f}"


def _claims(report: dict[str, Any], times: LocalTimes) -> Section | None:
    claims = report["claims"]
    did, did_not = claims["claimed_and_held"], claims["claimed_and_did_not_hold"]
    held, neither = claims["not_claimed_but_held"], claims["neither"]
    if not did + did_not + held + neither:
        return None
    rows = (
        ("ended well: it had done it", did, did_not),
        ("did not end well", held, neither),
    )
    parts: list[str | Table] = [
        Table(("the program", "the state says yes#", "the state says no#"), rows)
    ]
    if did + did_not:
        parts.append(_claims_kept(did, did_not))
    if claims["most_often_wrong"]:
        wrong = tuple((o["program"], o["times"], o["last"]) for o in claims["most_often_wrong"])
        parts.append(Table(("claimed most often in vain", "times#", "last task#"), wrong))
    return Section("Claims and verdicts", tuple(parts))


def _claims_kept(did: int, did_not: int) -> str:
    """How many claims held, a sentence."""
    claims = plural(did + did_not, "claim")
    if not did_not:
        return f"{claims}, and the game's state agrees with every one."
    share = did_not / (did + did_not)
    return f"Of {claims} {did_not:,} did not hold ({share:.0%}); that was not counted as done."
