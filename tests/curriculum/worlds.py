"""Observations and game data for the tests of this room.

`game_data_1.20.4.json` holds items, blocks, recipes and foods of minecraft-data's 1.20.4 in the
form the bridge sends, with a short list of smelting and fuels.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from mc_server import GameData, NearbyBlock, NearbyEntity, Observation, Position

FOREST = {"oak_log": 6, "grass_block": 1, "stone": 12, "coal_ore": 20, "iron_ore": 25}


@cache
def game_data() -> GameData:
    path = Path(__file__).parents[1] / "data" / "game_data_1.20.4.json"
    return GameData.from_json(json.loads(path.read_text()))


def seen(
    inventory: Mapping[str, int] | None = None,
    near: Mapping[str, float] | None = None,
    mobs: Iterable[str] = (),
    uses_left: Mapping[str, int] | None = None,
    *,
    food: float = 20.0,
    biome: str = "forest",
    equipment: Mapping[str, str | None] | None = None,
) -> Observation:
    """An observation with these things carried, blocks at these distances and mobs 5 away."""
    return Observation(
        position=Position(0, 64, 0),
        dimension="overworld",
        biome=biome,
        time_of_day=1000,
        health=20.0,
        food=food,
        inventory=dict(inventory or {}),
        equipment=dict(equipment or {}),
        uses_left=dict(uses_left or {}),
        nearby_blocks=tuple(
            NearbyBlock(name, Position(distance, 64, 0), distance, 9)
            for name, distance in (FOREST if near is None else near).items()
        ),
        nearby_entities=tuple(
            NearbyEntity(name, "animal", Position(5, 64, 0), 5.0) for name in mobs
        ),
    )
