"""Which blocks nobody finds by walking over the land or digging under it.

Covers: blocks of the Nether and the End, of buildings and dungeons, and what only players make
though no recipe says so (concrete hardens in water, copper weathers). Such a block is mined when it
is in sight and never looked for. Not covered: what is rare but out there (emerald ore, a mushroom).
"""

from __future__ import annotations

import re

from mc_server import GameData

_FOREIGN = re.compile(
    r"""
    # the Nether and the End
    ^(ancient_debris|basalt|smooth_basalt|blackstone|gilded_blackstone|crying_obsidian|glowstone
      |nether_.*|netherrack|crimson_.*|warped_.*|shroomlight|soul_.*|twisting_vines|wither_rose
      |stripped_(crimson|warped)_.*|chorus_.*|end_stone|dragon_.*)$
    # buildings, dungeons, mine shafts, monuments
    |^(bell|cobweb|sponge|wet_sponge|.*_(head|skull)|.*_shulker_box|(chipped|damaged)_anvil
      |cracked_.*|petrified_oak_slab|sniffer_egg|torchflower|pitcher_plant)$
    # made by players
    |^(.*_concrete|.*_glazed_terracotta|(exposed|weathered|oxidized)_copper|smooth_.*|.*_froglight
      |stripped_.*|dirt_path|farmland|dead_.*_coral_block)$
    """,
    re.VERBOSE,
)


def is_foreign(block_name: str) -> bool:
    """Whether there is no sense in looking for the block where it is not in sight."""
    return _FOREIGN.match(block_name) is not None


def is_looked_for(block_name: str, game_data: GameData) -> bool:
    """Whether there is sense in looking for the block: its item is had so, and the land has it."""
    if block_name not in game_data.items or is_foreign(block_name):
        return False
    return game_data.land is None or block_name in game_data.land
