"""The game at one instant, as goals look at it and as uses keep it: from one to the other and back.

Covers what both have in common. What only one has (light, what lies near) is unknown in the other.
"""

from __future__ import annotations

from mc_server import Circumstances, Observation

STATION_REACH_BLOCKS = 4.5
STATIONS = frozenset(
    {"crafting_table", "furnace", "blast_furnace", "smoker", "campfire", "brewing_stand", "anvil"}
    | {"enchanting_table", "smithing_table", "grindstone", "stonecutter", "loom"}
)
_WORN_AT = {"helmet": "head", "chestplate": "torso", "elytra": "torso", "leggings": "legs"}


def circumstances_of(seen: Observation) -> Circumstances:
    """As much of the circumstances as an observation tells."""
    equipment = dict(seen.equipment)
    hand = equipment.pop("hand", None)
    return Circumstances(
        position=seen.position,
        dimension=seen.dimension,
        biome=seen.biome,
        time_of_day=seen.time_of_day,
        light=None,
        health=seen.health,
        food=seen.food,
        inventory=dict(seen.inventory),
        free_slots=seen.free_slots,
        hand=hand,
        worn=tuple(sorted(item for item in equipment.values() if item)),
        stations=tuple(
            sorted(
                block.name
                for block in seen.nearby_blocks
                if block.name in STATIONS and block.distance <= STATION_REACH_BLOCKS
            )
        ),
    )


def observation_of(state: Circumstances) -> Observation:
    """As much of an observation as circumstances tell."""
    equipment: dict[str, str | None] = {"hand": state.hand}
    for item in state.worn:
        kind = item.rpartition("_")[2]
        equipment[_WORN_AT.get(kind, "feet" if kind == "boots" else "off-hand")] = item
    return Observation(
        position=state.position,
        dimension=state.dimension,
        biome=state.biome,
        time_of_day=state.time_of_day,
        health=state.health,
        food=state.food,
        inventory=state.inventory,
        free_slots=state.free_slots,
        equipment=equipment,
    )
