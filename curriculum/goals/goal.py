"""Goals: predicates over the game's state that say when a task is done.

Covers: the tagged union `Goal`, its evaluation on what was observed before and after and on the
server's events, its JSON form, and checking the names in it. Not covered: judging what no
predicate can state (`Judged` only carries the text), and planning how to reach a goal.

Item, block and entity names may be families (see `families`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    TypeAdapter,
    ValidationError,
)

from curriculum.errors import GoalError, UnknownItemError
from curriculum.goals.evidence import Evidence, Finding
from curriculum.goals.families import close_names, game_names, kinds_in, members, normalise_name
from mc_server import GameData, GameEvent, Observation, Position

Name = Annotated[str, Field(min_length=1), AfterValidator(normalise_name)]


class _Predicate(BaseModel):
    """What every goal can do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def evaluate(
        self,
        before: Observation,
        after: Observation,
        events: Sequence[GameEvent] = (),
        known: Collection[str] | None = None,
    ) -> Finding:
        """Whether the goal holds, and what was seen. `known`: the version's names, if at hand."""
        return self.check(Evidence(before, after, events, known))

    def check(self, evidence: Evidence) -> Finding:
        """The same on gathered evidence."""
        raise NotImplementedError

    def describe(self) -> str:
        """The goal in a few words."""
        raise NotImplementedError


def _reached(seen: int, wanted: int, text: str) -> Finding:
    return Finding(seen >= wanted, text, share=min(1.0, max(0.0, seen / wanted)))


class InventoryHas(_Predicate):
    """At least `count` are in the inventory at the end, however they got there."""

    type: Literal["inventory_has"] = "inventory_has"
    name: Name
    count: PositiveInt = 1

    def check(self, evidence: Evidence) -> Finding:
        seen = evidence.carried(self.name)
        return _reached(seen, self.count, f"inventory has {seen} of {self.count} {self.name}")

    def describe(self) -> str:
        return f"have {self.count} {self.name}"


class InventoryGained(_Predicate):
    """The inventory holds `count` more than before."""

    type: Literal["inventory_gained"] = "inventory_gained"
    name: Name
    count: PositiveInt = 1

    def check(self, evidence: Evidence) -> Finding:
        seen = evidence.gained(self.name)
        return _reached(seen, self.count, f"inventory gained {seen} of {self.count} {self.name}")

    def describe(self) -> str:
        return f"gain {self.count} {self.name}"


Destination = Literal["hand", "off-hand", "head", "torso", "legs", "feet"]


class Equipped(_Predicate):
    """The item is held or worn at the end."""

    type: Literal["equipped"] = "equipped"
    name: Name
    destination: Destination = "hand"

    def check(self, evidence: Evidence) -> Finding:
        item = evidence.after.equipment.get(self.destination)
        passed = item is not None and bool(kinds_in(self.name, (item,), evidence.known))
        return Finding(passed, f"{self.destination} has {item or 'nothing'}, wanted {self.name}")

    def describe(self) -> str:
        return f"have {self.name} equipped in {self.destination}"


class _Counted(_Predicate):
    """A goal that counts events of one type, given by the class's `type`."""

    name: Name
    count: PositiveInt = 1

    def check(self, evidence: Evidence) -> Finding:
        verb: str = getattr(self, "type")  # noqa: B009 - declared by each subclass
        seen = evidence.happened(verb, self.name)
        return _reached(seen, self.count, f"{verb} {seen} of {self.count} {self.name}")


class Killed(_Counted):
    """`count` mobs of that name died by the bot's doing."""

    type: Literal["killed"] = "killed"

    def describe(self) -> str:
        return f"kill {self.count} {self.name}"


class Placed(_Counted):
    """`count` blocks were placed."""

    type: Literal["placed"] = "placed"

    def describe(self) -> str:
        return f"place {self.count} {self.name}"


class Mined(_Counted):
    """`count` blocks were broken, whatever became of the drops."""

    type: Literal["mined"] = "mined"

    def describe(self) -> str:
        return f"mine {self.count} {self.name}"


class Stored(_Counted):
    """`count` items were put into a container."""

    type: Literal["stored"] = "stored"

    def describe(self) -> str:
        return f"store {self.count} {self.name} in a chest"


class ReachedPosition(_Predicate):
    """The bot stands within `range` blocks of a point at the end."""

    type: Literal["reached_position"] = "reached_position"
    x: float
    y: float
    z: float
    range: float = Field(default=2.0, gt=0)

    def check(self, evidence: Evidence) -> Finding:
        target = Position(self.x, self.y, self.z)
        distance = evidence.after.position.distance_to(target)
        return Finding(
            distance <= self.range,
            f"stands at {evidence.after.position}, {distance:.1f} blocks from {target}, "
            f"wanted within {self.range:g}",
        )

    def describe(self) -> str:
        return f"be within {self.range:g} blocks of {Position(self.x, self.y, self.z)}"


class InBiome(_Predicate):
    """The bot is in that biome, or in one of that family (`forest`: birch_forest, ...)."""

    type: Literal["in_biome"] = "in_biome"
    name: Name

    def check(self, evidence: Evidence) -> Finding:
        seen = normalise_name(evidence.after.biome)
        return Finding(bool(members(self.name, (seen,))), f"biome is {seen}, wanted {self.name}")

    def describe(self) -> str:
        return f"be in a {self.name} biome"


class InDimension(_Predicate):
    """The bot is in that dimension: overworld, the_nether, the_end."""

    type: Literal["in_dimension"] = "in_dimension"
    name: Name

    def check(self, evidence: Evidence) -> Finding:
        seen = normalise_name(evidence.after.dimension)
        return Finding(seen == self.name, f"dimension is {seen}, wanted {self.name}")

    def describe(self) -> str:
        return f"be in the dimension {self.name}"


class Ate(_Predicate):
    """Something was eaten; `name` says what, None takes anything."""

    type: Literal["ate"] = "ate"
    name: Name | None = None

    def check(self, evidence: Evidence) -> Finding:
        seen = evidence.happened("ate", self.name)
        food = f"food went from {evidence.before.food:g} to {evidence.after.food:g}"
        return Finding(seen > 0, f"ate {self.name or 'something'} {seen} times, {food}")

    def describe(self) -> str:
        return f"eat {self.name or 'something'}"


class Slept(_Predicate):
    """The bot slept in a bed."""

    type: Literal["slept"] = "slept"

    def check(self, evidence: Evidence) -> Finding:
        seen = evidence.happened("slept")
        return Finding(seen > 0, "slept in a bed" if seen else "did not sleep")

    def describe(self) -> str:
        return "sleep in a bed"


class HasRoom(_Predicate):
    """At least `count` places of the inventory are empty at the end."""

    type: Literal["has_room"] = "has_room"
    count: PositiveInt = 1

    def check(self, evidence: Evidence) -> Finding:
        seen = evidence.after.free_slots
        return _reached(seen, self.count, f"{seen} of {self.count} places are free")

    def describe(self) -> str:
        return f"have {self.count} free places in the inventory"


class HasAdvancement(_Predicate):
    """The server granted the advancement while the program ran."""

    type: Literal["has_advancement"] = "has_advancement"
    name: Name

    def check(self, evidence: Evidence) -> Finding:
        seen = evidence.happened("advancement", self.name)
        return Finding(seen > 0, f"advancement {self.name} {'' if seen else 'not '}granted")

    def describe(self) -> str:
        return f"get the advancement {self.name}"


def _together(goals: Sequence[_Predicate], evidence: Evidence) -> tuple[Finding, ...]:
    return tuple(goal.check(evidence) for goal in goals)


class AllOf(_Predicate):
    """Every goal holds."""

    type: Literal["all_of"] = "all_of"
    goals: tuple[Goal, ...] = Field(min_length=1)

    def check(self, evidence: Evidence) -> Finding:
        parts = _together(self.goals, evidence)
        verdicts = [part.passed for part in parts]
        passed = False if False in verdicts else None if None in verdicts else True
        return Finding(passed, " and ".join(part.text for part in parts), parts)

    def describe(self) -> str:
        return " and ".join(goal.describe() for goal in self.goals)


class AnyOf(_Predicate):
    """At least one goal holds."""

    type: Literal["any_of"] = "any_of"
    goals: tuple[Goal, ...] = Field(min_length=1)

    def check(self, evidence: Evidence) -> Finding:
        parts = _together(self.goals, evidence)
        verdicts = [part.passed for part in parts]
        passed = True if True in verdicts else None if None in verdicts else False
        return Finding(passed, " or ".join(part.text for part in parts), parts)

    def describe(self) -> str:
        return " or ".join(goal.describe() for goal in self.goals)


class Not(_Predicate):
    """The goal does not hold."""

    type: Literal["not"] = "not"
    goal: Goal

    def check(self, evidence: Evidence) -> Finding:
        inner = self.goal.check(evidence)
        passed = None if inner.passed is None else not inner.passed
        return Finding(passed, f"not wanted: {inner.text}")

    def describe(self) -> str:
        return f"not ({self.goal.describe()})"


class Judged(_Predicate):
    """A goal no predicate states; somebody has to judge the text."""

    type: Literal["judged"] = "judged"
    text: str = Field(min_length=1)

    def check(self, evidence: Evidence) -> Finding:
        return Finding(None, f"no predicate can tell: {self.text}")

    def describe(self) -> str:
        return self.text


Goal = Annotated[
    InventoryHas
    | InventoryGained
    | Equipped
    | Killed
    | Placed
    | Mined
    | ReachedPosition
    | InBiome
    | InDimension
    | Ate
    | Slept
    | Stored
    | HasRoom
    | HasAdvancement
    | AllOf
    | AnyOf
    | Not
    | Judged,
    Field(discriminator="type"),
]

for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()
_ADAPTER: TypeAdapter[Goal] = TypeAdapter(Goal)


def parse_goal(data: str | Mapping[str, Any]) -> Goal:
    """Read a goal from JSON text or a mapping with a `type`. Raises GoalError with a sentence."""
    try:
        return _ADAPTER.validate_python(json.loads(data) if isinstance(data, str) else data)
    except json.JSONDecodeError as error:
        raise GoalError(f"The goal is not valid JSON: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        where = f"at {place}" if place else "as a whole"
        raise GoalError(f"The goal is malformed {where}: {first['msg']}.") from error


def goal_to_json(goal: Goal) -> dict[str, Any]:
    """The goal as plain JSON data, which `parse_goal` reads back."""
    return goal.model_dump(mode="json")


def validate_names(goal: Goal, game_data: GameData) -> None:
    """Check that the version knows every item, block and entity named; raise UnknownItemError."""
    if isinstance(goal, AllOf | AnyOf):
        for part in goal.goals:
            validate_names(part, game_data)
    elif isinstance(goal, Not):
        validate_names(goal.goal, game_data)
    elif isinstance(goal, Placed | Mined):
        _require(goal.name, game_names(game_data), "block", game_data.version)
    elif isinstance(goal, Killed):
        # A version without loot data knows no mobs by name; then any name is let through.
        if game_data.entity_drops and goal.name not in game_data.entity_drops:
            close = close_names(goal.name, game_data.entity_drops)
            raise UnknownItemError(goal.name, close, "mob", game_data.version)
    elif isinstance(goal, InventoryHas | InventoryGained | Equipped | Stored) or (
        isinstance(goal, Ate) and goal.name is not None
    ):
        _require(str(goal.name), game_data.items, "item", game_data.version)


def _require(name: str, names: Collection[str], kind: str, version: str) -> None:
    if not members(name, names):
        raise UnknownItemError(name, close_names(name, names), kind, version)
