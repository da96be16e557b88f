"""Chests that are remembered: what fills the inventory goes into them, what is needed comes out.

Not covered: making a chest where none is near, which is a task (`HasRoom`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from curriculum import TechTree, count_of, game_names, members
from mc_server import Chest, GameData, Observation
from voyager.upkeep.errand import Errand
from voyager.writers.recipes.surplus import surplus_lines

CROWDED_BELOW = 5
"""Free places of the inventory (of 36) under which things are put away, as the planner has it."""
NEAR = 48.0
"""Blocks within which a known chest is gone to rather than another one made."""
NEEDED_WITHIN = 64.0
"""Blocks within which a chest is gone to for what the next steps need."""
FULL_FROM_STACKS = 24
"""Of the 27 places of a chest."""
_STACK = 64

_TAKE = """
async function takeOutOfChest (position, items) {
  return await withdraw(position, items)
}
"""


class PuttingAway:
    """What is not needed soon, into a chest that is near and has room."""

    name = "chests"
    entry = "putIntoChest"

    def __init__(self, game_data: GameData) -> None:
        lines = "\n  ".join(surplus_lines(game_data))
        self._source = (
            "async function putIntoChest (position) {\n"
            "  await openChest(position) // on the way there earth is laid and picked up\n"
            f"  {lines}\n  await deposit(position, surplus)\n}}\n"
        )

    def due(self, seen: Observation) -> Errand | None:
        """When the inventory is nearly full and such a chest is known."""
        if seen.free_slots >= CROWDED_BELOW:
            return None
        near = [chest for chest in _within(seen, NEAR) if _stacks(chest) < FULL_FROM_STACKS]
        if not near:
            return None
        why = f"only {seen.free_slots} places of the inventory are free"
        return Errand(why, self._source, (_place(near[0]),))


class TakingOut:
    """What the plan would have to get otherwise, out of the nearest chest that has some of it.

    `needed` gives what the next steps want, by name or family, with how many are to be carried.
    """

    name = "chests"
    entry = "takeOutOfChest"

    def __init__(
        self, game_data: GameData, needed: Callable[[Observation], Mapping[str, int]]
    ) -> None:
        self._names = game_names(game_data)
        self._needed = needed

    def due(self, seen: Observation) -> Errand | None:
        """When a chest in reach holds something that is needed, and there is room for it."""
        if seen.free_slots < CROWDED_BELOW or not any(
            c.items for c in _within(seen, NEEDED_WITHIN)
        ):
            return None
        needed = self._needed(seen)
        for chest in _within(seen, NEEDED_WITHIN):
            taken = self._out_of(chest, needed, seen)
            if taken:
                names = ", ".join(f"{n} {name}" for name, n in taken.items())
                return Errand(f"{names} are needed", _TAKE, (_place(chest), taken))
        return None

    def _out_of(self, chest: Chest, needed: Mapping[str, int], seen: Observation) -> dict[str, int]:
        taken: dict[str, int] = {}
        for name, total in needed.items():
            missing = total - count_of(name, seen.inventory, self._names)
            kinds = [kind for kind in members(name, self._names) if chest.items.get(kind, 0) > 0]
            kinds.sort(key=lambda kind: (-chest.items[kind], kind))
            if missing > 0 and kinds and not _lies_nearer(kinds[0], chest, seen):
                taken[kinds[0]] = min(missing, chest.items[kinds[0]])
        return taken


def steps_needed(tree: TechTree, item: str, count: int, seen: Observation) -> dict[str, int]:
    """What every step towards an item is to leave in the inventory. Raises NoPlanError."""
    return {step.item: step.total for step in tree.plan(item, count, seen)}


def _lies_nearer(name: str, chest: Chest, seen: Observation) -> bool:
    """Whether a block of it is nearer than the chest: earth is not fetched from afar."""
    away = chest.position.distance_to(seen.position)
    return any(block.name == name and block.distance < away for block in seen.nearby_blocks)


def _within(seen: Observation, distance: float) -> list[Chest]:
    here = [chest for chest in seen.chests if chest.dimension == seen.dimension]
    near = [chest for chest in here if chest.position.distance_to(seen.position) <= distance]
    return sorted(near, key=lambda c: (c.position.distance_to(seen.position), str(c.position)))


def _stacks(chest: Chest) -> int:
    return sum(math.ceil(count / _STACK) for count in chest.items.values())


def _place(chest: Chest) -> dict[str, float]:
    at = chest.position
    return {"x": at.x, "y": at.y, "z": at.z}
