"""The agent, put together: which parts play in one sitting, and how they are opened and closed.

Covers composition only. What the parts do is theirs; the order in which they act is the loop's.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from curriculum import Goal, LlmProposer, Proposer, Task, TechTreeProposer, goal_to_json
from mc_server import (
    BotSettings,
    EmbeddedServer,
    EmbeddedServerSettings,
    ExternalServer,
    MineflayerBridge,
    SandboxLayer,
    Simulation,
    WorldServer,
    ensure_packages,
    find_node,
    ping_server,
    sandbox_layers,
)
from skills import (
    MIGRATIONS as SKILL_MIGRATIONS,
)
from skills import (
    Skill,
    SkillLibrary,
    SkillStatus,
    open_library,
    primitives_folder,
    primitives_reference,
)
from voyager.checkpoints import Checkpoints
from voyager.critics import StateCritic
from voyager.database import acquire_home_lock, database_errors, open_database
from voyager.diagnostics import diagnostics_in
from voyager.errors import SandboxError, SettingsError
from voyager.events import Event
from voyager.home import Home
from voyager.journal import MIGRATIONS as JOURNAL_MIGRATIONS
from voyager.journal import Journal
from voyager.journal_records import Run, World
from voyager.language_models import MeteredChatModel, ModelSettings, OpenAiChatModel
from voyager.loop import Ending, Limits, Loop
from voyager.records import ProgramWriter
from voyager.settings import EMBEDDED, PlaySettings
from voyager.writers import LlmWriter, RecipeWriter, ReusingWriter

MIGRATIONS = (SKILL_MIGRATIONS, JOURNAL_MIGRATIONS)
SKILLS_RETRIEVED = 5  # as in the Voyager paper: the right skill is among the first 5 in 96.5 %


@dataclass(frozen=True)
class Agent:
    """One sitting, ready to play.

    `address` is where the world can be looked at, `missing_layers` what programs lack around them.
    """

    run: Run
    loop: Loop
    checkpoints: Checkpoints
    address: str
    missing_layers: tuple[SandboxLayer, ...] = ()

    def play(self) -> Ending:
        """Play to the end of the sitting; however it ends, the journal says so if it can."""
        try:
            self.checkpoints.sitting_begun(self.loop.bridge.observe())
            if self.missing_layers:
                missing = {layer.name: layer.why for layer in self.missing_layers}
                self.checkpoints.sandbox_incomplete(missing)
            ending = self.loop.play()
        except KeyboardInterrupt:
            self._give_up("stopped", "stopped by hand")
            raise
        except BrokenPipeError:
            self._give_up("stopped", "nobody reads what is shown")
            raise
        except Exception as error:
            self._give_up("failed", str(error))
            raise
        self.checkpoints.sitting_ended(ending.status, ending.reason)
        return ending

    def _give_up(self, status: str, reason: str) -> None:
        """Note why the sitting ends early. What ended it may forbid that too, and counts more."""
        with suppress(Exception):
            self.checkpoints.sitting_ended(status, reason)


@contextmanager
def open_agent(
    settings: PlaySettings,
    listener: Callable[[Event], None],
    note: Callable[[str], None] = lambda _: None,
) -> Iterator[Agent]:
    """Open everything a sitting needs and close it after; `note` gets lines on what is under way.

    Raises the errors of every room; nothing is left running when it does.
    """
    settings.check()
    home = Home(settings.home)
    home.prepare()
    with ExitStack() as stack:
        stack.enter_context(acquire_home_lock(home.folder))
        stack.enter_context(diagnostics_in(home.logs))
        stack.enter_context(database_errors(home.database))
        connection = stack.enter_context(closing(open_database(home.database, MIGRATIONS)))
        journal = Journal(connection, listener)
        meter = _open_model(settings)
        ensure_packages(note)
        missing_layers = _look_at_sandbox(settings, stack)
        world = _open_world(settings, journal, home, stack)
        server = _start_server(settings, home, world, note, stack)
        note("joining the world")
        bridge = stack.enter_context(closing(_open_bridge(settings, server, note)))
        game_data = bridge.join()
        proposer: Proposer = TechTreeProposer(game_data, settings.goal)
        library = stack.enter_context(closing(open_library(connection, home.index)))
        run = journal.open_run(
            world, settings.goal, game_data.version, settings.username, settings.model
        )
        writer: ProgramWriter = RecipeWriter(game_data)
        retrieve = _every_verified_skill(library)
        if meter is not None:
            proposer = LlmProposer(meter, game_data, proposer, settings.goal)
            writer = LlmWriter(meter, primitives_reference(), game_data)
            retrieve = _nearest_skills(library)
        writer = ReusingWriter(writer, _skills_for(library))
        checkpoints = Checkpoints(journal, library, server, game_data.version, meter)
        limits = Limits(settings.tasks, settings.hours and settings.hours * 3600)
        critic = StateCritic(game_data)
        loop = Loop(bridge, proposer, retrieve, writer, critic, checkpoints, limits)
        yield Agent(run, loop, checkpoints, f"{server.host}:{server.port}", missing_layers())


def _look_at_sandbox(
    settings: PlaySettings, stack: ExitStack
) -> Callable[[], tuple[SandboxLayer, ...]]:
    """What programs will lack around them, looked at while the rest is started.

    Raises SandboxError at once where nothing may be missing.
    """
    looking = stack.enter_context(ThreadPoolExecutor(1)).submit(sandbox_layers, find_node())

    def missing() -> tuple[SandboxLayer, ...]:
        return tuple(layer for layer in looking.result() if not layer.active)

    if settings.require_sandbox and missing():
        names = ", ".join(layer.name for layer in missing())
        raise SandboxError(
            f"Programs would run without these layers of the sandbox: {names}. `voyager doctor`"
            " says what to do about each; without --require-sandbox it is played all the same."
        )
    return missing


def _open_model(settings: PlaySettings) -> MeteredChatModel | None:
    if settings.model is None:
        return None
    return MeteredChatModel(OpenAiChatModel(ModelSettings(settings.model, settings.base_url)))


def _open_world(settings: PlaySettings, journal: Journal, home: Home, stack: ExitStack) -> World:
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


def _start_server(
    settings: PlaySettings,
    home: Home,
    world: World,
    note: Callable[[str], None],
    stack: ExitStack,
) -> WorldServer:
    """A running server; `stack` stops it again, even when Ctrl-C comes while it starts."""
    if settings.server != EMBEDDED:
        note(f"looking for a server at {settings.server}")
        foreign = ExternalServer(settings.server)
        ping_server(foreign.host, foreign.port)
        note("this server keeps its own world: what is kept here is the agent's side alone")
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
            node=find_node(),
        )
    )
    stack.callback(embedded.stop)
    embedded.start()
    return embedded


def _open_bridge(
    settings: PlaySettings, server: WorldServer, note: Callable[[str], None]
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
            patience_seconds=settings.patience,
        ),
        find_node(),
        revive_server=server.revive,
        note=note,
    )


def _every_verified_skill(library: SkillLibrary) -> Callable[[Task], Sequence[Skill]]:
    """For the planner, which looks skills up by contract and pays nothing for many."""
    return lambda _: library.list(SkillStatus.VERIFIED)


def _nearest_skills(library: SkillLibrary) -> Callable[[Task], Sequence[Skill]]:
    """For a language model, which pays for each: the nearest by meaning."""
    return lambda task: [
        skill for skill, _ in library.search(task.description, limit=SKILLS_RETRIEVED)
    ]


def _skills_for(library: SkillLibrary) -> Callable[[Goal], Sequence[Skill]]:
    """The skills whose contract may be the goal, the most successful first."""

    def candidates(goal: Goal) -> Sequence[Skill]:
        wanted = goal_to_json(goal)
        return library.find_by_contract(wanted["type"], wanted.get("name"))

    return candidates


@contextmanager
def open_journal(home: Home) -> Iterator[sqlite3.Connection]:
    """The database of a home folder, to read from; SettingsError where nothing was played."""
    if not home.exists():
        raise SettingsError(
            f"Nothing was played in {home.folder} yet: run `voyager play` first, or name another"
            " folder with --home."
        )
    with (
        database_errors(home.database),
        closing(open_database(home.database, MIGRATIONS)) as connection,
    ):
        yield connection


__all__ = ["Agent", "open_agent", "open_journal"]
