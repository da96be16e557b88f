"""Messages of the feed and rows of the journal as lines to read, in the console's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from voyager import events
from voyager.console.plain import describe

LONGEST_LINE = 400
_KINDS = {
    kind.type: kind
    for kind in vars(events).values()
    if isinstance(kind, type) and issubclass(kind, events.Event)
}
_BAD = frozenset(
    {"fault_happened", "bot_died", "checkpoint_failed", "model_failed", "stuck_noticed"}
)
_GOOD = frozenset({"milestone_reached", "skill_stored", "skill_verified", "fault_over"})


def told_lines(messages: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """A line for each that is worth one, the newest first: `at`, `type`, `text`, `tone`."""
    lines = [line for message in messages if (line := _line(message)) is not None]
    return lines[::-1]


def _line(message: Mapping[str, Any]) -> dict[str, str] | None:
    name = str(message.get("type"))
    text = " ".join(_text(name, message).split())
    if not text:
        return None
    failed = message.get("passed") is False
    tone = "bad" if name in _BAD or failed else "good" if name in _GOOD else ""
    shown = text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"
    return {"at": str(message.get("at") or ""), "type": name, "text": shown, "tone": tone}


def _text(name: str, message: Mapping[str, Any]) -> str:
    """In the console's words; of a kind that it does not know, or of other fields, its name."""
    kind = _KINDS.get(name)
    if kind is None:
        return name.replace("_", " ")
    known = {field.name: message[field.name] for field in fields(kind) if field.name in message}
    try:
        return describe(kind(**known))
    except (TypeError, ValueError, AttributeError, KeyError):
        return name.replace("_", " ")
