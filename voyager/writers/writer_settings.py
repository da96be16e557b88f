"""How a language model is asked for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

Few = Annotated[int, Field(ge=0, le=50)]
AtLeastOne = Annotated[int, Field(ge=1, le=16)]


@dataclass(frozen=True)
class WriterSettings:
    """What one program may take of the model; all counts.

    answers: how often the model is asked for it, the first time included, when its answer cannot
        be used.
    look_up_rounds: how often it may look things up before it writes, several at a time; 0 for
        never. Unasked they cost nothing but their description.
    candidates: programs asked for, of which the best is taken.
    helpers: functions that it calls but has not written and that are written on demand; 0 for
        none. helper_depth: how deep these may call others of the kind.
    calls: how often the model is asked for one program at most: answers, look-ups and helpers
        together. Each further candidate may take two more.
    skills_shown: known skills told of unasked, the nearest to the task first.
    """

    answers: AtLeastOne = 3
    look_up_rounds: Few = 4
    candidates: AtLeastOne = 1
    helpers: Few = 4
    helper_depth: Few = 2
    calls: Annotated[int, Field(ge=1, le=1000)] = 10
    skills_shown: Few = 5
