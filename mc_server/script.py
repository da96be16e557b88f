"""What the bridge is asked to run: modules of JavaScript and the function to call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

EXCERPT_LINES = 2
"""How many lines are shown before and after the one that failed."""
_LINE_CHARACTERS = 160


@dataclass(frozen=True)
class ScriptModule:
    """One JavaScript source that defines one function called `name`, visible to later modules."""

    name: str
    source: str


@dataclass(frozen=True)
class Script:
    """Modules in dependency order (skills first, the program last) and the function to call."""

    modules: tuple[ScriptModule, ...]
    entry: str
    arguments: tuple[Any, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "modules": [{"name": m.name, "source": m.source} for m in self.modules],
            "entry": self.entry,
            "arguments": list(self.arguments),
        }

    def excerpt(self, module: str, line: int) -> str:
        """A line (from 1) of a module with those around it, numbered and marked; "" if not there.

          1 | async function main () {
        > 2 |   await mineBlock('log', 1)
          3 | }
        """
        source = next((m.source for m in self.modules if m.name == module), "")
        lines = source.splitlines()
        if not 1 <= line <= len(lines):
            return ""
        first = max(line - EXCERPT_LINES, 1)
        shown = range(first, min(line + EXCERPT_LINES, len(lines)) + 1)
        width = len(str(shown[-1]))
        return "\n".join(
            f"{'>' if number == line else ' '} {number:{width}} | "
            f"{lines[number - 1][:_LINE_CHARACTERS]}".rstrip()
            for number in shown
        )
