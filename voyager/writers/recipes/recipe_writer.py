"""Writing programs without a language model, from the recipe graph and known skills.

Covers: a function for the task's goal, which calls known skills for what it needs, and is written
differently after each failed attempt. Not covered: calling a skill instead (`reuse`), and the
function itself (`recipe_draft`, `recipe_program`).
"""

from __future__ import annotations

from collections.abc import Sequence

from curriculum import Task, TechTree, game_names
from mc_server import GameData, Observation
from skills import Skill, calls_in, primitives_reference
from voyager.records import Attempt, Program
from voyager.writers.known_skills.services import ExperienceOf, nothing_known
from voyager.writers.recipes.recipe_draft import Drafter
from voyager.writers.recipes.recipe_program import indented
from voyager.writers.recipes.variation import Variation, variation_after

WRITER = "recipe"


class RecipeWriter:
    """Implements `ProgramWriter`; spends no tokens."""

    def __init__(self, game_data: GameData, experience_of: ExperienceOf = nothing_known) -> None:
        """`experience_of` tells what is known of a skill from its uses."""
        self._tree = TechTree(game_data)
        self._names = game_names(game_data)
        self._experience_of = experience_of
        self._primitives = frozenset(one.name for one in primitives_reference())

    def write(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> Program:
        """A program for the task. Raises WriterError when no recipe or primitive meets its goal."""
        variation = variation_after(attempts)
        last = attempts[-1].program.source if attempts else None
        program = self._written(task, observation, skills, variation)
        while program.source == last:
            variation.aside += 1
            program = self._written(task, observation, skills, variation)
        return program

    def _written(
        self, task: Task, observation: Observation, skills: Sequence[Skill], variation: Variation
    ) -> Program:
        drafter = Drafter(
            self._tree, self._names, task, observation, skills, variation, self._experience_of
        )
        draft = drafter.draft(task.goal)
        given = ", ".join(f"{name} = {value:g}" for name, value in draft.arguments.items())
        signature = f"async function {draft.entry} ({given})"
        body = [*drafter.prelude(task.goal), *draft.lines]
        source = "\n".join(
            [
                f"// {draft.description}",
                f"{signature} {{",
                *indented(body),
                "}",
                "",
            ]
        )
        return Program(
            source=source,
            entry=draft.entry,
            calls=calls_in(source, self._primitives | {skill.name for skill in skills}),
            writer=WRITER,
            arguments=tuple(draft.arguments.values()),
            description=draft.description,
            when_to_use=draft.when_to_use,
            parameters=dict(draft.parameters),
            signature=signature,
        )
