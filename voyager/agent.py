"""The agent, put together: which parts play in one sitting, and how they are opened and closed.

Covers composition only. What the parts do is theirs; the order in which they act is the loop's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from curriculum import game_names
from mc_server import (
    Bridge,
    EmbeddedServer,
    GameData,
    SandboxLayer,
    WorldServer,
    ensure_packages,
    find_node,
    sandbox_layers,
)
from skills import MiniLmEmbedder, ShapeStore, Skill, open_library
from voyager.candidates import Trials
from voyager.diagnostics import diagnostics_in
from voyager.errors import SandboxError
from voyager.events import Event
from voyager.home import Home
from voyager.journal.database import (
    acquire_home_lock,
    database_errors,
    open_database,
    time_text,
)
from voyager.journal.game_questions import GameAnswers
from voyager.journal.goal_tree_store import GoalTreeStore
from voyager.journal.journal import Journal
from voyager.journal.journal_opening import MIGRATIONS
from voyager.journal.journal_records import Run, World
from voyager.journal.model_books import ModelBooks
from voyager.journal.packing import Packing
from voyager.journal.progress import WorldProgress
from voyager.journal.wishes import Wishes
from voyager.language_models import ChatModel, MeteredChatModel
from voyager.learning.merging.member import shape_reader
from voyager.learning.merging.twins import Twins
from voyager.limits import Limits, until_seconds
from voyager.loop import Ending, Loop
from voyager.opening.between_tasks import in_turn
from voyager.opening.checkpoint_opening import home_set_right, mend, open_checkpoints
from voyager.opening.configuration import Configuration, configuration_of
from voyager.opening.gym_opening import open_gym
from voyager.opening.kept_settings import settings_to_keep
from voyager.opening.minds import Minds, check_goal, planner_minds
from voyager.opening.model_minds import ModelMinds
from voyager.opening.model_opening import OpenModels, open_models
from voyager.opening.settings import PlaySettings
from voyager.opening.supervising import open_supervision
from voyager.opening.unsticking_opening import open_ladder, with_ladder
from voyager.opening.upkeep_opening import open_upkeep, with_reserve
from voyager.opening.world_opening import open_bridge, open_world, start_server
from voyager.steps import Steps
from voyager.supervision.bridge_news import BridgeNews
from voyager.supervision.fault_book import FaultBook
from voyager.supervision.index_news import index_news
from voyager.supervision.life_line import LifeLine
from voyager.supervision.patient_writing import PatientKeeper
from voyager.unsticking.ladder import note_for_model
from voyager.upkeep.chest_book import ChestBook
from voyager.upkeep.death_book import DeathBook
from voyager.upkeep.lessons import lessons
from voyager.watching.feed import LiveFeed
from voyager.watching.standing import standing
from voyager.watching.trail import Trail


@dataclass(frozen=True)
class Agent:
    """One sitting, ready to play.

    `address` is where the world can be looked at, `missing_layers` what programs lack around them,
    `models` what each role's model can do.
    """

    run: Run
    loop: Loop
    steps: Steps
    address: str
    missing_layers: tuple[SandboxLayer, ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)
    untried: Callable[[], Sequence[Skill]] = tuple
    """The skills that have not worked from another start yet."""

    def play(self) -> Ending:
        """Play to the end of the sitting; however it ends, the journal says so if it can."""
        try:
            self.steps.sitting_begun(self.loop.bridge.observe())
            if self.missing_layers:
                missing = {layer.name: layer.why for layer in self.missing_layers}
                self.steps.sandbox_incomplete(missing)
            if self.models:
                self.steps.models_ready(self.models)
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
        self.steps.sitting_ended(ending.status, ending.reason)
        return ending

    def _give_up(self, status: str, reason: str) -> None:
        """Note why the sitting ends early. What ended it may forbid that too, and counts more."""
        with suppress(Exception):
            self.steps.sitting_ended(status, reason)


@contextmanager
def open_agent(
    settings: PlaySettings,
    listener: Callable[[Event], None],
    note: Callable[[str], None] = lambda _: None,
    recorded: ChatModel | None = None,
) -> Iterator[Agent]:
    """Open everything a sitting needs and close it after; `note` gets lines on what is under way.

    `recorded` answers in the place of every model, for a run that is played again.
    Raises the errors of every room; nothing is left running when it does.
    """
    settings.check()
    configuration = configuration_of(settings)
    home = Home(settings.home)
    home.prepare()
    with ExitStack() as stack:
        stack.enter_context(acquire_home_lock(home.folder))
        stack.enter_context(diagnostics_in(home.logs, configuration.disk.log_bytes))
        stack.enter_context(home_set_right(home))
        stack.enter_context(database_errors(home.database))
        feed = stack.enter_context(LiveFeed(home.folder, listener, LifeLine.keeper))
        listener = feed.hear
        connection = stack.enter_context(closing(open_database(home.database, MIGRATIONS)))
        journal = Journal(connection, listener)
        faults = FaultBook(journal)
        stack.enter_context(index_news(faults))
        trail = Trail(journal)
        feed.pass_on_to(trail.hear)
        books = ModelBooks(journal)
        models = _open_models(configuration, listener, note, books) if recorded is None else None
        ensure_packages(note)
        embedder = MiniLmEmbedder()
        library = stack.enter_context(closing(open_library(connection, home.index, embedder)))
        # Seconds of work that nothing needs before the bot stands in the world.
        stack.enter_context(ThreadPoolExecutor(1)).submit(library.open_index_ahead)
        missing_layers = _look_at_sandbox(settings, stack)
        world = open_world(settings, journal, home, stack)
        writing = open_supervision(journal, faults, home, note, feed.pass_on_to, stack)
        mend(home, world, faults, note)
        checkpoints = open_checkpoints(configuration, home, journal, faults, stack)
        news = BridgeNews(journal, faults, listener, trail.seen)
        server = start_server(settings, home, world, note, stack, configuration.disk, news)
        note("joining the world")
        reflexes = configuration.reflexes.names()
        chests = ChestBook(connection, world.id).remembered()
        bridge = open_bridge(settings, server, note, news, reflexes, chests)
        stack.enter_context(closing(bridge))
        game_data = bridge.join()
        check_goal(settings.goal, game_data, in_words=recorded is not None or models is not None)
        run = _open_run(journal, world, settings, configuration, game_data)
        feed.begin(standing(connection, run.id, time_text()))
        chat = _chat(models, recorded, books, configuration)
        if chat is None:
            minds = planner_minds(game_data, library, settings.goal)
        else:
            minds = ModelMinds(
                chat,
                configuration,
                game_data,
                library,
                GameAnswers(connection, game_data.version, embedder),
                GoalTreeStore(connection, run.id, listener),
                Wishes(connection, world.id, journal),
                WorldProgress(connection, world.id),
                books.tell,
                isinstance(server, EmbeddedServer),
                partial(note_for_model, journal),
                partial(lessons, DeathBook(journal)),
            ).minds(settings.goal)
        upkeep, unsticking = configuration.upkeep, configuration.unsticking
        minds = with_reserve(minds, journal, game_data, settings.goal, upkeep)
        minds = with_ladder(minds, journal, game_data, settings.goal, unsticking.active)
        steps = Steps(
            journal,
            library,
            PatientKeeper(server, writing),
            game_data.version,
            books,
            minds.describe,
            names=game_names(game_data),
            twin_of=Twins(library, ShapeStore(connection), shape_reader(find_node())).of,
        )
        loop = _loop(bridge, minds, steps, server, settings, configuration)
        loop.between_tasks = in_turn(
            open_upkeep(
                upkeep,
                journal,
                bridge,
                steps,
                game_data,
                settings.goal,
                with_model=chat is not None,
            ),
            open_ladder(unsticking, journal, bridge, steps, chat is not None),
            open_gym(settings, home, journal, library, server, game_data, stack),
            *([Packing(journal).between_tasks] if configuration.disk.compress_transcripts else []),
            partial(checkpoints, server),
        )
        address = f"{server.host}:{server.port}"
        found = models.found if models else {}
        yield Agent(run, loop, steps, address, missing_layers(), found, library.untried)


def _open_run(
    journal: Journal,
    world: World,
    settings: PlaySettings,
    configuration: Configuration,
    game_data: GameData,
) -> Run:
    kept = settings_to_keep(
        settings,
        attempts=configuration.attempts,
        writer=configuration.writer,
        critic=configuration.critic,
        reflexes=configuration.reflexes,
        upkeep=configuration.upkeep,
        unsticking=configuration.unsticking,
    )
    return journal.open_run(
        world,
        settings.goal,
        game_data.version,
        settings.username,
        configuration.model_name,
        kept,
    )


def _loop(
    bridge: Bridge,
    minds: Minds,
    steps: Steps,
    server: WorldServer,
    settings: PlaySettings,
    configuration: Configuration,
) -> Loop:
    hours = settings.hours
    limits = Limits(
        settings.tasks,
        hours and hours * 3600,
        configuration.attempts.limit,
        until=until_seconds(settings.until),
        world_seconds=settings.world_hours and settings.world_hours * 3600,
    )
    own = server if isinstance(server, EmbeddedServer) else None
    trials = Trials(bridge, minds.critic, steps, limits.deadline_seconds, own, minds.chooser)
    return Loop(
        bridge,
        minds.proposer,
        minds.retrieve,
        minds.writer,
        minds.critic,
        trials,
        steps,
        limits,
    )


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


def _open_models(
    configuration: Configuration,
    listener: Callable[[Event], None],
    note: Callable[[str], None],
    books: ModelBooks,
) -> OpenModels | None:
    if not configuration.models:
        return None
    return open_models(configuration.models, configuration.budget, listener, note, books.record)


def _chat(
    models: OpenModels | None,
    recorded: ChatModel | None,
    books: ModelBooks,
    configuration: Configuration,
) -> ChatModel | None:
    """What all roles ask, with its calls in the books; None plays without."""
    if recorded is not None:
        return MeteredChatModel(recorded, books.record)
    return models.metered(books, configuration.budget) if models else None


__all__ = ["Agent", "open_agent"]
