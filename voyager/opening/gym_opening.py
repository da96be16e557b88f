"""The gym: beside a sitting, where candidates are tried, and for a command that needs one.

Covers composition only; on a server of somebody else there is no gym beside a sitting.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from mc_server import EmbeddedServer, GameData, WorldServer, ensure_packages, find_node
from skills import SkillLibrary, primitives_folder
from voyager.gym.scratch_world import scratch_folder
from voyager.gym.skill_gym import SkillGym
from voyager.home import Home
from voyager.journal.journal import Journal
from voyager.learning.promotion import Promotion
from voyager.opening.settings import PlaySettings
from voyager.uses.execution_uses import PlayedOn


@dataclass(frozen=True)
class ScratchGym:
    """A gym with what its worlds are of."""

    gym: SkillGym
    game_data: GameData
    played_on: PlayedOn


@contextmanager
def scratch_gym(parallel: int | None = None) -> Iterator[ScratchGym]:
    """A gym in a folder of its own, which is gone after; Node's packages are installed if need be.

    Raises McServerError where no scratch world can be made, HomeFolderError for the folder.
    """
    ensure_packages()
    with scratch_folder(Path(tempfile.gettempdir())) as folder:
        gym = SkillGym(find_node(), folder, primitives_folder(), parallel)
        game_data = gym.game_data()
        yield ScratchGym(gym, game_data, PlayedOn.of(game_data))


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
        SkillGym(
            *(find_node(), home.gym, primitives_folder()),
            parallel=1,
            # Play waits for a trial where time is simulated, and only there.
            gives_way=not settings.simulated,
        ),
        PlayedOn.of(game_data),
        journal.current_run.world.seed or 0,
        settings.simulated,
        game_data,
    )
    stack.callback(promotion.close)
    return promotion.between_tasks
