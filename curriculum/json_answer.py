"""The JSON object in a model's answer, whatever stands around it and however it is bent.

Covers reading, and the limits within which an answer is read at all: it is foreign data. Not
covered: what the object means.
"""

from __future__ import annotations

import math
from typing import Any, TypeVar

import json_repair
from pydantic import BaseModel, ValidationError

from curriculum.errors import GoalError

ANSWER_CHARACTERS = 20_000
DEEPEST = 16
"""How deep an answer may be nested; a goal of goals needs six."""

OPENED_AT_MOST = 1000
"""Brackets in an answer: what takes more is nonsense, and the repair takes for ever over it."""
_THOUGHT, _THOUGHT_ENDS = "<think>", "</think>"

_Model = TypeVar("_Model", bound=BaseModel)


def read_answer(answer: str, form: type[_Model], key: str) -> _Model:
    """The last object in the answer that has `key`, in the given form.

    Raises GoalError with a sentence on what is wrong with it.
    """
    found = read_object(answer, key)
    try:
        return form.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:80]
        raise GoalError(f'The answer\'s "{place}" is malformed: {first["msg"][:200]}.') from error


def read_object(answer: str, key: str) -> dict[str, Any]:
    """The last JSON object of an answer that has `key`. Raises GoalError."""
    text = _without_thoughts(answer[: 4 * ANSWER_CHARACTERS])
    start = text.find("{")
    if start < 0:
        raise GoalError("The answer holds no JSON object.")
    text = text[start : start + ANSWER_CHARACTERS]
    if text.count("{") + text.count("[") > OPENED_AT_MOST:
        raise GoalError("The answer's JSON is nested too deeply.")
    try:
        data = json_repair.loads(text)
    except RecursionError as error:
        raise GoalError("The answer's JSON is nested too deeply.") from error
    except (ValueError, TypeError, IndexError, KeyError, AttributeError) as error:
        # The repair is made for what models write by mistake, not for every text there is.
        raise GoalError("The answer's JSON cannot be read.") from error
    _check(data)
    data = _writable(data)
    found = data if isinstance(data, list) else [data]
    objects = [item for item in found if isinstance(item, dict) and key in item]
    if not objects:
        raise GoalError(f'The answer\'s JSON object has no "{key}".')
    return objects[-1]


def _without_thoughts(text: str) -> str:
    """Without blocks of thoughts, looked at once however many begin and never end."""
    kept, at = [], 0
    while (begin := text.find(_THOUGHT, at)) >= 0:
        end = text.find(_THOUGHT_ENDS, begin)
        if end < 0:
            break
        kept.append(text[at:begin])
        at = end + len(_THOUGHT_ENDS)
    return "".join([*kept, text[at:]])


def _check(data: object) -> None:
    """No deeper than anything sensible, and no number that cannot be counted with."""
    level: list[object] = [data]
    for _ in range(DEEPEST):
        parts: list[object] = []
        for item in level:
            if isinstance(item, dict):
                parts.extend(item.values())
            elif isinstance(item, list):
                parts.extend(item)
            elif isinstance(item, float) and not math.isfinite(item):
                raise GoalError("The answer's JSON holds a number that is none.")
        if not parts:
            return
        level = parts
    raise GoalError("The answer's JSON is nested too deeply.")


def _writable(data: Any) -> Any:
    """Without halves of characters, which JSON can name and no file can hold."""
    if isinstance(data, str):
        return data.encode("utf-8", "replace").decode()
    if isinstance(data, list):
        return [_writable(item) for item in data]
    if isinstance(data, dict):
        return {_writable(str(key)): _writable(value) for key, value in data.items()}
    return data
