"""Which known skills get which item, and how they are called for it.

Covers ordering skills by what they were verified to reach and by what experience says of them. Not
covered: whether what they need can be had (`supply`), and when a skill is called as a task's
program (`reuse`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from mc_server import Circumstances
from skills import LearnedContract, Need, Skill, SkillStatus

UNTRIED = 0.5
"""How much a skill is relied on of which nothing is known."""
RELIABLE = 0.5
"""A skill that is relied on less than this covers nothing, and serves where nothing else does."""
ROUNDS = 16
"""How often a skill that yields a fixed number is called, at most."""


@dataclass(frozen=True)
class Experience:
    """What is known of a skill from its uses: what was learned, and what must be there for it."""

    contract: LearnedContract | None = None
    needs: tuple[Need, ...] = ()


ExperienceOf = Callable[[Skill], Experience]


def nothing_known(skill: Skill) -> Experience:
    """For a library without experience."""
    return Experience()


def remembered(experience_of: ExperienceOf) -> ExperienceOf:
    """Asks once for each version; for as long as nothing new is learned."""
    known: dict[tuple[str, int], Experience] = {}

    def ask(skill: Skill) -> Experience:
        version = (skill.name, skill.version)
        if version not in known:
            known[version] = experience_of(skill)
        return known[version]

    return ask


def is_good(skill: Skill, learned: LearnedContract | None) -> bool:
    """Whether a goal may be left to the skill: it is verified, and works more often than not."""
    reliable = learned is None or learned.reliability >= RELIABLE
    return skill.status is SkillStatus.VERIFIED and reliable


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
    """A skill that gets `item`.

    `is_for_it`: that is its goal, and not what it yields by the way. `lacks` is what it lacks here
    that no item helps with. `units` is how many one call is for, and
    `least` what that yields of the item, where the manner is EACH.
    """

    skill: Skill
    item: str
    manner: Manner
    needs: tuple[Need, ...] = ()
    lacks: tuple[str, ...] = ()
    reliability: float = UNTRIED
    seconds: float = 0.0
    units: float = 1.0
    least: float = 1.0
    is_for_it: bool = True

    @property
    def is_better_than_recipes(self) -> bool:
        """Whether to plan with it where a recipe would do too: for any number, or tried."""
        tried = self.is_for_it and self.skill.status is SkillStatus.VERIFIED
        return self.is_good and (self.manner is not Manner.EACH or tried)

    @property
    def is_good(self) -> bool:
        """Whether it may be relied on here, once its needs are served."""
        return not self.lacks and self.reliability >= RELIABLE

    @property
    def carried(self) -> str:
        """JavaScript that counts what it gets."""
        return f"countItem('{self.item}')"

    def lines(self, amount: str, need: str, first: Sequence[str] = ()) -> list[str]:
        """JavaScript after which `amount`, an expression for more than there are, are carried.

        `need` says which need that serves, `first` are lines that each call needs before it.
        """
        name, why = self.skill.name, f"// serves {need}"
        if self.manner is Manner.UNTIL:
            return [*first, f"await {name}({amount}) {why}"]
        if self.manner is Manner.MORE:
            return [*first, f"await {name}({amount} - {self.carried}) {why}"]
        return [
            f"for (let round = 0; {self.carried} < {amount} && round < {ROUNDS}; round++) {{",
            *(f"  {line}" for line in first),
            f"  await {name}() {why}",
            "}",
        ]

    def arguments(self, wanted: int, carried: int) -> tuple[int, ...] | None:
        """What one call is given that leaves `wanted` where so many are `carried`.

        None where one call is not enough.
        """
        if self.manner is Manner.UNTIL:
            return (wanted,)
        if self.manner is Manner.MORE:
            return (wanted - carried,)
        return () if self.least >= wanted - carried else None


class Services:
    """All that some skills get.

    `here` is where it is planned for, without it nothing is lacking; `is_family` tells names of
    families, which are served by what gets one of their kinds.
    """

    def __init__(
        self,
        skills: Iterable[Skill],
        experience_of: ExperienceOf = nothing_known,
        here: Circumstances | None = None,
        is_family: Callable[[str], bool] = lambda name: False,
    ) -> None:
        self._is_family = is_family
        self._by_item: defaultdict[str, list[Service]] = defaultdict(list)
        for skill in skills:
            for service in _services(skill, experience_of(skill), here):
                self._by_item[service.item].append(service)
        found = [service for services in self._by_item.values() for service in services]
        self.names = frozenset(service.skill.name for service in found)
        """The names of the skills."""
        self.needed = frozenset(need.item for service in found for need in service.needs)
        """The items that have to be there for some of them."""

    def of(self, item: str) -> list[Service]:
        """What gets the item, the best first.

        That is what lacks nothing, is verified, mostly works, gets any number; then the more
        reliable, the quicker, the name.
        """
        found = [*self._by_item.get(item, ())]
        if self._is_family(item):
            kinds = (kind for kind in self._by_item if kind.endswith(f"_{item}"))
            found += (service for kind in kinds for service in self._by_item[kind])
        return sorted(found, key=_rank)


def reliability_step(skill: Skill, contract: LearnedContract | None) -> int:
    """The reliability in steps of a fifth: what works is not left for what worked once more."""
    return round((contract or skill).reliability * 5)


def _services(skill: Skill, known: Experience, here: Circumstances | None) -> Iterable[Service]:
    """What it was verified to get, with any number; else what every success of it yielded.

    What is for one item is not called for what is left over of others.
    """
    learned = known.contract
    lacks = learned.missing_state(here) if learned and here else ()
    reliability = (learned or skill).reliability
    seconds = learned.seconds.median if learned and learned.seconds else 0.0
    kind, item = skill.contract.get("type"), str(skill.contract.get("name"))
    manners = {"inventory_has": Manner.UNTIL, "inventory_gained": Manner.MORE}
    if list(skill.parameters.values()) == ["count"] and kind in manners:
        yield Service(skill, item, manners[kind], known.needs, lacks, reliability, seconds)
        return
    if learned is None:
        return
    made_for = kind in manners
    yielded: dict[str, float] = {}
    for name, spread in learned.yields.items():
        # What a family is got by may be of another kind each time.
        got = item if made_for and name.endswith(f"_{item}") else name
        if not made_for or got == item:
            yielded[got] = max(spread.least, yielded.get(got, 0))
    for name, least in yielded.items():
        least *= learned.count_default if learned.per_count else 1
        if least >= 1:
            yield Service(
                *(skill, name, Manner.EACH, known.needs, lacks, reliability, seconds),
                *(learned.count_default, least, made_for),
            )


def _rank(service: Service) -> tuple[bool, bool, bool, bool, int, int, float, str]:
    return (
        bool(service.lacks),
        service.skill.status is not SkillStatus.VERIFIED,
        service.reliability < RELIABLE,
        service.manner is Manner.EACH,
        -round(service.reliability * 5),
        service.manner,
        service.seconds,
        service.skill.name,
    )
