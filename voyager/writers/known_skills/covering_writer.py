"""Goals that known skills cover between them: a program that only calls these, for no token.

Covers goals each part of which some verified skill was verified to reach, or yields. Not covered: a
goal that is one skill's contract (`reuse`), and what recipes can do (`recipe_writer`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from curriculum import AllOf, AnyOf, Goal, InventoryGained, InventoryHas, Task
from mc_server import Observation
from skills import Skill, SkillStatus, primitives_reference
from voyager.records import Attempt, Program, ProgramWriter
from voyager.writers.entry_names import entry_from_words
from voyager.writers.known_skills.reuse import reuse_arguments
from voyager.writers.known_skills.services import ContractOf, Service, nothing_learned, services_of

WRITER = "skills"
RELIABLE = 0.5
"""A skill that is relied on less than this covers nothing."""
ROUNDS = 2
"""One part may use up what another got: all are asked for again, and do only what is left."""


@dataclass(frozen=True)
class _Call:
    """What serves one part of the goal."""

    part: Goal
    skill: Skill
    lines: Sequence[str]


class CoveringWriter:
    """Implements `ProgramWriter`: calls of known skills where they cover the goal, else `writer`.

    `skills_for` gives the skills whose contract may be a goal, `yielding` those that may get an
    item, `contract_of` what experience says of one.
    """

    def __init__(
        self,
        writer: ProgramWriter,
        skills_for: Callable[[Goal], Sequence[Skill]],
        yielding: Callable[[str], Sequence[Skill]],
        contract_of: ContractOf = nothing_learned,
    ) -> None:
        self._writer = writer
        self._skills_for = skills_for
        self._yielding = yielding
        self._contract_of = contract_of
        self._taken = frozenset(one.name for one in primitives_reference())

    def write(
        self,
        task: Task,
        observation: Observation,
        skills: Sequence[Skill],
        attempts: Sequence[Attempt],
    ) -> Program:
        """See `ProgramWriter.write`; a goal is covered once, then the other writer is asked."""
        failed = {one.program.entry for one in attempts if one.program.reused}
        if not any(attempt.program.writer == WRITER for attempt in attempts):
            calls = self._calls(task.goal, failed)
            if calls:
                return self._program(task, calls)
        return self._writer.write(task, observation, skills, attempts)

    def _calls(self, goal: Goal, failed: set[str]) -> list[_Call] | None:
        """What reaches the goal, part after part; None when some part of it nothing does."""
        if isinstance(goal, AnyOf):
            ways = (self._calls(part, failed) for part in goal.goals)
            return next((way for way in ways if way is not None), None)
        if isinstance(goal, AllOf):
            calls: list[_Call] = []
            for part in goal.goals:
                found = self._calls(part, failed)
                if found is None:
                    return None
                calls += found
            return calls
        call = self._call(goal, failed)
        return None if call is None else [call]

    def _call(self, part: Goal, failed: set[str]) -> _Call | None:
        """What reaches this part of the goal."""
        for skill in self._skills_for(part):
            arguments = reuse_arguments(skill, part)
            if arguments is not None and skill.name not in failed and self._is_good(skill):
                given = ", ".join(f"{value:g}" for value in arguments)
                return _Call(part, skill, [f"await {skill.name}({given})"])
        if isinstance(part, InventoryHas | InventoryGained):
            return self._gets(part, failed)
        return None

    def _gets(self, part: InventoryHas | InventoryGained, failed: set[str]) -> _Call | None:
        known = [one for one in self._yielding(part.name) if one.name not in failed]
        services: Mapping[str, Service] = services_of(
            filter(self._is_good, known), self._contract_of
        )
        service = services.get(part.name)
        if service is None:
            return None
        had = f"had['{part.name}'] + " if isinstance(part, InventoryGained) else ""
        amount = f"{had}{part.count}"
        lines = service.lines(amount)
        missing = f"if (countItem('{part.name}') < {amount})"
        return _Call(part, service.skill, [f"{missing} {lines[0]}", *lines[1:]])

    def _is_good(self, skill: Skill) -> bool:
        learned = self._contract_of(skill)
        reliable = learned is None or learned.reliability >= RELIABLE
        return skill.status is SkillStatus.VERIFIED and reliable

    def _program(self, task: Task, calls: Sequence[_Call]) -> Program:
        names = tuple(dict.fromkeys(call.skill.name for call in calls))
        entry = entry_from_words(task.description, self._taken | {*names})
        gained = [call.part.name for call in calls if isinstance(call.part, InventoryGained)]
        body = []
        if gained:
            counts = ", ".join(f"'{name}': countItem('{name}')" for name in dict.fromkeys(gained))
            body.append(f"const had = {{ {counts} }}")
        # What only adds, whatever is there, is asked for once.
        repeated = len(calls) > 1 and all(isinstance(call.part, InventoryHas) for call in calls)
        inside = [
            line
            for call in calls
            for line in (f"// {call.part.describe()}: {call.skill.name}", *call.lines)
        ]
        if repeated:
            inside = [
                f"for (let round = 0; round < {ROUNDS}; round++) {{",
                *(f"  {line}" for line in inside),
                "}",
            ]
        source = "\n".join(
            [
                f"// {task.description}",
                f"async function {entry} () {{",
                *(f"  {line}" for line in (*body, *inside)),
                "}",
                "",
            ]
        )
        return Program(
            source=source,
            entry=entry,
            calls=(*names, *(["countItem"] if "countItem(" in source else [])),
            writer=WRITER,
            description=task.description,
            when_to_use=f"When all of this is wanted: {task.goal.describe()}.",
            signature=f"async function {entry} ()",
        )
