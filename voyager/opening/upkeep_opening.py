"""The upkeep of a sitting, put together: what is called between tasks, and who proposes with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from curriculum import NoPlanError, TechTree, UpkeepFirstProposer
from mc_server import Bridge, GameData, Observation
from voyager.journal.journal import Journal
from voyager.opening.endurance_settings import UpkeepSettings
from voyager.opening.minds import Minds, is_in_words, planning_proposer
from voyager.steps import Steps
from voyager.upkeep.chests import PuttingAway, TakingOut, steps_needed
from voyager.upkeep.death_book import DeathBook
from voyager.upkeep.errand import Duty
from voyager.upkeep.fetching import Fetching
from voyager.upkeep.night import Sheltering, Sleeping
from voyager.upkeep.upkeep import Upkeep
from voyager.upkeep.wearing import Wearing

_DEATHS_REMEMBERED = 20


def with_reserve(
    minds: Minds, journal: Journal, game_data: GameData, goal: str | None, settings: UpkeepSettings
) -> Minds:
    """The same minds, whose proposer keeps a reserve, as far as the settings want one."""
    if not (settings.food or settings.tools or settings.sleep):
        return minds
    deaths = DeathBook(journal)
    proposer = UpkeepFirstProposer(
        minds.proposer,
        game_data,
        _item(goal, game_data),
        lambda: sum(death.by_monster for death in deaths.recent(_DEATHS_REMEMBERED)),
        open_ended=goal is None,
        food=settings.food,
        tools=settings.tools,
        bed=settings.sleep,
    )
    return replace(minds, proposer=proposer)


def open_upkeep(
    settings: UpkeepSettings,
    journal: Journal,
    bridge: Bridge,
    steps: Steps,
    game_data: GameData,
    goal: str | None,
    *,
    with_model: bool,
) -> Callable[[], None]:
    """What is to be called between two tasks."""
    duties: list[tuple[bool, Duty]] = [
        (settings.tools, Wearing()),
        (settings.fetch, Fetching(DeathBook(journal))),
        (settings.sleep, Sleeping()),
        (settings.shelter, Sheltering()),
        (settings.chests, PuttingAway(game_data)),
    ]
    if settings.chests and not with_model:  # a model is shown the chests, and decides itself
        needed = _Needed(game_data, _item(goal, game_data), steps)
        duties.append((True, TakingOut(game_data, needed)))
    chosen = [duty for wanted, duty in duties if wanted]
    return Upkeep(journal, bridge, steps, chosen).between_tasks


class _Needed:
    """What the planner's next steps want to have, as `TakingOut` asks for it."""

    def __init__(self, game_data: GameData, goal: str | None, steps: Steps) -> None:
        self._tree = TechTree(game_data)
        self._goal = goal
        self._planner = planning_proposer(game_data, goal)
        self._steps = steps

    def __call__(self, seen: Observation) -> dict[str, int]:
        item, count = self._goal, 1
        if item is None:
            task = self._planner.propose(seen, self._steps.history()).task
            item = getattr(task.goal, "name", None) if task else None
            count = getattr(task.goal, "count", None) or 1 if task else 1
        try:
            return steps_needed(self._tree, item, count, seen) if item else {}
        except NoPlanError:
            return {}


def _item(goal: str | None, game_data: GameData) -> str | None:
    return None if goal is None or is_in_words(goal, game_data) else goal
