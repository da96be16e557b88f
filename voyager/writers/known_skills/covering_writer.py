"""Goals that known skills cover between them: a program that only calls these, for no token.

Covers goals each part of which some verified skill was verified to reach, or yields, and whose
needs are there, or can be served by other skills and recipes. Where one call is enough, that is
made of the skill as it stands. Not covered: a goal that is one skill's contract (`reuse`), and
what recipes can do alone (`recipe_writer`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curriculum import Goal, InventoryGained, InventoryHas, Task, TechTree, game_names
from mc_server import GameData, Observation
from skills import Skill, calls_in, primitives_reference
from voyager.records import Attempt, Program, ProgramWriter
from voyager.uses.circumstances import circumstances_of
from voyager.writers.entry_names import entry_from_words
from voyager.writers.known_skills.cover import Call, Cover, OfItem
from voyager.writers.known_skills.reuse import reused_program
from voyager.writers.known_skills.services import (
    ExperienceOf,
    Services,
    is_good,
    nothing_known,
    remembered,
)
from voyager.writers.recipes.recipe_program import Lines, RecipeProgram, indented

WRITER = "skills"
COUNT = "count"
ROUNDS = 2
"""One part may use up what another got: all are asked for again, and do only what is left."""


class CoveringWriter:
    """Implements `ProgramWriter`: calls of known skills where they cover the goal, else `writer`.

    `skills_for` gives the skills whose contract may be a goal, `on_the_way` those that get what a
    task takes, `experience_of` what is known of one from its uses.
    """

    def __init__(
        self,
        writer: ProgramWriter,
        game_data: GameData,
        skills_for: Callable[[Goal], Sequence[Skill]],
        on_the_way: Callable[[Task], Sequence[Skill]],
        experience_of: ExperienceOf = nothing_known,
    ) -> None:
        self._writer = writer
        self._tree = TechTree(game_data)
        self._names = game_names(game_data)
        self._skills_for = skills_for
        self._on_the_way = on_the_way
        self._experience_of = experience_of
        self._primitives = frozenset(one.name for one in primitives_reference())

    def write(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> Program:
        """See `ProgramWriter.write`; a goal is covered once, then the other writer is asked."""
        if not any(attempt.program.writer == WRITER for attempt in attempts):
            failed = {one.program.entry for one in attempts if one.program.reused}
            program = self._covered(task, observation, failed)
            if program is not None:
                return program
        return self._writer.write(task, observation, skills, attempts)

    def _covered(self, task: Task, seen: Observation, failed: set[str]) -> Program | None:
        known = remembered(self._experience_of)

        def good(skills: Sequence[Skill]) -> list[Skill]:
            return [
                one
                for one in skills
                if one.name not in failed and is_good(one, known(one).contract)
            ]

        services = Services(
            good(self._on_the_way(task)),
            known,
            circumstances_of(seen),
            self._tree.graph.is_family,
        )
        cover = Cover(
            lambda: RecipeProgram(
                self._tree, self._tree.costs_of_all(seen), services, seen.inventory
            ),
            services,
            lambda goal: good(self._skills_for(goal)),
            known,
            seen,
            self._names,
        )
        calls = cover.calls(task.goal, COUNT)
        if not calls:
            return None
        if len(calls) == 1 and calls[0].alone is not None:
            return reused_program(calls[0].skill, calls[0].alone, WRITER)
        return self._program(task, calls, cover.helpers(), services.names)

    def _program(
        self, task: Task, calls: Sequence[Call], helpers: Lines, known: frozenset[str]
    ) -> Program:
        names = self._primitives | known | {call.skill.name for call in calls}
        entry = entry_from_words(task.description, names)
        given = ""
        if isinstance(task.goal, OfItem) and calls[0].amount:
            given = f"{COUNT} = {task.goal.count}"
        signature = f"async function {entry} ({given})"
        source = "\n".join(
            [
                f"// {' '.join(task.description.split())}",
                f"{signature} {{",
                *indented([*_lines(calls), *helpers]),
                "}",
                "",
            ]
        )
        return Program(
            source=source,
            entry=entry,
            calls=calls_in(source, names),
            writer=WRITER,
            description=task.description,
            when_to_use=f"When all of this is wanted: {task.goal.describe()}.",
            parameters={COUNT: "count"} if given else {},
            signature=signature,
        )


def _lines(calls: Sequence[Call]) -> Lines:
    gained = [call.part.name for call in calls if isinstance(call.part, InventoryGained)]
    counts = ", ".join(f"'{name}': countItem('{name}')" for name in dict.fromkeys(gained))
    inside = [line for call in calls for line in call.lines]
    # What only adds, whatever is there, is asked for once.
    if len(calls) > 1 and all(isinstance(call.part, InventoryHas) for call in calls):
        loop = f"for (let round = 0; round < {ROUNDS}; round++) {{"
        inside = [loop, *indented(inside), "}"]
    return [f"const had = {{ {counts} }}", *inside] if gained else inside
