"""The form of an answer: a completion in one piece, the chunks of a stream, an error.

Covers what is said, as the chat-completions protocol has it; how it is sent is the server's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from voyager.language_models.replay.replies import Reply

PIECES = 200
LEAST_PIECE_CHARACTERS = 8
DONE = "data: [DONE]\n\n"

OVERFLOWS: dict[str, dict[str, Any]] = {
    "openai": {
        "message": "This model's maximum context length is 8192 tokens. However, your messages "
        "resulted in 9101 tokens. Please reduce the length of the messages.",
        "type": "invalid_request_error",
        "param": "messages",
        "code": "context_length_exceeded",
    },
    "vllm": {
        "message": "This model's maximum context length is 8192 tokens. However, you requested "
        "4096 output tokens and your prompt contains 5005 input tokens, for a total of 9101 "
        "tokens. Please reduce the length of the input prompt or the number of requested output "
        "tokens.",
        "type": "BadRequestError",
        "param": None,
        "code": 400,
    },
    "llama.cpp": {
        "message": "request (9101 tokens) exceeds the available context size (8192 tokens), try "
        "increasing it",
        "type": "exceed_context_size_error",
        "code": 400,
        "n_prompt_tokens": 9101,
        "n_ctx": 8192,
    },
    "ollama": {
        "message": "the input length exceeds the context length",
        "type": "invalid_request_error",
        "param": None,
        "code": None,
    },
}
"""How endpoints say that a prompt is too long. All answer with status 400."""


def status_of(reply: Reply) -> int:
    """The HTTP status it is sent with."""
    return 400 if reply.overflow else reply.status


def error_body(message: str, kind: str = "replayed", code: str | None = None) -> dict[str, Any]:
    """An error as OpenAI words it."""
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def completion_body(reply: Reply, model: str) -> dict[str, Any]:
    """A reply in the form of the protocol, in one piece."""
    if reply.overflow:
        return {"error": OVERFLOWS[reply.overflow]}
    if reply.status >= 400:
        return error_body(reply.text or f"status {reply.status}")
    message: dict[str, Any] = {"role": "assistant", "content": reply.text}
    if reply.refusal is not None:
        message["refusal"] = reply.refusal
    if reply.reasoning is not None:
        message["reasoning_content"] = reply.reasoning
    if reply.tool_calls:
        message["tool_calls"] = [_call(reply, index) for index in range(len(reply.tool_calls))]
    choice = {"index": 0, "message": message, "finish_reason": _finish_reason(reply)}
    body = {**_frame("chat.completion", model), "choices": [] if reply.no_choices else [choice]}
    if reply.usage:
        body["usage"] = _usage(reply)
    return body


def stream_events(reply: Reply, model: str, with_usage: bool) -> Iterator[tuple[str, int]]:
    """The events of a stream, each with the characters of the text that it carries.

    The last chunk of text is followed by one with the finish reason, by one with the usage where
    it was asked for, and by the end.
    """
    if reply.no_choices:
        yield _event({**_frame("chat.completion.chunk", model), "choices": []}), 0
        yield DONE, 0
        return
    deltas = list(_deltas(reply))
    for index, (delta, characters) in enumerate(deltas):
        if reply.stray_line is not None and index == len(deltas) // 2:
            yield f"{reply.stray_line}\n\n", 0
        yield _event(_chunk(model, delta, None)), characters
    yield _event(_chunk(model, {}, _finish_reason(reply))), 0
    if with_usage and reply.usage:
        frame = _frame("chat.completion.chunk", model)
        yield _event({**frame, "choices": [], "usage": _usage(reply)}), 0
    yield DONE, 0


def _deltas(reply: Reply) -> Iterator[tuple[dict[str, Any], int]]:
    yield {"role": "assistant", "content": None if reply.text is None else ""}, 0
    for piece in _pieces(reply.reasoning or ""):
        yield {"reasoning_content": piece}, 0
    for piece in _pieces(reply.refusal or ""):
        yield {"refusal": piece}, 0
    for piece in _pieces(reply.text or ""):
        yield {"content": piece}, len(piece)
    for index, call in enumerate(reply.tool_calls):
        start = {"index": index, **_call(reply, index)}
        start["function"] = {"name": call.name, "arguments": ""}
        yield {"tool_calls": [start]}, 0
        for piece in _pieces(call.arguments):
            yield {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}, len(piece)


def _pieces(text: str) -> Iterator[str]:
    size = max(LEAST_PIECE_CHARACTERS, len(text) // PIECES)
    for start in range(0, len(text), size):
        yield text[start : start + size]


def _call(reply: Reply, index: int) -> dict[str, Any]:
    call = reply.tool_calls[index]
    function = {"name": call.name, "arguments": call.arguments}
    return {"id": call.id, "type": "function", "function": function}


def _finish_reason(reply: Reply) -> str:
    called = reply.tool_calls and reply.finish_reason == "stop"
    return "tool_calls" if called else reply.finish_reason


def _frame(kind: str, model: str) -> dict[str, Any]:
    return {"id": "chatcmpl-replay", "object": kind, "created": 0, "model": model}


def _chunk(model: str, delta: dict[str, Any], finish_reason: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return {**_frame("chat.completion.chunk", model), "choices": [choice]}


def _usage(reply: Reply) -> dict[str, int]:
    return {
        "prompt_tokens": reply.input_tokens,
        "completion_tokens": reply.output_tokens,
        "total_tokens": reply.input_tokens + reply.output_tokens,
    }


def _event(body: dict[str, Any]) -> str:
    return f"data: {json.dumps(body)}\n\n"
