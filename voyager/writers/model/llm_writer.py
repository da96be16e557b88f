"""Writing programs with a language model.

Covers: what happens for one program: the question, look-ups, answers that cannot be used, helpers
written on demand, further programs for the same task. Not covered: the words of the question
(`question`), running and judging, and how a model is reached (see `language_models`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from curriculum import Goal, Task
from mc_server import BridgeError, GameData, Observation
from skills import PrimitiveReference, Skill
from voyager.errors import ContextOverflowError, ModelError, WriterError
from voyager.language_models import ChatModel, Completion, Message, ToolConversation
from voyager.prompt_templates import render
from voyager.records import Attempt, Program
from voyager.writers.checks.program_check import (
    CheckedProgram,
    ProgramProblemError,
    ProgramReader,
    Vocabulary,
    check_program,
)
from voyager.writers.checks.repeats import failed_before, normal
from voyager.writers.model.answer_code import code_in, functions_in
from voyager.writers.model.asking import ask_for_code
from voyager.writers.model.bounded_chat import BoundedChat
from voyager.writers.model.hierarchy import HelperWriter
from voyager.writers.model.look_ups import LookUps, LookUpSession
from voyager.writers.model.question import Question
from voyager.writers.writer_settings import WriterSettings

WRITER = "llm"
PURPOSE = "write"
ANSWERS_FOR_ANOTHER = 2
"""How often the model is asked for each further program."""


class LlmWriter:
    """A `ProgramWriter` that asks a language model.

    chat: the model. game_data: the names a program may use. primitives: what it may call.
    reader: finds out about a source. look_ups: what the model may look up meanwhile. wishes: what
    people said, newest last. is_taken: whether a skill for another goal has that name.
    """

    def __init__(
        self,
        chat: ChatModel,
        game_data: GameData,
        primitives: Sequence[PrimitiveReference],
        reader: ProgramReader,
        look_ups: LookUps | None = None,
        settings: WriterSettings | None = None,
        wishes: Callable[[], Sequence[str]] = tuple,
        is_taken: Callable[[Goal, str], bool] = lambda goal, name: False,
    ) -> None:
        self._chat = chat
        self._game_data = game_data
        self._primitives = tuple(primitives)
        self._reader = reader
        self._look_ups = look_ups
        self._settings = settings or WriterSettings()
        self._wishes = wishes
        self._is_taken = is_taken

    def write(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> Program:
        """See `ProgramWriter.write`.

        A model that cannot read it all is asked with less, once. Raises WriterError when no answer
        can be used, and what the model raises.
        """
        shown = tuple(skills)[: self._settings.skills_shown]
        looking = self._look_ups.begin(observation) if self._look_ups else LookUpSession()
        question = Question(
            self._game_data.version,
            self._primitives,
            task,
            observation,
            shown,
            tuple(attempts),
            tuple(self._wishes()),
        )
        # What a skill failed at here may be written into it: a version beside the one in use.
        reused = frozenset(one.program.entry for one in attempts if one.program.reused)
        is_taken = partial(self._is_taken, task.goal)
        vocabulary = Vocabulary(self._primitives, shown, self._game_data, reused, is_taken)
        further = ANSWERS_FOR_ANOTHER * (self._settings.candidates - 1)
        chat = BoundedChat(self._chat, self._settings.calls + further)
        writing = _Writing(chat, self._settings, self._reader, vocabulary, question, looking)
        try:
            return writing.write(short=False)
        except ContextOverflowError:
            return writing.write(short=True)


@dataclass
class _Writing:
    """One program on its way."""

    chat: ChatModel
    settings: WriterSettings
    reader: ProgramReader
    vocabulary: Vocabulary
    question: Question
    looking: LookUpSession

    def write(self, short: bool) -> Program:
        conversation = ToolConversation(
            self.chat,
            PURPOSE,
            self.looking.offered,
            self.looking.answer,
            0 if short else self.settings.look_up_rounds,
            is_answer=lambda text: bool(functions_in(code_in(text))),
        )
        if conversation.offered_in_words:
            self.question = replace(self.question, look_ups=self.looking.offered)
        asked = self.question.messages(short)

        def use(source: str) -> CheckedProgram:
            return self._completed(source, asked)

        first = ask_for_code(conversation, asked, use, self.settings.answers)
        program = _program(first.result, first.completion)
        others = self._others(conversation, first.messages, program, use)
        return replace(program, alternatives=tuple(others))

    def _others(
        self,
        conversation: ToolConversation,
        messages: list[Message],
        first: Program,
        use: Callable[[str], CheckedProgram],
    ) -> list[Program]:
        """Further programs, other than those before; what goes wrong here ends the asking."""
        programs = [first]
        for number in range(2, self.settings.candidates + 1):
            request = render("write_program_otherwise", number=number)
            messages = [*messages, {"role": "user", "content": request}]
            try:
                another = ask_for_code(conversation, messages, use, ANSWERS_FOR_ANOTHER)
            except (WriterError, ModelError):
                break
            messages = another.messages
            program = _program(another.result, another.completion)
            if normal(program.source) not in [normal(one.source) for one in programs]:
                programs.append(program)
        return programs[1:]

    def _completed(self, source: str, asked: Sequence[Message]) -> CheckedProgram:
        """The program checked, its helpers written. Raises ProgramProblemError."""
        try:
            return self._check(source)
        except ProgramProblemError as problem:
            if self.looking.knows(helper.name for helper in problem.missing_helpers):
                return self._completed(source, asked)
            if not problem.missing_helpers or not self.settings.helpers:
                raise
            helpers = HelperWriter(self.chat, self.settings)
            return helpers.complete(source, problem, asked, self._check)

    def _check(self, source: str) -> CheckedProgram:
        more = [
            skill for skill in self.looking.found.values() if skill not in self.vocabulary.skills
        ]
        vocabulary = replace(self.vocabulary, skills=(*self.vocabulary.skills, *more))
        try:
            found = check_program(source, self.question.task.goal, vocabulary, self.reader)
        except BridgeError as error:
            # Foreign code that cannot even be looked at: its writer has to do it otherwise.
            raise ProgramProblemError(f"The program cannot be read: {error}") from error
        if number := failed_before(found.source, self.question):
            raise ProgramProblemError(
                f"It is the program of attempt {number} again, which did not do it: go about it in"
                " another way."
            )
        return found


def _program(checked: CheckedProgram, completion: Completion) -> Program:
    return Program(
        source=checked.source,
        entry=checked.entry,
        calls=checked.calls,
        writer=WRITER,
        description=checked.description,
        when_to_use=checked.when_to_use,
        parameters=dict(checked.parameters),
        signature=checked.signature,
        model=completion.model,
    )
