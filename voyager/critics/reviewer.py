"""Choosing with a language model among programs that have not run.

For servers whose world cannot be put back, so that only one of several programs can be tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from curriculum import GoalError, Task, describe_observation, read_answer
from mc_server import Observation
from voyager.critics.evidence_text import plain
from voyager.errors import ModelError
from voyager.language_models import ChatModel
from voyager.prompt_templates import render
from voyager.records import Program

PURPOSE = "review"
WHY_CHARACTERS = 300

SCHEMA = {
    "title": "review",
    "type": "object",
    "properties": {"why": {"type": "string"}, "best": {"type": "integer"}},
    "required": ["why", "best"],
    "additionalProperties": False,
}


class _Review(BaseModel):
    best: int
    why: Any = None


class Reviewer:
    """Asks once; without an answer that can be used the first program is taken."""

    def __init__(self, chat: ChatModel) -> None:
        self._chat = chat

    def choose(
        self, task: Task, observation: Observation, programs: Sequence[Program]
    ) -> tuple[int, str]:
        """The index of the best of the programs, which come best first, and why."""
        user = render(
            "review_user",
            task=task,
            goal=task.goal.describe(),
            observation=describe_observation(observation),
            programs=programs,
        )
        messages = [
            {"role": "system", "content": render("review_system")},
            {"role": "user", "content": user},
        ]
        try:
            completion = self._chat.complete(messages, purpose=PURPOSE, schema=SCHEMA)
            review = read_answer(completion.text, _Review, "best")
        except ModelError as error:
            return 0, f"the first, for no review was to be had: {plain(str(error), WHY_CHARACTERS)}"
        except GoalError as error:
            return 0, f"the first, for the review said nothing of use: {error}"
        if not 1 <= review.best <= len(programs):
            return 0, f"the first, for the review chose {review.best} of {len(programs)}"
        why = plain(str(review.why or "it did not say why"), WHY_CHARACTERS)
        return review.best - 1, f"the review chose it: {why}"
