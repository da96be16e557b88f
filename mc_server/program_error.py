"""An error of a program, mapped to the line of the script where it happened."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mc_server.script import Script
from mc_server.wire import Count, LongText, Text


@dataclass(frozen=True)
class ProgramError:
    """An error mapped to the program's own line.

    `code` is the typed code of a primitive's error (`not_found`, `missing_ingredients`, ...), of
    the bridge's own findings (`not_awaited`, `syntax_error`, ...), or None. `module` and `line`
    (from 1) name the place in the script; None when it is not in it. `excerpt` shows that line with
    the lines around it, as `Script.excerpt` does.
    """

    name: Text
    message: LongText
    code: Text | None = None
    module: Text | None = None
    line: Count | None = None
    excerpt: str = ""

    def within(self, script: Script) -> ProgramError:
        """The same with the excerpt of its script."""
        if self.module is None or self.line is None:
            return self
        return replace(self, excerpt=script.excerpt(self.module, self.line))

    def __str__(self) -> str:
        place = f" ({self.module}, line {self.line})" if self.module else ""
        return f"{self.name}: {self.message}{place}"
