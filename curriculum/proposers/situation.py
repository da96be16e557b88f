"""What a model is told when it chooses the next task.

Covers: gathering it from observation, history, progress, wishes and known answers, and putting it
into the prompt's messages. Not covered: asking, and reading the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from curriculum.asking import Wish, WishBoard
from curriculum.errors import CurriculumError
from curriculum.goals.goal_forms import goal_forms
from curriculum.observation_text import NEARBY_BLOCKS, describe_observation
from curriculum.planning.reach import WorldLimits
from curriculum.planning.tech_tree import TechTree
from curriculum.prompting import render, short
from curriculum.proposers.exploration import Explorer, Progress
from curriculum.proposers.goal_check import STEPS_AT_MOST
from curriculum.proposers.task_history import done_lines, failed_lines
from curriculum.questions import Questions
from curriculum.task import TaskRecord
from curriculum.wording import words
from mc_server import Observation

WISHES_SHOWN = 8
WISH_CHARACTERS = 1000
ANSWERS_SHOWN = 4
TASKS_ASKED_ABOUT = 3
STEPS_SHOWN = 6


class Situation:
    """Builds the messages for one version of the game and one final goal."""

    def __init__(
        self,
        tree: TechTree,
        limits: WorldLimits,
        final_goal: str | None,
        wishes: WishBoard | None,
        questions: Questions | None,
        progress: Callable[[], Progress] | None,
        stuck: Callable[[], str] = lambda: "",
    ) -> None:
        self._tree = tree
        self._impossible = limits.impossible_kinds
        self._explorer = Explorer(tree, self._impossible)
        self._final_goal = final_goal
        self._wishes = wishes
        self._questions = questions
        self._progress = progress or Progress
        self._stuck = stuck

    def open_wishes(self) -> Sequence[Wish]:
        """Wishes that the next answer may take."""
        return self._wishes.open()[:WISHES_SHOWN] if self._wishes else ()

    def messages(
        self, observation: Observation, history: Sequence[TaskRecord], *, shorter: bool = False
    ) -> list[Mapping[str, str]]:
        """The conversation to begin with; `shorter` for a model that cannot read so much."""
        progress = self._progress()
        wishes = self.open_wishes()
        system = render(
            "propose_task_system",
            version=self._tree.game_data.version,
            forms=goal_forms(self._impossible),
            steps=STEPS_AT_MOST,
        )
        user = render(
            "propose_task_user",
            final_goal=self._final_goal,
            way=self._way(observation),
            wishes=[{"id": w.id, "text": short(w.text, WISH_CHARACTERS)} for w in wishes],
            advice=[short(wish.text, WISH_CHARACTERS) for wish in self._recent()],
            stuck=self._stuck(),
            observation=describe_observation(observation, blocks=8 if shorter else NEARBY_BLOCKS),
            items_held=progress.items_held | observation.inventory.keys(),
            new=self._explorer.explore(observation, history, progress),
            done=done_lines(history, 10) if shorter else done_lines(history),
            failed=failed_lines(history)[: 4 if shorter else None],
            known=() if shorter else self._known(observation, history, wishes),
        )
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]

    def _recent(self) -> Sequence[Wish]:
        return self._wishes.recent()[-WISHES_SHOWN:] if self._wishes else ()

    def _way(self, observation: Observation) -> list[str]:
        """The first steps towards a final goal that is an item's name."""
        if self._final_goal is None:
            return []
        try:
            steps = self._tree.plan(self._final_goal, 1, observation)
        except CurriculumError:
            return []
        # In names as a goal has them: words such as "logs" would be taken for names.
        return [f"{step.action} {step.count} {step.item}" for step in steps[:STEPS_SHOWN]]

    def _known(
        self, observation: Observation, history: Sequence[TaskRecord], wishes: Sequence[Wish]
    ) -> Sequence[tuple[str, str]]:
        """Answers to questions like those this situation raises."""
        if self._questions is None:
            return ()
        latest = [record.task.description for record in history[-TASKS_ASKED_ABOUT:]]
        situation = [
            *([f"How to get {words(self._final_goal)}?"] if self._final_goal else []),
            *(wish.text for wish in wishes),
            *reversed(latest),
            f"in a {words(observation.biome)} biome",
        ]
        return self._questions.known(short(" ".join(situation), 1000), ANSWERS_SHOWN)
