"""A skill as one of several that may become one: its shape, and what its parameters set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mc_server import ProgramShape, SourceTooLongError, program_shape
from skills import Skill
from voyager.learning.merging.contract_numbers import numbers_of

Reader = Callable[[str, str, tuple[str, ...]], ProgramShape]
"""Gives the shape of a source whose function of that name is called, with those parameters read as
the numbers they have by default; see `mc_server.program_shape`."""


@dataclass(frozen=True)
class Member:
    """A skill with its shape."""

    skill: Skill
    shape: ProgramShape

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers of its contract, by path."""
        return numbers_of(self.skill.contract)

    @property
    def paths(self) -> tuple[str | None, ...]:
        """For each of its parameters the path in the contract that it sets, None for others."""
        return tuple(
            self.skill.parameters.get(name) if name else None
            for name in self.shape.parameters or ()
        )

    @property
    def is_sound(self) -> bool:
        """Whether its parameters are in the program, with what the contract has as defaults."""
        if self.shape.fault or self.shape.parameters is None:
            return False
        known = set(self.skill.parameters) <= set(self.shape.parameters)
        set_there = set(self.skill.parameters.values()) <= set(self.skill.contract)
        return (known and set_there) and all(
            slot.parameter is None
            or slot.value == self.numbers.get(self.skill.parameters.get(slot.parameter, ""))
            for slot in self.shape.slots
        )


def shape_reader(node: Path) -> Reader:
    """Asks the host that `node` runs; what is too long to be read has a fault."""

    def read(source: str, name: str, constants: tuple[str, ...]) -> ProgramShape:
        try:
            return program_shape(source, name, node, constants)
        except SourceTooLongError as error:
            return ProgramShape(str(error), "", (), None, None, None, (), ())

    return read


def member_of(skill: Skill, reader: Reader) -> Member:
    """The skill with its shape."""
    return Member(skill, reader(skill.source, skill.name, tuple(skill.parameters)))
