"""What of the protocol an endpoint takes: the form of the requests to it.

Endpoints that speak the protocol take different parts of it. A form says which parts are used;
`lesser_form` says what to leave out when a request was refused over one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from voyager.foreign_text import writable
from voyager.language_models.chat_model import Message, Schema, Tool
from voyager.language_models.endpoint.endpoint_failures import Failure
from voyager.language_models.endpoint.model_settings import ModelSettings

NEWER_LIMIT, OLDER_LIMIT = "max_completion_tokens", "max_tokens"
NAME_CHARACTERS = 64
NOTES = 12
DEEPEST = 100


@dataclass(frozen=True)
class Question:
    """What is asked, whatever the form.

    output_tokens: the answer is cut off there; None takes the settings' limit, 0 leaves it to the
        endpoint.
    """

    messages: Sequence[Message]
    schema: Schema | None = None
    tools: Sequence[Tool] = ()
    output_tokens: int | None = None


@dataclass(frozen=True)
class RequestForm:
    """Which parts of the protocol are used.

    structured: `json_schema`, `json_object` or `none`; `with_tools` says whether in one request
        with tools as well, and `unfit` has the names of schemas that the endpoint cannot keep to.
    limits: names of the limit of an answer's length, the one to use first; may be empty.
    notes: what was tried and did not work, in sentences.
    """

    structured: str = "json_schema"
    with_tools: bool = True
    unfit: frozenset[str] = frozenset()
    tools: bool = True
    streaming: bool = True
    stream_usage: bool = True
    temperature: bool = True
    limits: tuple[str, ...] = (OLDER_LIMIT, NEWER_LIMIT)
    notes: tuple[str, ...] = ()

    def noting(self, sentence: str, **changes: Any) -> RequestForm:
        """The same with changes, and why."""
        return replace(self, **changes, notes=(*self.notes, sentence)[-NOTES:])


def first_form(settings: ModelSettings, is_openai: bool) -> RequestForm:
    """The form to begin with: all that the settings do not rule out."""
    # OpenAI's newer models refuse the older name, most other servers know only that one.
    limits = (NEWER_LIMIT, OLDER_LIMIT) if is_openai else (OLDER_LIMIT, NEWER_LIMIT)
    structured = "json_schema" if settings.structured == "auto" else settings.structured
    return RequestForm(
        structured=structured,
        tools=settings.tools != "off",
        streaming=settings.streaming != "off",
        limits=limits,
    )


def request_of(question: Question, form: RequestForm, settings: ModelSettings) -> dict[str, Any]:
    """The request's body."""
    request: dict[str, Any] = {
        "model": settings.model,
        "messages": [_clean(dict(message)) for message in question.messages],
    }
    limit = question.output_tokens
    limit = settings.max_output_tokens if limit is None else limit
    if form.limits and limit:
        request[form.limits[0]] = limit
    if settings.temperature is not None and form.temperature:
        request["temperature"] = settings.temperature
    if question.tools and form.tools:
        request["tools"] = [_tool(tool) for tool in question.tools]
    if question.schema is not None and (form.with_tools or "tools" not in request):
        request |= _response_format(question, question.schema, form)
    if form.streaming:
        request["stream"] = True
        if form.stream_usage:
            request["stream_options"] = {"include_usage": True}
    return request


def shorter_question(question: Question, why: Failure) -> Question | None:
    """The same with no limit of its answer's length, when that is what was too much.

    The room for the answer counts as part of the context; without a limit endpoints take what is
    left. None when that is not it.
    """
    if why.outcome != "overflow" or question.output_tokens == 0:
        return None
    return replace(question, output_tokens=0) if _SIGNS["limit"].search(why.said) else None


def lesser_form(form: RequestForm, request: Mapping[str, Any], why: Failure) -> RequestForm | None:
    """The form without what a refusal named; None when it named nothing that can be left out."""
    if why.status is None or why.status < 400 or why.kind in ("no_model", "filtered"):
        return None
    if why.status in (401, 402, 403, 408, 429) or why.outcome == "overflow":
        return None
    if why.status >= 500 and not _UNABLE.search(why.said):
        return None
    limited = any(name in request for name in form.limits)
    parts = {*request, *(("limit",) if limited else ())} & set(_SIGNS)
    param = why.param.split(".")[0].split("[")[0]
    param = "limit" if param in (NEWER_LIMIT, OLDER_LIMIT) else param
    if param in _SIGNS or param == "model":
        return _without(param, form, request, why) if param in parts else None
    for part, sign in _SIGNS.items():
        if part in parts and sign.search(why.said):
            return _without(part, form, request, why)
    return None


_UNABLE = re.compile(
    r"require|support|unknown|invalid|unexpected|unrecognized|not implemented|not allowed|disabled",
    re.IGNORECASE,
)
_BAD_SCHEMA = re.compile(
    r"invalid.{0,20}schema|unsupported.{0,40}(schema|keyword)|schema.{0,40}(is not valid|invalid)",
    re.IGNORECASE,
)
"""What is wrong with a schema, and not with schemas."""
_SIGNS = {
    "stream_options": re.compile(r"stream_options|include_usage", re.IGNORECASE),
    "response_format": re.compile(
        r"response_format|json_schema|json_object|json mode|structured.?output|grammar|\bschema\b",
        re.IGNORECASE,
    ),
    "tools": re.compile(
        r"\btools?\b|tool_choice|tool[ _-](use|call)|function[ _-]?call", re.IGNORECASE
    ),
    "limit": re.compile(
        r"max_(completion_|output_|new_)?tokens|output tokens|in the completion", re.IGNORECASE
    ),
    "temperature": re.compile(r"\btemperature\b", re.IGNORECASE),
    "stream": re.compile(r"\bstream(ing|ed)?\b", re.IGNORECASE),
}
"""How a refusal names a part of a request, in the order in which they are looked for."""


def _sentence(why: Failure) -> str:
    return f"{why.reason[:1].upper()}{why.reason[1:]}."


def _without(part: str, form: RequestForm, request: Mapping[str, Any], why: Failure) -> RequestForm:
    said = _sentence(why)
    if part == "limit":
        return form.noting(f"Length limit {form.limits[0]}: {said}", limits=form.limits[1:])
    if part == "stream_options":
        return form.noting(f"Tokens of streams: {said}", stream_usage=False)
    if part == "stream":
        return form.noting(f"Streaming: {said}", streaming=False)
    if part == "temperature":
        return form.noting(f"Temperature: {said}", temperature=False)
    if "tools" in request and "response_format" in request:
        return form.noting(f"JSON schema together with tools: {said}", with_tools=False)
    if part == "tools":
        return form.noting(f"Tools: {said}", tools=False)
    schema = request.get("response_format", {}).get("json_schema")
    if schema and _BAD_SCHEMA.search(why.said):
        unfit = form.unfit | {schema["name"]}
        return form.noting(f"JSON schema {schema['name']}: {said}", unfit=unfit)
    if form.structured == "json_schema":
        return form.noting(f"JSON schema: {said}", structured="json_object")
    return form.noting(f"JSON object: {said}", structured="none")


def _response_format(question: Question, schema: Schema, form: RequestForm) -> dict[str, Any]:
    name = re.sub(r"[^A-Za-z0-9_-]", "_", str(schema.get("title") or "answer"))[:NAME_CHARACTERS]
    if form.structured == "json_schema" and name not in form.unfit:
        named = {"name": name, "strict": True, "schema": dict(schema)}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    # Endpoints that take this refuse it in a conversation that never speaks of JSON.
    mentioned = any("json" in str(one.get("content")).lower() for one in question.messages)
    if form.structured != "none" and mentioned:
        return {"response_format": {"type": "json_object"}}
    return {}


def _tool(tool: Tool) -> dict[str, Any]:
    function = {
        "name": tool.name,
        "description": writable(tool.description),
        "parameters": dict(tool.parameters),
    }
    return {"type": "function", "function": function}


def _clean(value: Any, depth: int = 0) -> Any:
    """The same with every text as UTF-8 can have it: text of the game may be anything."""
    if isinstance(value, str):
        return writable(value)
    if depth < DEEPEST and isinstance(value, Mapping):
        return {name: _clean(part, depth + 1) for name, part in value.items()}
    if depth < DEEPEST and isinstance(value, list | tuple):
        return [_clean(part, depth + 1) for part in value]
    return value
