"""Templates filled in, and source in colours.

Whatever comes from the database is foreign text: every template escapes it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from voyager.loopback import coloured_lines


def render(name: str, /, **values: Any) -> str:
    """The page of that template."""
    return _environment().get_template(f"{name}.html.j2").render(**values)


def highlight(source: str, known: frozenset[str] = frozenset()) -> list[Markup]:
    """The lines of JavaScript source as HTML; names in `known` are links to their skills."""
    return [
        Markup().join(_coloured(kind, text, known) for kind, text in line)
        for line in coloured_lines(source)
    ]


def _coloured(kind: str, text: str, known: frozenset[str]) -> Markup:
    if kind.startswith("n") and text in known:
        return Markup('<a href="/skill/{0}">{0}</a>').format(text)
    return Markup('<span class="{}">{}</span>').format(kind, text) if kind else escape(text)


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
