"""Asking a language model until its answer can be used, each time with what was wrong before.

Covers: telling apart the ways in which an answer is of no use, and what the model is then told.
Not covered: errors of the endpoint, which pass through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from voyager.errors import WriterError
from voyager.foreign_text import in_a_line
from voyager.language_models import Completion, Message, ToolConversation
from voyager.prompt_templates import render
from voyager.writers.checks.program_check import ProgramProblemError
from voyager.writers.model.answer_code import code_in, without_thoughts
from voyager.writers.model.answer_kinds import (
    CUT_OFF,
    EMPTY,
    ENDINGS,
    LOOK_UPS,
    NO_CODE,
    OPENINGS,
    PROGRAM_KINDS,
    REFUSED,
)

ECHO_CHARACTERS = 500
CODE_ECHO_CHARACTERS = 20_000
LINE_CHARACTERS = 120

Result = TypeVar("Result")


class AnswerProblemError(ValueError):
    """An answer that cannot be used; `kind` as in WriterError."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Usable(Generic[Result]):
    """What was made of an answer; `messages` is the conversation up to and with it."""

    result: Result
    completion: Completion
    messages: list[Message]


def ask_for_code(
    conversation: ToolConversation,
    messages: Sequence[Message],
    use: Callable[[str], Result],
    answers: int,
) -> Usable[Result]:
    """What `use` makes of the code in the first answer that it takes.

    `use` raises ProgramProblemError with sentences for the model. Raises WriterError when none of
    so many answers can be used, and what the model raises.
    """
    asked = list(messages)
    for number in range(1, answers + 1):
        answered = conversation.complete(asked)
        completion = answered.completion
        try:
            result = _used(completion, use, conversation.looks_up(completion))
        except AnswerProblemError as error:
            problem = error
            if number < answers:
                asked = [*answered.messages, *_again(completion, error)]
        else:
            said = {"role": "assistant", "content": without_thoughts(completion.text)}
            return Usable(result, completion, [*answered.messages, said])
    raise WriterError(_in_the_end(problem, answers), problem.kind)


def _used(completion: Completion, use: Callable[[str], Result], looks_up: bool) -> Result:
    source = code_in(completion.text)
    cut_off = completion.finish_reason == "length"
    if not source or looks_up:
        raise _without_code(completion, cut_off, looks_up)
    try:
        return use(source)
    except ProgramProblemError as error:
        raise AnswerProblemError(CUT_OFF if cut_off else error.kind, str(error)) from error


def _without_code(completion: Completion, cut_off: bool, looks_up: bool) -> AnswerProblemError:
    if completion.finish_reason == "refused":
        return AnswerProblemError(REFUSED, _line(completion.refusal or completion.text))
    if cut_off:
        return AnswerProblemError(CUT_OFF, "it ends before any function does")
    if looks_up:
        return AnswerProblemError(LOOK_UPS, "it only looks things up")
    text = without_thoughts(completion.text)
    if not text:
        return AnswerProblemError(EMPTY, "it says nothing")
    return AnswerProblemError(NO_CODE, f"it says {_line(text)!r}")


def _again(completion: Completion, problem: AnswerProblemError) -> list[Message]:
    """The answer, as far as it helps, and what is wrong with it."""
    characters = CODE_ECHO_CHARACTERS if problem.kind in PROGRAM_KINDS else ECHO_CHARACTERS
    # Endpoints refuse a message without content.
    said = without_thoughts(completion.text)[:characters] or "(no answer)"
    request = render(
        "write_program_again",
        opening=OPENINGS[problem.kind],
        kind=problem.kind,
        problem=str(problem),
    )
    return [{"role": "assistant", "content": said}, {"role": "user", "content": request}]


def _in_the_end(problem: AnswerProblemError, answers: int) -> str:
    sentence = ENDINGS[problem.kind].format(str(problem))
    return f"{sentence} ({answers} answers)" if answers > 1 else sentence


def _line(text: str) -> str:
    return in_a_line(text, LINE_CHARACTERS)
