"""What a language model is told when it is to write a program.

Covers: the two messages of the question, and the shorter ones for a model that cannot read so much.
Not covered: what follows (asking again, look-ups, helpers).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from curriculum import Task, describe_observation, goal_to_json
from mc_server import Observation
from skills import PrimitiveReference, Skill
from voyager.language_models import LookUp, Message
from voyager.prompt_templates import render
from voyager.records import Attempt
from voyager.writers.model.attempt_text import attempt_line, describe_attempt
from voyager.writers.model.signatures import primitive_signature, skill_signature

WISHES_SHOWN = 6
EARLIER_SHOWN = 4
SHORT_SKILLS = 2
BLOCKS = 16
SHORT_BLOCKS = 8


@dataclass(frozen=True)
class Question:
    """All that a program is written from.

    `look_ups` are told of in words: for an endpoint that takes tools they are none.
    """

    version: str
    primitives: Sequence[PrimitiveReference]
    task: Task
    observation: Observation
    skills: Sequence[Skill]
    attempts: Sequence[Attempt]
    wishes: Sequence[str] = ()
    look_ups: Sequence[LookUp] = ()

    def messages(self, short: bool = False) -> list[Message]:
        """The prompt. A short one leaves out what can be done without."""
        return [
            {"role": "system", "content": self._system(short)},
            {"role": "user", "content": self._user(short)},
        ]

    def _system(self, short: bool) -> str:
        return render(
            "write_program_system",
            version=self.version,
            primitives=[primitive_signature(one, brief=not short) for one in self.primitives],
            look_ups=() if short else self.look_ups,
        )

    def _user(self, short: bool) -> str:
        last = self.attempts[-1] if self.attempts else None
        earlier = () if short else self.attempts[:-1][-EARLIER_SHOWN:]
        before = last.execution.before if last else None
        blocks = SHORT_BLOCKS if short else BLOCKS
        skills = self.skills[:SHORT_SKILLS] if short else self.skills
        return render(
            "write_program_user",
            skills=[skill_signature(skill) for skill in skills],
            wishes=() if short else tuple(self.wishes)[-WISHES_SHOWN:],
            observation=describe_observation(self.observation, before, blocks=blocks),
            task=self.task,
            goal=self.task.goal.describe(),
            goal_json=json.dumps(goal_to_json(self.task.goal)),
            earlier=[attempt_line(attempt) for attempt in earlier],
            last=describe_attempt(last, short) if last else None,
        )
