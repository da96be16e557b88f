"""The world of a sitting, opened: what the journal knows of it, its server, and a bot in it.

Covers which world is played and how its server and bridge are started for a sitting's settings. Not
covered: what is done in it.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from mc_server import (
    BotSettings,
    BridgeListener,
    Chest,
    EmbeddedServer,
    EmbeddedServerSettings,
    ExternalServer,
    MineflayerBridge,
    Simulation,
    WorldServer,
    find_node,
    ping_server,
)
from skills import primitives_folder, reflexes_folder
from voyager.candidates import forget_trials
from voyager.errors import SettingsError
from voyager.home import Home
from voyager.journal.journal import Journal
from voyager.journal.journal_records import World
from voyager.opening.endurance_settings import DiskSettings
from voyager.opening.settings import EMBEDDED, PlaySettings


def open_world(settings: PlaySettings, journal: Journal, home: Home, stack: ExitStack) -> World:
    """The world as the journal knows it; a new one is remembered with its seed.

    When the sitting then fails before its run has begun, `stack` forgets the new world again: a
    command with a mistake in it must not decide which world the next one gets.
    """
    world = journal.world(settings.world_name)
    if world is None:
        seed = None
        if settings.server == EMBEDDED:
            seed = settings.seed if settings.seed is not None else secrets.randbelow(2**31)
        world = journal.add_world(settings.world_name, settings.server, seed)
        folder = home.worlds / world.name
        stack.callback(_forget_unplayed, journal, world, None if folder.exists() else folder)
        return world
    if settings.seed is not None and settings.seed != world.seed:
        raise SettingsError(
            f"World '{world.name}' was made with seed {world.seed}, not {settings.seed}:"
            " leave out --seed, or play another world with --world."
        )
    return world


def _forget_unplayed(journal: Journal, world: World, folder: Path | None) -> None:
    if journal.run is None:
        journal.forget_world(world)
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def start_server(
    settings: PlaySettings,
    home: Home,
    world: World,
    note: Callable[[str], None],
    stack: ExitStack,
    disk: DiskSettings,
    listener: BridgeListener,
) -> WorldServer:
    """A running server, whose faults `listener` hears.

    `stack` stops it again, even when Ctrl-C comes while it starts.
    """
    if settings.server != EMBEDDED:
        note(f"looking for a server at {settings.server}")
        foreign = ExternalServer(settings.server)
        ping_server(foreign.host, foreign.port)
        note("this server keeps its own world: what is kept here is the agent's side alone")
        note("no new skill is tried beside play there: its next use shows whether it works")
        return foreign
    note(f"starting the world '{world.name}' (seed {world.seed})")
    kind = Simulation if settings.simulated else EmbeddedServer
    embedded = kind(
        EmbeddedServerSettings(
            world_folder=home.worlds / world.name,
            seed=world.seed or 0,
            port=settings.port,
            world_rate=settings.world_rate,
            difficulty=settings.difficulty,
            log_file=home.logs / "embedded-server.log",
            log_bytes=disk.log_bytes,
            node=find_node(),
        ),
        lambda event: _tell_of_fault(event, listener),
    )
    stack.callback(embedded.stop)
    embedded.start()
    if forget_trials(embedded):
        note("programs were being tried when this world was played last: it is as before them")
    return embedded


def _tell_of_fault(event: Mapping[str, Any], listener: BridgeListener) -> None:
    if event.get("event") == "fault":
        listener.fault_happened("server", event["kind"], event["cause"])


def open_bridge(
    settings: PlaySettings,
    server: WorldServer,
    note: Callable[[str], None],
    listener: BridgeListener | None = None,
    reflexes: tuple[str, ...] = (),
    chests: tuple[Chest, ...] = (),
) -> MineflayerBridge:
    return MineflayerBridge(
        BotSettings(
            host=server.host,
            port=server.port,
            username=settings.username,
            primitives_folder=primitives_folder(),
            version=settings.version,
            world_rate=settings.world_rate,
            simulation=server.name if isinstance(server, Simulation) else None,
            line_of_sight=settings.line_of_sight,
            patience_seconds=settings.server_patience,
            reflexes=reflexes,
            reflexes_folder=reflexes_folder(),
            chests=chests,
        ),
        find_node(),
        revive_server=server.revive,
        note=note,
        listener=listener,
    )
