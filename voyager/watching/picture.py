"""How a sitting stands, as one JSON document that grows with the events it hears.

Covers the document alone: the playing process keeps one to give it to whoever begins to watch, and
a watcher goes on with the one it was given. Both hear the same messages, so both have the same
picture. What the journal knows of a run at the start of a sitting is read in `standing.py`.

The fields, each None or empty while there is nothing to tell:

    run         id, world, goal, server, version, model, resumed, seconds (played before)
    sitting     begun (UTC)
    task        iteration, description, why, proposer, resumed, begun, attempt
    program     attempt, entry, writer, reused, source, running, module, line, text
    bot         fields of `mc_server.BotState`
    inventory   what is carried, as far as is known
    progress    the newest line of the running program
    model       purpose, text: what a model is writing
    goal_tree   [depth, status, description] of each part
    counts      tasks_passed, tasks_failed, items, skills, deaths, faults, faults_open
    spend       calls, tokens, cost (US dollars, None when unknown)
    milestones  name, iteration, seconds
    faults      fault, part, kind, cause, at: those that last
    trail       [x, z] where it was, oldest first, thinned
    marks       kind (found, died, chest, slept), what, x, z
    events      the newest messages worth a line
    ended       status, reason, seconds
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from voyager.events import SCHEMA_VERSION

EVENTS_KEPT = 50
POINTS_KEPT = 400
MARKS_KEPT = 200
SAID_CHARACTERS = 2000
BLOCKS_BETWEEN_POINTS = 4.0
PASSING = frozenset({"bot_seen", "line_reached", "model_said", "progress_reported"})
"""What is news for a moment only, and not among the `events`."""

Message = Mapping[str, Any]


def empty_picture() -> dict[str, Any]:
    """A picture of nothing."""
    return {
        "type": "snapshot",
        "schema_version": SCHEMA_VERSION,
        "at": None,
        "run": None,
        "sitting": None,
        "task": None,
        "program": None,
        "bot": None,
        "inventory": {},
        "progress": "",
        "model": None,
        "goal_tree": [],
        "counts": dict.fromkeys(
            (
                "tasks_passed",
                "tasks_failed",
                "items",
                "skills",
                "deaths",
                "faults",
                "faults_open",
            ),
            0,
        ),
        "spend": {"calls": 0, "tokens": 0, "cost": 0.0},
        "milestones": [],
        "faults": [],
        "trail": [],
        "marks": [],
        "events": [],
        "ended": None,
    }


class Picture:
    """Takes in messages (`Event.to_json()` with `type` and `at`); `document` is how it stands."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def take(self, message: Message) -> None:
        """Take in one message; a `snapshot` takes the place of all that was known."""
        kind = message.get("type")
        if kind == "snapshot":
            self.document = {**empty_picture(), **message}
            return
        if "at" not in message:
            return  # what the feed's client says of itself
        document = self.document
        document["at"] = message["at"]
        if change := _CHANGES.get(str(kind)):
            change(document, message)
        if kind not in PASSING:
            document["events"] = [*document["events"][1 - EVENTS_KEPT :], dict(message)]


def _run_started(document: dict[str, Any], message: Message) -> None:
    document["run"] = {
        **(document["run"] or {"seconds": 0.0, "model": None}),
        "id": message["run"],
        **{key: message[key] for key in ("world", "goal", "server", "version", "resumed")},
    }
    document["inventory"], document["ended"] = message["inventory"], None


def _task_proposed(document: dict[str, Any], message: Message) -> None:
    keys = ("iteration", "description", "why", "proposer", "resumed")
    task = {key: message[key] for key in keys}
    document["task"] = {**task, "begun": message.get("at"), "attempt": 0}
    document["program"], document["progress"], document["model"] = None, "", None


def _program_written(document: dict[str, Any], message: Message) -> None:
    keys = ("attempt", "entry", "writer", "reused", "source")
    program = {key: message[key] for key in keys}
    document["program"] = {**program, "running": True, "module": None, "line": None, "text": ""}
    document["progress"], document["model"] = "", None
    _attempt(document, message)


def _attempt(document: dict[str, Any], message: Message) -> None:
    if document["task"]:
        document["task"] = {**document["task"], "attempt": message["attempt"]}


def _line_reached(document: dict[str, Any], message: Message) -> None:
    if document["program"]:
        place = {key: message[key] for key in ("module", "line", "text")}
        document["program"] = {**document["program"], **place}


def _verdict_given(document: dict[str, Any], message: Message) -> None:
    if document["program"]:
        document["program"] = {**document["program"], "running": False}
    document["progress"], document["model"] = "", None
    document["inventory"] = message["inventory"]


def _task_ended(document: dict[str, Any], message: Message) -> None:
    _add(document, "tasks_passed" if message["passed"] else "tasks_failed")
    document["task"], document["program"], document["model"] = None, None, None
    document["progress"] = ""


def _progress_reported(document: dict[str, Any], message: Message) -> None:
    document["progress"] = message["text"]


def _model_said(document: dict[str, Any], message: Message) -> None:
    said = document["model"]
    goes_on = said is not None and message["text"] and said["purpose"] == message["purpose"]
    text = (said["text"] if goes_on else "") + message["text"]
    document["model"] = {"purpose": message["purpose"], "text": text[-SAID_CHARACTERS:]}


def _tokens_spent(document: dict[str, Any], message: Message) -> None:
    spend = document["spend"]
    known = spend["cost"] is not None and message["cost"] is not None
    document["spend"] = {
        "calls": spend["calls"] + 1,
        "tokens": spend["tokens"] + message["tokens"],
        "cost": spend["cost"] + message["cost"] if known else None,
    }


def _bot_seen(document: dict[str, Any], message: Message) -> None:
    bot, before = message["state"], document["bot"]
    document["bot"], document["inventory"] = bot, bot["inventory"]
    here = [round(bot["position"]["x"], 1), round(bot["position"]["z"], 1)]
    if before is not None and before["dimension"] != bot["dimension"]:
        document["trail"] = []
    trail = document["trail"]
    if trail and max(abs(a - b) for a, b in zip(here, trail[-1], strict=True)) < (
        BLOCKS_BETWEEN_POINTS
    ):
        return
    trail = [*trail, here]
    if len(trail) > POINTS_KEPT:  # the older half in coarser steps
        half = POINTS_KEPT // 2
        trail = [*trail[:half:2], *trail[half:]]
    document["trail"] = trail


def _milestone_reached(document: dict[str, Any], message: Message) -> None:
    keys = ("name", "iteration", "seconds")
    document["milestones"] = [*document["milestones"], {key: message[key] for key in keys}]
    _add(document, "items")
    if document["bot"]:
        position = document["bot"]["position"]
        _mark(document, "found", message["name"], position["x"], position["z"])


def _bot_died(document: dict[str, Any], message: Message) -> None:
    _add(document, "deaths")
    x, _, z = message["position"]
    _mark(document, "died", message["cause"], x, z)


def _upkeep_done(document: dict[str, Any], message: Message) -> None:
    kind = {"chests": "chest", "sleep": "slept"}.get(message["duty"])
    if kind and message["done"] and document["bot"]:
        position = document["bot"]["position"]
        _mark(document, kind, message["outcome"], position["x"], position["z"])


def _mark(document: dict[str, Any], kind: str, what: str, x: float, z: float) -> None:
    mark = {"kind": kind, "what": what, "x": round(x, 1), "z": round(z, 1)}
    document["marks"] = [*document["marks"][1 - MARKS_KEPT :], mark]


def _skill_stored(document: dict[str, Any], message: Message) -> None:
    if message["version"] == 1:
        _add(document, "skills")


def _fault_happened(document: dict[str, Any], message: Message) -> None:
    _add(document, "faults")
    keys = ("fault", "part", "kind", "cause", "at")
    fault = {key: message.get(key) for key in keys}
    _set_faults(document, [*document["faults"], fault])


def _fault_over(document: dict[str, Any], message: Message) -> None:
    left = [fault for fault in document["faults"] if fault["fault"] != message["fault"]]
    _set_faults(document, left)


def _set_faults(document: dict[str, Any], faults: list[dict[str, Any]]) -> None:
    document["faults"] = faults
    document["counts"] = {**document["counts"], "faults_open": len(faults)}


def _goal_tree_changed(document: dict[str, Any], message: Message) -> None:
    document["goal_tree"] = message["parts"]


def _run_ended(document: dict[str, Any], message: Message) -> None:
    document["ended"] = {key: message[key] for key in ("status", "reason", "seconds")}
    document["program"], document["model"], document["progress"] = None, None, ""


def _add(document: dict[str, Any], count: str) -> None:
    counts = document["counts"]
    document["counts"] = {**counts, count: counts[count] + 1}


_CHANGES: Mapping[str, Callable[[dict[str, Any], Message], None]] = {
    "run_started": _run_started,
    "task_proposed": _task_proposed,
    "program_written": _program_written,
    "writing_failed": _attempt,
    "line_reached": _line_reached,
    "verdict_given": _verdict_given,
    "task_ended": _task_ended,
    "progress_reported": _progress_reported,
    "model_said": _model_said,
    "tokens_spent": _tokens_spent,
    "bot_seen": _bot_seen,
    "milestone_reached": _milestone_reached,
    "bot_died": _bot_died,
    "upkeep_done": _upkeep_done,
    "skill_stored": _skill_stored,
    "fault_happened": _fault_happened,
    "fault_over": _fault_over,
    "goal_tree_changed": _goal_tree_changed,
    "run_ended": _run_ended,
}
