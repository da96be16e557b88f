"""Choosing the next task with a language model.

Covers: asking, having the answer checked, asking again with what was wrong, taking wishes, putting
the model's question, and falling back on another proposer. Not covered: what the model is told
(`situation`), reading its answer (`proposal_answer`), and whether a task makes sense
(`goal_check`).

What a resumed run must know (what failed, what is new) is read off the history each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from curriculum.asking import Chat, WishBoard
from curriculum.errors import CurriculumError
from curriculum.planning.reach import WorldLimits
from curriculum.planning.tech_tree import TechTree
from curriculum.prompting import asked_again, short
from curriculum.proposers.exploration import Progress
from curriculum.proposers.goal_check import GoalChecker
from curriculum.proposers.llm_pause import Pause
from curriculum.proposers.proposal_answer import SCHEMA, ProposedTask, read_proposal
from curriculum.proposers.rest import Rest
from curriculum.proposers.situation import Situation
from curriculum.questions import Questions
from curriculum.task import Proposal, Proposer, Task, TaskRecord
from mc_server import GameData, Observation

PROPOSER = "llm"
PURPOSE = "propose"
ANSWERS = 3
RETRY_AFTER_SECONDS = 60.0
WHY_CHARACTERS = 400


class LlmProposer:
    """A `Proposer` that asks a language model, and another proposer when that comes to nothing.

    chat: the model. game_data: the names and rules of the version.
    fallback: proposes when the model's answers cannot be used, and decides from the game's state
        whether a final goal is reached; a model's word for it would not do.
    final_goal: what to reach in the end, in words; None is open-ended.
    wishes: what people told the agent. questions: about the game, asked and kept.
    progress: what was reached in the world so far; None knows only the history.
    limits: what there is in this world.
    stuck: says in a sentence that nothing has moved on, and is empty while things do.
    fall_back_on: errors of `chat` that lead to the fallback at once; all others are raised.
    shorten_on: those of them after which the model is first asked with a shorter prompt.
    ask_again_on: those of them after which the model may be asked for the next thing at once.
    retry_after_seconds: of `clock`, before a model that failed is asked again.
    on_rest: is told for how many tasks a model rests whose answers cannot be used, and why.
    """

    def __init__(
        self,
        chat: Chat,
        game_data: GameData,
        fallback: Proposer,
        final_goal: str | None = None,
        *,
        wishes: WishBoard | None = None,
        questions: Questions | None = None,
        progress: Callable[[], Progress] | None = None,
        limits: WorldLimits | None = None,
        stuck: Callable[[], str] = lambda: "",
        fall_back_on: tuple[type[Exception], ...] = (),
        shorten_on: tuple[type[Exception], ...] = (),
        ask_again_on: tuple[type[Exception], ...] = (),
        retry_after_seconds: float = RETRY_AFTER_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        on_rest: Callable[[int, str], None] = lambda *_: None,
    ) -> None:
        tree = TechTree(game_data)
        self._chat = chat
        self._fallback = fallback
        self._final_goal = final_goal
        self._wishes = wishes
        self._questions = questions
        self._fall_back_on = fall_back_on
        self._shorten_on = shorten_on
        self._ask_again_on = ask_again_on
        self._on_rest = on_rest
        self._rest = Rest()
        self._pause = Pause(retry_after_seconds, clock)
        # Another model may answer questions: that it failed says nothing of the one that proposes.
        self._pause_of_questions = Pause(retry_after_seconds, clock)
        self._checker = GoalChecker(game_data, limits, tree)
        limits = self._checker.limits
        self._situation = Situation(tree, limits, final_goal, wishes, questions, progress, stuck)

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        """See `Proposer.propose`. A task of the fallback says so in its `proposer`."""
        fallback = None
        if self._final_goal is not None:
            fallback = self._fallback.propose(observation, history)
            if fallback.finished:
                return fallback
        found = self._waiting(len(history)) or self._found(observation, history)
        if isinstance(found, Task):
            return Proposal(found)
        return _instead(fallback or self._fallback.propose(observation, history), found)

    def _waiting(self, tasks_ended: int) -> str:
        """Why the model is not asked now; empty when it may be."""
        return self._pause.reason or ("" if self._rest.over(tasks_ended) else self._rest.why)

    def _found(self, observation: Observation, history: Sequence[TaskRecord]) -> Task | str:
        """The model's task, or why there is none."""
        try:
            found = self._ask(observation, history)
            if isinstance(found, ProposedTask):
                self._rest.end()
                self._settle(found)
                return Task(found.description, found.goal, found.reasoning, PROPOSER)
        except self._fall_back_on as error:
            why = str(error) or type(error).__name__
            if not isinstance(error, self._ask_again_on):
                self._pause.begin(why)
            return why
        self._on_rest(self._rest.begin(len(history), found), found)
        return found

    def _ask(self, observation: Observation, history: Sequence[TaskRecord]) -> ProposedTask | str:
        """A task that was found good, or why none was."""
        try:
            return self._converse(observation, history)
        except self._shorten_on:
            return self._converse(observation, history, shorter=True)

    def _converse(
        self, observation: Observation, history: Sequence[TaskRecord], *, shorter: bool = False
    ) -> ProposedTask | str:
        messages: list[Mapping[str, str]] = self._situation.messages(
            observation, history, shorter=shorter
        )
        problem = ""
        for _ in range(ANSWERS):
            answer = self._chat.complete(messages, purpose=PURPOSE, schema=SCHEMA).text
            try:
                proposed = read_proposal(answer)
                self._checker.check_task(proposed.goal, observation, history)
                return proposed
            except CurriculumError as error:
                problem = str(error)
                messages = [*messages, *asked_again(answer, problem, "one JSON object as before")]
        return f"{ANSWERS} answers could not be used: {problem}"

    def _settle(self, proposed: ProposedTask) -> None:
        """Take the wishes that the task takes into account, and put the question."""
        if self._wishes is not None:
            known = {wish.id for wish in self._situation.open_wishes()}
            taken = [number for number in dict.fromkeys(proposed.wishes_taken) if number in known]
            if taken:
                self._wishes.take(taken, proposed.reply or f"Next: {proposed.description}")
        asks = bool(proposed.question) and not self._pause_of_questions.reason
        if self._questions is not None and asks:
            try:
                self._questions.answer(proposed.question)
            except self._fall_back_on as error:
                # The task is good without the answer.
                if not isinstance(error, self._ask_again_on):
                    self._pause_of_questions.begin(str(error))


def _instead(fallback: Proposal, problem: str) -> Proposal:
    """The fallback's proposal, marked as such."""
    reason = short(f"Not by the model ({problem.rstrip('.')}).", WHY_CHARACTERS)
    if fallback.task is None:
        return replace(fallback, reason=f"{fallback.reason} {reason}".strip())
    task = replace(
        fallback.task,
        proposer=f"{fallback.task.proposer} instead of {PROPOSER}",
        why=f"{fallback.task.why.rstrip('.')}. {reason}".removeprefix(". "),
    )
    return replace(fallback, task=task, reason=f"{fallback.reason} {reason}".strip())
