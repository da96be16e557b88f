"""A skill as a library of somebody else has it, before anything was done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class LibraryFormat(StrEnum):
    """How a library is written down."""

    VOYAGER = "voyager"
    """`skills.json` of `{name: {code, description}}`, or `code/` and `description/`."""
    ODYSSEY = "odyssey"
    """The same JSON, or folders `compositional/` and `primitive/`."""
    OWN = "own"
    """What `voyager skills export` writes."""
    JAVASCRIPT = "javascript"
    """Files `.js`, one skill each."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a skill, for whoever wrote it.

    `kind` is a word for scripts, `line` counts from 1 in the skill's source as it was imported (0
    where it is about no line), `sentence` says what it is and what to do. What `blocks` keeps the
    skill in quarantine.
    """

    skill: str
    kind: str
    line: int
    sentence: str
    blocks: bool = True


@dataclass(frozen=True)
class ForeignSkill:
    """A skill as it was found: `file` names where, `description` is plain text.

    `contract` is the goal that it is said to reach, as JSON, where it comes with one.
    """

    name: str
    source: str
    description: str
    file: str
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    contract: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class ForeignLibrary:
    """What a file or folder holds. `findings` are about what is no skill at all."""

    format: LibraryFormat
    skills: tuple[ForeignSkill, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
