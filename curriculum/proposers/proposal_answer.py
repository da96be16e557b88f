"""A model's answer to "what is the next task?".

Covers its JSON schema and reading it, whatever a model makes of that. Not covered: whether the task
is a good one (`goal_check`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import AliasChoices, BaseModel, Field, field_validator

from curriculum.goals.goal import Goal
from curriculum.goals.goal_forms import goal_schema, object_schema, read_goal
from curriculum.json_answer import read_answer
from curriculum.prompting import short

DESCRIPTION_CHARACTERS = 300
REPLY_CHARACTERS = 500
QUESTION_CHARACTERS = 200
_STRING = {"type": "string"}

SCHEMA = object_schema(
    "next_task",
    {
        "reasoning": _STRING,
        "task": _STRING,
        "goal": goal_schema(),
        "wishes_taken": {"type": "array", "items": {"type": "integer"}},
        "reply": _STRING,
        "question": _STRING,
    },
)


@dataclass(frozen=True)
class ProposedTask:
    """What a model proposed, read but not checked. `question` and `reply` may be empty."""

    description: str
    goal: Goal
    reasoning: str
    wishes_taken: tuple[int, ...]
    reply: str
    question: str


class _Form(BaseModel):
    task: str = Field(
        min_length=3,
        max_length=DESCRIPTION_CHARACTERS,
        validation_alias=AliasChoices("task", "description"),
    )
    goal: Any
    reasoning: str = Field("", validation_alias=AliasChoices("reasoning", "reason", "why"))
    wishes_taken: tuple[int, ...] = Field(
        (), validation_alias=AliasChoices("wishes_taken", "wishes")
    )
    reply: str = ""
    question: str = ""

    @field_validator("reasoning", "reply", "question", mode="before")
    @classmethod
    def _any_text(cls, value: object) -> str:
        """What stands beside the task must not cost the task."""
        return value if isinstance(value, str) else ""

    @field_validator("wishes_taken", mode="before")
    @classmethod
    def _any_numbers(cls, value: object) -> tuple[int, ...]:
        listed = value if isinstance(value, list) else [value]
        found = (re.search(r"\d{1,15}", str(item)[:40]) for item in listed[:100])
        return tuple(int(match.group()) for match in found if match)


def read_proposal(answer: str) -> ProposedTask:
    """What an answer proposes. Raises GoalError with what is wrong with it."""
    form = read_answer(answer, _Form, "goal")
    return ProposedTask(
        description=" ".join(form.task.split()),
        goal=read_goal(form.goal),
        reasoning=short(form.reasoning, DESCRIPTION_CHARACTERS),
        wishes_taken=form.wishes_taken,
        reply=short(form.reply, REPLY_CHARACTERS),
        question=short(form.question, QUESTION_CHARACTERS),
    )
