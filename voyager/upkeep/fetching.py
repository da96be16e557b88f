"""Going back after a death for what lies where it happened, where that is sane."""

from __future__ import annotations

from functools import partial

from mc_server import Execution, Observation
from voyager.upkeep.death_book import Death, DeathBook
from voyager.upkeep.errand import Errand, completed, is_armed, is_night

LIFETIME_SECONDS = 300.0
"""So long dropped items live, of the world's time."""
BLOCKS_PER_SECOND = 2.0
"""How fast a way over land and through rock is, at worst."""
FARTHEST = 250.0
START_SECONDS = 60.0
"""What a way takes beside its length: a way through rock with bare hands is given up in time."""
SAME_PLACE = 24.0
"""A death so near to one that was gone back for is that death again."""
WORTH_GOING = 4
"""So many items, or one that wears out (a tool, armour), are worth a way."""
WEAK_BELOW = 8.0
_REMEMBERED = 5
_WEARING = (
    "_pickaxe",
    "_axe",
    "_sword",
    "_shovel",
    "_helmet",
    "_chestplate",
    "_leggings",
    "_boots",
)

_FETCH = """
async function fetchWhatWasLost (place) {
  await goTo(place.x, place.y, place.z, 2)
  const { collected } = await collectDrops(16)
  return collected
}
"""


class Fetching:
    """Once for each death, and not twice to the same place."""

    name = "fetch"
    entry = "fetchWhatWasLost"

    def __init__(self, deaths: DeathBook) -> None:
        self._deaths = deaths

    def due(self, seen: Observation) -> Errand | None:
        """While what was lost still lies there, can be reached in time, and the way is not mad."""
        last, *earlier = self._deaths.recent(_REMEMBERED) or (None,)
        if last is None or not _is_worth_going(last, seen) or _is_again(last, earlier):
            return None
        left = LIFETIME_SECONDS - (seen.world_age_ticks - last.world_age_ticks) / 20
        away = last.position.distance_to(seen.position)
        if away > min(FARTHEST, left * BLOCKS_PER_SECOND):
            return None
        if seen.health < WEAK_BELOW or (is_night(seen) and not is_armed(seen)):
            return None
        at = last.position
        place = {"x": round(at.x), "y": round(at.y), "z": round(at.z)}
        why = f"{sum(last.lost.values())} items lie at {at} since the bot died ({last.cause})"
        seconds = min(left, START_SECONDS + away / BLOCKS_PER_SECOND)
        return Errand(why, _FETCH, (place,), seconds, partial(self._ended, last))

    def _ended(self, death: Death, execution: Execution) -> tuple[bool, str]:
        before, after = execution.before.inventory, execution.after.inventory
        gained = {name: after.get(name, 0) - before.get(name, 0) for name in death.lost}
        back = {name: min(count, death.lost[name]) for name, count in gained.items() if count > 0}
        self._deaths.note_fetched(death, back)
        there, why_not = completed(execution)
        told = f"{sum(back.values())} of {sum(death.lost.values())} items are back"
        if not there:
            # What it carries of the same kinds may be dug out of its way.
            return False, f"{told}; {why_not}" if back else why_not
        return (True, told) if back else (False, "nothing lay there any more")


def _is_worth_going(death: Death, seen: Observation) -> bool:
    if death.fetched is not None or death.took_all or death.dimension != seen.dimension:
        return False
    tools = any(name.endswith(_WEARING) for name in death.lost)
    return tools or sum(death.lost.values()) >= WORTH_GOING


def _is_again(death: Death, earlier: list[Death]) -> bool:
    return any(
        other.fetched is not None
        and other.dimension == death.dimension
        and other.position.distance_to(death.position) <= SAME_PLACE
        and death.world_age_ticks - other.world_age_ticks <= 2 * LIFETIME_SECONDS * 20
        for other in earlier
    )
