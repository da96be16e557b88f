"""An observation in words, as a language model is told of it.

Covers: all that a next step may depend on, short. Not covered: what the screen shows to people.
"""

from __future__ import annotations

from collections.abc import Mapping

from mc_server import Observation

NEARBY_BLOCKS = 24
NEARBY_ENTITIES = 12
CHESTS = 8


def describe_observation(observation: Observation) -> str:
    """Several lines, one a topic; what is absent is said to be absent."""
    seen = observation
    worn = {place: item for place, item in seen.equipment.items() if item}
    return "\n".join(
        (
            f"position: {seen.position}; dimension: {seen.dimension}; biome: {seen.biome}",
            f"time of day: {seen.time_of_day} of 24000 ticks ({_time_of_day(seen.time_of_day)})",
            f"health: {seen.health:g} of 20; food: {seen.food:g} of 20",
            f"inventory: {_counts(seen.inventory)}",
            f"equipment: {', '.join(f'{place} {item}' for place, item in worn.items()) or 'none'}",
            f"uses left of tools: {_counts(seen.uses_left)}",
            f"nearest blocks: {_blocks(seen)}",
            f"nearby entities: {_entities(seen)}",
            f"chests seen: {_chests(seen)}",
        )
    )


def _time_of_day(ticks: int) -> str:
    if ticks < 12000:
        return "day"
    return "dusk" if ticks < 13000 else "night" if ticks < 23000 else "dawn"


def _counts(items: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(items.items())) or "none"


def _blocks(seen: Observation) -> str:
    nearest = sorted(seen.nearby_blocks, key=lambda block: block.distance)[:NEARBY_BLOCKS]
    return ", ".join(f"{b.name} at {b.position}" for b in nearest) or "none"


def _entities(seen: Observation) -> str:
    nearest = sorted(seen.nearby_entities, key=lambda entity: entity.distance)[:NEARBY_ENTITIES]
    return ", ".join(f"{e.name} ({e.distance:.0f} blocks away)" for e in nearest) or "none"


def _chests(seen: Observation) -> str:
    chests = [f"at {c.position} with {_counts(c.items)}" for c in seen.chests[:CHESTS]]
    return "; ".join(chests) or "none"
