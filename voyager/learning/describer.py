"""Words for a program that becomes a skill, where its own comment says too little.

Covers: when to ask, one small question to a language model, reading the answer with patience.
Without an answer that can be used the program keeps its words, and the skill gets the task's. Not
covered: when a program becomes a skill (`kept_skills.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, Field

from curriculum import CurriculumError, Task, read_answer
from voyager.errors import ModelError, SittingOverError
from voyager.foreign_text import in_a_line
from voyager.language_models import ChatModel, Schema
from voyager.prompt_templates import render
from voyager.records import Program
from voyager.writers import without_thoughts
from voyager.writers.known_skills import covering_writer
from voyager.writers.recipes import recipe_writer

PURPOSE = "describe"
ENOUGH_WORDS = 5
"""A description with fewer words is found by few."""
TEXT_CHARACTERS = 300
NAME_CHARACTERS = 40
NAMES = 5

SAY_WHAT_THEY_DO = frozenset({covering_writer.WRITER, recipe_writer.WRITER})
"""Writers that describe their programs themselves: what costs no token stays so."""
_TEXT = {"type": "string"}
SCHEMA: Schema = {
    "title": "skill_description",
    "type": "object",
    "properties": {
        "description": _TEXT,
        "use_when": _TEXT,
        "also_called": {"type": "array", "items": _TEXT},
    },
    "required": ["description", "use_when", "also_called"],
    "additionalProperties": False,
}


class _Said(BaseModel):
    description: str
    use_when: str = ""
    also_called: list[Any] = Field(default_factory=list)


@dataclass(frozen=True)
class Describer:
    """Asks `chat` for what programs do not say of themselves."""

    chat: ChatModel

    def described(self, task: Task, program: Program) -> Program:
        """The program, with more words where it has too few. Call it outside of transactions."""
        if program.reused or program.writer in SAY_WHAT_THEY_DO or says_enough(program):
            return program
        messages = [
            {"role": "system", "content": render("describe_skill_system")},
            {
                "role": "user",
                "content": render(
                    "describe_skill_user",
                    task=task,
                    goal=task.goal.describe(),
                    source=program.source,
                ),
            },
        ]
        try:
            answer = self.chat.complete(messages, purpose=PURPOSE, schema=SCHEMA).text
            said = read_answer(without_thoughts(answer), _Said, "description")
        except (ModelError, SittingOverError, CurriculumError):
            return program
        return _with_words(program, said)


def says_enough(program: Program) -> bool:
    """Whether its comment tells what it does and when to use it."""
    return len(program.description.split()) >= ENOUGH_WORDS and bool(program.when_to_use)


def _with_words(program: Program, said: _Said) -> Program:
    """What the program says of itself stays, unless it is too little."""
    description = in_a_line(said.description, TEXT_CHARACTERS)
    use_when = in_a_line(said.use_when, TEXT_CHARACTERS)
    if len(description.split()) < ENOUGH_WORDS:
        return program
    names = [in_a_line(name, NAME_CHARACTERS) for name in said.also_called if isinstance(name, str)]
    if others := ", ".join(list(dict.fromkeys(filter(None, names)))[:NAMES]):
        description = f"{description} Also called: {others}."
    if len(program.description.split()) >= ENOUGH_WORDS:
        description = program.description
    if use_when and not use_when.lower().startswith(("use", "when")):
        use_when = f"Use when {use_when[0].lower()}{use_when[1:]}"
    return replace(program, description=description, when_to_use=program.when_to_use or use_when)
