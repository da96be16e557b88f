"""What a replaying endpoint may answer: `Reply`, and the requests it is chosen for.

A recording is JSON Lines, one `Reply` a line. A request gets the first reply not used yet whose
`match` is in its prompt (a reply without `match` fits every request). Not covered: HTTP
(`replay_server.py`), the form of an answer (`reply_bodies.py`) and what an endpoint can do at all
(`endpoint_abilities.py`).
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from voyager.language_models.endpoint.probe_text import PROBE_TEXT


class RepliedCall(BaseModel):
    """A tool call in an answer. `arguments` is sent as it is, JSON or not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    arguments: str = "{}"
    id: str = "call_1"


class Reply(BaseModel):
    """One recorded answer.

    match: text that the prompt must contain; None fits every request.
    text: what the model says; None leaves the message without content.
    refusal: the model's own words for why it will not.
    reasoning: what the model thought before, as `reasoning_content`.
    tool_calls: functions the model wants called.
    finish_reason: `stop`, `length`, `content_filter`, ...; with tool calls, `tool_calls`.
    input_tokens, output_tokens: the usage reported; `usage` False reports none.
    status: HTTP status; from 400 on, `text` becomes the error's message.
    overflow: refuses the prompt as too long for the context, in the wording of `openai`, `vllm`,
        `llama.cpp` or `ollama`.
    headers: sent along (`{"retry-after-ms": "1"}`); Content-Type may be among them.
    body: sent as it is in place of a completion, streamed or not.
    no_choices: answers with an empty list of choices.
    cut_after: the connection ends after so many characters of the text (of the body, when it is
        not streamed). `cut_quietly` closes a stream in good order, but without its last chunks.
    stall_after: says nothing more after so many characters, until the client leaves.
    drip_seconds: waits so long before each piece.
    stray_line: a line in the middle of a stream that does not belong there.
    hang: says nothing until the client leaves or the server stops.
    repeat: may be used any number of times.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: str | None = None
    text: str | None = ""
    refusal: str | None = None
    reasoning: str | None = None
    tool_calls: tuple[RepliedCall, ...] = ()
    finish_reason: str = "stop"
    input_tokens: int = 100
    output_tokens: int = 20
    usage: bool = True
    status: int = 200
    overflow: str | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    body: str | None = None
    no_choices: bool = False
    cut_after: int | None = None
    cut_quietly: bool = False
    stall_after: int | None = None
    drip_seconds: float = 0.0
    stray_line: str | None = None
    hang: bool = False
    repeat: bool = False


@dataclass(frozen=True)
class RecordedRequest:
    """What a client asked. `authorization` is the header as sent, None without one."""

    path: str
    body: dict[str, Any]
    authorization: str | None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def prompt(self) -> str:
        """All messages' text, one after the other."""
        messages = self.body.get("messages")
        if not isinstance(messages, list):
            return ""
        return "\n\n".join(
            str(message.get("content", "")) for message in messages if isinstance(message, dict)
        )

    @property
    def is_probe(self) -> bool:
        """Whether it only finds out what the endpoint can do."""
        return PROBE_TEXT in self.prompt


class Replies(Protocol):
    """Where a server gets its answers from. Asked by one thread at a time."""

    def take(self, request: RecordedRequest) -> Reply:
        """The answer to this request."""

    @property
    def unused(self) -> tuple[Reply, ...]:
        """What nobody has asked for yet."""


class RecordedReplies:
    """Replies that are used up in the order in which they fit."""

    def __init__(self, replies: Sequence[Reply]) -> None:
        self._replies = tuple(replies)
        self._used = [False] * len(self._replies)
        self._lock = threading.Lock()

    def take(self, request: RecordedRequest) -> Reply:
        """See `Replies`. A request that nothing fits is refused."""
        with self._lock:
            for index, reply in enumerate(self._replies):
                if self._used[index] and not reply.repeat:
                    continue
                if reply.match is None or reply.match in request.prompt:
                    self._used[index] = True
                    return reply
        return Reply(status=400, text="the recording holds no completion for this request")

    @property
    def unused(self) -> tuple[Reply, ...]:
        """See `Replies`."""
        with self._lock:
            return tuple(r for r, used in zip(self._replies, self._used, strict=True) if not used)


def read_replies(path: Path) -> tuple[Reply, ...]:
    """The replies of a JSON Lines file; empty lines are passed over. Raises ValueError."""
    replies = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            replies.append(Reply.model_validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"]) or "the line"
            raise ValueError(f"{path}, line {number}: {place}: {first['msg']}.") from error
    return tuple(replies)
