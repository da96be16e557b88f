"""Words for a program that becomes a skill, where its own comment says too little.

Covers: when to ask, one small question to a language model, reading the answer with patience.
Without an answer that can be used the program keeps its words, and the skill gets the task's. Not
covered: when a program becomes a skill (`promotion.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import json_repair

from curriculum import Task
from voyager.errors import ModelError
from voyager.language_models import ChatModel, Schema
from voyager.prompt_templates import render
from voyager.records import Program
from voyager.writers.answer_code import without_thoughts

PURPOSE = "describe"
ENOUGH_WORDS = 5
"""A description with fewer words is found by few."""
TEXT_CHARACTERS = 300
NAME_CHARACTERS = 40
NAMES = 5
ANSWER_CHARACTERS = 4000

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


@dataclass(frozen=True)
class Describer:
    """Asks `chat` for what programs do not say of themselves."""

    chat: ChatModel

    def described(self, task: Task, program: Program) -> Program:
        """The program, with more words where it has too few. Call it outside of transactions."""
        if program.reused or says_enough(program):
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
        except ModelError:
            return program
        return _with_words(program, _read(answer))


def says_enough(program: Program) -> bool:
    """Whether its comment tells what it does and when to use it."""
    return len(program.description.split()) >= ENOUGH_WORDS and bool(program.when_to_use)


def _with_words(program: Program, said: Mapping[str, object]) -> Program:
    """What the program says of itself stays, unless it is too little."""
    description = _line(said.get("description"), TEXT_CHARACTERS)
    use_when = _line(said.get("use_when"), TEXT_CHARACTERS)
    if len(description.split()) < ENOUGH_WORDS:
        return program
    given = said.get("also_called")
    names = [_line(name, NAME_CHARACTERS) for name in given] if isinstance(given, list) else []
    if others := ", ".join(list(dict.fromkeys(filter(None, names)))[:NAMES]):
        description = f"{description} Also called: {others}."
    if len(program.description.split()) >= ENOUGH_WORDS:
        description = program.description
    if use_when and not use_when.lower().startswith(("use", "when")):
        use_when = f"Use when {use_when[0].lower()}{use_when[1:]}"
    return replace(program, description=description, when_to_use=program.when_to_use or use_when)


def _read(answer: str) -> Mapping[str, object]:
    """The JSON object in an answer; empty when there is none that can be read."""
    text = without_thoughts(answer)
    start = text.find("{")
    if start < 0:
        return {}
    try:
        value = json_repair.loads(text[start : start + ANSWER_CHARACTERS])
    except (RecursionError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _line(value: object, characters: int) -> str:
    """Text on one line that is kept with the skill and shown to models and people."""
    line = " ".join(value.split()) if isinstance(value, str) else ""
    return line if len(line) <= characters else f"{line[:characters]}..."
