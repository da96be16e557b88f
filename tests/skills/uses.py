"""Uses of skills to learn from, and states of the game for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mc_server import Circumstances, Position
from skills import SkillLibrary, SkillUse, UseKind

PLAINS = Circumstances(
    Position(0.0, 64.0, 0.0), "overworld", "plains", 1000, 15, 20.0, 20.0, inventory={}
)


def state(inventory: dict[str, int] | None = None, **changes: Any) -> Circumstances:
    """By day on the plains, with that inventory."""
    return replace(PLAINS, inventory=inventory or {}, **changes)


def use(
    before: dict[str, int] | Circumstances,
    after: dict[str, int] | Circumstances | None = None,
    passed: bool | None = True,
    code: str | None = None,
    *arguments: Any,
    **changes: Any,
) -> SkillUse:
    """One use; it passed unless it is told otherwise or has an error's code."""
    made = SkillUse(
        name="mineLogs",
        version=1,
        kind=UseKind.CALLED,
        arguments=arguments,
        passed=passed if code is None else False,
        outcome="completed" if code is None else "program_error",
        seconds=9.0,
        before=before if isinstance(before, Circumstances) else state(before),
        after=state(after) if isinstance(after, dict) else after,
        error_code=code,
    )
    return replace(made, **changes)


def count_use(library: SkillLibrary, name: str, passed: bool) -> None:
    """The active version of a skill was used once."""
    version = library.get(name).version
    library.uses.add(use({}, {}, passed, name=name, version=version))
