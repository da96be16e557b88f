"""From a program that passed to a skill: what is kept of the attempt."""

from __future__ import annotations

from curriculum import Task, goal_to_json
from skills import Provenance, Skill, SkillStatus
from voyager.records import Attempt


def skill_from(task: Task, attempt: Attempt, run_id: int | None, game_version: str) -> Skill:
    """The candidate that a passed program becomes; its contract is the goal it reached."""
    program = attempt.program
    return Skill(
        name=program.entry,
        source=program.source,
        signature=program.signature or f"async function {program.entry} ()",
        description=program.description or task.description,
        when_to_use=program.when_to_use or f"When the task is: {task.description}",
        calls=program.calls,
        contract=goal_to_json(task.goal),
        provenance=Provenance(
            run_id, task.description, attempt.number, program.writer, program.model, game_version
        ),
        parameters=program.parameters,
        status=SkillStatus.CANDIDATE,
    )
