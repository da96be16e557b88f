"""`voyager skills merge`: skills that are in the library twice become one."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import asdict
from functools import cache
from typing import Any

from mc_server import ensure_packages, find_node
from skills import MiniLmEmbedder, ShapeStore, SkillLibrary, open_library
from voyager.command_line.exit_codes import GOAL_REACHED, STUCK
from voyager.command_line.tables import print_json
from voyager.events import SkillsMerged
from voyager.home import Home
from voyager.journal.database import transaction
from voyager.journal.journal_opening import open_journal
from voyager.learning.merging.alike import AlikeFinder
from voyager.learning.merging.contract_numbers import literal_text
from voyager.learning.merging.member import shape_reader
from voyager.learning.merging.merge_plan import LeftAlone, MergePlan, Planner
from voyager.learning.merging.merger import Merger
from voyager.learning.merging.sweep import Sweep
from voyager.opening.gym_opening import scratch_gym


def run(options: argparse.Namespace) -> int:
    """Merge, or say what would be merged; 1 when something that was to be merged was not."""
    home = Home(options.home)
    with (
        open_journal(home) as connection,
        closing(open_library(connection, home.index)) as library,
        ExitStack() as stack,
    ):
        names = [library.get(name).name for name in options.names]
        ensure_packages()
        sweep = _sweep(connection, library, names)
        if options.dry_run:
            _tell_plans([*sweep.plans()], options.json)
            return GOAL_REACHED
        return _merge(sweep, _Opening(connection, library, stack), options)


def _sweep(connection: sqlite3.Connection, library: SkillLibrary, names: list[str]) -> Sweep:
    reader = cache(shape_reader(find_node()))
    finder = AlikeFinder(library, ShapeStore(connection), reader, _similarity())
    taken = finder.missing_shapes()
    with transaction(connection):
        finder.keep_shapes(taken)
    return Sweep(library, finder, Planner(library, reader), names)


def _similarity() -> Any:
    embedder = MiniLmEmbedder()
    vector = cache(lambda text: embedder([text])[0])
    return lambda one, other: float(vector(one) @ vector(other))


class _Opening:
    """Opens the gym for the first merge that there is."""

    def __init__(
        self, connection: sqlite3.Connection, library: SkillLibrary, stack: ExitStack
    ) -> None:
        self._connection, self._library, self._stack = connection, library, stack
        self._merger: Merger | None = None

    def carry_out(self, plan: MergePlan) -> SkillsMerged | LeftAlone:
        """See `Merger.carry_out`."""
        if self._merger is None:
            opened = self._stack.enter_context(scratch_gym())
            self._merger = Merger(
                self._connection, self._library, opened.gym, opened.played_on, opened.game_data
            )
        return self._merger.carry_out(plan)


def _merge(sweep: Sweep, opening: _Opening, options: argparse.Namespace) -> int:
    results = []
    for result in sweep.merge(opening.carry_out):
        results.append(result)
        if not options.json:
            print(_result_text(result), flush=True)
    sweep.library.sync_index()
    if options.json:
        merged = [asdict(one) for one in results if isinstance(one, SkillsMerged)]
        left = [asdict(one) for one in results if isinstance(one, LeftAlone)]
        print_json({"merged": merged, "left_alone": left})
    elif not results:
        print("No skill is there twice.")
    return STUCK if any(isinstance(one, LeftAlone) for one in results) else GOAL_REACHED


def _result_text(result: SkillsMerged | LeftAlone) -> str:
    if isinstance(result, LeftAlone):
        return f"{' and '.join(result.names)} stay as they are: {result.reason}"
    return f"{' and '.join(result.merged)} merged into {result.name}: {result.reason}."


def _tell_plans(plans: list[MergePlan | LeftAlone], as_json: bool) -> None:
    if as_json:
        would = [_plan_json(plan) for plan in plans if isinstance(plan, MergePlan)]
        left = [asdict(plan) for plan in plans if isinstance(plan, LeftAlone)]
        print_json({"would_merge": would, "left_alone": left})
        return
    for plan in plans:
        print(_plan_text(plan) if isinstance(plan, MergePlan) else _result_text(plan))
    if not plans:
        print("No skill is there twice.")


def _plan_json(plan: MergePlan) -> dict[str, Any]:
    return {
        "name": plan.kept.name,
        "merged": list(plan.names),
        "reason": plan.reason,
        "callers": [before.name for before, _ in plan.callers],
        "source": plan.kept.source if plan.rewrites else None,
        "arguments": {skill.name: list(given) for skill, given in plan.arguments},
    }


def _plan_text(plan: MergePlan) -> str:
    calls = [
        f"{skill.name} would be {plan.kept.name}({', '.join(map(literal_text, given))})"
        for skill, given in plan.arguments
        if skill.name in plan.names
    ]
    callers = ", ".join(before.name for before, _ in plan.callers)
    changed = f"; changed with it: {callers}" if callers else ""
    return f"{'; '.join(calls)}: {plan.reason}{changed}."
