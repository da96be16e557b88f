"""Templates filled in, and source in colours.

Whatever comes from the database is foreign text: every template escapes it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup, escape
from pygments import lex
from pygments.lexers import JavascriptLexer
from pygments.token import STANDARD_TYPES, _TokenType

from skills import primitives_reference

MOST_CHARACTERS = 100_000
"""Longer source is shown without colours."""


def render(name: str, /, **values: Any) -> str:
    """The page of that template."""
    return _environment().get_template(f"{name}.html.j2").render(**values)


def highlight(source: str, known: frozenset[str] = frozenset()) -> list[Markup]:
    """The lines of JavaScript source as HTML; names in `known` are links to their skills."""
    if len(source) > MOST_CHARACTERS:
        return [escape(line) for line in source.splitlines()]
    lines, current = list[Markup](), Markup()
    for kind, text in lex(source, JavascriptLexer(stripnl=False, ensurenl=False)):
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append(current)
                current = Markup()
            if piece:
                current += _coloured(kind, piece, known)
    if current:
        lines.append(current)
    return lines


def _coloured(kind: _TokenType, text: str, known: frozenset[str]) -> Markup:
    name = STANDARD_TYPES.get(kind, "")
    if name.startswith("n") and text in known:
        return Markup('<a href="/skill/{0}">{0}</a>').format(text)
    if name.startswith("n") and text in _primitives():
        return Markup('<span class="primitive">{}</span>').format(text)
    return Markup('<span class="{}">{}</span>').format(name, text) if name else escape(text)


@cache
def _primitives() -> frozenset[str]:
    return frozenset(reference.name for reference in primitives_reference())


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("voyager.inspector", "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["time"] = lambda text: str(text)[:16].replace("T", " ")
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    environment.filters["pretty_json"] = lambda value: json.dumps(value, indent=2, default=str)
    environment.filters["plain"] = lambda text: str(text).replace("_", " ")
    return environment
