"""Who decides in a sitting, put together: planner or model, and what stands around its proposer."""

from __future__ import annotations

from functools import partial

from mc_server import EmbeddedServer
from voyager.journal.game_questions import GameAnswers
from voyager.journal.goal_tree_store import GoalTreeStore
from voyager.journal.journal_records import Run
from voyager.journal.progress import WorldProgress
from voyager.journal.wishes import Wishes
from voyager.language_models import ChatModel
from voyager.opening.configuration import Configuration
from voyager.opening.game_opening import Game
from voyager.opening.minds import Minds, planner_minds
from voyager.opening.model_minds import ModelMinds
from voyager.opening.records_opening import Records
from voyager.opening.unsticking_opening import with_ladder
from voyager.opening.upkeep_opening import with_reserve
from voyager.unsticking.ladder import note_for_model
from voyager.upkeep.death_book import DeathBook
from voyager.upkeep.lessons import lessons


def open_minds(
    configuration: Configuration, records: Records, game: Game, run: Run, chat: ChatModel | None
) -> Minds:
    """The minds for the run's goal; without `chat` all is planned."""
    journal, game_data = records.journal, game.game_data
    if chat is None:
        minds = planner_minds(game_data, records.library, run.goal)
    else:
        minds = _model_minds(configuration, records, game, run, chat).minds(run.goal)
    minds = with_reserve(minds, journal, game_data, run.goal, configuration.upkeep)
    return with_ladder(minds, journal, game_data, run.goal, configuration.unsticking.active)


def _model_minds(
    configuration: Configuration, records: Records, game: Game, run: Run, chat: ChatModel
) -> ModelMinds:
    connection, journal = records.connection, records.journal
    return ModelMinds(
        chat,
        configuration,
        game.game_data,
        records.library,
        GameAnswers(connection, game.game_data.version, records.embedder),
        GoalTreeStore(connection, run.id, records.feed.hear),
        Wishes(connection, game.world.id, journal),
        WorldProgress(connection, game.world.id),
        records.books.tell,
        isinstance(game.server, EmbeddedServer),
        partial(note_for_model, journal),
        partial(lessons, DeathBook(journal)),
    )
