"""The agent, put together: which parts play in one sitting, and how they are opened and closed.

Covers composition only. What the parts do is theirs; the order in which they act is the loop's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from curriculum import game_names
from mc_server import SandboxLayer, ensure_packages, find_node
from skills import ShapeStore, Skill
from voyager.candidates import Trials
from voyager.events import Event
from voyager.home import Home
from voyager.journal.database import time_text
from voyager.journal.journal import Journal
from voyager.journal.journal_records import Run
from voyager.journal.model_books import ModelBooks
from voyager.language_models import ChatModel, MeteredChatModel
from voyager.learning.merging.member import shape_reader
from voyager.learning.merging.twins import Twins
from voyager.limits import Limits, until_seconds
from voyager.loop import Ending, Loop
from voyager.opening.between_tasks import open_between_tasks
from voyager.opening.configuration import Configuration, configuration_of
from voyager.opening.game_opening import Game, open_game
from voyager.opening.kept_settings import settings_to_keep
from voyager.opening.minds import Minds, check_goal
from voyager.opening.minds_opening import open_minds
from voyager.opening.model_opening import OpenModels, open_models
from voyager.opening.records_opening import Records, open_records
from voyager.opening.sandbox_opening import look_at_sandbox
from voyager.opening.settings import PlaySettings
from voyager.steps import Steps
from voyager.watching.standing import standing


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
        except KeyboardInterrupt as error:
            self._give_up("stopped", str(error) or "stopped by hand")
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
    with ExitStack() as stack:
        records = open_records(Home(settings.home), configuration, listener, stack)
        models = None if recorded else _open_models(configuration, records, note)
        ensure_packages(note)
        missing_layers = look_at_sandbox(settings, stack)
        game = open_game(settings, configuration, records, note, stack)
        in_words = recorded is not None or models is not None
        check_goal(settings.goal, game.game_data, in_words=in_words)
        run = _open_run(records.journal, game, settings, configuration)
        records.feed.begin(standing(records.connection, run.id, time_text()))
        chat = _chat(models, recorded, records.books, configuration)
        minds = open_minds(configuration, records, game, run, chat)
        steps = _steps(records, game, minds)
        loop = _loop(game, minds, steps, _limits(settings, configuration))
        loop.between_tasks = open_between_tasks(
            *(settings, configuration, records, game, steps, stack), with_model=chat is not None
        )
        address = f"{game.server.host}:{game.server.port}"
        found = models.found if models else {}
        yield Agent(run, loop, steps, address, missing_layers(), found, records.library.untried)


def _open_run(
    journal: Journal, game: Game, settings: PlaySettings, configuration: Configuration
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
        game.world,
        settings.goal,
        game.game_data.version,
        settings.username,
        configuration.model_name,
        kept,
    )


def _steps(records: Records, game: Game, minds: Minds) -> Steps:
    shapes = ShapeStore(records.connection)
    return Steps(
        records.journal,
        records.library,
        game.keeper,
        game.game_data.version,
        records.books,
        minds.describe,
        names=game_names(game.game_data),
        twin_of=Twins(records.library, shapes, shape_reader(find_node())).of,
    )


def _limits(settings: PlaySettings, configuration: Configuration) -> Limits:
    hours, world_hours = settings.hours, settings.world_hours
    return Limits(
        settings.tasks,
        hours and hours * 3600,
        configuration.attempts.limit,
        until=until_seconds(settings.until),
        world_seconds=world_hours and world_hours * 3600,
    )


def _loop(game: Game, minds: Minds, steps: Steps, limits: Limits) -> Loop:
    deadline = limits.deadline_seconds
    trials = Trials(game.bridge, minds.critic, steps, deadline, game.own_server, minds.chooser)
    return Loop(
        game.bridge,
        minds.proposer,
        minds.retrieve,
        minds.writer,
        minds.critic,
        trials,
        steps,
        limits,
    )


def _open_models(
    configuration: Configuration, records: Records, note: Callable[[str], None]
) -> OpenModels | None:
    if not configuration.models:
        return None
    hear, record = records.feed.hear, records.books.record
    return open_models(configuration.models, configuration.budget, hear, note, record)


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
