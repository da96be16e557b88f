"""Writing programs with a language model.

Covers: what the model is told (rules, primitives, skills, the world, the task, the last attempt),
getting the program out of its answer, and asking once more when that cannot be run. Not covered:
running and judging, and how a model is reached (see `language_models`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

import jinja2

from curriculum import Task, describe_observation, goal_to_json
from mc_server import GameData, Observation
from skills import PrimitiveReference, Skill
from voyager.errors import WriterError
from voyager.language_models import ChatModel, Completion, Message
from voyager.records import Attempt, Program, Spend
from voyager.writers.answer_code import code_in
from voyager.writers.attempt_text import describe_attempt
from voyager.writers.program_check import (
    CheckedProgram,
    ProgramProblemError,
    Vocabulary,
    check_program,
)

WRITER = "llm"
PURPOSE = "write"
ANSWERS = 2
SOURCES_SHOWN = 3
SOURCE_CHARACTERS = 2500


class UnusableAnswerError(WriterError):
    """No answer held a program that can be run; carries what was asked, said and spent."""

    def __init__(self, message: str, prompt: str, answer: str, model: str, spend: Spend) -> None:
        super().__init__(message)
        self.prompt = prompt
        self.answer = answer
        self.model = model
        self.spend = spend


class LlmWriter:
    """A `ProgramWriter` that asks a language model.

    chat_model: the model. primitives: what a program may call. game_data: the names it may use.
    """

    def __init__(
        self, chat_model: ChatModel, primitives: Sequence[PrimitiveReference], game_data: GameData
    ) -> None:
        self._chat_model = chat_model
        self._primitives = tuple(primitives)
        self._game_data = game_data

    def write(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> Program:
        """See `ProgramWriter.write`.

        Raises UnusableAnswerError, a WriterError, and what the model raises.
        """
        vocabulary = Vocabulary(self._primitives, skills, self._game_data)
        conversation = self._question(task, observation, skills, attempts)
        question = conversation
        completions: list[Completion] = []
        for _ in range(ANSWERS):
            completion = self._chat_model.complete(conversation, purpose=PURPOSE)
            completions.append(completion)
            try:
                checked = _checked(completion, task, vocabulary)
            except ProgramProblemError as error:
                problem = str(error)
                conversation = [*conversation, *_again(completion, problem)]
            else:
                return _program(checked, question, completions)
        raise UnusableAnswerError(
            f"The model's answer holds no program that can be run: {problem}",
            _transcript(question),
            _answers(completions),
            completions[-1].model,
            _spent(completions),
        )

    def _question(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> list[Message]:
        told = [describe_attempt(attempt) for attempt in attempts]
        system = _template("write_program_system.j2").render(
            version=self._game_data.version, primitives=self._primitives
        )
        user = _template("write_program_user.j2").render(
            skills=skills,
            sources_shown=SOURCES_SHOWN,
            source_characters=SOURCE_CHARACTERS,
            observation=describe_observation(observation),
            task=task,
            goal=task.goal.describe(),
            goal_json=json.dumps(goal_to_json(task.goal)),
            earlier=told[:-1],
            last=told[-1] if told else None,
        )
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def _checked(completion: Completion, task: Task, vocabulary: Vocabulary) -> CheckedProgram:
    source = code_in(completion.text)
    if not source:
        said = "is empty" if not completion.text.strip() else "holds no JavaScript function"
        raise ProgramProblemError(f"The answer {said}.")
    return check_program(source, task.goal, vocabulary)


def _again(completion: Completion, problem: str) -> list[Message]:
    """The answer and what is wrong with it."""
    cut_off = completion.finish_reason == "length"
    request = _template("write_program_again.j2").render(problem=problem, cut_off=cut_off)
    # Endpoints refuse a message without content.
    said = completion.text or "(no answer)"
    return [{"role": "assistant", "content": said}, {"role": "user", "content": request}]


def _program(
    checked: CheckedProgram, question: Sequence[Message], completions: Sequence[Completion]
) -> Program:
    return Program(
        source=checked.source,
        entry=checked.entry,
        calls=checked.calls,
        writer=WRITER,
        description=checked.description,
        when_to_use=checked.when_to_use,
        parameters=dict(checked.parameters),
        model=completions[-1].model,
        prompt=_transcript(question),
        answer=_answers(completions),
        spend=_spent(completions),
    )


def _transcript(messages: Sequence[Message]) -> str:
    return "\n\n".join(f"[{message['role']}]\n{message['content']}" for message in messages)


def _answers(completions: Sequence[Completion]) -> str:
    """What the model said; a first answer that could not be used comes before the second."""
    return "\n\n[asked again]\n\n".join(completion.text for completion in completions)


def _spent(completions: Sequence[Completion]) -> Spend:
    return sum((completion.spend for completion in completions), Spend())


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("voyager", "prompts"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Data must not be able to close the tags that a prompt puts around it.
    environment.filters["data"] = lambda text: str(text).replace("</", "< /")
    return environment


def _template(name: str) -> jinja2.Template:
    return _environment().get_template(name)
