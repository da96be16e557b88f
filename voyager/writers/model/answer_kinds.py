"""The ways in which an answer that was to be a program is of no use, and the words for each.

The model is told with one of `OPENINGS`, of an attempt that came to nothing one of `ENDINGS` tells.
Both are kept in the journal: by these words, which are nowhere else, it is told later what an
answer was (`kind_told_to_model`, `kind_in_the_end`). Not covered: finding out (`asking.py`).
"""

from __future__ import annotations

REFUSED, EMPTY, CUT_OFF, NO_CODE, LOOK_UPS = "refused", "empty", "cut_off", "no_code", "look_ups"
SYNTAX, UNKNOWN_NAME, UNUSABLE = "syntax", "unknown_name", "unusable"

PROGRAM_KINDS = frozenset([SYNTAX, UNKNOWN_NAME, UNUSABLE])
"""Where there is a program, and the checks refused it."""

OPENINGS = {
    CUT_OFF: "Your answer was cut off because it was too long.",
    EMPTY: "Your answer is empty.",
    REFUSED: "You declined.",
    LOOK_UPS: "Nothing more can be looked up.",
    NO_CODE: "Your answer holds no JavaScript function.",
    SYNTAX: "That program cannot be run: it does not parse.",
    UNKNOWN_NAME: "That program cannot be run: it names what there is not.",
    UNUSABLE: "That program cannot be run.",
}
"""How a model is told first, by kind."""

ENDINGS = {
    REFUSED: "The model declined to write a program: {0}.",
    EMPTY: "The model's answer is empty.",
    CUT_OFF: "The model's answer is cut off before the program ends ({0}); allow it longer ones.",
    NO_CODE: "The model's answer holds no JavaScript function: {0}.",
    LOOK_UPS: "The model looks things up without end and writes no program.",
    SYNTAX: "The model's program does not parse: {0}",
    UNKNOWN_NAME: "The model's program names what there is not: {0}",
    UNUSABLE: "The model's answer holds no program that can be run: {0}",
}
"""The sentence for an attempt of which no program came; {0} is what was wrong in the end."""


def kind_told_to_model(request: str) -> str | None:
    """The kind of the answer that a model was told of; None where it was told something else."""
    return next((kind for kind, opening in OPENINGS.items() if request.startswith(opening)), None)


def kind_in_the_end(problem: str) -> str:
    """The kind of the last answer of an attempt that came to nothing, from its sentence."""
    starts = {kind: ending.partition("{0}")[0] for kind, ending in ENDINGS.items()}
    return next((kind for kind, start in starts.items() if problem.startswith(start)), UNUSABLE)
