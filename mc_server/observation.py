"""What the bot's client knows of the world, as the server sent it.

Covers: the `Observation` value and its parts, and reading them from the bridge's JSON, which came
from a process that runs foreign code and is checked. Not covered: what a program claims (see
`Execution.result`) and what it did (see `Execution.events`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import TypeAdapter

from mc_server.wire import Count, Few, Number, Numbers, Text, Texts, parse

INVENTORY_SLOTS = 36


@dataclass(frozen=True)
class Position:
    """A point in the world, in blocks."""

    x: Number
    y: Number
    z: Number

    def distance_to(self, other: Position) -> float:
        """Euclidean distance in blocks."""
        return math.dist((self.x, self.y, self.z), (other.x, other.y, other.z))

    def __str__(self) -> str:
        return f"({self.x:.0f}, {self.y:.0f}, {self.z:.0f})"


@dataclass(frozen=True)
class NearbyBlock:
    """The nearest block of one kind: where it is and how many of the kind were seen (capped)."""

    name: Text
    position: Position
    distance: Number
    count: Count


@dataclass(frozen=True)
class NearbyEntity:
    """A living thing or a dropped item in sight of the client."""

    name: Text
    kind: Text
    position: Position
    distance: Number


@dataclass(frozen=True)
class Chest:
    """A container whose content the bot has seen, as it was when last open."""

    position: Position
    items: Numbers
    dimension: Text = "overworld"


@dataclass(frozen=True)
class Observation:
    """The state of the player and what is around it.

    `health` and `food` run from 0 to 20; `time_of_day` from 0 to 23999 ticks. `inventory` counts
    items by name, worn and held ones included; `free_slots` of its 36 places are empty.
    `equipment` maps `hand`, `off-hand`, `head`, `torso`, `legs`, `feet` to an item's name or None.
    `uses_left` gives, for each kind of tool carried, how often all of that kind together can still
    be used. `chests` are those of every dimension; `world_age_ticks` counts the twentieths of a
    second that the world has lived.
    """

    position: Position
    dimension: Text
    biome: Text
    time_of_day: Count
    health: Number
    food: Number
    inventory: Numbers
    free_slots: Count = INVENTORY_SLOTS
    equipment: Texts = field(default_factory=dict)
    uses_left: Numbers = field(default_factory=dict)
    nearby_blocks: Annotated[tuple[NearbyBlock, ...], Few] = ()
    nearby_entities: Annotated[tuple[NearbyEntity, ...], Few] = ()
    chests: Annotated[tuple[Chest, ...], Few] = ()
    world_age_ticks: Count = 0

    @classmethod
    def from_json(cls, data: Any) -> Observation:
        """Read what the bridge sends. Raises BridgeError when it is not an observation."""
        return parse(_ADAPTER, data, "an observation")

    def nearest(self, block_name: str) -> NearbyBlock | None:
        """The nearest block of that name, if one is in sight."""
        return next((b for b in self.nearby_blocks if b.name == block_name), None)


_ADAPTER = TypeAdapter(Observation)
