"""Keeping the books: every answer of a model with what was asked, until somebody collects them.

A task's proposal and a program that could not be written cost tokens too. The meter sits around
the model, so nothing is missed whoever asked. Not covered: refusing calls over a budget.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from voyager.language_models.chat_model import (
    Capabilities,
    ChatModel,
    Completion,
    Message,
    Schema,
    Tool,
)
from voyager.records import Spend


@dataclass(frozen=True)
class ModelCall:
    """One question and its answer. `purpose` is what the caller named (`propose`, `write`)."""

    purpose: str
    messages: tuple[Message, ...]
    completion: Completion


class MeteredChatModel:
    """A `ChatModel` around another that remembers its calls. Safe to use from several threads."""

    def __init__(self, inner: ChatModel) -> None:
        self._inner = inner
        self._lock = threading.Lock()
        self._calls: list[ModelCall] = []
        self._total = Spend()

    def complete(
        self,
        messages: Sequence[Message],
        *,
        purpose: str,
        schema: Schema | None = None,
        tools: Sequence[Tool] = (),
    ) -> Completion:
        """See `ChatModel.complete`."""
        completion = self._inner.complete(messages, purpose=purpose, schema=schema, tools=tools)
        with self._lock:
            self._calls.append(ModelCall(purpose, tuple(messages), completion))
            self._total = self._total + completion.spend
        return completion

    def capabilities(self, purpose: str) -> Capabilities:
        """See `ChatModel.capabilities`."""
        return self._inner.capabilities(purpose)

    @property
    def total(self) -> Spend:
        """All that was spent through this meter."""
        with self._lock:
            return self._total

    def take_calls(self) -> tuple[ModelCall, ...]:
        """The calls since the last time this was asked, oldest first."""
        with self._lock:
            calls, self._calls = tuple(self._calls), []
        return calls
