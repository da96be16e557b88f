"""Who thinks in a sitting: proposer, writer and critic, with a language model or without.

Covers composition only. Without a model the planner proposes and writes; with one it is what the
model falls back on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from curriculum import Goal, LlmProposer, Proposer, Task, TechTreeProposer, goal_to_json
from mc_server import GameData
from skills import Skill, SkillLibrary, SkillStatus, primitives_reference
from voyager.critics import StateCritic
from voyager.language_models import ChatModel
from voyager.records import Critic, ProgramWriter
from voyager.settings import PlaySettings
from voyager.writers import LlmWriter, RecipeWriter, ReusingWriter

SKILLS_RETRIEVED = 5  # as in the Voyager paper: the right skill is among the first 5 in 96.5 %


@dataclass(frozen=True)
class Minds:
    """The parts of the loop that decide."""

    proposer: Proposer
    retrieve: Callable[[Task], Sequence[Skill]]
    writer: ProgramWriter
    critic: Critic


def minds_of(
    settings: PlaySettings, game_data: GameData, library: SkillLibrary, chat: ChatModel | None
) -> Minds:
    """Raises UnknownItemError for a goal that this version does not have."""
    proposer: Proposer = TechTreeProposer(game_data, settings.goal)
    writer: ProgramWriter = RecipeWriter(game_data)
    retrieve = _every_verified_skill(library)
    if chat is not None:
        proposer = LlmProposer(chat, game_data, proposer, settings.goal)
        writer = LlmWriter(chat, game_data, primitives_reference())
        retrieve = _nearest_skills(library)
    writer = ReusingWriter(writer, _skills_for(library))
    return Minds(proposer, retrieve, writer, StateCritic(game_data))


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
