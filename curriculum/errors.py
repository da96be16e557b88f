"""Errors of the curriculum.

    CurriculumError
    ├── GoalError           a goal that cannot be read, or names what cannot be
    ├── UnknownItemError    a name the game's version does not know; carries the close ones
    └── NoPlanError         the recipe graph has no way to an item

Each message is one sentence that says what is wrong and, where it can, what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class CurriculumError(Exception):
    """Base of everything this room raises."""


class GoalError(CurriculumError):
    """A goal is malformed."""


class UnknownItemError(CurriculumError):
    """No item, block or entity of the version has that name; `close` lists similar names."""

    def __init__(self, name: str, close: Sequence[str], kind: str = "item", version: str = ""):
        self.name = name
        self.close = tuple(close)
        known = f" in Minecraft {version}" if version else ""
        advice = f"did you mean {' or '.join(close)}?" if close else "check the spelling."
        super().__init__(f"There is no {kind} called {name!r}{known}: {advice}")


class NoPlanError(CurriculumError):
    """Nothing that can be mined, crafted or smelted leads to the item."""
