"""`voyager skills list`, `show` and `search`."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from typing import Any

from skills import Skill, SkillLibrary, open_library
from voyager.command_line.spending import cost_text, count_of
from voyager.command_line.tables import print_json, print_table
from voyager.errors import SettingsError
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.reports.spend_reports import cost_of_learning


def run(options: argparse.Namespace) -> int:
    """Print all skills, one, or those nearest to a text."""
    home = Home(options.home)
    with (
        open_journal(home) as connection,
        closing(open_library(connection, home.index)) as library,
    ):
        return _run(connection, library, options)


def _run(connection: sqlite3.Connection, library: SkillLibrary, options: argparse.Namespace) -> int:
    if options.action == "show":
        skill = library.get(options.name)
        learning = cost_of_learning(connection, skill.name, skill.provenance)
        _show(skill, learning, options.json)
        return 0
    if options.action == "search":
        if options.limit < 1:
            raise SettingsError("--limit is at least 1.")
        found = library.search(options.text, limit=options.limit)
        rows = [as_json(skill) | {"score": round(score, 4)} for skill, score in found]
    else:
        rows = [as_json(skill) for skill in library.list()]
    if options.json:
        print_json(rows)
    elif rows:
        _print_rows(rows)
    else:
        print("No skills yet." if options.action == "list" else "No skill comes near that.")
    return 0


def as_json(skill: Skill) -> dict[str, Any]:
    """A skill as scripts read it, without its source."""
    return {
        "name": skill.name,
        "version": skill.version,
        "status": skill.status.value,
        "description": skill.description,
        "when_to_use": skill.when_to_use,
        "calls": list(skill.calls),
        "successes": skill.successes,
        "failures": skill.failures,
        "source_run": skill.provenance.run_id,
    }


def _print_rows(rows: list[dict[str, Any]]) -> None:
    scored = "score" in rows[0]
    columns = ("skill", "version#", "status", "worked#", "failed#", "description")
    print_table(
        (*columns, "score#") if scored else columns,
        (
            (
                r["name"],
                r["version"],
                r["status"],
                r["successes"],
                r["failures"],
                r["description"],
                *((r["score"],) if scored else ()),
            )
            for r in rows
        ),
    )


def _show(skill: Skill, learning: dict[str, Any] | None, as_script: bool) -> None:
    if as_script:
        more = {"source": skill.source, "contract": dict(skill.contract), "learning": learning}
        print_json(as_json(skill) | more)
        return
    origin = skill.provenance
    print(f"{skill.name}, version {skill.version}, {skill.status.value}")
    print(f"{skill.description}\n{skill.when_to_use}")
    print(f"worked: {skill.successes}, failed: {skill.failures}")
    print(f"from run {origin.run_id}, task '{origin.task}', attempt {origin.attempt}", end="")
    print(f", written by {origin.model or origin.writer}, game version {origin.game_version}")
    print(f"calls {', '.join(skill.calls) or 'nothing'}")
    if learning:
        tokens = learning["input_tokens"] + learning["output_tokens"]
        calls = count_of(learning["calls"], "call")
        print(f"learned with {calls} of a language model, {tokens} tokens", end="")
        print(f", cost {cost_text(learning['cost'])}")
    print(f"\n{skill.source.rstrip()}")
