"""The gym beside a sitting: where candidates are tried, on the embedded server."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack

from curriculum import game_names
from mc_server import EmbeddedServer, GameData, WorldServer, find_node
from skills import SkillLibrary, primitives_folder
from voyager.gym.skill_gym import SkillGym
from voyager.home import Home
from voyager.journal.journal import Journal
from voyager.learning.promotion import Promotion
from voyager.opening.settings import PlaySettings
from voyager.uses.execution_uses import PlayedOn


def open_gym(
    settings: PlaySettings,
    home: Home,
    journal: Journal,
    library: SkillLibrary,
    server: WorldServer,
    game_data: GameData,
    stack: ExitStack,
) -> Callable[[], None]:
    """What is to be called between two tasks, so that candidates are tried; `stack` ends it.

    On a server of somebody else, and without a gym, a candidate is verified by its next use.
    """
    if not settings.gym or not isinstance(server, EmbeddedServer):
        return lambda: None
    # What a sitting that was killed has left; nobody else plays in this home folder.
    shutil.rmtree(home.gym, ignore_errors=True)
    promotion = Promotion(
        journal,
        library,
        SkillGym(find_node(), home.gym, primitives_folder(), parallel=1),
        PlayedOn(game_data.version, game_names(game_data)),
        journal.current_run.world.seed or 0,
        settings.simulated,
        game_data,
    )
    stack.callback(promotion.close)
    return promotion.between_tasks
