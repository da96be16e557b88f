"""What needs a decision of the reader, each with the command that carries it out."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from voyager.reports.session.reading import plural, rows, text

AGAIN_AND_AGAIN = 5
"""Faults of one kind, from which on somebody should look into it."""
PUT_OFF_OFTEN = 3
WELL_TRIED = 3
"""Uses that all worked, from which on a new skill is worth pinning."""
LITTLE_ROOM_BYTES = 1024 * 2**20
NAMES_IN_A_COMMAND = 8
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


def decisions(
    connection: sqlite3.Connection, report: dict[str, Any], home: Path | None = None
) -> list[dict[str, Any]]:
    """Each with `kind`, `what` (a sentence) and `command`; the most urgent first.

    `home` is the folder that the commands name, and whose disk is looked at.
    """
    command = _Command(home)
    return [
        *_disk(home),
        *_damaged(connection, report, command),
        *_budgets(report, command),
        *_faults(report, command),
        *_tasks(report, command),
        *_skills(report, command),
    ]


class _Command:
    """Puts commands together; the home folder is named where it is not the usual one."""

    def __init__(self, home: Path | None) -> None:
        self._home = [] if home is None or home == Path("voyager-home") else ["--home", str(home)]

    def __call__(self, *words: str) -> str:
        return shlex.join(["voyager", *words, *self._home])


def _decision(kind: str, what: str, command: str) -> dict[str, Any]:
    return {"kind": kind, "what": what, "command": command}


def _disk(home: Path | None) -> list[dict[str, Any]]:
    try:
        free = shutil.disk_usage(home).free if home else LITTLE_ROOM_BYTES
    except OSError:
        return []
    if free >= LITTLE_ROOM_BYTES:
        return []
    what = (
        f"The disk is nearly full: {free // 2**20} MB are free. Make room before you play on; this"
        " shows what takes it in the home folder."
    )
    return [_decision("disk", what, shlex.join(["du", "-ah", "-d", "2", str(home)]))]


def _damaged(
    connection: sqlite3.Connection, report: dict[str, Any], command: _Command
) -> list[dict[str, Any]]:
    # What was mended by itself, once, needs nobody; again and again it may be the disk.
    found = rows(
        connection,
        "SELECT part, SUBSTR(cause, 1, 600) AS cause, COUNT(*) AS times FROM faults"
        " WHERE run_id = :run AND kind = 'damaged' GROUP BY 1, 2"
        " HAVING times > 1 OR SUM(over_at IS NULL) ORDER BY 3 DESC LIMIT 5",
        run=report["run"]["run"],
    )
    told = []
    for one in found:
        again = f", {one['times']} times" if one["times"] > 1 else ""
        what = f"Found damaged ({text(one['part'], 40)}{again}): {text(one['cause'])}"
        checkpoint = "checkpoint" in str(one["cause"]) or one["part"] in ("world", "checkpoint")
        words = ("checkpoint", "list") if checkpoint else ("doctor",)
        told.append(_decision("damaged", what, command(*words)))
    for one in report["acts"]["checkpoints"]["failed"]:
        what = f"{plural(one['times'], 'checkpoint')} could not be taken: {one['reason']}"
        told.append(_decision("checkpoints", what, command("checkpoint", "list")))
    return told


def _budgets(report: dict[str, Any], command: _Command) -> list[dict[str, Any]]:
    run = report["run"]
    goal = ["--goal", run["goal"]] if run["goal"] else []
    world = ["--world", run["world"]] if run["world"] != "default" else []
    if run["server"] != "embedded":
        world = ["--server", run["server"]]
    told = []
    for one in report["costs"]["budgets_spent"]:
        what = f"The budget of {one['limit']} for the {one['budget']} was spent."
        if one["budget"] != "run":
            name = one["budget"]
            what += f" To raise it, set {name} in the section budget of voyager.toml and play on."
            told.append(_decision("budget", what, command("play", *goal, *world)))
            continue
        what += " To go on with a model, play with twice as much."
        more = _doubled(one["limit"])
        told.append(_decision("budget", what, command("play", *goal, *world, "--budget", more)))
    return told


def _doubled(limit: str) -> str:
    """Twice an amount as people write it; an amount that is none stays what it is."""
    found = re.fullmatch(r"([\d.,]+)\s*(.*)", limit)
    try:
        value = 2 * float(found[1].replace(",", "")) if found else 0.0
    except ValueError:
        return limit
    return f"{value:.12g} {found[2]}".strip() if found else limit


def _faults(report: dict[str, Any], command: _Command) -> list[dict[str, Any]]:
    often = [
        f"{one['part']} {one['kind']} ({one['count']} times)"
        for one in report["faults"]["by_kind"]
        if one["count"] >= AGAIN_AND_AGAIN and one["kind"] != "damaged"
    ]
    if not often:
        return []
    what = f"Faults that came again and again, and may have one cause: {', '.join(often[:8])}."
    return [_decision("fault", what, command("doctor"))]


def _tasks(report: dict[str, Any], command: _Command) -> list[dict[str, Any]]:
    told = []
    for one in report["failures"]["put_off"]:
        if one["times"] >= PUT_OFF_OFTEN:
            what = (
                f"A task was put off {one['times']} times: {one['task']}. {one['reason']}"
                " Advice may help, if a model plays; fill it in."
            )
            advice = f"{one['task'][:80]}: ..."
            told.append(_decision("task", what, command("tell", advice)))
    return told[:5]


def _skills(report: dict[str, Any], command: _Command) -> list[dict[str, Any]]:
    skills, told = report["skills"], list[dict[str, Any]]()
    for one in skills["failing"]:
        if _NAME.fullmatch(one["name"]):
            what = (
                f"{one['name']} failed {one['failed']} times and worked {one['worked']} times when"
                " it was called as it stands."
            )
            told.append(_decision("ban", what, command("skills", "ban", one["name"])))
    active = [s for s in skills["new"] if s["version"] == s["active_version"] and not s["banned"]]
    candidates = [s for s in active if s["status"] == "candidate"]
    tried = [
        s
        for s in active
        if s["status"] == "verified"
        and s["successes"] >= WELL_TRIED
        and not s["failures"]
        and not s["pinned"]
        and s["name"] not in {one["name"] for one in skills["failing"]}
    ]
    out = [s for s in skills["given_up"] if s["change"] == s["status_now"] == "quarantined"]
    told += _of_names(
        "approve",
        candidates,
        "worked once, not tried again yet",
        ("skills", "verify"),
        command,
    )
    told += _of_names("quarantined", out, "broke, not used any more", ("skills", "verify"), command)
    told += _of_names(
        "pin",
        tried,
        "worked every time; what is pinned is not changed any more",
        ("skills", "pin"),
        command,
    )
    return told


def _of_names(
    kind: str,
    skills: list[dict[str, Any]],
    how: str,
    words: tuple[str, ...],
    command: _Command,
) -> list[dict[str, Any]]:
    names = list(dict.fromkeys(s["name"] for s in skills if _NAME.fullmatch(s["name"])))
    if not names:
        return []
    shown = names[:NAMES_IN_A_COMMAND]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    what = f"{plural(len(names), 'skill')} {how}: {', '.join(shown)}{more}."
    return [_decision(kind, what, command(*words, *shown))]
