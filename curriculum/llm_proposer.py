"""Choosing the next task with a language model.

Covers: asking, reading the answer, checking it against the game's names and the present state,
asking again with what was wrong, and falling back on another proposer. Not covered: how a model is
reached and paid for (it is given as a callable), and whether a task can be done with the tools at
hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from json import dumps
from typing import Any, Protocol, get_args

import jinja2
import json_repair
from pydantic import BaseModel, Field, ValidationError

from curriculum.errors import CurriculumError, GoalError
from curriculum.families import game_names
from curriculum.goal import AllOf, AnyOf, Goal, Judged, Not, parse_goal, validate_names
from curriculum.observation_text import describe_observation
from curriculum.task import Proposal, Proposer, Task, TaskRecord
from mc_server import GameData, Observation

PROPOSER = "llm"
PURPOSE = "propose"
TASKS_SHOWN = 40
CRITIQUE_CHARACTERS = 300
ANSWER_CHARACTERS = 20_000

_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)


class ChatReply(Protocol):
    """What a model answered, as far as the curriculum cares."""

    @property
    def text(self) -> str:
        """The answer's text."""


class Chat(Protocol):
    """A language model, given where the agent is composed; its giver keeps the books."""

    def complete(self, messages: Sequence[Mapping[str, str]], *, purpose: str) -> ChatReply:
        """The answer to a conversation of `{"role", "content"}` messages."""


@dataclass(frozen=True)
class GoalForm:
    """One kind of goal, as the model is told of it: an example in JSON and its meaning."""

    example: str
    meaning: str


class _Answer(BaseModel):
    description: str = Field(min_length=3, max_length=300)
    goal: dict[str, Any]
    reason: str = ""


class LlmProposer:
    """A `Proposer` that asks a language model, and another proposer when that comes to nothing.

    chat: the model.
    game_data: the names a goal may use.
    fallback: proposes when the model's answers cannot be used, and decides from the game's state
        whether all is done; a model's word for it would not do.
    final_goal: what to reach in the end, in words; None is open-ended.
    answers: how often the model is asked for one task.
    fall_back_on: errors of `chat` that lead to the fallback; all others are raised.
    """

    def __init__(
        self,
        chat: Chat,
        game_data: GameData,
        fallback: Proposer,
        final_goal: str | None = None,
        *,
        answers: int = 3,
        fall_back_on: tuple[type[Exception], ...] = (),
    ) -> None:
        self._chat = chat
        self._game_data = game_data
        self._fallback = fallback
        self._final_goal = final_goal
        self._answers = answers
        self._fall_back_on = fall_back_on
        self._prompts = _environment()

    def propose(self, observation: Observation, history: Sequence[TaskRecord]) -> Proposal:
        """See `Proposer.propose`. A task of the fallback says so in its `proposer`."""
        fallback = self._fallback.propose(observation, history)
        if fallback.finished:
            return fallback
        messages = self._question(observation, history)
        problem = ""
        for _ in range(self._answers):
            try:
                answer = self._chat.complete(messages, purpose=PURPOSE).text
            except self._fall_back_on as error:
                return _instead(fallback, str(error))
            try:
                return Proposal(self._task(answer, observation))
            except CurriculumError as error:
                problem = str(error)
                again = self._prompts.get_template("propose_task_again.j2").render(problem=problem)
                messages = [
                    *messages,
                    {"role": "assistant", "content": answer},
                    {"role": "user", "content": again},
                ]
        return _instead(fallback, f"{self._answers} answers could not be used: {problem}")

    def _question(
        self, observation: Observation, history: Sequence[TaskRecord]
    ) -> list[Mapping[str, str]]:
        recent = list(history)[-TASKS_SHOWN:]
        system = self._prompts.get_template("propose_task_system.j2").render(
            version=self._game_data.version, forms=goal_forms()
        )
        user = self._prompts.get_template("propose_task_user.j2").render(
            final_goal=self._final_goal,
            observation=describe_observation(observation),
            done=[record for record in recent if record.passed],
            failed=[
                replace(record, critique=record.critique[:CRITIQUE_CHARACTERS])
                for record in recent
                if not record.passed
            ],
        )
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]

    def _task(self, answer: str, observation: Observation) -> Task:
        """The task an answer holds. Raises CurriculumError with what is wrong with it."""
        proposed = _read_answer(answer)
        goal = parse_goal(proposed.goal)
        if _is_judged(goal):
            raise GoalError("A `judged` goal cannot be told from the game's state; use the others.")
        validate_names(goal, self._game_data)
        finding = goal.evaluate(observation, observation, (), game_names(self._game_data))
        if finding.passed:
            raise GoalError(f"The goal holds already ({finding.text}); propose something new.")
        description = " ".join(proposed.description.split())
        return Task(description, goal, " ".join(proposed.reason.split()), PROPOSER)


def goal_forms() -> tuple[GoalForm, ...]:
    """Every kind of goal a model may use, read off the goals themselves."""
    kinds = get_args(get_args(Goal)[0])
    return tuple(
        GoalForm(_example(kind), " ".join((kind.__doc__ or "").split()))
        for kind in kinds
        if kind is not Judged
    )


def _example(kind: type[BaseModel]) -> str:
    example = {
        name: f"<{name}>" if field.is_required() else field.default
        for name, field in kind.model_fields.items()
    }
    text = dumps({"type": example.pop("type"), **example})
    text = text.replace('"<goals>"', "[<goal>, ...]").replace('"<goal>"', "<goal>")
    return re.sub(r'"(<[xyz]>)"', r"\1", text)


def _read_answer(answer: str) -> _Answer:
    """The JSON object in an answer, whatever stands around it and however it is bent."""
    text = _THOUGHTS.sub("", answer)
    start = text.find("{")
    if start < 0:
        raise GoalError("The answer holds no JSON object.")
    try:
        data = json_repair.loads(text[start : start + ANSWER_CHARACTERS])
    except RecursionError as error:
        raise GoalError("The answer's JSON is nested too deeply.") from error
    found = data if isinstance(data, list) else [data]
    objects = [item for item in found if isinstance(item, dict) and "goal" in item]
    if not objects:
        raise GoalError('The answer\'s JSON object has no "goal".')
    try:
        return _Answer.model_validate(objects[-1])
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise GoalError(f'The answer\'s "{place}" is malformed: {first["msg"]}.') from error


def _is_judged(goal: Goal) -> bool:
    if isinstance(goal, AllOf | AnyOf):
        return any(_is_judged(part) for part in goal.goals)
    return _is_judged(goal.goal) if isinstance(goal, Not) else isinstance(goal, Judged)


def _instead(fallback: Proposal, problem: str) -> Proposal:
    """The fallback's proposal, marked as such."""
    reason = f"Not by the model ({problem.rstrip('.')})."
    if fallback.reason:
        reason = f"{fallback.reason} {reason}"
    if fallback.task is None:
        return replace(fallback, reason=reason)
    proposer = f"{fallback.task.proposer} instead of {PROPOSER}"
    return replace(fallback, task=replace(fallback.task, proposer=proposer), reason=reason)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("curriculum", "prompts"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data"] = as_data
    return environment


def as_data(text: object) -> str:
    """Text that cannot close the tags a prompt puts around it."""
    return str(text).replace("</", "< /")
