"""The report as sections of paragraphs and tables: what its text and its page both show.

Covers the words, and cutting lists to what a person reads. Cells and lines are plain text, made of
foreign text in parts: whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from voyager.money import dollars
from voyager.reports.session.costs import tokens_of
from voyager.reports.session.headline import standing
from voyager.reports.session.reading import LocalTimes, duration, number, plural
from voyager.reports.session.time_parts import PARTS

ITEMS_SHOWN = 40
SKILLS_SHOWN = 15


@dataclass(frozen=True)
class Table:
    """A column whose name ends in `#` holds numbers; `note` says what was left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the report. `plot` names the plot that belongs to it, if any."""

    title: str
    parts: tuple[str | Table, ...]
    plot: str = ""


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
        _deaths,
        _time,
        _costs,
        _faults,
        _acts,
        _sittings,
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
        f" model {run['model'] or 'none'}.",
        f"From {times(run['started_at'])} to {ended}, {times.zone}.",
    ]


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
    table = Table(("item", "after#", "task#"), rows, _more(len(items), ITEMS_SHOWN))
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
        note = _more(group["different_tasks"], len(rows), "of the kind")
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
            parts += [what, Table(columns, table, _more(counts[name], len(shown)))]
    if skills["given_up"]:
        shown = skills["given_up"][:SKILLS_SHOWN]
        given = tuple((_versioned(s), s["change"], s["status_now"], s["reason"]) for s in shown)
        columns = ("skill", "was", "is now", "why")
        parts += ["Given up:", Table(columns, given, _more(counts["given_up"], len(shown)))]
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
        share = did_not / (did + did_not)
        parts.append(
            f"Of {plural(did + did_not, 'claim')} {did_not} did not hold ({share:.0%}). None of"
            " these was counted as done."
        )
    if claims["most_often_wrong"]:
        wrong = tuple((o["program"], o["times"], o["last"]) for o in claims["most_often_wrong"])
        parts.append(Table(("claimed most often in vain", "times#", "last task#"), wrong))
    return Section("Claims and verdicts", tuple(parts))


def _deaths(report: dict[str, Any], times: LocalTimes) -> Section:
    deaths = report["deaths"]
    if not deaths["count"]:
        return Section("Deaths", ("None.",))
    said = f"The bot died {plural(deaths['count'], 'time')}, {deaths['under_programs']} of them"
    parts: list[str | Table] = [f"{said} while a program ran."]
    if deaths["noted"] < deaths["count"]:
        parts.append(f"Of {deaths['count'] - deaths['noted']} it was not noted where and of what.")
    if deaths["by_cause"]:
        causes = tuple((one["cause"], one["times"]) for one in deaths["by_cause"])
        parts.append(Table(("cause", "times#"), causes))
        rows = tuple(
            (times(d["at"]), d["cause"], _place(d), _goods(d["lost"]), _fetched(d))
            for d in deaths["last"]
        )
        note = _more(deaths["noted"], len(rows), "before them")
        parts.append(Table(("at", "cause", "where", "lost", "fetched back"), rows, note))
    return Section("Deaths", tuple(parts))


def _place(death: dict[str, Any]) -> str:
    x, y, z = death["position"]
    dimension = death["dimension"]
    return f"{x}, {y}, {z}" + ("" if dimension == "overworld" else f" ({dimension})")


def _goods(goods: dict[str, int]) -> str:
    shown = [f"{count} {name}" for name, count in list(goods.items())[:8]]
    more = [f"{len(goods) - 8} more kinds"] if len(goods) > 8 else []
    return ", ".join(shown + more) or "nothing"


def _fetched(death: dict[str, Any]) -> str:
    return "not tried" if death["fetched"] is None else _goods(death["fetched"])


def _time(report: dict[str, Any], times: LocalTimes) -> Section:
    spent, run = report["time"], report["run"]
    total = spent["seconds"]
    names = dict(PARTS)
    rows = tuple(
        (names[part], duration(seconds), f"{seconds / total:.1%}" if total else "")
        for part, seconds in spent["parts"].items()
        if seconds >= 0.05
    )
    parts: list[str | Table] = [Table(("spent on", "time#", "share#"), rows)] if rows else []
    parts.append(f"Together {duration(total)} of the clock, which is all that was played.")
    if spent["scaled"]:
        parts.append("The clock was set meanwhile: the shares are right, the times by and large.")
    world = run["world_seconds"]
    if world:
        least = "at least " if run["world_time_is_least"] else ""
        days = f" ({world / 1200:.1f} days of the game)" if world >= 600 else ""
        rate = f": {world / total:.1f} times as fast as the clock" if total else ""
        parts.append(f"In the world {least}{duration(world)} passed{days}{rate}.")
    return Section("Where the time went", tuple(parts), "time")


def _costs(report: dict[str, Any], times: LocalTimes) -> Section:
    costs = report["costs"]
    if not costs["calls"]:
        return Section("Language models", ("None was asked: no tokens, no cost.",))
    outcomes = ", ".join(f"{count} {name}" for name, count in costs["outcomes"].items())
    parts: list[str | Table] = [
        f"{plural(costs['calls'], 'call')} ({outcomes}), {costs['input_tokens']:,} tokens in,"
        f" {costs['output_tokens']:,} out, {_price(costs['cost'])}."
    ]
    if costs["estimated"]:
        parts.append(f"The tokens of {plural(costs['estimated'], 'call')} are estimates.")
    roles = tuple((r["role"], r["model"] or "?", *_sums(r)) for r in costs["by_role"])
    parts.append(Table(("role", "model", "calls#", "tokens#", "cost#", "waited#"), roles))
    if costs["by_task"]:
        tasks = costs["tasks_with_calls"]
        mean = tokens_of(costs) / tasks
        price = "" if costs["cost"] is None else f", {dollars(costs['cost'] / tasks)}"
        parts.append(f"A task took {mean:,.0f} tokens{price} on average. The dearest:")
        dearest = tuple(
            (t["iteration"], t["task"], t["status"], *_sums(t)) for t in costs["by_task"]
        )
        columns = ("#", "task", "status", "calls#", "tokens#", "cost#", "waited#")
        parts.append(Table(columns, dearest, _more(tasks, len(dearest))))
    for budget in costs["budgets_spent"]:
        parts.append(
            f"The budget of {budget['limit']} for the {budget['budget']} was spent at"
            f" {times(budget['first_at'])}. {budget['what_now']}"
        )
    if not costs["budgets_spent"]:
        parts.append("No budget was spent.")
    return Section("Language models", tuple(parts))


def _sums(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["calls"], f"{tokens_of(row):,}", _price(row["cost"]), duration(row["seconds"])


def _price(cost: float | None) -> str:
    return "unknown" if cost is None else dollars(number(cost))


def _faults(report: dict[str, Any], times: LocalTimes) -> Section:
    faults = report["faults"]
    if not faults["count"]:
        return Section("Faults", ("None.",))
    parts: list[str | Table] = [
        f"{plural(faults['count'], 'fault')}, {faults['not_over_count']} not over."
    ]
    kinds = tuple(
        (f"{k['part']} {k['kind']}", k["count"], k["count"] - k["over"], *_recovery(k))
        for k in faults["by_kind"]
    )
    parts.append(Table(("fault", "times#", "not over#", "median#", "longest#"), kinds))
    columns = ("at", "fault", "cause", "over after#", "how")
    if faults["not_over"]:
        lasting = tuple(_fault(f, times) for f in faults["not_over"])
        note = _more(faults["not_over_count"], len(lasting))
        parts += ["Not over:", Table(columns, lasting, note)]
    rows = tuple(_fault(f, times) for f in faults["last"])
    parts += ["One by one:", Table(columns, rows, _more(faults["count"], len(rows), "before them"))]
    return Section("Faults", tuple(parts))


def _recovery(kind: dict[str, Any]) -> tuple[str, str]:
    if kind["longest_seconds"] is None:
        return "", ""
    return duration(kind["median_seconds"]), duration(kind["longest_seconds"])


def _fault(fault: dict[str, Any], times: LocalTimes) -> tuple[str, ...]:
    over = "not over" if fault["over_at"] is None else duration(fault["seconds"])
    named = f"{fault['part']} {fault['kind']}"
    return times(fault["at"], seconds=True), named, fault["cause"], over, fault["how"]


def _acts(report: dict[str, Any], times: LocalTimes) -> Section:
    acts, parts = report["acts"], list[str | Table]()
    for name, what in (("reflexes", "reflex"), ("upkeep", "upkeep")):
        if acts[name]:
            rows = tuple(
                (a["act"], a["times"], duration(a["world_seconds"]), _outcomes(a))
                for a in acts[name]
            )
            parts.append(Table((what, "times#", "world's time#", "what came of it"), rows))
        else:
            parts.append(f"No {what} was needed.")
    if acts["stuck"]:
        rungs = ", ".join(f"{o['rung']} ({o['times']})".replace("_", " ") for o in acts["stuck"])
        parts.append(f"When nothing moved on it tried: {rungs}.")
    checkpoints = acts["checkpoints"]
    said = f"{plural(checkpoints['taken'], 'checkpoint')} taken"
    if checkpoints["last"]:
        said += f", the last one, {checkpoints['last']}, at {times(checkpoints['last_at'])}"
    parts.append(f"{said}.")
    parts += [
        f"{plural(one['times'], 'checkpoint')} could not be taken: {one['reason']}"
        for one in checkpoints["failed"]
    ]
    return Section("What the bot saw to by itself", tuple(parts))


def _outcomes(act: dict[str, Any]) -> str:
    shown = [f"{one['outcome'] or 'nothing'} ({one['times']})" for one in act["outcomes"]]
    more = act["different_outcomes"] - len(shown)
    return ", ".join(shown + ([f"{more} other outcomes"] if more else []))


def _sittings(report: dict[str, Any], times: LocalTimes) -> Section | None:
    run = report["run"]
    if not run["sittings"]:
        return None
    rows = tuple(
        (
            times(one["started_at"]),
            times(one["ended_at"]) if one["ended_at"] else "",
            duration(one["seconds"]),
            duration(one["world_seconds"]) if one["world_seconds"] else "",
            one["ending"] or ("it is being played" if run["playing"] else "it was cut off"),
        )
        for one in run["sittings"]
    )
    columns = ("from", "to", "played#", "in the world#", "why it ended")
    note = _more(run["sittings_count"], len(rows), "before them")
    return Section("Sittings", (Table(columns, rows, note),))


def _more(count: int, shown: int, what: str = "") -> str:
    left = count - shown
    return f"and {left:,} more{f' {what}' if what else ''}" if left > 0 else ""
