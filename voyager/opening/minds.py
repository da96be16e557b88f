"""Who thinks in a sitting: proposer, writer and critic, with a language model or without.

Covers composition only. Without a model the planner proposes and writes; with one it is what the
model falls back on (`model_minds.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from curriculum import (
    Proposer,
    Task,
    TechTree,
    TechTreeProposer,
    UnknownItemError,
    WayfaringProposer,
)
from mc_server import GameData, Observation
from skills import Skill, SkillLibrary
from voyager.candidates import Chooser
from voyager.critics import StateCritic
from voyager.errors import SettingsError
from voyager.opening.known_skills import experience_of, skills_for, skills_on_the_way
from voyager.records import Critic, Program, ProgramWriter
from voyager.writers import CoveringWriter, RecipeWriter, ReusingWriter


def as_it_is(task: Task, program: Program) -> Program:
    """For a program that nobody describes better than it does itself."""
    return program


@dataclass(frozen=True)
class Minds:
    """The parts of the loop that decide.

    `chooser` chooses among programs where they cannot be tried, `describe` puts a program that
    passed into words.
    """

    proposer: Proposer
    retrieve: Callable[[Task, Observation], Sequence[Skill]]
    writer: ProgramWriter
    critic: Critic
    chooser: Chooser | None = None
    describe: Callable[[Task, Program], Program] = as_it_is


def planner_minds(game_data: GameData, library: SkillLibrary, goal: str | None) -> Minds:
    """All without a model. Raises UnknownItemError for a goal that is no item of this version."""
    tree = TechTree(game_data)
    on_the_way = skills_on_the_way(library, tree)
    planner = RecipeWriter(game_data, experience_of(library, tree))
    return Minds(
        planning_proposer(game_data, goal),
        lambda task, _: on_the_way(task),
        knowing_writer(planner, game_data, library),
        StateCritic(game_data),
    )


def planning_proposer(game_data: GameData, goal: str | None) -> Proposer:
    """The planner, which goes elsewhere where it knows nothing better."""
    planner = TechTreeProposer(game_data, goal)
    return WayfaringProposer(planner, game_data, endless=goal is None)


def knowing_writer(
    writer: ProgramWriter, game_data: GameData, library: SkillLibrary
) -> ProgramWriter:
    """Skills where the library covers the goal, else what `writer` writes."""
    tree, fitting = TechTree(game_data), skills_for(library)
    on_the_way, known = skills_on_the_way(library, tree), experience_of(library, tree)
    covering = CoveringWriter(writer, game_data, fitting, on_the_way, known)
    return ReusingWriter(covering, fitting, known)


def is_in_words(goal: str, game_data: GameData) -> bool:
    """Whether it is more than an item's name; one misspelt word is still meant as a name."""
    try:
        TechTree(game_data).resolve(goal)
    except UnknownItemError:
        return len(goal.split()) > 1
    return False


def check_goal(goal: str | None, game_data: GameData, *, in_words: bool) -> None:
    """Raises UnknownItemError, or SettingsError for words where nobody can split them."""
    if goal is None or (in_words and is_in_words(goal, game_data)):
        return
    if is_in_words(goal, game_data):
        raise SettingsError(
            f"'{goal}' is no item of Minecraft {game_data.version}. Words need a language"
            " model that splits it: add --model, or name an item."
        )
    TechTree(game_data).resolve(goal)
