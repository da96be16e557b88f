"""What the bot's client knows of the world, as the server sent it.

Covers: the `Observation` value and its parts, and reading them from the bridge's JSON. Not covered:
what a program claims (see `Execution.result`) and what it did (see `Execution.events`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

INVENTORY_SLOTS = 36


@dataclass(frozen=True)
class Position:
    """A point in the world, in blocks."""

    x: float
    y: float
    z: float

    @classmethod
    def from_json(cls, data: Mapping[str, float]) -> Position:
        return cls(float(data["x"]), float(data["y"]), float(data["z"]))

    def distance_to(self, other: Position) -> float:
        """Euclidean distance in blocks."""
        return math.dist((self.x, self.y, self.z), (other.x, other.y, other.z))

    def __str__(self) -> str:
        return f"({self.x:.0f}, {self.y:.0f}, {self.z:.0f})"


@dataclass(frozen=True)
class NearbyBlock:
    """The nearest block of one kind: where it is and how many of the kind were seen (capped)."""

    name: str
    position: Position
    distance: float
    count: int


@dataclass(frozen=True)
class NearbyEntity:
    """A living thing or a dropped item in sight of the client."""

    name: str
    kind: str
    position: Position
    distance: float


@dataclass(frozen=True)
class Chest:
    """A container whose content the bot has seen, as it was when last open."""

    position: Position
    items: Mapping[str, int]


@dataclass(frozen=True)
class Observation:
    """The state of the player and what is around it.

    `health` and `food` run from 0 to 20; `time_of_day` from 0 to 23999 ticks. `inventory` counts
    items by name, worn and held ones included; `free_slots` of its 36 places are empty.
    `equipment` maps `hand`, `off-hand`, `head`, `torso`, `legs`, `feet` to an item's name or None.
    `uses_left` gives, for each kind of tool carried, how often all of that kind together can still
    be used.
    """

    position: Position
    dimension: str
    biome: str
    time_of_day: int
    health: float
    food: float
    inventory: Mapping[str, int]
    free_slots: int = INVENTORY_SLOTS
    equipment: Mapping[str, str | None] = field(default_factory=dict)
    uses_left: Mapping[str, int] = field(default_factory=dict)
    nearby_blocks: tuple[NearbyBlock, ...] = ()
    nearby_entities: tuple[NearbyEntity, ...] = ()
    chests: tuple[Chest, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Observation:
        """Read what the bridge sends; a missing key raises KeyError."""
        return cls(
            position=Position.from_json(data["position"]),
            dimension=data["dimension"],
            biome=data["biome"],
            time_of_day=int(data["time_of_day"]),
            health=float(data["health"]),
            food=float(data["food"]),
            inventory=dict(data["inventory"]),
            free_slots=int(data["free_slots"]),
            equipment=dict(data["equipment"]),
            uses_left=dict(data["uses_left"]),
            nearby_blocks=tuple(
                NearbyBlock(b["name"], Position.from_json(b["position"]), b["distance"], b["count"])
                for b in data["nearby_blocks"]
            ),
            nearby_entities=tuple(
                NearbyEntity(e["name"], e["kind"], Position.from_json(e["position"]), e["distance"])
                for e in data["nearby_entities"]
            ),
            chests=tuple(
                Chest(Position.from_json(c["position"]), dict(c["items"])) for c in data["chests"]
            ),
        )

    def nearest(self, block_name: str) -> NearbyBlock | None:
        """The nearest block of that name, if one is in sight."""
        return next((b for b in self.nearby_blocks if b.name == block_name), None)
