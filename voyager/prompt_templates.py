"""The prompts in `voyager/prompts`: one Jinja template each, rendered strict.

A template begins with a line `{# version N: what it is #}`; N rises with every change of what a
model is told, so that answers can be compared by it. Sections begin with a line `## Name`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2

import curriculum


def render(name: str, /, **values: Any) -> str:
    """The prompt of that name with the values in their places; without one it is an error."""
    return _environment().get_template(f"{name}.j2").render(**values).strip()


def as_data(text: object, characters: int | None = None) -> str:
    """As the curriculum's `as_data`, and cut."""
    whole = curriculum.as_data(text)
    if characters is None or len(whole) <= characters:
        return whole
    return f"{whole[:characters]} ... ({len(whole) - characters} characters more)"


def as_code(source: str) -> str:
    """A program that cannot end the block of code it stands in, nor begin a section."""
    return curriculum.unmarked(source).replace("```", "'''")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("voyager", "prompts"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data"] = as_data
    environment.filters["code"] = as_code
    return environment
