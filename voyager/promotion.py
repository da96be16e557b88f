"""From a verified program to a skill: what is kept of the attempt that passed."""

from __future__ import annotations

from contextlib import suppress

from curriculum import Task, goal_to_json
from skills import Provenance, Skill
from voyager.records import Attempt
from voyager.writers.javascript_text import UnfinishedCodeError, code_only, top_level_functions


def skill_from(task: Task, attempt: Attempt, run_id: int | None, game_version: str) -> Skill:
    """The skill that a passed attempt's program becomes; its contract is the goal it reached."""
    program = attempt.program
    return Skill(
        name=program.entry,
        source=program.source,
        signature=signature_of(program.source, program.entry),
        description=program.description or task.description,
        when_to_use=program.when_to_use or f"When the task is: {task.description}",
        calls=program.calls,
        contract=goal_to_json(task.goal),
        provenance=Provenance(
            run_id, task.description, attempt.number, program.writer, program.model, game_version
        ),
        parameters=program.parameters,
        successes=1,
    )


def signature_of(source: str, entry: str) -> str:
    """How `entry` is declared, in one line, without its body."""
    parameters: tuple[str, ...] = ()
    with suppress(UnfinishedCodeError):
        for function in top_level_functions(source, code_only(source)):
            if function.name == entry:
                parameters = function.parameters
    return f"async function {entry} ({' '.join(', '.join(parameters).split())})"
