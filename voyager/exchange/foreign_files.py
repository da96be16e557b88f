"""Reading files that somebody else wrote, of any size and content.

Covers bounded reading of text and JSON below one folder. What cannot be read ends in a sentence.
Not covered: what the files mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_BYTES = 16 * 2**20
"""Of one file; Odyssey's library of two hundred skills has a quarter of a megabyte."""
MOST_FILES = 20_000
DEEPEST_JSON = 60


class UnreadableFileError(ValueError):
    """A file cannot be taken in; the message is a sentence about it."""


def read_text(path: Path) -> str:
    """The file's text. Raises UnreadableFileError."""
    if path.is_symlink():
        raise UnreadableFileError(f"{path.name} is a link; put the file itself there.")
    try:
        if not path.is_file():
            raise UnreadableFileError(f"{path.name} is no file that could be read.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableFileError(
            f"{path.name} cannot be read ({error.strerror or error})."
        ) from error
    if len(data) > MOST_BYTES:
        raise UnreadableFileError(
            f"{path.name} has more than {MOST_BYTES // 2**20} MB; split it or leave it out."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{path.name} is not UTF-8 (byte {error.start}); save it as UTF-8."
        ) from error


class JsonPairs(list[tuple[str, Any]]):
    """An object of JSON as it was written: its keys in order, also those that come twice."""


def read_json(path: Path) -> Any:
    """The file as JSON; objects are `JsonPairs`. Raises UnreadableFileError."""
    text = read_text(path)
    if _depth(text) > DEEPEST_JSON:
        raise UnreadableFileError(
            f"{path.name} is nested deeper than {DEEPEST_JSON} levels; that is no library."
        )
    try:
        return json.loads(text, object_pairs_hook=JsonPairs)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise UnreadableFileError(f"{path.name} is no JSON: {error}.") from error


def plain(value: Any) -> Any:
    """The same with dictionaries in place of `JsonPairs`; of keys that come twice the last."""
    if isinstance(value, JsonPairs):
        return {key: plain(each) for key, each in value}
    return [plain(each) for each in value] if isinstance(value, list) else value


def files_in(folder: Path, ending: str) -> Iterator[Path]:
    """Files right in a folder, by name, links among them. Raises UnreadableFileError."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.name.endswith(ending))
    except OSError as error:
        raise UnreadableFileError(
            f"The folder {folder.name} cannot be read ({error.strerror or error})."
        ) from error
    if len(paths) > MOST_FILES:
        raise UnreadableFileError(f"The folder {folder.name} has more than {MOST_FILES} files.")
    yield from paths


def _depth(text: str) -> int:
    """How deep brackets are nested outside of texts, found without recursion."""
    deepest = depth = 0
    in_text = escaped = False
    for character in text:
        if in_text:
            in_text = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            in_text = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest
