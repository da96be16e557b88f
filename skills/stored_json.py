"""JSON as rows hold it, read whatever is there: one damaged row must not end what reads many.

Covers telling what is no list of texts or no object from what is. Not covered: what follows for
the skill (`rows.py`, `use_store.py`), and telling a person of it (`damage.py`).
"""

from __future__ import annotations

import json
from typing import Any


def value_in(text: object) -> Any:
    """The value; None for what is no JSON, or is nested deeper than anything of ours."""
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None


def list_in(text: object) -> list[Any] | None:
    """The list; None for anything else."""
    value = value_in(text)
    return value if isinstance(value, list) else None


def texts_in(text: object) -> tuple[str, ...] | None:
    """The texts of a list of nothing but texts; None for anything else."""
    value = list_in(text)
    if value is None or not all(isinstance(one, str) for one in value):
        return None
    return tuple(value)


def object_in(text: object) -> dict[str, Any] | None:
    """The object; None for anything else."""
    value = value_in(text)
    return value if isinstance(value, dict) else None
