"""What each primitive is called, takes and does, read from `primitives/*.js`.

One primitive a file: the function named like its file, with JSDoc above it. For prompts, and to
know which names a program may call. The JavaScript is read as text and never run here; a file that
does not hold its function is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_OPENING, _CLOSING = "([{", ")]}"
_QUOTES = "'\"`"
_OPTIONAL = re.compile(r"(?:\{.*\}\s*)?\[(\w+)\]")
_SHORT_TYPES = (
    (re.compile(r"string\|string\[\]"), "Names"),
    (re.compile(r"\{x: number, y: number, z: number\}"), "Position"),
    (re.compile(r"Object<string, number>"), "Counts"),
)
"""What `typed_signature` calls the types that come again and again."""


@dataclass(frozen=True)
class PrimitiveReference:
    """One primitive as a program sees it.

    `signature` leaves out the context, which the sandbox gives, and marks what may be left out:
    `smeltItem(input, count = 1, fuel?)`.
    `description` is the JSDoc's text on one line. `parameters` maps a parameter's name to what
    JSDoc says of it, `returns` is the type that it gives (what it resolves to, when async).
    `brief` is the tag of that name: in a line or two what it is for and what bites.
    `typed_signature` has the types with it: `equip(name: Names): {equipped: string}`. `Names` is a
    name, a family or a list of names, `Position` is `{x, y, z}`, `Counts` are counts by name.
    `throws` is what JSDoc says of its errors.
    """

    name: str
    signature: str
    description: str
    is_async: bool
    parameters: tuple[tuple[str, str], ...] = ()
    returns: str = ""
    brief: str = ""
    typed_signature: str = ""
    throws: str = ""


def primitives_folder() -> Path:
    """The folder of the primitives' JavaScript files."""
    return Path(__file__).with_name("primitives")


def reflexes_folder() -> Path:
    """The folder of the reflexes' JavaScript files."""
    return Path(__file__).with_name("reflexes")


def primitives_reference(folder: Path | None = None) -> tuple[PrimitiveReference, ...]:
    """All primitives in the folder, by name; empty when there is no such folder."""
    files = sorted((folder or primitives_folder()).glob("*.js"))
    read = (_reference(file.stem, file.read_text(encoding="utf-8")) for file in files)
    return tuple(reference for reference in read if reference is not None)


def _reference(name: str, source: str) -> PrimitiveReference | None:
    match = re.search(rf"^(async\s+)?function\s+{re.escape(name)}\s*\(", source, re.MULTILINE)
    if match is None:
        return None
    parameters = _split(source, match.end())[1:]
    text, tags = _documentation(source[: match.start()])
    optional = {m[1] for kind, body in tags if kind == "param" and (m := _OPTIONAL.match(body))}
    parameters = [f"{each}?" if each in optional else each for each in parameters]
    described = tuple(
        (parsed[2], parsed[3].lstrip("- "))
        for kind, body in tags
        if kind == "param" and (parsed := _parameter(body)) and not parsed[2].startswith("context")
    )
    returns = _type_of(_tag(tags, "returns") or _tag(tags, "return"))
    if promised := re.fullmatch(r"Promise<(.*)>", returns):
        returns = promised[1]
    types = {
        parsed[2]: parsed[1]
        for kind, body in tags
        if kind == "param" and (parsed := _parameter(body))
    }
    typed = f"{name}({', '.join(_typed(each, types) for each in parameters)})"
    return PrimitiveReference(
        name=name,
        signature=f"{name}({', '.join(parameters)})",
        description=text,
        is_async=match[1] is not None,
        parameters=described,
        returns=returns,
        brief=_tag(tags, "brief"),
        typed_signature=_short_types(f"{typed}: {returns}" if returns else typed),
        throws=_tag(tags, "throws"),
    )


def _typed(parameter: str, types: Mapping[str, str]) -> str:
    """With its type, where no default value tells it."""
    type_ = types.get(parameter.rstrip("?"), "")
    return f"{parameter}: {type_}" if type_ else parameter


def _short_types(text: str) -> str:
    for pattern, short in _SHORT_TYPES:
        text = pattern.sub(short, text)
    return text


def _tag(tags: list[tuple[str, str]], kind: str) -> str:
    return next((body for found, body in tags if found == kind), "")


def _documentation(before: str) -> tuple[str, list[tuple[str, str]]]:
    """The text and the (tag, body) pairs of the JSDoc that ends right before the function."""
    stripped = before.rstrip()
    start = stripped.rfind("/**")
    if not stripped.endswith("*/") or start < 0:
        return "", []
    lines = [line.strip().lstrip("*").strip() for line in stripped[start + 3 : -2].splitlines()]
    text, *tags = re.split(r"(?:^|(?<=\s))@(?=[a-z]+\b)", " ".join(lines))
    pairs = [tag.strip().partition(" ") for tag in tags]
    return _one_line(text), [(kind, _one_line(body)) for kind, _, body in pairs]


def _parameter(body: str) -> tuple[str, str, str, str] | None:
    """The whole, the type, the name and the text of what follows `@param`."""
    type_ = _type_of(body)
    rest = body[len(type_) + 2 :].strip() if type_ else body
    match = re.match(r"\[?([\w.$]+)(?:\s*=[^\]]*)?\]?\s*(.*)", rest)
    return None if match is None else (body, type_, match[1], match[2])


def _type_of(body: str) -> str:
    """The JSDoc type that the body begins with, without its braces."""
    if not body.startswith("{"):
        return ""
    depth = 0
    for position, character in enumerate(body):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return body[1:position]
    return ""


def _split(source: str, start: int) -> list[str]:
    """The parameters from `start`, right behind the opening parenthesis, to the closing one."""
    parts, depth, quote, current = list[str](), 0, "", ""
    for character in source[start:]:
        if quote:
            quote = "" if character == quote else quote
        elif character in _QUOTES:
            quote = character
        elif character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        if depth < 0 or (character == "," and depth == 0 and not quote):
            parts.append(_one_line(current))
            current = ""
            if depth < 0:
                break
            continue
        current += character
    return [part for part in parts if part]


def _one_line(text: str) -> str:
    return " ".join(text.split())
