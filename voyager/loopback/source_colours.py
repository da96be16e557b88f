"""JavaScript source in colours: each line as pieces with the name of their kind.

Names of the kinds are those of Pygments' style sheets (`k` a keyword, `s1` a string); what a
primitive is called is of the kind `primitive`.
"""

from __future__ import annotations

from functools import cache

from pygments import lex
from pygments.lexers import JavascriptLexer
from pygments.token import STANDARD_TYPES

from skills import primitives_reference

MOST_CHARACTERS = 100_000
"""Longer source is shown without colours."""

Piece = tuple[str, str]
"""The kind, empty for none, and the text."""


def coloured_lines(source: str) -> list[list[Piece]]:
    """The lines of JavaScript source."""
    if len(source) > MOST_CHARACTERS:
        return [[("", line)] for line in source.splitlines()]
    lines = list[list[Piece]]([[]])
    for token, text in lex(source, JavascriptLexer(stripnl=False, ensurenl=False)):
        kind = STANDARD_TYPES.get(token, "")
        if kind.startswith("n") and text in _primitives():
            kind = "primitive"
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append([])
            if piece:
                lines[-1].append((kind, piece))
    return lines if lines[-1] else lines[:-1]


@cache
def _primitives() -> frozenset[str]:
    return frozenset(reference.name for reference in primitives_reference())
