"""What the agent asks of a language model: a conversation in, an answer out.

Covers the interface `ChatModel` and the values that pass through it. Not covered: how an endpoint
is reached (`openai_chat_model.py`), which model answers for which purpose (`roles.py`), and the
books (`metered.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from voyager.records import Spend

Message = Mapping[str, Any]
"""As the chat-completions protocol has them: `{"role": "system" | "user" | "assistant", "content":
text}`; an assistant's may hold `tool_calls`, and `{"role": "tool", "tool_call_id", "content"}`
answers one of them."""

Schema = Mapping[str, Any]
"""A JSON schema of an object, with a `title` that names it."""


@dataclass(frozen=True)
class Tool:
    """A function that a model may call before it answers. `parameters` is a JSON schema."""

    name: str
    description: str
    parameters: Schema


@dataclass(frozen=True)
class ToolCall:
    """A call that a model makes. `arguments` is JSON as the model wrote it, which may be broken."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class Capabilities:
    """What an endpoint can do with a model, as far as was found out.

    `structured` is `json_schema`, `json_object` or `none`; without a schema an answer is plain text
    that has to be read with patience. Without `tools` they are offered in words. `problems` says
    what was tried and did not work, in sentences.
    """

    structured: str = "none"
    tools: bool = False
    streaming: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Completion:
    """What the model answered. An answer without text is `""`; what to make of it is the caller's.

    `finish_reason` is `stop`, `length` (cut off at the token limit), `tool_calls`, `refused` (the
    model or a filter would not; `refusal` says why), or whatever the endpoint says.
    `retries` counts how often the request was sent again before this answer came.
    """

    text: str
    spend: Spend
    model: str
    finish_reason: str = "stop"
    retries: int = 0
    tool_calls: tuple[ToolCall, ...] = ()
    refusal: str = ""


class ChatModel(Protocol):
    """A language model that answers a conversation."""

    def complete(
        self,
        messages: Sequence[Message],
        *,
        purpose: str,
        schema: Schema | None = None,
        tools: Sequence[Tool] = (),
    ) -> Completion:
        """The answer to `messages`.

        `purpose` says what for (see `roles.py`), for the choice of the model and for the books.
        With a `schema` the endpoint is held to it where it can be; with `tools` the answer may be
        calls of them, where the endpoint can do that. Neither is relied on: read the answer.
        Raises ModelError: ModelRefusedError (ContextOverflowError when the prompt is too long),
        ModelUnreachableError or BudgetSpentError. Raises SittingOverError, which is none of these,
        when a budget is spent that the sitting was to end with.
        """

    def capabilities(self, purpose: str) -> Capabilities:
        """What can be relied on for this purpose. Found out once; asks nothing after that."""
