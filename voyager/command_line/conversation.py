"""Model calls as a conversation in lines: who was asked what, and what was answered.

A prompt comes again and again with little that is new. Covers folding what was shown before: whole
messages, and sections of one that begin with a line `## Name`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from voyager.foreign_text import printable
from voyager.money import dollars

WORTH_FOLDING = 120  # characters; what is shorter is repeated
TAB = 4

_SECTION = re.compile(r"^(?=## )", re.MULTILINE)


def clean(line: str) -> str:
    """A line of anybody's text, safe to show in a terminal."""
    return printable(line.expandtabs(TAB))


class Conversation:
    """Shows calls one after the other and remembers what was said; `full` folds nothing."""

    def __init__(self, full: bool = False) -> None:
        self._full = full
        self._seen: set[str] = set()

    def call(self, call: dict[str, Any]) -> list[str]:
        """One question with its answer."""
        shown = [clean(_heading(call))]
        for message in call["messages"]:
            shown += self._message(message)
        shown += self._answer(call)
        # An answer comes back as a message of the next question.
        self._seen.add(_key("assistant", call["answer"]))
        return shown

    def _message(self, message: dict[str, Any]) -> list[str]:
        role, content = str(message.get("role", "")), _text_of(message.get("content"))
        if role == "tool":
            role = f"{message.get('tool_call_id', '')} answers".strip()
        key = _key(role, content)
        if not self._full and key in self._seen and len(content) >= WORTH_FOLDING:
            return [clean(f"  [{role}] as above ({len(content)} characters)")]
        self._seen.add(key)
        shown = [f"  [{clean(role)}]"]
        for part in _parts(content):
            shown += self._part(part)
        return shown + _calls(message.get("tool_calls"))

    def _part(self, part: str) -> list[str]:
        lines = part.strip("\n").splitlines()
        if not self._full and len(part) >= WORTH_FOLDING:
            if part.strip() in self._seen:
                return [clean(f"  {lines[0][:60]} ... as above ({len(part)} characters)")]
            self._seen.add(part.strip())
        return [f"  {clean(line)}".rstrip() for line in lines]

    def _answer(self, call: dict[str, Any]) -> list[str]:
        shown = []
        if call["answer"]:
            shown.append("  [answer]")
            shown += [f"  {clean(line)}".rstrip() for line in call["answer"].strip().splitlines()]
        shown += _calls(call["tool_calls"])
        if call["error"]:
            shown.append(clean(f"  [no answer: {call['outcome']}] {call['error']}"))
        elif not shown:
            shown.append("  [an empty answer]")
        return shown


def _heading(call: dict[str, Any]) -> str:
    words = [f"{call['role']} ({call['purpose']}), {call['model'] or 'a model without a name'}"]
    words.append(call["at"][:19].replace("T", " "))
    words.append(f"{call['input_tokens']} + {call['output_tokens']} tokens")
    words.append("price unknown" if call["cost"] is None else dollars(call["cost"]))
    words.append(f"{call['seconds']:.1f} s")
    if call["retries"]:
        words.append("sent twice" if call["retries"] == 1 else f"sent {call['retries'] + 1} times")
    words.append(call["outcome"].replace("_", " "))
    return f"--- {', '.join(words)}"


def _calls(calls: Any) -> list[str]:
    """Calls of tools, as the books have them or as the protocol does."""
    shown = []
    for call in calls if isinstance(calls, list) else ():
        asked = call.get("function", call) if isinstance(call, dict) else {}
        number = call.get("id", "") if isinstance(call, dict) else ""
        said = f"{asked.get('name', '?')}({asked.get('arguments', '')})"
        shown.append(clean(f"  [looks up, {number}] {said}" if number else f"  [looks up] {said}"))
    return shown


def _text_of(content: Any) -> str:
    if content is None:
        return ""
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def _parts(text: str) -> list[str]:
    """Its sections, each with its heading; a text without any is one part."""
    return [part for part in _SECTION.split(text) if part.strip()]


def _key(role: str, text: str) -> str:
    return f"{role}:{text.strip()}"
