"""Which known skills reach a goal, part after part, and the lines that call them.

Covers one goal from one state of the game. Not covered: the program around the lines
(`covering_writer`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from curriculum import AllOf, AnyOf, Goal, InventoryGained, InventoryHas, count_of
from mc_server import Observation
from skills import Skill
from voyager.uses.circumstances import circumstances_of
from voyager.writers.known_skills.reuse import lacks_something, reuse_arguments
from voyager.writers.known_skills.services import ExperienceOf, Manner, Service, Services
from voyager.writers.recipes.recipe_program import Lines, RecipeProgram

OfItem = InventoryHas | InventoryGained


@dataclass(frozen=True)
class Call:
    """What serves one part of a goal.

    `alone` is what the skill is given where that one call, without the lines, is enough. `amount`
    is the expression in the lines for how many are wanted, where they have one.
    """

    part: Goal
    skill: Skill
    lines: Lines
    alone: tuple[float, ...] | None = None
    amount: str = ""


class Cover:
    """Covers goals by `services`, and by the skills whose contract a part is (`skills_for`).

    `open_program` begins the program that the lines are for; it is asked once it is needed.
    """

    def __init__(
        self,
        open_program: Callable[[], RecipeProgram],
        services: Services,
        skills_for: Callable[[Goal], Sequence[Skill]],
        experience_of: ExperienceOf,
        seen: Observation,
        names: frozenset[str],
    ) -> None:
        self._open_program = open_program
        self._services = services
        self._skills_for = skills_for
        self._experience_of = experience_of
        self._seen = seen
        self._here = circumstances_of(seen)
        self._names = names

    @cached_property
    def _program(self) -> RecipeProgram:
        return self._open_program()

    def helpers(self) -> Lines:
        """The functions that the lines call."""
        return self._program.helpers()

    def calls(self, goal: Goal, amount: str = "") -> list[Call] | None:
        """What reaches the goal, part after part; None when some part of it nothing does.

        `amount` stands for the number that a goal of one part asks for.
        """
        if isinstance(goal, AnyOf):
            ways = (self.calls(part) for part in goal.goals)
            return next((way for way in ways if way is not None), None)
        if isinstance(goal, AllOf):
            calls: list[Call] = []
            for part in goal.goals:
                found = self.calls(part)
                if found is None:
                    return None
                calls += found
            return calls
        call = self._gets(goal, amount) if isinstance(goal, OfItem) else None
        call = call or self._reaches(goal)
        return None if call is None else [call]

    def _gets(self, part: OfItem, amount: str) -> Call | None:
        """By the best skill that gets the item."""
        for service in self._services.of(part.name):
            if service.is_good and self._program.supply.can_call(service):
                return self._call(service, part, amount or f"{part.count}")
        return None

    def _call(self, service: Service, part: OfItem, amount: str) -> Call:
        if isinstance(part, InventoryGained):
            amount = f"had['{part.name}'] + {amount}"
        body = self._program.call(service, amount, _need(part))
        condition = f"if (countItem('{part.name}') < {amount})"
        alone = self._alone(service, part)
        if service.manner is Manner.EACH and len(body) > 1 and service.item == part.name:
            return Call(part, service.skill, body, alone, amount)  # the loop asks the same
        if len(body) == 1:
            return Call(part, service.skill, [f"{condition} {body[0]}"], alone, amount)
        lines = [f"{condition} {{", *(f"  {line}" for line in body), "}"]
        return Call(part, service.skill, lines, alone, amount)

    def _alone(self, service: Service, part: OfItem) -> tuple[float, ...] | None:
        inventory = self._seen.inventory
        carried = count_of(service.item, inventory, self._names)
        gains = isinstance(part, InventoryGained)
        before = count_of(part.name, inventory, self._names) if gains else 0
        arguments = service.arguments(before + part.count, carried)
        if arguments is None:
            return None
        known = self._experience_of(service.skill)
        return None if lacks_something(known, self._here, arguments) else arguments

    def _reaches(self, part: Goal) -> Call | None:
        """By a skill whose contract it is."""
        for skill in self._skills_for(part):
            arguments = reuse_arguments(skill, part)
            known = self._experience_of(skill)
            if arguments is None or (known.contract and known.contract.missing_state(self._here)):
                continue
            service = Service(skill, "", Manner.EACH, known.needs)
            if known.needs and not self._program.supply.can_call(service):
                continue
            units = known.contract.units(self._here, arguments) if known.contract else 1
            given = ", ".join(f"{value:g}" for value in arguments)
            lines = self._program.needs(service, f"{units:g}") if known.needs else []
            lines += [f"await {skill.name}({given}) // serves {_need(part)}"]
            alone = None if lacks_something(known, self._here, arguments) else arguments
            return Call(part, skill, lines, alone)
        return None


def _need(part: Goal) -> str:
    """In a line, whatever names it has."""
    return f"the goal to {' '.join(part.describe().split())}"
