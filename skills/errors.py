"""Errors of the skill library.

    SkillError
    ├── UnknownSkillError       no skill (or primitive) of that name or version
    ├── SkillNameError          a skill may not be called that
    ├── SkillCycleError         skills that call each other in a circle
    ├── SkillUnavailableError   a skill calls one that was quarantined or retired
    ├── IndexUnusableError      the search index cannot be opened, even when built anew
    └── EmbedderError           the embedding model is missing or is not the one we know

Each message is one sentence that says what to do. The library's own writes raise what `sqlite3`
raises: the owner of the connection maps those.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

_COMPARED = 1000
"""Names that are compared letter by letter, which takes microseconds each."""


class SkillError(Exception):
    """Base of everything this room raises."""


class UnknownSkillError(SkillError):
    """No skill of that name. `close_names` holds known names that look alike, best first."""

    def __init__(self, name: str, known: Iterable[str] = (), context: str = "") -> None:
        self.name = name
        alike = _beginning_alike(name, set(known))
        self.close_names = tuple(difflib.get_close_matches(name, alike, n=3))
        hint = f"; did you mean {' or '.join(self.close_names)}?" if self.close_names else "."
        super().__init__(f"{context}There is no skill {name}{hint}")


def _beginning_alike(name: str, known: Collection[str]) -> list[str]:
    """Of many names those that begin like this one, as far as any does; of few all, sorted."""
    alike = sorted(known)
    for length in range(1, len(name) + 1):
        nearer = [other for other in alike if other[:length].lower() == name[:length].lower()]
        if len(alike) <= _COMPARED or not nearer:
            break
        alike = nearer
    return alike[:_COMPARED]


class SkillNameError(SkillError):
    """The name is not a JavaScript identifier, or a primitive has it."""


class SkillCycleError(SkillError):
    """Skills that call each other in a circle. `path` starts and ends with the same name."""

    def __init__(self, path: tuple[str, ...]) -> None:
        self.path = path
        super().__init__(
            f"These skills call each other in a circle: {' -> '.join(path)}; "
            "change one so that it does not need the others."
        )


class SkillUnavailableError(SkillError):
    """A skill cannot be loaded since it, or one that it calls, is quarantined or retired."""


class IndexUnusableError(SkillError):
    """The search index cannot be opened or rebuilt (rights, space, a broken installation)."""


class EmbedderError(SkillError):
    """The embedding model is not installed, or its file is not the one this program knows."""
