"""A language model that says what a test tells it to, without an endpoint."""

from __future__ import annotations

import itertools

from voyager.language_models import Capabilities, Completion, ToolCall
from voyager.records import Spend


class ScriptedChat:
    """Gives `answers` in turn (texts, completions, or errors to raise) and keeps what was asked."""

    def __init__(self, *answers, tools=False):
        self._answers = iter(answers)
        self._tools = tools
        self.asked = []
        self.purposes = []
        self.offered = []
        self.schemas = []

    def complete(self, messages, *, purpose, schema=None, tools=()):
        self.asked.append([dict(message) for message in messages])
        self.purposes.append(purpose)
        self.offered.append(tuple(tools))
        self.schemas.append(schema)
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Completion) else completion(answer)

    def capabilities(self, purpose):
        return Capabilities(tools=self._tools)


def completion(text="", **fields):
    return Completion(text, Spend(100, 20, 0.0), "scripted", **fields)


def calling(*calls, text=""):
    """An answer that calls tools, each given as (name, arguments as JSON text)."""
    numbers = itertools.count(1)
    made = tuple(ToolCall(f"call{next(numbers)}", name, text) for name, text in calls)
    return completion(text, finish_reason="tool_calls", tool_calls=made)
