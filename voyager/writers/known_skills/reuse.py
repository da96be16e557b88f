"""Calling a known skill as it stands, where its contract is the task's goal: nothing is written.

Covers finding such a skill and what to call it with. A version that failed in this task is not
called again for it; then a newer one is tried, or the writer behind this one is asked. So it is
where the skill lacks something here that it does not get itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curriculum import Goal, Task, goal_to_json
from mc_server import Circumstances, Observation
from skills import Skill
from voyager.records import Attempt, Program, ProgramWriter
from voyager.uses.circumstances import circumstances_of
from voyager.writers.known_skills.services import Experience, ExperienceOf, nothing_known

WRITER = "library"


class ReusingWriter:
    """Implements `ProgramWriter`: a skill if there is one, else what `writer` writes.

    `candidates` gives the skills that may fit a goal, best first; a look-up by contract.
    """

    def __init__(
        self,
        writer: ProgramWriter,
        candidates: Callable[[Goal], Sequence[Skill]],
        experience_of: ExperienceOf = nothing_known,
    ) -> None:
        self._writer = writer
        self._candidates = candidates
        self._experience_of = experience_of

    def write(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> Program:
        """See `ProgramWriter.write`."""
        tried = {attempt.program.source for attempt in attempts if attempt.program.reused}
        here = circumstances_of(observation)
        for skill in self._candidates(task.goal):
            arguments = reuse_arguments(skill, task.goal)
            if arguments is None or skill.source in tried:
                continue
            if not lacks_something(self._experience_of(skill), here, arguments):
                return reused_program(skill, arguments)
        return self._writer.write(task, observation, skills, attempts)


def lacks_something(known: Experience, here: Circumstances, arguments: tuple[float, ...]) -> bool:
    """Whether a call needs what is not there, and would not get it itself."""
    if known.contract is None:
        return False
    units = known.contract.units(here, arguments)
    unmet = any(not need.is_met(here, units) for need in known.needs)
    return unmet or bool(known.contract.missing_state(here))


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


def reused_program(skill: Skill, arguments: tuple[float, ...], writer: str = WRITER) -> Program:
    """The skill as it stands, as a task's program."""
    return Program(
        source=skill.source,
        entry=skill.name,
        calls=skill.calls,
        writer=writer,
        arguments=arguments,
        description=skill.description,
        when_to_use=skill.when_to_use,
        parameters=dict(skill.parameters),
        signature=skill.signature,
        reused=True,
    )
