"""Which known skill gets which item, and how it is called for it.

Covers choosing among skills by what they were verified to reach and by what experience says of
them. Not covered: recipes, and when a skill is called as a task's program (`reuse`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from skills import LearnedContract, Skill, SkillStatus

UNTRIED = 0.5
"""How much a skill is relied on of which nothing is known."""
ROUNDS = 16
"""How often a skill that yields a fixed number is called, at most."""

ContractOf = Callable[[Skill], LearnedContract | None]


class Manner(IntEnum):
    """What the number means that a skill is called with; the first is the best to plan with."""

    UNTIL = 0
    """Until so many are carried."""
    MORE = 1
    """So many more."""
    EACH = 2
    """None: every call yields what it yields."""


@dataclass(frozen=True)
class Service:
    """A skill that gets `item`."""

    skill: Skill
    item: str
    manner: Manner
    reliability: float = UNTRIED
    seconds: float = 0.0

    def lines(self, amount: str) -> list[str]:
        """JavaScript after which `amount`, an expression for more than there are, are carried."""
        name, carried = self.skill.name, f"countItem('{self.item}')"
        why = f"// serves {self.item}"
        if self.manner is Manner.UNTIL:
            return [f"await {name}({amount}) {why}"]
        if self.manner is Manner.MORE:
            return [f"await {name}({amount} - {carried}) {why}"]
        return [
            f"for (let round = 0; {carried} < {amount} && round < {ROUNDS}; round++) {{",
            f"  await {name}() {why}",
            "}",
        ]


def nothing_learned(skill: Skill) -> LearnedContract | None:
    """For a library without experience."""
    return None


def services_of(skills: Iterable[Skill], contract_of: ContractOf) -> dict[str, Service]:
    """For each item the skill that serves it best.

    Verified ones come first, then the manner, the more reliable, the quicker, the name.
    """
    found: dict[str, Service] = {}
    for skill in skills:
        learned = contract_of(skill)
        for service in _services(skill, learned):
            known = found.get(service.item)
            if known is None or _rank(service) < _rank(known):
                found[service.item] = service
    return found


def _services(skill: Skill, learned: LearnedContract | None) -> Sequence[Service]:
    """What it was verified to get, with any number; else what every success of it yielded."""
    reliability = _reliability(skill, learned)
    seconds = learned.seconds.median if learned and learned.seconds else 0.0
    kind, item = skill.contract.get("type"), str(skill.contract.get("name"))
    if list(skill.parameters.values()) == ["count"]:
        manners = {"inventory_has": Manner.UNTIL, "inventory_gained": Manner.MORE}
        if kind in manners:
            return [Service(skill, item, manners[kind], reliability, seconds)]
    if learned is None:
        return []
    return [
        Service(skill, name, Manner.EACH, reliability, seconds)
        for name, spread in learned.yields.items()
        if spread.least >= 1
    ]


def _reliability(skill: Skill, learned: LearnedContract | None) -> float:
    if learned is not None:
        return learned.reliability
    runs = skill.successes + skill.failures
    return (skill.successes + 1) / (runs + 2) if runs else UNTRIED


def _rank(service: Service) -> tuple[bool, int, float, float, str]:
    candidate = service.skill.status is not SkillStatus.VERIFIED
    # In steps of a fifth, so that what works is not left for what worked once more.
    reliability = -round(service.reliability * 5)
    return candidate, service.manner, reliability, service.seconds, service.skill.name
