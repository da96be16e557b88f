"""What a function takes, read from its signature in one line.

Covers signatures of primitives (`equip(name: Names, destination = 'hand')`), of skills
(`async function craftPlanks (count = 4)`) and of Mineflayer's methods. Not covered: what a type
holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING, _CLOSING = "([{<", ")]}>"
_KEY = re.compile(r"\s*(?:\.\.\.)?(\w+)")
_BY_DEFAULT = (
    (re.compile(r"-?[\d.]+"), "number"),
    (re.compile(r"['\"`].*"), "string"),
    (re.compile(r"true|false"), "boolean"),
)


@dataclass(frozen=True)
class CallParameter:
    """One parameter; `type` is empty when nobody says, `keys` are those of an options object."""

    name: str
    type: str
    is_optional: bool
    is_rest: bool
    keys: tuple[str, ...] | None


@dataclass(frozen=True)
class CallSignature:
    """`text` is how it is called, without the keywords of a declaration."""

    text: str
    parameters: tuple[CallParameter, ...]

    @property
    def needed(self) -> int:
        """How many arguments there must be."""
        return sum(not parameter.is_optional for parameter in self.parameters)

    @property
    def most(self) -> int | None:
        """How many arguments there may be; None without a limit."""
        return None if any(one.is_rest for one in self.parameters) else len(self.parameters)


def read_signature(text: str) -> CallSignature:
    """The signature that a line of text is; without brackets it takes nothing."""
    text = re.sub(r"^(?:async )?function\*? (\w+) \(", r"\1(", text.strip())
    start = text.find("(")
    inside = next(_parts(text[start + 1 :], "\0")) if start >= 0 else ""
    parts = [part.strip() for part in _parts(inside, ",")]
    return CallSignature(text, tuple(_parameter(part) for part in parts if part))


def _parameter(text: str) -> CallParameter:
    is_rest = text.startswith("...")
    declared, *default = (part.strip() for part in _parts(text.removeprefix("..."), "="))
    name, *types = (part.strip() for part in _parts(declared, ":"))
    keys = None
    if name.startswith("{"):
        found = (_KEY.match(part) for part in _parts(name[1:-1], ","))
        keys = tuple(match[1] for match in found if match)
    known = ":".join(types) or (_default_type(default[0]) if default else "")
    is_optional = is_rest or bool(default) or name.endswith("?")
    return CallParameter(name.rstrip("?"), known, is_optional, is_rest, keys)


def _default_type(default: str) -> str:
    return next((type_ for form, type_ in _BY_DEFAULT if form.fullmatch(default)), "")


def _parts(text: str, separator: str) -> Iterator[str]:
    """What stands between separators outside of brackets, up to a bracket closed too often."""
    depth, start = 0, 0
    for position, character in enumerate(text):
        arrow = text[position - 1 : position + 2]
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING and not (character == ">" and arrow.startswith("=")):
            depth -= 1
        if depth < 0:
            yield text[start:position]
            return
        if depth == 0 and character == separator and not (character == "=" and "=>" in arrow):
            yield text[start:position]
            start = position + 1
    yield text[start:]
