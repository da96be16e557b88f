"""The overworld's biomes, which no data of the server names.

Covers Minecraft 1.18 to 1.21, by the names of its registry. Earlier versions have others, and a
server may have its own: there every name is let through.
"""

from __future__ import annotations

import re

_NAMES = """
badlands bamboo_jungle beach birch_forest cherry_grove cold_ocean dark_forest deep_cold_ocean
deep_dark deep_frozen_ocean deep_lukewarm_ocean deep_ocean desert dripstone_caves eroded_badlands
flower_forest forest frozen_ocean frozen_peaks frozen_river grove ice_spikes jagged_peaks jungle
lukewarm_ocean lush_caves mangrove_swamp meadow mushroom_fields ocean old_growth_birch_forest
old_growth_pine_taiga old_growth_spruce_taiga pale_garden plains river savanna savanna_plateau
snowy_beach snowy_plains snowy_slopes snowy_taiga sparse_jungle stony_peaks stony_shore
sunflower_plains swamp taiga warm_ocean windswept_forest windswept_gravelly_hills
windswept_hills windswept_savanna wooded_badlands
"""
_ELSEWHERE = {
    "the_nether": "nether_wastes soul_sand_valley crimson_forest warped_forest basalt_deltas",
    "the_end": "the_end end_highlands end_midlands end_barrens small_end_islands",
}
_KNOWN_VERSION = re.compile(r"1\.(18|19|20|21)(\.|$)")


def biomes_of(version: str) -> dict[str, str]:
    """Each biome's dimension by the biome's name; empty for a version whose biomes differ."""
    if not _KNOWN_VERSION.match(version):
        return {}
    known = dict.fromkeys(_NAMES.split(), "overworld")
    for dimension, names in _ELSEWHERE.items():
        known.update(dict.fromkeys(names.split(), dimension))
    return known
