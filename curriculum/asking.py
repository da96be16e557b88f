"""What this room asks for: a language model, and what people wish.

Covers the Protocols; the agent gives the objects where it is composed, and keeps the books.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class ChatReply(Protocol):
    """What a model answered, as far as the curriculum cares."""

    @property
    def text(self) -> str:
        """The answer's text."""


class Chat(Protocol):
    """A language model."""

    def complete(
        self,
        messages: Sequence[Mapping[str, Any]],
        *,
        purpose: str,
        schema: Mapping[str, Any] | None = None,
    ) -> ChatReply:
        """The answer to a conversation of `{"role", "content"}` messages.

        An endpoint that can is held to the `schema`; the answer is read with patience all the same.
        """


class Wish(Protocol):
    """What somebody told the agent."""

    @property
    def id(self) -> int:
        """By which it is taken."""

    @property
    def text(self) -> str:
        """In their words."""


class WishBoard(Protocol):
    """What people told the agent in this world."""

    def open(self) -> Sequence[Wish]:
        """What nobody has answered yet, oldest first."""

    def recent(self) -> Sequence[Wish]:
        """The last few that were taken into account, to be kept in mind."""

    def take(self, ids: Sequence[int], reply: str) -> object:
        """These are taken into account; `reply` is the answer to whoever told them."""
