"""What is seen to between two tasks, in the order in which it is done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from voyager.journal.packing import Packing
from voyager.opening.configuration import Configuration
from voyager.opening.game_opening import Game
from voyager.opening.gym_opening import open_gym
from voyager.opening.records_opening import Records
from voyager.opening.settings import PlaySettings
from voyager.opening.unsticking_opening import open_ladder
from voyager.opening.upkeep_opening import open_upkeep
from voyager.steps import Steps


def open_between_tasks(
    settings: PlaySettings,
    configuration: Configuration,
    records: Records,
    game: Game,
    steps: Steps,
    stack: ExitStack,
    *,
    with_model: bool,
) -> Callable[[], None]:
    """The bot's upkeep, the ladder, the gym, the journal's packing, and last the checkpoint.

    All of it is one call; `stack` ends what goes on beside play.
    """
    journal, bridge, game_data = records.journal, game.bridge, game.game_data
    goal, upkeep = settings.goal, configuration.upkeep
    parts = [
        open_upkeep(upkeep, journal, bridge, steps, game_data, goal, with_model=with_model),
        open_ladder(configuration.unsticking, journal, bridge, steps, with_model),
        open_gym(settings, records.home, journal, records.library, game.server, game_data, stack),
    ]
    if configuration.disk.compress_transcripts:
        parts.append(Packing(journal).between_tasks)
    parts.append(game.take_checkpoint)

    def call_each() -> None:
        for part in parts:
            part()

    return call_each
