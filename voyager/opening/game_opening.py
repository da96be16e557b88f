"""The game of a sitting, opened: its world on a running server, and a bot that stands in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass

from mc_server import (
    EmbeddedServer,
    GameData,
    MineflayerBridge,
    WorldServer,
    in_embedded_world,
)
from voyager.journal.journal_records import World
from voyager.opening.checkpoint_opening import mend, open_checkpoints
from voyager.opening.configuration import Configuration
from voyager.opening.records_opening import Records
from voyager.opening.settings import PlaySettings
from voyager.opening.supervising import open_supervision
from voyager.opening.world_opening import open_bridge, open_world, start_server
from voyager.supervision.bridge_news import BridgeNews
from voyager.supervision.patient_writing import PatientKeeper
from voyager.upkeep.chest_book import ChestBook


@dataclass(frozen=True)
class Game:
    """The parts, open. `keeper` keeps the world, and waits where the disk is full.

    `take_checkpoint` is to be called between two tasks: it takes one where one is due.
    """

    world: World
    server: WorldServer
    keeper: PatientKeeper
    bridge: MineflayerBridge
    game_data: GameData
    take_checkpoint: Callable[[], None]

    @property
    def own_server(self) -> EmbeddedServer | None:
        """The server, if its world is ours to put back."""
        return self.server if isinstance(self.server, EmbeddedServer) else None


def open_game(
    settings: PlaySettings,
    configuration: Configuration,
    records: Records,
    note: Callable[[str], None],
    stack: ExitStack,
) -> Game:
    """Start the server and join; `stack` ends both again.

    Raises SettingsError for a world that is another, and the errors of `mc_server`.
    """
    home, journal, faults = records.home, records.journal, records.faults
    world = open_world(settings, journal, home, stack)
    writing = open_supervision(journal, faults, home, note, records.feed.pass_on_to, stack)
    mended = mend(home, world, faults, note)
    checkpoints = open_checkpoints(configuration, home, journal, faults, stack)
    news = BridgeNews(journal, faults, records.feed.hear, records.trail.seen)
    server = start_server(settings, home, world, note, stack, configuration.disk, news)
    note("joining the world")
    chests = ChestBook(records.connection, world.id).remembered()
    reflexes = configuration.reflexes.names()
    bridge = open_bridge(settings, server, note, news, reflexes, chests)
    stack.enter_context(closing(bridge))
    game_data = bridge.join()
    if isinstance(server, EmbeddedServer):
        game_data = in_embedded_world(game_data)
    mended()
    return Game(
        *(world, server, PatientKeeper(server, writing), bridge, game_data),
        lambda: checkpoints(server),
    )
