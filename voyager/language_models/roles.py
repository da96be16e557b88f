"""Which of the agent's parts asks: each has a role, and each role may have a model of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from voyager.language_models.chat_model import (
    Capabilities,
    ChatModel,
    Completion,
    Message,
    Schema,
    Tool,
)


class Role(StrEnum):
    """A part of the agent that asks a model."""

    PROPOSER = "proposer"
    WRITER = "writer"
    CRITIC = "critic"
    DESCRIBER = "describer"


ROLES: Mapping[str, Role] = {
    "propose": Role.PROPOSER,
    "decompose": Role.PROPOSER,
    "answer": Role.DESCRIBER,
    "write": Role.WRITER,
    "write_helper": Role.WRITER,
    "review": Role.CRITIC,
    "judge": Role.CRITIC,
    "describe": Role.DESCRIBER,
}
"""The role of every purpose that a model is asked for."""


class RoutedChatModel:
    """A `ChatModel` that passes each purpose on to the model of its role."""

    def __init__(self, models: Mapping[Role, ChatModel]) -> None:
        self._models = dict(models)

    def complete(
        self,
        messages: Sequence[Message],
        *,
        purpose: str,
        schema: Schema | None = None,
        tools: Sequence[Tool] = (),
    ) -> Completion:
        """See `ChatModel.complete`. KeyError for a purpose that has no role."""
        model = self._models[ROLES[purpose]]
        return model.complete(messages, purpose=purpose, schema=schema, tools=tools)

    def capabilities(self, purpose: str) -> Capabilities:
        """See `ChatModel.capabilities`."""
        return self._models[ROLES[purpose]].capabilities(purpose)
