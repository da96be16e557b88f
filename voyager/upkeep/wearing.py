"""Armour that is carried is put on: the best of each kind."""

from __future__ import annotations

from mc_server import Observation
from voyager.upkeep.errand import Errand

PLACES = {"head": "_helmet", "torso": "_chestplate", "legs": "_leggings", "feet": "_boots"}
MATERIALS = ("leather", "golden", "chainmail", "iron", "diamond", "netherite")
"""The best last, after the Minecraft Wiki's armour points."""

_WEAR = """
async function wearArmour (worn) {
  for (const [place, name] of Object.entries(worn)) await equip(name, place)
}
"""


class Wearing:
    """Whatever protects more than what is worn."""

    name = "armour"
    entry = "wearArmour"

    def due(self, seen: Observation) -> Errand | None:
        """When something better than what is worn is carried."""
        better: dict[str, str] = {}
        for place, suffix in PLACES.items():
            kinds = [name for name in seen.inventory if name.endswith(suffix)]
            best = max(kinds, key=lambda name: (_rank(name), name), default=None)
            if best is not None and _rank(best) > _rank(seen.equipment.get(place) or ""):
                better[place] = best
        if not better:
            return None
        return Errand(f"{', '.join(better.values())} can be worn", _WEAR, (better,), 60.0)


def _rank(name: str) -> int:
    material = name.partition("_")[0]
    return MATERIALS.index(material) if material in MATERIALS else -1
