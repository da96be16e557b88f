"""Reading a prompt as a model does: the state, the task, what was said of the last answer.

Covers finding these in the agent's own prompts. What is not found is empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_COUNTED = re.compile(r"([a-z0-9_]+): (\d+)")


@dataclass(frozen=True)
class Asked:
    """A request's messages, and what can be read in them."""

    messages: Sequence[Mapping[str, Any]]

    @property
    def system(self) -> str:
        """What it is told to be."""
        return str(self.messages[0].get("content") or "") if self.messages else ""

    @property
    def question(self) -> str:
        """The first message of the asker, with the situation."""
        users = [m for m in self.messages if m.get("role") == "user"]
        return str(users[0].get("content") or "") if users else ""

    @property
    def last(self) -> str:
        """What was said last: the question itself, or what was wrong with an answer."""
        return str(self.messages[-1].get("content") or "") if self.messages else ""

    @property
    def is_again(self) -> bool:
        """Whether an answer was given and sent back."""
        return self.last != self.question and self.messages[-1].get("role") == "user"

    @property
    def looked_up(self) -> tuple[str, ...]:
        """Results of look-ups in this conversation."""
        tools = [str(m.get("content") or "") for m in self.messages if m.get("role") == "tool"]
        said = re.findall(r"<result of=[^>]*>\n(.*?)\n</result>", self.last, re.S)
        return (*tools, *said)

    def said_before(self) -> str:
        """The model's own last answer."""
        said = [m for m in self.messages if m.get("role") == "assistant" and m.get("content")]
        return str(said[-1]["content"]) if said else ""

    def between(self, tag: str) -> str:
        """What stands between the tags, in the question."""
        found = re.search(rf"<{tag}>\n(.*?)\n</{tag}>", self.question, re.S)
        return found.group(1) if found else ""

    def value(self, name: str) -> str:
        """A line of the game's state."""
        found = re.search(rf"^{name} = (.*?)(?:  # .*)?$", self.question, re.M)
        return found.group(1) if found else ""

    def counts(self, name: str) -> dict[str, int]:
        """The same where it is things with their numbers."""
        return {item: int(count) for item, count in _COUNTED.findall(self.value(name))}

    def listed(self, words: str) -> list[str]:
        """Names after a few words and a colon: `never had: oak_planks, dirt (2)`."""
        found = re.search(rf"^{re.escape(words)}: (.*)$", self.question, re.M)
        listed = found.group(1).split(", ") if found else []
        return [one.split(" (")[0].strip() for one in listed]

    def goal(self) -> list[dict[str, Any]]:
        """The task's predicates."""
        found = re.search(r"^as JSON: (.*)$", self.between("task"), re.M)
        try:
            read = json.loads(found.group(1)) if found else {}
        except ValueError:
            return []
        return list(read.get("goals", [read]))

    def description(self) -> str:
        """The task in words."""
        return self.between("task").split("\n")[0]

    def skills(self) -> list[str]:
        """The names of the known skills that were told."""
        section = self.question.partition("## Known skills")[2].partition("\n## ")[0]
        return re.findall(r"\b([a-z][A-Za-z0-9]+) ?\(", section)
