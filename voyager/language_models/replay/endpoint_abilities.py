"""What a replaying endpoint can do, and its answers to those who only find that out.

Covers the abilities in which real endpoints differ, and the refusals of those that lack one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from voyager.language_models.replay.replies import RecordedRequest, RepliedCall, Reply

DEEPEST_EXAMPLE = 8


class Ability(StrEnum):
    """What an endpoint does about a part of a request: does it, says 400, or overlooks it."""

    HONOURS = "honours"
    REFUSES = "refuses"
    IGNORES = "ignores"


@dataclass(frozen=True)
class Abilities:
    """One for each part of a request in which endpoints differ."""

    json_schema: Ability = Ability.HONOURS
    json_object: Ability = Ability.HONOURS
    tools: Ability = Ability.HONOURS
    streaming: Ability = Ability.HONOURS

    def of(self, name: str) -> Ability:
        """What is done about the part of that name."""
        return Ability(getattr(self, name))


def asked_for(request: RecordedRequest) -> tuple[str, ...]:
    """The abilities that a request makes use of."""
    body = request.body
    response_format = body.get("response_format")
    kind = response_format.get("type") if isinstance(response_format, Mapping) else None
    names = [str(kind)] if kind in ("json_schema", "json_object") else []
    names += ["tools"] if body.get("tools") else []
    return (*names, "streaming") if body.get("stream") else tuple(names)


def refusal_of(request: RecordedRequest, abilities: Abilities) -> Reply | None:
    """The 400 that an endpoint says to what it cannot do; None when nothing is refused."""
    for name in asked_for(request):
        if abilities.of(name) == Ability.REFUSES:
            part = {"tools": "tools", "streaming": "stream"}.get(name, "response_format")
            return Reply(status=400, text=f"'{part}' ({name}) is not supported with this model.")
    return None


def probe_reply(request: RecordedRequest, abilities: Abilities) -> Reply:
    """The answer to a probe, by what the endpoint can do."""
    names = [n for n in asked_for(request) if abilities.of(n) == Ability.HONOURS]
    if "tools" in names:
        function = request.body["tools"][0]["function"]
        arguments = json.dumps(example_of(function.get("parameters") or {}))
        return Reply(
            text=None, tool_calls=(RepliedCall(name=function["name"], arguments=arguments),)
        )
    if "json_schema" in names:
        schema = request.body["response_format"].get("json_schema", {}).get("schema", {})
        return Reply(text=json.dumps(example_of(schema)))
    if "json_object" in names:
        return Reply(text='{"ok": true}')
    return Reply(text="Of course, here it is: ok.")


def example_of(schema: Any, depth: int = 0) -> Any:
    """A small value that fits a JSON schema (of the plain kind that endpoints take)."""
    if not isinstance(schema, Mapping) or depth > DEEPEST_EXAMPLE:
        return None
    for key in ("anyOf", "oneOf", "enum"):
        if schema.get(key):
            first = schema[key][0]
            return first if key == "enum" else example_of(first, depth + 1)
    if "const" in schema:
        return schema["const"]
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: example_of(part, depth + 1) for name, part in properties.items()}
    examples = {"string": "ok", "integer": 1, "number": 1, "boolean": True, "array": []}
    return examples.get(kind)
