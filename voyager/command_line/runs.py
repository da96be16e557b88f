"""`voyager runs list` and `voyager runs show`."""

from __future__ import annotations

import argparse
from typing import Any

from mc_server import ProgramError, TraceEntry
from voyager.command_line.someone_plays import someone_plays
from voyager.command_line.spending import cost_text, print_calls, print_spending
from voyager.command_line.tables import print_json, print_table
from voyager.foreign_text import printable
from voyager.goal_tree_text import goal_lines
from voyager.home import Home
from voyager.journal.journal_opening import open_journal
from voyager.reports.run_reports import list_runs, show_run
from voyager.reports.spend_reports import calls_of


def run(options: argparse.Namespace) -> int:
    """Print all runs, or one."""
    home = Home(options.home)
    with open_journal(home) as connection:
        if options.action == "list":
            runs = [_as_it_stands(one, home) for one in list_runs(connection)]
            print_json(runs) if options.json else _print_list(runs)
        elif options.calls:
            calls = calls_of(connection, show_run(connection, options.run)["run"])
            print_json(calls) if options.json else print_calls(calls)
        else:
            shown = _as_it_stands(show_run(connection, options.run), home)
            print_json(shown) if options.json else _print_run(shown)
    return 0


def _as_it_stands(run: dict[str, Any], home: Home) -> dict[str, Any]:
    """The run; one that nobody ended and nobody plays was `broken off`, and can be gone on with."""
    if run["status"] == "playing" and not someone_plays(home.folder):
        return {**run, "status": "broken off"}
    return run


def _print_list(runs: list[dict[str, Any]]) -> None:
    if not runs:
        print("No runs yet.")
        return
    print_table(
        (
            *("run#", "world", "goal", "status", "passed#", "failed#"),
            *("seconds#", "tokens#", "cost#", "begun"),
        ),
        (
            (
                r["run"],
                r["world"],
                r["goal"] or "open-ended",
                r["status"],
                r["passed"],
                r["failed"],
                f"{r['seconds']:.0f}",
                r["tokens"],
                cost_text(r["cost"]),
                r["started_at"][:19].replace("T", " "),
            )
            for r in runs
        ),
    )


def _print_run(run: dict[str, Any]) -> None:
    goal = run["goal"] or "open-ended"
    print(f"run {run['run']} in {run['world']}: {goal}, {run['status']}. {run['reason']}")
    print(f"{run['seconds']:.0f} s played, game version {run['version']}", end="")
    print(f", model {run['model'] or 'none'}, {run['tokens']} tokens")
    print(f"{run['programs_written']} programs written, {run['programs_reused']} skills reused")
    print()
    _print_goal(run["goal_parts"])
    _print_tasks(run["tasks"])
    for task in run["tasks"]:
        if task["failure"]:
            _print_failure(task)
    print()
    carried = ", ".join(f"{count} {name}" for name, count in sorted(run["inventory"].items()))
    print(f"inventory: {carried or 'empty'}")
    print(f"milestones: {', '.join(m['name'] for m in run['milestones']) or 'none'}")
    print(f"time in programs: {run['game_seconds']:.0f} s of the game; deaths: {run['deaths']}")
    if run["sandbox_missing"]:
        print(f"programs ran without these layers: {', '.join(run['sandbox_missing'])}")
    print(f"new skills: {', '.join(run['skills']) or 'none'}")
    print_spending(run["spending"])


def _print_goal(parts: list[dict[str, Any]]) -> None:
    """The parts of a goal in words, and why some could not be done."""
    told = []
    for part in parts:
        why = f" ({part['critique']})" if part["critique"] else ""
        told.append((part["depth"], part["status"], f"{part['description']}{why}"))
    for line in goal_lines(told):
        print(printable(line))
    if parts:
        print()


def _print_tasks(tasks: list[dict[str, Any]]) -> None:
    if not tasks:
        print("no tasks yet")
        return
    print_table(
        ("#", "task", "status", "attempts#", "seconds#", "tokens#", "cost#", "evidence"),
        (
            (
                t["iteration"],
                t["description"],
                t["status"],
                t["attempts"],
                f"{t['seconds']:.1f}",
                t["tokens"] or "",
                cost_text(t["cost"]) if t["tokens"] else "",
                _evidence(t["verdict"]),
            )
            for t in tasks
        ),
    )


def _print_failure(task: dict[str, Any]) -> None:
    """The last program of a task that was not done: where it failed, and what it did before."""
    failure = task["failure"]
    error = ProgramError(**failure["error"])
    print()
    place = f"task {task['iteration']}, attempt {failure['attempt']}"
    print(printable(f"{place}, {failure['outcome']}: {error}"))
    for line in error.excerpt.splitlines():
        print(f"  {printable(line)}")
    for step in failure["steps"]:
        print(f"  {printable(str(TraceEntry(**step)))}")


def _evidence(verdict: dict[str, Any] | None) -> str:
    if verdict is None:
        return "not judged yet"
    said = "; ".join(verdict["evidence"])
    return said if verdict["passed"] else f"{said.rstrip('.')}. {verdict['critique']}"
