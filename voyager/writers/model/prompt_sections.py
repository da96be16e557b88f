"""How long a prompt is, by section: what a model is told unasked is paid for every time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voyager.language_models import Message

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
PREAMBLE = "(preamble)"
_BY_ROLE = {"assistant": "(answers)", "tool": "(look-ups)"}


def prompt_sections(messages: Sequence[Message]) -> dict[str, int]:
    """Characters by section, in the order of the prompt; a section begins with a line `## Name`.

    What a model said and what it looked up count as sections of their own.
    """
    sizes: dict[str, int] = {}
    for message in messages:
        text = str(message.get("content") or "")
        name = _BY_ROLE.get(str(message.get("role")))
        for section, size in [(name, len(text))] if name else _sections(text):
            if size:
                sizes[section] = sizes.get(section, 0) + size
    return sizes


def _sections(text: str) -> list[tuple[str, int]]:
    headings = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    first = headings[0].start() if headings else len(text)
    named = [
        (heading[1].strip(), end - heading.start())
        for heading, end in zip(headings, ends, strict=False)
    ]
    return [(PREAMBLE, first), *named]
