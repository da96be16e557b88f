"""Text of the game, of programs and of models, made fit to be kept and shown: it may be anything.

Covers what any room of the agent needs. What goes into a prompt is in `prompt_templates.py` too.
"""

from __future__ import annotations


def writable(text: str) -> str:
    """Text that UTF-8 can hold: halves of characters, as JSON may have, are joined or replaced."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def in_a_line(text: str, characters: int) -> str:
    """The text in one line, cut to so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= characters else f"{line[:characters]}..."


def printable(text: str) -> str:
    """The text safe to show in a terminal: nothing in it moves the cursor or colours."""
    return "".join(character if character.isprintable() else " " for character in text)
