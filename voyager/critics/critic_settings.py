"""How a language model judges what no predicate can state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field


def _odd(votes: int) -> int:
    if votes % 2 == 0:
        raise ValueError("an odd number has a majority")
    return votes


@dataclass(frozen=True)
class CriticSettings:
    """votes: how many judgements are asked for, an odd number; the majority counts."""

    votes: Annotated[int, Field(ge=1, le=9), AfterValidator(_odd)] = 1
