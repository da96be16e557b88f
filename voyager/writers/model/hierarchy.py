"""Writing functions that a program calls and nobody has written, when they are called for.

Covers: one question each, with the call and the signature to have; the function then stands above
the program in the same source, and the whole is checked. Bounded in number and depth: what goes
beyond is given back to the writer as an unknown call. Not covered: which calls are of this kind,
which the check of programs decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voyager.errors import WriterError
from voyager.language_models import ChatModel, Message, ToolConversation
from voyager.prompt_templates import render
from voyager.writers.checks.program_check import CheckedProgram, MissingHelper, ProgramProblemError
from voyager.writers.model.answer_code import functions_in
from voyager.writers.model.asking import ask_for_code
from voyager.writers.writer_settings import WriterSettings

PURPOSE = "write_helper"
ANSWERS = 2

Check = Callable[[str], CheckedProgram]
"""Raises ProgramProblemError; with `missing_helpers` when nothing else is wrong."""


@dataclass(frozen=True)
class HelperWriter:
    """Completes programs whose only fault is that they call what is not there."""

    chat: ChatModel
    settings: WriterSettings

    def complete(
        self,
        source: str,
        problem: ProgramProblemError,
        question: Sequence[Message],
        check: Check,
    ) -> CheckedProgram:
        """The program with all its helpers, checked.

        Raises ProgramProblemError when it cannot be completed, and what the model raises.
        """
        left = self.settings.helpers
        for _ in range(self.settings.helper_depth):
            for helper in problem.missing_helpers:
                if left == 0:
                    raise problem
                left -= 1
                source = self._with_helper(source, helper, question, check, problem)
            try:
                return check(source)
            except ProgramProblemError as error:
                if not error.missing_helpers:
                    raise
                problem = error
        raise problem

    def _with_helper(
        self,
        source: str,
        helper: MissingHelper,
        question: Sequence[Message],
        check: Check,
        problem: ProgramProblemError,
    ) -> str:
        """The source with the helper above it."""

        def use(answer: str) -> str:
            return _joined(answer, source, helper.name, check)

        request = render(
            "write_helper",
            name=helper.name,
            call=helper.call,
            parameters=", ".join(helper.parameters),
            awaited=helper.awaited,
        )
        messages = [
            *question,
            {"role": "assistant", "content": f"```javascript\n{source}\n```"},
            {"role": "user", "content": request},
        ]
        try:
            return ask_for_code(ToolConversation(self.chat, PURPOSE), messages, use, ANSWERS).result
        except WriterError as error:
            raise problem from error


def _joined(helper: str, source: str, name: str, check: Check) -> str:
    """Both in one source. Raises ProgramProblemError when the helper is not what was asked for."""
    if name not in functions_in(helper):
        raise ProgramProblemError(f"It does not define `function {name} (...)`.")
    if there := functions_in(helper) & functions_in(source):
        raise ProgramProblemError(f"{', '.join(sorted(there))} is there already: leave it out.")
    whole = f"{helper}\n\n{source}"
    try:
        check(whole)
    except ProgramProblemError as error:
        # What else is missing is written after this one.
        if not error.missing_helpers or name in [one.name for one in error.missing_helpers]:
            raise
    return whole
