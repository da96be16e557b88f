"""What a model says, gathered from the parts in which it comes, whoever made them.

Covers the bodies of completions and of a stream's chunks, read with patience: fields may be null,
missing, of another type, or the endpoint's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from voyager.foreign_text import writable
from voyager.language_models.chat_model import ToolCall
from voyager.language_models.endpoint.thoughts import ThoughtFilter, without_orphan

ANSWER_CHARACTERS = 400_000
"""What of an answer is taken in, thoughts and calls included."""
TOOL_CALLS = 64
WORD_CHARACTERS = 200
MOST_TOKENS = 10**12
MOST_DOLLARS = 10**6

FINISH_REASONS = {
    "content_filter": "refused",
    "refusal": "refused",
    "max_tokens": "length",
    "eos": "stop",
    "end_turn": "stop",
    "stop_sequence": "stop",
    "function_call": "tool_calls",
}
"""Other words for what `Completion.finish_reason` says."""


class EndpointSaidError(Exception):
    """An error in place of an answer, with status 200 or in the middle of a stream."""

    def __init__(self, error: object) -> None:
        super().__init__("the endpoint reported an error")
        self.error = error


class TooMuchError(Exception):
    """The answer is longer than any that is of use; what there is has been kept."""


@dataclass(frozen=True)
class Usage:
    """The tokens of an answer. `cost` is in US dollars where the endpoint says it."""

    input_tokens: int
    output_tokens: int
    cost: float | None = None


@dataclass(frozen=True)
class Answer:
    """What the model said. See `Completion` for most fields; `usage` is None where untold."""

    text: str
    refusal: str
    tool_calls: tuple[ToolCall, ...]
    finish_reason: str
    usage: Usage | None
    model: str | None
    streamed: bool


@dataclass
class _Call:
    index: int | None
    id: str
    name: str = ""
    arguments: list[str] = field(default_factory=list)


class AnswerParts:
    """Gathers an answer. `on_piece` is told its text as it comes in, thoughts left out."""

    def __init__(self, on_piece: Callable[[str], None]) -> None:
        self._on_piece = on_piece
        self._thoughts = ThoughtFilter()
        self._text: list[str] = []
        self._refusal: list[str] = []
        self._calls: list[_Call] = []
        self._usage: Usage | None = None
        self._model: str | None = None
        self._choice: object = None
        self._characters = 0
        self.finish_reason: str | None = None

    def add(self, body: Mapping[str, Any]) -> None:
        """Take a completion, or the next chunk of one.

        Raises EndpointSaidError, and TooMuchError when no more is to be taken.
        """
        choices = [one for one in _list(body.get("choices")) if isinstance(one, Mapping)]
        if body.get("error") and not choices:
            raise EndpointSaidError(body["error"])
        self._model = self._model or _model_name(_word(body.get("model"))) or None
        self._usage = _usage(body) or self._usage
        if choices and self._choice is None:
            self._choice = choices[0].get("index")
        for choice in choices:
            if choice.get("index") == self._choice:
                self._add_choice(choice)
                return

    def answer(self, streamed: bool) -> Answer:
        """What was gathered."""
        last = self._thoughts.end()
        if last:
            self._say(last)
        text = writable(without_orphan("".join(self._text)))
        calls = tuple(_calls(self._calls))
        refusal = writable("".join(self._refusal))
        reason = self.finish_reason or "stop"
        reason = FINISH_REASONS.get(reason, reason)
        if refusal and not text and not calls:
            reason = "refused"
        elif calls and reason not in ("refused", "length"):
            reason = "tool_calls"
        if reason == "refused" and not refusal:
            refusal = "a content filter stopped the answer"
        return Answer(text, refusal, calls, reason, self._usage, self._model, streamed)

    def _add_choice(self, choice: Mapping[str, Any]) -> None:
        if choice.get("error"):
            raise EndpointSaidError(choice["error"])
        message = choice.get("delta") or choice.get("message")
        if not isinstance(message, Mapping):
            message = {"content": choice.get("text")}
        for piece in _texts(message.get("content")):
            self._say(self._thoughts.feed(self._room_for(piece)))
            self._stop_when_full()
        for name in ("reasoning_content", "reasoning"):  # counted, and not kept
            self._room_for(_string(message.get(name)))
        self._refusal.append(self._room_for(_string(message.get("refusal"))))
        for call in _list(message.get("tool_calls")):
            self._add_call(call)
        if isinstance(message.get("function_call"), Mapping):
            self._add_call({"index": 0, "function": message["function_call"]})
        self.finish_reason = _word(choice.get("finish_reason")).lower() or self.finish_reason
        self._stop_when_full()

    def _say(self, piece: str) -> None:
        if piece:
            self._text.append(piece)
            self._on_piece(writable(piece))

    def _room_for(self, piece: str) -> str:
        """What of a piece is still taken in."""
        room = max(0, ANSWER_CHARACTERS - self._characters)
        self._characters += len(piece)
        return piece[:room]

    def _stop_when_full(self) -> None:
        if self._characters > ANSWER_CHARACTERS:
            self.finish_reason = "length"
            raise TooMuchError

    def _add_call(self, part: object) -> None:
        if not isinstance(part, Mapping):
            return
        function = part.get("function")
        function = function if isinstance(function, Mapping) else part
        name = _word(function.get("name"))
        call = self._call_for(part.get("index"), _word(part.get("id")), name)
        if call is None:
            return
        call.name = call.name or name
        call.arguments.append(self._room_for(_arguments(function.get("arguments"))))

    def _call_for(self, index: object, identity: str, name: str) -> _Call | None:
        """The call that a part belongs to: one begun already, or a new one.

        Parts name their call by an index; some endpoints send whole calls without one, or all of
        them with the same.
        """
        number = index if isinstance(index, int) else None
        same = [one for one in self._calls if number is None or one.index == number]
        call = same[-1] if same else None
        if call is not None and name and call.name:
            another = (identity and identity != call.id) or name != call.name
            if another or (number is None and not identity):
                call = None
        if call is not None:
            return call
        if len(self._calls) >= TOOL_CALLS:
            return None
        self._calls.append(_Call(number, identity))
        return self._calls[-1]


def _calls(gathered: list[_Call]) -> Iterator[ToolCall]:
    taken: set[str] = set()
    for number, call in enumerate(gathered, start=1):
        if not call.name:
            continue
        identity = writable(call.id)
        if not identity or identity in taken:
            identity = f"call_{number}"
        taken.add(identity)
        arguments = writable("".join(call.arguments)) or "{}"
        yield ToolCall(identity, writable(call.name), arguments)


def _arguments(given: object) -> str:
    """A call's arguments as text; some endpoints send them as an object."""
    if isinstance(given, str):
        return given
    try:
        return json.dumps(given) if given else ""
    except (ValueError, RecursionError):
        return ""


def _texts(content: object) -> Iterator[str]:
    """The text of a message's content: a string, or a list of parts of which some are text."""
    if isinstance(content, str):
        yield content
    for part in _list(content):
        if isinstance(part, str):
            yield part
        elif isinstance(part, Mapping) and part.get("type", "text") in ("text", "output_text"):
            yield _string(part.get("text"))


def _usage(body: Mapping[str, Any]) -> Usage | None:
    found = body.get("usage")
    if not isinstance(found, Mapping):
        own = body.get("x_groq")
        found = own.get("usage") if isinstance(own, Mapping) else None
    if not isinstance(found, Mapping):
        return None
    return Usage(
        _tokens(found.get("prompt_tokens")),
        _tokens(found.get("completion_tokens")),
        _dollars(found.get("cost")),
    )


def _dollars(value: object) -> float | None:
    if isinstance(value, int | float) and 0 < value < MOST_DOLLARS:
        return float(value)
    return None


def _tokens(value: object) -> int:
    if isinstance(value, int | float) and 0 <= value <= MOST_TOKENS:
        return int(value)
    return 0


def _model_name(given: str) -> str:
    """A model's name. llama.cpp says the path of its file, whose folders are nobody's business."""
    is_path = given.startswith("/") or "\\" in given
    return re.split(r"[/\\]", given)[-1] if is_path else given


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _word(value: object) -> str:
    return writable(_string(value)[:WORD_CHARACTERS])
