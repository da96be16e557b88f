"""The sections on what it took: deaths, time, cost, faults, what the bot saw to, sittings."""

from __future__ import annotations

from typing import Any

from voyager.money import dollars
from voyager.reports.session.costs import tokens_of
from voyager.reports.session.reading import LocalTimes, duration, number, plural
from voyager.reports.session.section_parts import Section, Table, more
from voyager.reports.session.time_parts import PARTS

_FAULTS_LISTED = 60


def deaths_section(report: dict[str, Any], times: LocalTimes) -> Section:
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
        note = more(deaths["noted"], len(rows), "before them")
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


def time_section(report: dict[str, Any], times: LocalTimes) -> Section:
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


def costs_section(report: dict[str, Any], times: LocalTimes) -> Section:
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
        parts.append(Table(columns, dearest, more(tasks, len(dearest))))
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


def faults_section(report: dict[str, Any], times: LocalTimes) -> Section:
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
        note = more(faults["not_over_count"], len(lasting))
        parts += ["Not over:", Table(columns, lasting, note)]
    rows = tuple(_fault(f, times) for f in faults["last"][-_FAULTS_LISTED:])
    parts += ["One by one:", Table(columns, rows, more(faults["count"], len(rows), "before them"))]
    return Section("Faults", tuple(parts))


def _recovery(kind: dict[str, Any]) -> tuple[str, str]:
    if kind["longest_seconds"] is None:
        return "", ""
    return duration(kind["median_seconds"]), duration(kind["longest_seconds"])


def _fault(fault: dict[str, Any], times: LocalTimes) -> tuple[str, ...]:
    over = "not over" if fault["over_at"] is None else duration(fault["seconds"])
    named = f"{fault['part']} {fault['kind']}"
    return times(fault["at"], seconds=True), named, fault["cause"], over, fault["how"]


def acts_section(report: dict[str, Any], times: LocalTimes) -> Section:
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
    parts.append(f"{said}." if checkpoints["taken"] else "No checkpoint was taken.")
    parts += [
        f"{plural(one['times'], 'checkpoint')} could not be taken: {one['reason']}"
        for one in checkpoints["failed"]
    ]
    return Section("What the bot saw to by itself", tuple(parts))


def _outcomes(act: dict[str, Any]) -> str:
    shown = [f"{one['outcome'] or 'nothing'} ({one['times']})" for one in act["outcomes"]]
    more = act["different_outcomes"] - len(shown)
    return ", ".join(shown + ([f"{more} more of other kinds"] if more else []))


def sittings_section(report: dict[str, Any], times: LocalTimes) -> Section | None:
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
    note = more(run["sittings_count"], len(rows), "before them")
    return Section("Sittings", (Table(columns, rows, note),))
