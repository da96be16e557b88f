"""How many tokens a text is about, where no endpoint tells."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from voyager.language_models.chat_model import Tool

# English and JavaScript have 3 to 4 bytes a token with the usual vocabularies. A budget is better
# kept a little early than a little late.
BYTES_PER_TOKEN = 3.5
TOKENS_PER_MESSAGE = 4  # its role, and the marks around it


def estimated_tokens(messages: Sequence[Mapping[str, Any]], tools: Sequence[Tool] = ()) -> int:
    """About so many tokens are in the messages and the tools that are offered with them."""
    size = 0
    for message in messages:
        for value in message.values():
            size += _bytes(value)
    size += sum(_bytes(asdict(tool)) for tool in tools)
    return int(size / BYTES_PER_TOKEN) + TOKENS_PER_MESSAGE * len(messages)


def _bytes(value: object) -> int:
    if value is None:
        return 0
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return len(text.encode("utf-8", "replace"))
