"""Contracts up to their numbers: what a parameter of a skill may set.

Covers the numbers at the top of a contract (`count`, `x`, `range`). Names of items are no numbers:
a skill for oak and one for birch are two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_MOST = 2**53


def numbers_of(contract: Mapping[str, Any]) -> dict[str, float]:
    """The numbers at the top of a contract, by their keys."""
    return {key: value for key, value in contract.items() if _is_number(value)}


def frame_of(contract: Mapping[str, Any]) -> str:
    """The contract without its numbers: the same for skills that may be one with parameters."""
    rest = {key: None if _is_number(value) else value for key, value in contract.items()}
    return json.dumps(rest, sort_keys=True)


def literal_text(value: Any) -> str:
    """The value as JavaScript has it: 5, not 5.0."""
    if _is_number(value) and value == int(value):
        return str(int(value))
    return json.dumps(value)


def _is_number(value: object) -> bool:
    """Whether it is one that JavaScript has as well, to the last digit."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -_MOST < value < _MOST
