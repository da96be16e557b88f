"""Names of functions, made of words."""

from __future__ import annotations

from collections.abc import Collection

from curriculum import words


def capitalised(name: str) -> str:
    """The name as a part of a function's: iron_ingot is IronIngot."""
    return "".join(part[:1].upper() + part[1:] for part in words(name).split())


def entry_from_words(text: str, taken: Collection[str] = ()) -> str:
    """A function's name for what `text` says, letters alone; none of those `taken`."""
    letters = "".join(c if c.isascii() and c.isalpha() else " " for c in text)
    name = capitalised(letters.lower()) or "DoAll"
    name = name[0].lower() + name[1:]
    while name in taken:
        name += "WithSkills"
    return name
