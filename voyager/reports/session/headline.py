"""A run in two sentences: what was reached in how long, and what it took."""

from __future__ import annotations

from typing import Any

from voyager.money import dollars
from voyager.reports.session.costs import tokens_of
from voyager.reports.session.reading import duration, plural

ENDINGS = {
    "finished": "reached its goal",
    "stopped": "was stopped",
    "stuck": "got stuck",
    "failed": "ended with an error",
}

QUICKER = 1.5
"""By so much a world's time must be quicker than the clock to be told as well."""


def headline(report: dict[str, Any]) -> str:
    """For instance "Run 3 got as far as iron tools in 8 h 02 min: ... Nothing waits for you."."""
    run, reached = report["run"], report["reached"]
    levels = reached["levels"]
    got = f"got as far as {levels[-1]['level']}" if levels else "reached no level of the tech tree"
    if run["goal"] and run["status"] == "finished":
        got = f"reached its goal, {run['goal']}, and {got}"
    items = plural(len(reached["items"]), "new item")
    tasks = f"{reached['passed']:,} of {plural(reached['passed'] + reached['failed'], 'task')}"
    first = f"Run {run['run']} {got} in {_how_long(run)}: {items}, {tasks} done"
    count = report["deaths"]["count"]
    parts = [plural(count, "death"), plural(report["faults"]["count"], "fault"), _cost(report)]
    waiting = len(report["decisions"])
    needs = "need" if waiting != 1 else "needs"
    waits = f"{plural(waiting, 'thing')} {needs} a decision of yours" if waiting else ""
    return f"{first}; {', '.join(parts)}. {waits or 'Nothing waits for you'}."


def _how_long(run: dict[str, Any]) -> str:
    """By the clock, and in the world where its time passed quicker."""
    played, world = run["played_seconds"], run["world_seconds"]
    in_world = f" ({duration(world)} in the world)" if world > QUICKER * played else ""
    return duration(played) + in_world


def standing(run: dict[str, Any]) -> str:
    """Whether it still plays, or how it ended, a sentence."""
    if run["playing"]:
        return "It is being played right now; this is how it stands."
    if run["status"] == "playing":
        return "It was cut off, or has been silent for long; `voyager play` goes on with it."
    ended = ENDINGS.get(run["status"], f"ended as {run['status']}")
    why = (run["reason"] or "").rstrip(".")
    return f"It {ended}{f': {why}' if why else ''}."


def _cost(report: dict[str, Any]) -> str:
    costs = report["costs"]
    if not costs["calls"]:
        return "no cost"
    price = "at a price that is not known" if costs["cost"] is None else dollars(costs["cost"])
    return f"{tokens_of(costs):,} tokens ({price})"
