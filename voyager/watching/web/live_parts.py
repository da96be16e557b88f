"""What of a session's picture is sent to a browser: only what has changed since the last time.

The values of a picture are never changed in place, so what is still the same object is still the
same. Everything is of bounded size, however long the session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from voyager.loopback import coloured_lines
from voyager.watching.told_lines import told_lines
from voyager.watching.web.live_hub import Moment

AS_IT_IS = ("run", "sitting", "task", "bot", "progress", "goal_tree", "counts", "spend", "ended")
FAULTS_SHOWN = 20
PARTS_SHOWN = 60

Remembered = dict[str, object]


def changed_parts(moment: Moment, remembered: Remembered) -> dict[str, Any]:
    """The parts that are others than those `remembered`, which is brought up to date."""
    document = moment.document
    changed = dict[str, Any]()
    for name, value in _originals(moment).items():
        if name in remembered and remembered[name] is value:
            continue
        remembered[name] = value
        changed[name] = _SHOWN[name](document) if name in _SHOWN else value
    return changed


def _originals(moment: Moment) -> Mapping[str, object]:
    document = moment.document
    program = document.get("program") or {}
    return {
        "session": moment.session,
        **{name: document.get(name) for name in AS_IT_IS},
        "program": document.get("program"),
        "source": program.get("source"),
        "model": document.get("model"),
        "faults": document.get("faults"),
        "events": document.get("events"),
        "milestones": document.get("milestones"),
    }


def _program(document: dict[str, Any]) -> dict[str, Any] | None:
    program = document.get("program")
    if program is None:
        return None
    return {key: value for key, value in program.items() if key != "source"}


def _source(document: dict[str, Any]) -> dict[str, Any] | None:
    program = document.get("program")
    if program is None:
        return None
    return {"entry": program["entry"], "lines": coloured_lines(str(program["source"]).rstrip())}


_SHOWN: Mapping[str, Callable[[dict[str, Any]], Any]] = {
    "program": _program,
    "source": _source,
    "goal_tree": lambda document: list(document.get("goal_tree") or ())[:PARTS_SHOWN],
    "faults": lambda document: list(document.get("faults") or ())[-FAULTS_SHOWN:],
    "events": lambda document: told_lines(document.get("events") or ()),
    # Which ones is in the past; here it is enough that there are more.
    "milestones": lambda document: len(document.get("milestones") or ()),
}
