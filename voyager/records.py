"""The values that pass between the steps of the loop: programs, verdicts, attempts.

Covers the agent's own dataclasses. Observations and executions are the game's (`mc_server`), tasks
and goals the curriculum's, skills the library's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from curriculum import Task
from mc_server import Execution, Observation
from skills import Skill


@dataclass(frozen=True)
class Spend:
    """Tokens and money of one or more model calls. `cost` is in US dollars, None if unknown."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0

    @property
    def tokens(self) -> int:
        """Input and output together."""
        return self.input_tokens + self.output_tokens

    def __add__(self, other: Spend) -> Spend:
        known = self.cost is not None and other.cost is not None
        return Spend(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            (self.cost or 0.0) + (other.cost or 0.0) if known else None,
        )


@dataclass(frozen=True)
class Program:
    """JavaScript to run: `source` defines `entry`, which is called with `arguments`.

    `calls` names the skills and primitives used. `reused` is True when nothing was written: the
    program is a verified skill, called as it stands. `model` is the language model that wrote it,
    if one did. `description` and `when_to_use` become the skill's.
    `signature` is how `entry` is declared, in one line.
    `alternatives` are other programs for the same attempt, where several were asked for.
    """

    source: str
    entry: str
    calls: tuple[str, ...]
    writer: str
    arguments: tuple[Any, ...] = ()
    description: str = ""
    when_to_use: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    signature: str = ""
    reused: bool = False
    model: str | None = None
    alternatives: tuple[Program, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Whether the task's goal holds, who says so, what was seen, and advice for a next attempt.

    `decided` is False where nobody could tell: the goal then counts as not reached, and nothing is
    held against the program. `alone` is False where it took the attempts before as well, `own`
    where it took what the bot's reflexes gained: the task is done, but not by the program.
    """

    passed: bool
    critic: str
    evidence: tuple[str, ...]
    critique: str = ""
    decided: bool = True
    alone: bool = True
    own: bool = True


@dataclass(frozen=True)
class Attempt:
    """One program written for a task, with its run and verdict."""

    number: int
    program: Program
    execution: Execution
    verdict: Verdict


class ProgramWriter(Protocol):
    """Turns a task into a program."""

    def write(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> Program:
        """A program for the task, given retrieved skills and this task's earlier attempts.

        Raises WriterError when no program can be written (no recipe, an answer without code).
        """


class Critic(Protocol):
    """Judges whether a task was done."""

    def holds(self, task: Task, observation: Observation) -> Verdict | None:
        """A passed verdict if the goal holds before anything was tried, else None."""

    def judge(self, task: Task, execution: Execution, earlier: Sequence[Execution] = ()) -> Verdict:
        """The verdict on one execution; `earlier` are those of the task's attempts before it."""

    def parts_reached(self, task: Task, execution: Execution) -> float:
        """How many of the goal's predicates hold, for telling failures apart.

        One that counts and is reached in part adds its share.
        """
