"""The ladder of a sitting, put together: what is called between tasks, and who proposes on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mc_server import Bridge, GameData, Script
from voyager.journal.journal import Journal
from voyager.opening.endurance_settings import UnstickingSettings
from voyager.opening.minds import Minds, is_in_words, planning_proposer
from voyager.steps import Steps
from voyager.unsticking.ladder import Ladder, rung_in_force
from voyager.unsticking.ladder_proposer import LadderProposer


def with_ladder(
    minds: Minds, journal: Journal, game_data: GameData, goal: str | None, active: bool
) -> Minds:
    """The same minds, whose proposer heeds the ladder where that is `active`."""
    if not active:
        return minds
    item = None if goal is None or is_in_words(goal, game_data) else goal
    planner = planning_proposer(game_data, item)
    proposer = LadderProposer(minds.proposer, planner, lambda: rung_in_force(journal))
    return replace(minds, proposer=proposer)


def open_ladder(
    settings: UnstickingSettings, journal: Journal, bridge: Bridge, steps: Steps, with_model: bool
) -> Callable[[], None]:
    """What is to be called between two tasks."""
    if not settings.active:
        return lambda: None

    def run_script(script: Script, seconds: float) -> None:
        bridge.execute(script, seconds, steps.progress)
        steps.world_kept()

    window_seconds = settings.window_minutes * 60
    return Ladder(journal, run_script, steps.history, window_seconds, with_model).between_tasks
