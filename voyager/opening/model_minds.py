"""Who thinks when there is a language model: it does, and the planner where it does not get on.

Covers composition only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from curriculum import (
    AnswerStore,
    GameQuestions,
    GoalChecker,
    GoalTreeProposer,
    GoalTreeStore,
    LlmProposer,
    Progress,
    Proposer,
    Task,
    TechTree,
    TechTreeProposer,
    WishFirstProposer,
    WorldLimits,
)
from mc_server import GameData, Observation, bot_reference, find_node, read_program
from skills import Skill, SkillLibrary, primitives_reference
from voyager.critics import LlmCritic, Reviewer, StateCritic
from voyager.errors import BudgetSpentError, ContextOverflowError, ModelError
from voyager.events import Event, GoalDecomposed, ModelRests
from voyager.journal.wishes import Wishes
from voyager.language_models import ChatModel
from voyager.learning.describer import Describer
from voyager.learning.meaning_search import MeaningSearch
from voyager.opening.configuration import Configuration
from voyager.opening.known_skills import (
    experience_of,
    is_name_of_another,
    skills_on_the_way,
)
from voyager.opening.minds import Minds, is_in_words, knowing_writer, planning_proposer
from voyager.uses.circumstances import circumstances_of
from voyager.writers import FallbackWriter, LlmWriter, LookUps, RecipeWriter

EMBEDDED_LIMITS = WorldLimits(dimensions=("overworld",), advancements=False)
SIGNATURES_SHOWN = 8


@dataclass(frozen=True)
class ModelMinds:
    """What the minds of one sitting are made of.

    `answers` keeps what was asked about the game, `tree` the parts of a goal in words. `tell` hears
    events, `progress` says what was reached, `own_world` whether the world is the embedded one,
    `stuck` as in `LlmProposer`, `lessons` what the bot has died of, a sentence each.
    """

    chat: ChatModel
    configuration: Configuration
    game_data: GameData
    library: SkillLibrary
    answers: AnswerStore
    tree: GoalTreeStore
    wishes: Wishes
    progress: Callable[[], Progress]
    tell: Callable[[Event], None]
    own_world: bool
    stuck: Callable[[], str]
    lessons: Callable[[], Sequence[str]] = tuple

    def minds(self, goal: str | None) -> Minds:
        """The parts, for a goal that `check_goal` has let pass."""
        state = StateCritic(self.game_data)
        return Minds(
            self._proposer(goal),
            self._nearest_skills,
            knowing_writer(self._writer(), self.game_data, self.library),
            LlmCritic(self.chat, state, self.configuration.critic.votes),
            Reviewer(self.chat),
            Describer(self.chat).described,
        )

    def _proposer(self, goal: str | None) -> Proposer:
        if goal is not None and is_in_words(goal, self.game_data):
            tree = self._tree_proposer(goal)
            return WishFirstProposer(self.wishes, self._task_proposer(goal, tree), tree)
        return self._task_proposer(goal, planning_proposer(self.game_data, goal))

    def _task_proposer(self, goal: str | None, fallback: Proposer) -> Proposer:
        return LlmProposer(
            self.chat,
            self.game_data,
            fallback,
            goal,
            wishes=self.wishes,
            questions=self._questions(),
            progress=self.progress,
            limits=self._limits,
            stuck=lambda: "\n".join(filter(None, (self.stuck(), *self.lessons()))),
            fall_back_on=(ModelError,),
            shorten_on=(ContextOverflowError,),
            ask_again_on=(BudgetSpentError,),
            retry_after_seconds=self.configuration.attempts.model_retry_seconds,
            on_rest=lambda *rest: self.tell(ModelRests("propose", *rest)),
        )

    def _tree_proposer(self, goal: str) -> Proposer:
        return GoalTreeProposer(
            self.chat,
            self.game_data,
            self.tree,
            GoalChecker(self.game_data, self._limits),
            goal,
            TechTreeProposer(self.game_data),
            wishes=self.wishes,
            on_decomposed=lambda *split: self.tell(GoalDecomposed(*split)),
            fall_back_on=(ModelError,),
            ask_again_on=(BudgetSpentError,),
            retry_after_seconds=self.configuration.attempts.model_retry_seconds,
            on_rest=lambda *rest: self.tell(ModelRests("decompose", *rest)),
        )

    @cached_property
    def _search(self) -> MeaningSearch:
        return MeaningSearch(self.library, self.answers, self.tell)

    @property
    def _limits(self) -> WorldLimits | None:
        return EMBEDDED_LIMITS if self.own_world else None

    def _questions(self) -> GameQuestions:
        return GameQuestions(self.chat, self.game_data, self._search)

    def _writer(self) -> FallbackWriter:
        attempts = self.configuration.attempts
        return FallbackWriter(
            LlmWriter(
                self.chat,
                self.game_data,
                primitives_reference(),
                partial(read_program, node=find_node()),
                self._look_ups(),
                self.configuration.writer,
                self._advice,
                is_name_of_another(self.library),
            ),
            RecipeWriter(self.game_data, experience_of(self.library, TechTree(self.game_data))),
            attempts.other_writer_after,
            self.tell,
            attempts.model_retry_seconds,
            skills_for_other=skills_on_the_way(self.library, TechTree(self.game_data)),
        )

    def _look_ups(self) -> LookUps:
        return LookUps(
            TechTree(self.game_data),
            primitives_reference(),
            self.library,
            _signatures,
            self._questions().answer,
        )

    def _nearest_skills(self, task: Task, seen: Observation) -> Sequence[Skill]:
        """A model pays for each: the nearest by meaning."""
        shown = self.configuration.writer.skills_shown
        here = circumstances_of(seen)
        return self._search.skills(task.description, shown, here) if shown else ()

    def _advice(self) -> Sequence[str]:
        """What the bot has died of and what people said, newest last."""
        said = [wish.text for wish in (*self.wishes.recent(), *self.wishes.open())]
        return [*self.lessons(), *said]


def _signatures(text: str) -> str:
    """Signatures of what a program may use of Mineflayer, for a name or words."""
    found = bot_reference(find_node()).search(text, SIGNATURES_SHOWN)
    return "\n".join(member.signature for member in found) or "Nothing like it."
