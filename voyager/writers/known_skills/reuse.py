"""Calling a known skill as it stands, where its contract is the task's goal: nothing is written.

Covers finding such a skill and what to call it with. A version that failed in this task is not
called again for it; then a newer one is tried, or the writer behind this one is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curriculum import Goal, Task, goal_to_json
from mc_server import Observation
from skills import Skill
from voyager.records import Attempt, Program, ProgramWriter

WRITER = "library"


class ReusingWriter:
    """Implements `ProgramWriter`: a skill if there is one, else what `writer` writes.

    `candidates` gives the skills that may fit a goal, best first; a look-up by contract.
    """

    def __init__(
        self, writer: ProgramWriter, candidates: Callable[[Goal], Sequence[Skill]]
    ) -> None:
        self._writer = writer
        self._candidates = candidates

    def write(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> Program:
        """See `ProgramWriter.write`."""
        tried = {attempt.program.source for attempt in attempts if attempt.program.reused}
        for skill in self._candidates(task.goal):
            arguments = reuse_arguments(skill, task.goal)
            if arguments is not None and skill.source not in tried:
                return reused_program(skill, arguments)
        return self._writer.write(task, observation, skills, attempts)


def reuse_arguments(skill: Skill, goal: Goal) -> tuple[float, ...] | None:
    """What to call the skill with so that it reaches the goal; None when its contract is another.

    Everything in the contract must equal the goal but what the skill's parameters set.
    """
    contract, wanted = dict(skill.contract), goal_to_json(goal)
    values = []
    for path in skill.parameters.values():
        if path not in contract or path not in wanted:
            return None
        values.append(wanted[path])
        contract[path] = wanted[path]
    return tuple(values) if contract == wanted else None


def reused_program(skill: Skill, arguments: tuple[float, ...]) -> Program:
    return Program(
        source=skill.source,
        entry=skill.name,
        calls=skill.calls,
        writer=WRITER,
        arguments=arguments,
        description=skill.description,
        when_to_use=skill.when_to_use,
        parameters=dict(skill.parameters),
        signature=skill.signature,
        reused=True,
    )
