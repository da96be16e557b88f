"""What a model thinks aloud before it answers is no part of the answer.

Covers `<think>` blocks at the beginning of a text, as models write them that their server has not
taken apart. Thoughts in a field of their own never get here.
"""

from __future__ import annotations

import re

_NAMES = ("think", "thinking", "thought", "reasoning")
_OPENING = re.compile(rf"<({'|'.join(_NAMES)})>", re.IGNORECASE)
_OPENINGS = tuple(f"<{name}>" for name in _NAMES)
_ORPHAN = "</think>"


class ThoughtFilter:
    """Takes a text piece by piece and lets through what is no thought.

    White space before the answer does not count as part of it.
    """

    def __init__(self) -> None:
        self._held = ""
        self._closing: str | None = None  # inside of a block: what ends it
        self._open = False  # the answer has begun

    def feed(self, piece: str) -> str:
        """What of the text so far is the answer's and was not given before."""
        if self._open:
            return piece
        self._held += piece
        while self._block_found() if self._closing is None else self._block_left(self._closing):
            pass
        return self._begin() if self._open else ""

    def end(self) -> str:
        """What was held back because it might have become a block, at the end of the text."""
        return "" if self._closing else self._held

    def _begin(self) -> str:
        shown, self._held = self._held, ""
        return shown

    def _block_found(self) -> bool:
        """Whether the text goes on with a block of thoughts. Sees too whether the answer begins."""
        self._held = self._held.lstrip()
        if found := _OPENING.match(self._held):
            self._closing = f"</{found[1]}>"
            self._held = self._held[found.end() :]
            return True
        self._open = not any(opening.startswith(self._held.lower()) for opening in _OPENINGS)
        return False

    def _block_left(self, closing: str) -> bool:
        _, found, after = self._held.partition(closing)
        if not found:
            # The mark may come in two pieces; nothing else of a thought is needed.
            self._held = self._held[-len(closing) :]
            return False
        self._closing, self._held = None, after
        return True


def without_orphan(text: str) -> str:
    """An answer without the thoughts before a lonely `</think>`.

    Some servers put the opening mark into the prompt.
    """
    before, found, after = text.partition(_ORPHAN)
    return after.lstrip() if found and "<think" not in before else text
