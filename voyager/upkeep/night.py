"""The night: sleeping it away where there is a bed, else waiting safely while too weak for it."""

from __future__ import annotations

from mc_server import Observation
from voyager.upkeep.errand import DAY_BEGINS, Errand, is_armed, is_night

BED_DISTANCE = 32.0
"""Within which `sleepInBed` finds a standing bed."""
WEAK_BELOW = 10.0
"""Points of health (of 20) with which no night is gone into."""
WOUNDED_BELOW = 12.0
"""Points of health with which it waits by day as well, where eating lets wounds heal."""
HEALING_FROM = 18.0
"""Wounds heal by themselves from this much food on."""
LATEST_SHELTER = DAY_BEGINS - 600
"""So short before the morning no shelter is dug any more."""
_TICKS_PER_SECOND = 20

_SLEEP = """
async function sleepTheNight () {
  const carried = bot.inventory.items().some(item => item.name.endsWith('_bed'))
  const { position } = await sleepInBed()
  // A bed that was carried is taken along again: the next night is somewhere else.
  if (carried) {
    const { name } = bot.blockAt(new Vec3(position.x, position.y, position.z))
    if (name.endsWith('_bed')) await mineBlock(name, 1)
  }
}
"""
_SHELTER = """
async function waitSafely (until, seconds) {
  return await takeShelter({ until, maxSeconds: seconds })
}
"""


class Sleeping:
    """In a bed that is carried or stands near, as soon as it is night."""

    name = "sleep"
    entry = "sleepTheNight"

    def due(self, seen: Observation) -> Errand | None:
        """At night, with a bed; what keeps the bot awake is left to the shelter."""
        if not is_night(seen):
            return None
        carried = any(name.endswith("_bed") for name in seen.inventory)
        stands = any(
            block.name.endswith("_bed") and block.distance <= BED_DISTANCE
            for block in seen.nearby_blocks
        )
        if not carried and not stands:
            return None
        return Errand("it is night, and there is a bed", _SLEEP, deadline_seconds=180.0)


class Sheltering:
    """Digging in until the day or until health is back: only the weak wait, the strong go on."""

    name = "shelter"
    entry = "waitSafely"

    def due(self, seen: Observation) -> Errand | None:
        """At night unarmed or hurt; by day only when wounds heal by waiting."""
        if seen.dimension != "overworld":
            return None
        heals = seen.food >= HEALING_FROM
        if is_night(seen) and seen.time_of_day < LATEST_SHELTER:
            hurt, armed = seen.health < WEAK_BELOW, is_armed(seen)
            if not hurt and armed:
                return None
            what = f"health is at {seen.health:g} of 20" if hurt else "there is no weapon"
            until = "health" if hurt and armed and heals else "day"
            left = (DAY_BEGINS + 400 - seen.time_of_day) / _TICKS_PER_SECOND
            return self._errand(f"it is night, and {what}", until, left)
        if seen.health < WOUNDED_BELOW and heals:
            return self._errand(f"health is at {seen.health:g} of 20", "health", 90.0)
        return None

    def _errand(self, why: str, until: str, seconds: float) -> Errand:
        return Errand(why, _SHELTER, (until, seconds), deadline_seconds=seconds + 120.0)
