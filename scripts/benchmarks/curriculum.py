"""How far a model gets that errs: tasks until the first tool of each kind, items, calls, rescues.

A loopback endpoint answers as a middling model would, with mistakes at the given rates, so no key
is needed and the same seed errs in the same way. Played in simulated time; a line for each sitting
goes to standard error as it ends. Compare `tasks_to_*` with what others tell of their iterations.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections import defaultdict
from contextlib import closing, suppress
from pathlib import Path

from benchmarks.measure import Figure, figure
from benchmarks.parts.sittings import play

from voyager.language_models.fallible import FallibleModel
from voyager.language_models.replay.replay_server import ReplayServer

MATERIALS = ("wooden", "stone", "iron", "diamond")
TOOLS = ("pickaxe", "axe", "sword", "shovel", "hoe")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--seeds", default="1,2,3", help="worlds, a list (default: 1,2,3)")
    parser.add_argument("--error-rates", default="0,0.2,0.5", help="a list (default: 0,0.2,0.5)")
    parser.add_argument("--goal", help="an item or words (default: none, open-ended)")
    parser.add_argument("--tasks", type=int, default=160, help="at most (default: 160)")


def run(options: argparse.Namespace) -> dict[str, Figure]:
    """Play every world at every rate and return the figures by name."""
    figures: dict[str, Figure] = {}
    for rate in options.error_rates.split(","):
        values: dict[str, list[float]] = defaultdict(list)
        units: dict[str, str] = {}
        for seed in options.seeds.split(","):
            for name, value, unit in _played(int(seed), float(rate), options):
                values[name].append(value)
                units[name] = unit
        figures |= {
            f"errors_{rate}_{name}": figure(found, units[name])
            for name, found in sorted(values.items())
        }
    return figures


def _played(
    seed: int, error_rate: float, options: argparse.Namespace
) -> list[tuple[str, float, str]]:
    """One sitting, measured by its journal."""
    goal = ("--goal", options.goal) if options.goal else ()
    with tempfile.TemporaryDirectory() as home:
        model = FallibleModel(seed, error_rate)
        # One that gets stuck is measured as well: its journal is there.
        with ReplayServer(model) as endpoint, suppress(RuntimeError):
            play(
                *(Path(home), "--seed", str(seed), "--tasks", str(options.tasks), *goal),
                *("--model", "fallible", "--base-url", endpoint.base_url, "--world-rate", "max"),
                OPENAI_API_KEY="any",
            )
        with closing(sqlite3.connect(Path(home) / "voyager.db")) as connection:
            found = [*_reached(connection), *_spent(connection)]
            status, reason = connection.execute("SELECT status, reason FROM runs").fetchone()
    told = ", ".join(f"{name} {value:.3g}" for name, value, _ in found)
    sys.stderr.write(f"seed {seed}, errors {error_rate:g}: {status}, {reason}: {told}\n")
    return found


def _reached(connection: sqlite3.Connection) -> list[tuple[str, float, str]]:
    """Tasks until the first tool of each material, where one was made, and all items."""
    first: dict[str, int] = {}
    for name, iteration in connection.execute("SELECT name, iteration FROM milestones ORDER BY id"):
        first.setdefault(name, iteration)
    found: list[tuple[str, float, str]] = [("items", len(first), "different items")]
    for material in MATERIALS:
        made = [first[name] for tool in TOOLS if (name := f"{material}_{tool}") in first]
        found.append((f"reached_{material}", float(bool(made)), "share of the worlds"))
        if made:
            found.append((f"tasks_to_{material}", min(made), "tasks"))
    return found


def _spent(connection: sqlite3.Connection) -> list[tuple[str, float, str]]:
    """What a task took, and who passed it."""

    def count(query: str) -> float:
        return float(connection.execute(query).fetchone()[0] or 0)

    tasks = max(1.0, count("SELECT COUNT(*) FROM tasks"))
    passed = count("SELECT COUNT(*) FROM tasks WHERE status = 'passed'")
    by_other = count(
        "SELECT COUNT(*) FROM attempts a JOIN verdicts v ON v.attempt_id = a.id AND v.passed"
        " WHERE a.writer = 'recipe' AND NOT a.reused"
    )
    programs = count("SELECT COUNT(*) FROM attempts WHERE writer = 'llm' AND NOT reused")
    ran_for_nothing = count(
        "SELECT COUNT(*) FROM attempts a JOIN verdicts v ON v.attempt_id = a.id AND NOT v.passed"
        " WHERE a.writer = 'llm' AND NOT a.reused"
    )
    asked = count("SELECT COUNT(*) FROM model_calls WHERE purpose = 'write'")
    proposed = count("SELECT COUNT(*) FROM tasks WHERE proposer LIKE '%instead of%'")
    return [
        ("tasks", tasks, "tasks"),
        ("passed", passed / tasks, "of the tasks"),
        ("passed_by_planner", by_other / max(1.0, passed), "of those passed"),
        ("proposed_by_planner", proposed / tasks, "of the tasks"),
        ("calls", count("SELECT COUNT(*) FROM model_calls") / tasks, "a task"),
        ("caught_before_running", 1 - min(1.0, programs / max(1.0, asked)), "of programs asked"),
        ("ran_for_nothing", ran_for_nothing / max(1.0, programs), "of programs run"),
        ("game_time", count("SELECT SUM(seconds) FROM executions") / tasks, "seconds a task"),
    ]
