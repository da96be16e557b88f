"""What a picture says, in words: the lines of the dashboard and of `voyager watch --once`.

Covers text alone: everything here takes a picture's document (`picture.py`) and gives plain lines.
Not covered: where they stand on the screen (`dashboard.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from voyager.console.endurance_words import duration
from voyager.console.screen import PURPOSES
from voyager.foreign_text import printable
from voyager.goal_tree_text import goal_lines
from voyager.money import dollars

TICKS_OF_A_DAY = 24000
HOUR_AT_TICK_ZERO = 6
MOST_ITEMS = 40

Document = Mapping[str, Any]


def title(document: Document) -> str:
    """Which world is played, and what for."""
    run = document["run"] or {}
    goal = run.get("goal")
    towards = f", towards {goal}" if goal else ", open-ended"
    return printable(f"{run['world']} (run {run['id']}){towards}" if run else "starting")


def world_time(document: Document) -> str:
    """The day and the time of day in the world; empty while that is not known."""
    bot = document["bot"]
    if not bot:
        return ""
    day = bot["world_age_ticks"] // TICKS_OF_A_DAY + 1
    minutes = (bot["time_of_day"] * 60 // 1000 + HOUR_AT_TICK_ZERO * 60) % (24 * 60)
    return f"day {day}, {minutes // 60:02}:{minutes % 60:02}"


def run_time(document: Document, now: datetime | None = None) -> str:
    """How long the run was played, in hours, minutes and seconds."""
    run, sitting, ended = document["run"], document["sitting"], document["ended"]
    seconds = float((run or {}).get("seconds") or 0.0)
    if ended:
        seconds = float(ended["seconds"])
    elif sitting:
        seconds += ((now or datetime.now(UTC)) - _moment(sitting["begun"])).total_seconds()
    whole = max(0, int(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def counts(document: Document) -> list[str]:
    """What was reached so far, each in a few words, the most telling first."""
    number, spend = document["counts"], document["spend"]
    faults = _counted(number["faults"], "fault")
    if number["faults_open"]:
        faults += f" ({number['faults_open']} now)"
    price = "price unknown" if spend["cost"] is None else dollars(spend["cost"])
    return [
        f"{number['tasks_passed']} done, {number['tasks_failed']} failed",
        _counted(number["items"], "item"),
        _counted(number["skills"], "new skill"),
        _counted(number["deaths"], "death"),
        faults,
        f"{spend['tokens']} tokens, {price}" if spend["calls"] else "no model asked",
    ]


def task_line(document: Document) -> str:
    """The task in flight, or what goes on without one."""
    task, ended = document["task"], document["ended"]
    if ended:
        return printable(f"{ended['status']}: {ended['reason']}")
    if not task:
        return "between two tasks"
    return printable(f"[{task['iteration']}] {task['description']}")


def task_details(document: Document) -> str:
    """Why this task, who proposed it, which attempt."""
    task = document["task"]
    if not task or document["ended"]:
        return ""
    attempt = f"attempt {task['attempt']}, " if task["attempt"] else ""
    again = ", taken up again" if task["resumed"] else ""
    return printable(f"{attempt}{task['why']} (proposed by {task['proposer']}{again})")


def doing(document: Document) -> str:
    """What goes on right now, in a line."""
    model, program = document["model"], document["program"]
    if model:
        newest = [line for line in str(model["text"]).splitlines() if line.strip()][-1:]
        said = f": {newest[0]}" if newest else ""
        return printable(f"the model is {PURPOSES.get(model['purpose'], 'thinking')}{said}")
    if not program:
        return ""
    how = "the skill" if program["reused"] else f"written by {program['writer']}:"
    if not program["running"]:
        return printable(f"{how} {program['entry']} has ended")
    where = f" at {program['module']}:{program['line']}" if program["module"] else ""
    step = f": {program['text']}" if program["text"] else ""
    return printable(f"{how} {program['entry']}{where}{step}")


def bot_line(document: Document) -> str:
    """Where the bot is and what it holds."""
    bot = document["bot"]
    if not bot:
        return "not seen yet"
    at = bot["position"]
    where = f"{at['x']:.0f}, {at['y']:.0f}, {at['z']:.0f} in {bot['biome']} ({bot['dimension']})"
    reflex = f", reflex {bot['reflex']} acts" if bot.get("reflex") else ""
    return printable(f"{where}, holds {bot['equipment'].get('hand') or 'nothing'}{reflex}")


def worn_line(document: Document) -> str:
    """What the bot wears; empty when nothing."""
    bot = document["bot"]
    worn = [name for place, name in (bot or {}).get("equipment", {}).items() if place != "hand"]
    return printable(f"wears {', '.join(worn)}") if worn else ""


def inventory_line(document: Document) -> str:
    """What is carried, the most first."""
    items = sorted(document["inventory"].items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{count} {name}" for name, count in items[:MOST_ITEMS]]
    if len(items) > MOST_ITEMS:
        shown.append(f"and {len(items) - MOST_ITEMS} more")
    return printable(", ".join(shown) or "empty")


def milestone_line(document: Document, names: int) -> str:
    """The newest items that were held for the first time."""
    milestones = document["milestones"]
    newest = [str(milestone["name"]) for milestone in milestones[-names:]]
    return printable(", ".join(reversed(newest)) or "none yet")


def fault_lines(document: Document) -> list[str]:
    """The faults that last."""
    return [
        printable(f"{fault['part']} {fault['kind']}: {fault['cause']}")
        for fault in document["faults"]
    ]


def goal_tree_lines(document: Document) -> list[str]:
    """The parts of the goal and how they stand."""
    return [printable(line) for line in goal_lines(document["goal_tree"])]


def ending(document: Document) -> str:
    """How the session ended, in a sentence."""
    ended = document["ended"]
    if not ended:
        return ""
    played = duration(float(ended["seconds"]))
    return printable(f"{ended['status']}: {str(ended['reason']).rstrip('.')} ({played} played).")


def clock(at: str) -> str:
    """A time of day as people at this place read it; empty where it is none."""
    try:
        return f"{_moment(at).astimezone():%H:%M:%S}"
    except (ValueError, OverflowError, OSError):
        return ""


def _counted(count: int, what: str) -> str:
    return f"{count} {what if count == 1 else f'{what}s'}"


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
