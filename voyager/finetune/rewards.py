"""What came of an answer, in one word, and what that is worth.

The order is what counts: what the state critic verified is best; a program that says itself what is
missing is better than one that ends as if all were done; what never ran is worst.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mc_server import Outcome
from voyager.writers.model.answer_kinds import (
    CUT_OFF,
    EMPTY,
    LOOK_UPS,
    NO_CODE,
    REFUSED,
    SYNTAX,
    UNKNOWN_NAME,
    UNUSABLE,
)

PASSED = "passed"

REWARDS: Mapping[str, float] = {
    PASSED: 1.0,  # the state critic found the goal, and the program ended without an error
    "passed_with_error": 0.5,  # the goal was found, but the program did not end well
    "threw_error": -0.2,  # it ended with an error that it or a primitive threw for a reason
    "claimed_without_evidence": -0.3,  # it ended as if all were done, and the goal was not found
    "timed_out": -0.5,
    "died": -0.6,
    "killed": -0.7,  # it hung, or took too much memory
    "unknown_name": -0.8,  # it called or read what there is not
    "unusable": -0.8,  # the checks before a run refused it for another reason
    "cut_off": -0.9,  # it was too long to be finished
    "syntax_error": -1.0,
    "no_program": -1.0,  # prose, a refusal, nothing
}
"""The reward of each kind of outcome, from -1 to 1."""

_BY_OUTCOME = {
    Outcome.COMPLETED: "claimed_without_evidence",
    Outcome.TIMED_OUT: "timed_out",
    Outcome.DIED: "died",
    Outcome.KILLED: "killed",
}
KIND_OF_UNUSED = {
    REFUSED: "no_program",
    EMPTY: "no_program",
    NO_CODE: "no_program",
    LOOK_UPS: "no_program",
    CUT_OFF: "cut_off",
    SYNTAX: "syntax_error",
    UNKNOWN_NAME: "unknown_name",
    UNUSABLE: "unusable",
}
"""Of an answer that became no program, by what the writer found wrong with it."""

_NO_FUNCTION = re.compile(r"is not a function\b")
"""As JavaScript says it of a call of what is not there."""


def kind_of_run(outcome: str, error: Mapping[str, Any] | None, passed: bool) -> str | None:
    """The kind of a program that ran; None where the outcome says nothing about the program."""
    known = Outcome(outcome)
    if passed:
        return PASSED if known is Outcome.COMPLETED else "passed_with_error"
    if known is Outcome.PROGRAM_ERROR:
        return _kind_of_error(error or {})
    return _BY_OUTCOME.get(known)


def _kind_of_error(error: Mapping[str, Any]) -> str:
    name, message = str(error.get("name", "")), str(error.get("message", ""))
    if name == "SyntaxError" or error.get("code") == "syntax_error":
        return "syntax_error"
    if name == "ReferenceError" or (name == "TypeError" and _NO_FUNCTION.search(message)):
        return "unknown_name"
    return "threw_error"
