"""Answers made to keep a reader busy: each is looked through in a moment, whatever comes of it."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from curriculum import GoalError
from curriculum.json_answer import read_object
from tests.voyager.scripted_chat import ScriptedChat
from tests.voyager.writing import GAME_DATA, PRIMITIVES, READER, TASK
from voyager.language_models.tool_conversation import LookUp, ToolConversation
from voyager.writers.checks.program_check import ProgramProblemError, Vocabulary, check_program
from voyager.writers.model.answer_code import code_in, functions_in

MOST_SECONDS = 1.0
"""Of this process alone; what was mended took from 4 seconds to for ever."""
LONG = 10**6
TEXTS = {
    "brackets": "{ " * (LONG // 2),
    "thoughts begun": "<think>" * (LONG // 7) + "{",
    "backticks": "`" * LONG,
    "fences in a line": "``` " * (LONG // 4),
    "calls begun": "<tool_call>{" * (LONG // 12),
    "blocks": "```js\nasync function f () { await x() }\n```\n" * 10_000,
}


def look_up(text):
    look_ups = (LookUp("recipe", "Ways to an item."),)
    chat = ScriptedChat(text, "Done.")
    ToolConversation(chat, "write", look_ups, lambda *_: "Known.", 1).complete(
        [{"role": "user", "content": "Write."}]
    )


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize(
    "read",
    [lambda text: read_object(text, "goal"), lambda text: functions_in(code_in(text)), look_up],
)
def test_no_answer_keeps_its_reader_busy(text, read):
    begun = time.process_time()
    with suppress(GoalError):
        read(text)
    assert time.process_time() - begun < MOST_SECONDS


def test_a_program_full_of_unknown_names_is_refused_in_a_moment():
    names = [f"qz{number}w" for number in range(400)]
    lines = "\n".join(f"  mcData.itemsByName.{name}\n  bot.{name}" for name in names)
    vocabulary = Vocabulary(PRIMITIVES, (), GAME_DATA)
    READER("async function first () {}")  # starts the host
    begun = time.process_time()
    with pytest.raises(ProgramProblemError, match="more problems"):
        check_program(f"async function f () {{\n{lines}\n}}", TASK.goal, vocabulary, READER)
    assert time.process_time() - begun < MOST_SECONDS
