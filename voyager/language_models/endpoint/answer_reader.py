"""An endpoint's answer, put together from what it sends: one body, or a stream of events.

Endpoints keep to the chat-completions protocol more or less; whatever can be understood is. Covers
bytes to `Answer`. Not covered: the connection (`endpoint_client.py`) and what an error means
(`endpoint_failures.py`).
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from typing import Any

from voyager.language_models.endpoint.answer_parts import Answer, AnswerParts, TooMuchError

WHOLE_CHARACTERS = 4 * 2**20
"""The longest body in one piece, and the longest event of a stream, that is looked at."""
LONGEST_FIELD = len("event:")


class BrokenAnswerError(Exception):
    """What came is no answer, or only part of one. `speaks` tells whether it began as one."""

    def __init__(self, message: str, speaks: bool) -> None:
        super().__init__(message)
        self.speaks = speaks


class AnswerReader:
    """Takes an answer's bytes; `on_piece` is told the answer's text as it comes in.

    The first bytes say whether it is a stream; where they do not, the content type does.
    """

    def __init__(self, content_type: str, on_piece: Callable[[str], None]) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._parts = AnswerParts(on_piece)
        self._said_streamed = "event-stream" in content_type.lower()
        self._streamed: bool | None = None
        self._held: list[str] = []
        self._held_characters = 0
        self._data: list[str] = []
        self._data_characters = 0
        self._done = False

    @property
    def finished(self) -> bool:
        """Whether the answer is whole; at most the count of its tokens may follow."""
        return self._done or self._parts.finish_reason is not None

    def feed(self, chunk: bytes) -> bool:
        """Take the next bytes. Answers whether nothing more is needed.

        Raises BrokenAnswerError, and EndpointSaidError for an error in place of an answer.
        """
        self._take(self._decoder.decode(chunk))
        return self._done

    def end(self) -> Answer:
        """The answer, when nothing more comes. Raises as `feed` does."""
        self._take(self._decoder.decode(b"", final=True))
        rest = "".join(self._held)
        if self._streamed:
            self._line(rest)
            self._event()
            if not self.finished:
                raise BrokenAnswerError("its answer broke off", speaks=True)
        else:
            self._whole(rest)
        return self._parts.answer(streamed=bool(self._streamed))

    def _take(self, text: str) -> None:
        if self._done or not text:
            return
        self._held.append(text)
        self._held_characters += len(text)
        if self._streamed is None:
            start = "".join(self._held).lstrip("\ufeff \t\r\n")
            self._held = [start]
            self._streamed = _is_stream(start, self._said_streamed)
        if self._streamed and ("\n" in text or "\r" in text):
            self._lines()
        if self._held_characters + self._data_characters > WHOLE_CHARACTERS:
            raise BrokenAnswerError("it sends more than an answer can be", bool(self._streamed))

    def _lines(self) -> None:
        text = "".join(self._held)
        half = "\r" if text.endswith("\r") else ""  # its other half may be on the way
        text = text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
        *lines, rest = text.split("\n")
        self._held, self._held_characters = [rest + half], len(rest)
        for line in lines:
            self._line(line)
            if self._done:
                return

    def _line(self, line: str) -> None:
        if not line.strip():
            self._event()
            return
        name, _, value = line.partition(":")
        if name == "data":
            self._data.append(value.removeprefix(" "))
            self._data_characters += len(value)
        elif name == "error":  # llama.cpp, in the middle of a stream
            self._add(f'{{"error": {value}}}')
        # All else is a comment, or a field that this protocol does not use.

    def _event(self) -> None:
        data, self._data = "\n".join(self._data).strip(), []
        self._data_characters = 0
        if data.startswith("[DONE]"):
            self._done = True
        elif data:
            self._add(data)

    def _add(self, data: str) -> None:
        body = _read(data)
        if not isinstance(body, dict):
            raise BrokenAnswerError("it sent an event that is broken", speaks=True)
        self._understood(body)

    def _whole(self, text: str) -> None:
        body = _read(text)
        if body is None and text.startswith("{"):
            raise BrokenAnswerError("it broke off", speaks=True)
        if not isinstance(body, dict) or not (body.get("choices") is not None or body.get("error")):
            raise BrokenAnswerError("that is no completion", speaks=False)
        self._understood(body)

    def _understood(self, body: dict[str, Any]) -> None:
        try:
            self._parts.add(body)
        except TooMuchError:
            self._done = True


def _is_stream(start: str, said: bool) -> bool | None:
    """Whether text that begins so is a stream of events; None when that is not clear yet."""
    if start.startswith(("{", "[", "<")):
        return False
    if said and start:
        return True
    if len(start) < LONGEST_FIELD:
        return None
    return start.startswith(("data:", "event:", "id:", "retry:", ":"))


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
