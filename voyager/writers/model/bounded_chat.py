"""A model that may be asked only so often for one program.

Covers counting. An endpoint that answers anything, or always the same, would otherwise be asked for
every answer, look-up and helper there may be.
"""

from __future__ import annotations

from collections.abc import Sequence

from voyager.errors import WriterError
from voyager.language_models import Capabilities, ChatModel, Completion, Message, Schema, Tool


class BoundedChat:
    """A `ChatModel` around another. After so many `calls` it raises WriterError."""

    def __init__(self, inner: ChatModel, calls: int) -> None:
        self._inner = inner
        self._calls = calls
        self._left = calls

    def complete(
        self,
        messages: Sequence[Message],
        *,
        purpose: str,
        schema: Schema | None = None,
        tools: Sequence[Tool] = (),
    ) -> Completion:
        """See `ChatModel.complete`."""
        if self._left == 0:
            raise WriterError(
                f"The model was asked {self._calls} times for one program and wrote none that can"
                " be run.",
                "unusable",
            )
        self._left -= 1
        return self._inner.complete(messages, purpose=purpose, schema=schema, tools=tools)

    def capabilities(self, purpose: str) -> Capabilities:
        """See `ChatModel.capabilities`."""
        return self._inner.capabilities(purpose)
