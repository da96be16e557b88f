"""Prompts of this room: templates in `prompts/`, rendered strictly, and what goes into them.

Covers rendering, and cutting foreign text to size. Not covered: what a prompt says.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import jinja2

PIECE_CHARACTERS = 4000
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
_HEADING = re.compile(r"^(?=#)", re.MULTILINE)


def render(name: str, **values: Any) -> str:
    """The template `prompts/<name>.j2` with these values; a missing one is a fault of ours."""
    return _environment().get_template(f"{name}.j2").render(**values)


def short(text: object, characters: int) -> str:
    """Foreign text in one line of at most so many characters."""
    line = " ".join(str(text)[: 4 * characters].split())
    return line if len(line) <= characters else f"{line[: characters - 3]}..."


def unmarked(text: str) -> str:
    """Text that begins no section of a prompt and holds nothing that cannot be seen."""
    return _HEADING.sub(" ", _UNSEEN.sub("", text))


def as_data(text: object) -> str:
    """Text that cannot close the tags a prompt puts around it, nor begin a section of it."""
    return unmarked(str(text)).replace("</", "< /")


def asked_again(answer: str, problem: str, wanted: str) -> list[dict[str, str]]:
    """What a model is told of an answer that cannot be used; `wanted` names what it is to give."""
    again = render("answer_again", problem=short(problem, 600), wanted=wanted)
    # Endpoints refuse a message without content, and rambling need not be read twice.
    said = answer[:PIECE_CHARACTERS] or "(no answer)"
    return [{"role": "assistant", "content": said}, {"role": "user", "content": again}]


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("curriculum", "prompts"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data"] = as_data
    return environment
