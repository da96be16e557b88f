"""What lies between the player and a goal: the things it needs, and the steps to them.

Covers: needs and steps of goals of every kind, and which creatures and dimensions are out of reach.
Not covered: whether that is too much for one task (`goal_check`), and how plans are made
(`tech_tree`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.errors import NoPlanError
from curriculum.goals.families import count_of, game_names, members
from curriculum.goals.goal import (
    Ate,
    Equipped,
    Goal,
    InventoryGained,
    InventoryHas,
    Killed,
    Mined,
    Placed,
    Slept,
    Stored,
)
from curriculum.goals.goal_forms import leaves
from curriculum.planning.rarity import is_foreign, is_looked_for
from curriculum.planning.tech_tree import Step, TechTree
from mc_server import Observation

BED_DISTANCE = 32.0
"""Blocks within which a standing bed will do."""

_MADE_FROM = {
    # Filled by using them on something in the world, which no recipe tells of.
    **dict.fromkeys(("water_bucket", "lava_bucket", "milk_bucket", "powder_snow_bucket"), "bucket"),
    **dict.fromkeys(("cod_bucket", "salmon_bucket", "axolotl_bucket", "tadpole_bucket"), "bucket"),
    **dict.fromkeys(("potion", "honey_bottle", "dragon_breath"), "glass_bottle"),
    **dict.fromkeys(("pufferfish", "tropical_fish", "name_tag", "nautilus_shell"), "fishing_rod"),
}
_PLACED_WITH = {
    "wheat": "wheat_seeds",
    "carrots": "carrot",
    "potatoes": "potato",
    "beetroots": "beetroot_seeds",
    "melon_stem": "melon_seeds",
    "pumpkin_stem": "pumpkin_seeds",
    "sweet_berry_bush": "sweet_berries",
    "cocoa": "cocoa_beans",
    "wall_torch": "torch",
    "redstone_wire": "redstone",
    "tripwire": "string",
    "fire": "flint_and_steel",
    "water": "water_bucket",
    "lava": "lava_bucket",
    "farmland": "wooden_hoe",
    "dirt_path": "wooden_shovel",
}
_NOWHERE = frozenset({"air", "cave_air", "void_air"})
_MOBS_ELSEWHERE = frozenset(
    # the Nether and the End
    {"blaze", "ghast", "hoglin", "magma_cube", "piglin", "piglin_brute", "strider", "zoglin"}
    | {"wither_skeleton", "zombified_piglin", "ender_dragon", "shulker", "endermite"}
    # raids, monuments, mansions, and what somebody has to call or hatch
    | {"evoker", "vindicator", "ravager", "vex", "illusioner", "guardian", "elder_guardian"}
    | {"warden", "wither", "giant", "sniffer", "allay", "zombie_horse", "skeleton_horse"}
    | {"iron_golem", "snow_golem", "armor_stand", "player", "wandering_trader", "trader_llama"}
)


@dataclass(frozen=True)
class WorldLimits:
    """What there is in a world: its dimensions, and whether it grants advancements."""

    dimensions: tuple[str, ...] = ("overworld", "the_nether", "the_end")
    advancements: bool = True

    @property
    def impossible_kinds(self) -> tuple[str, ...]:
        """Kinds of goals that come to nothing in such a world."""
        kinds = [] if len(self.dimensions) > 1 else ["in_dimension"]
        return (*kinds, *([] if self.advancements else ["has_advancement"]))


class Reach:
    """Needs and steps of goals, in one version of the game."""

    def __init__(self, tree: TechTree) -> None:
        self._tree = tree
        self._names = game_names(tree.game_data)

    def steps(self, goal: Goal, observation: Observation) -> list[Step]:
        """All steps to what the goal needs, each once. Raises NoPlanError, UnknownItemError."""
        found: dict[tuple[str, str], Step] = {}
        for leaf in leaves(goal):
            if isinstance(leaf, Killed):
                self._check_mobs((leaf.name,), leaf.name, observation)
            for item, count in self.needs(leaf, observation):
                for step in self.steps_to(item, count, observation):
                    found.setdefault((step.action, step.item), step)
        return list(found.values())

    def needs(self, leaf: Goal, observation: Observation) -> tuple[tuple[str, int], ...]:
        """Names and numbers of what must be carried for, or in the end of, a single goal."""
        if isinstance(leaf, InventoryHas | Stored):
            return ((leaf.name, leaf.count),)
        if isinstance(leaf, InventoryGained):
            carried = count_of(leaf.name, observation.inventory, self._names)
            return ((leaf.name, carried + leaf.count),)
        if isinstance(leaf, Equipped) or (isinstance(leaf, Ate) and leaf.name is not None):
            return ((str(leaf.name), 1),)
        if isinstance(leaf, Placed):
            tool = leaf.name in ("farmland", "dirt_path", "fire")
            return ((_PLACED_WITH.get(leaf.name, leaf.name), 1 if tool else leaf.count),)
        if isinstance(leaf, Slept):
            near = any(
                block.name.endswith("_bed") and block.distance <= BED_DISTANCE
                for block in observation.nearby_blocks
            )
            return () if near else (("bed", 1),)
        return self._tool(leaf, observation) if isinstance(leaf, Mined) else ()

    def item_for(self, item: str) -> str:
        """What to get for an item that no recipe tells of: for a filled bucket an empty one."""
        known = item not in self._tree.game_data.items or self._tree.graph.sources(item)
        return item if known else _MADE_FROM.get(item, item)

    def steps_to(self, item: str, count: int, observation: Observation) -> list[Step]:
        """The plan to so many of an item, or of what it is made from."""
        item, data = self.item_for(item), self._tree.game_data
        if item in _NOWHERE:
            raise NoPlanError(f"{item} is nothing that can be had.")
        try:
            steps = self._tree.plan(item, count, observation)
        except NoPlanError as error:
            if is_foreign(item):
                raise NoPlanError(
                    f"{item} is out of reach: it is of the Nether, the End, a building or a"
                    " player's making, and none is in sight."
                ) from error
            if item in data.blocks and not is_looked_for(item, data):
                raise NoPlanError(
                    f"{item} is out of reach: this world's land has none, and none is in sight."
                ) from error
            raise
        for step in steps:
            if step.action == "kill":
                self._check_mobs(step.mobs, step.item, observation)
        return steps

    def _tool(self, leaf: Mined, observation: Observation) -> tuple[tuple[str, int], ...]:
        """The tool that is easiest to have for a block; nothing where a bare hand will do."""
        blocks = self._tree.game_data.blocks
        kinds = [blocks[kind] for kind in members(leaf.name, blocks)]
        breakable = [block for block in kinds if block.diggable]
        if not breakable or leaf.name in _NOWHERE:
            raise NoPlanError(f"{leaf.name} cannot be broken.")
        seen = {block.name for block in observation.nearby_blocks}
        data = self._tree.game_data
        there = [b for b in breakable if b.name in seen or is_looked_for(b.name, data)]
        if not there:
            raise NoPlanError(f"No {leaf.name} is in sight, and none is found by looking for it.")
        tools = {tool for block in there for tool in block.harvest_tools}
        hand = any(not block.harvest_tools for block in there)
        if hand or tools & observation.inventory.keys():
            return ()
        ways = []
        for tool in sorted(tools & data.items):
            try:
                ways.append((len(self._tree.plan(tool, 1, observation)), tool))
            except NoPlanError:
                continue
        if not ways:
            raise NoPlanError(f"No way is known to a tool that breaks {leaf.name}.")
        return ((min(ways)[1], 1),)

    def _check_mobs(self, mobs: Iterable[str], what: str, observation: Observation) -> None:
        seen = {entity.name for entity in observation.nearby_entities}
        if not any(mob in seen or mob not in _MOBS_ELSEWHERE for mob in mobs):
            raise NoPlanError(
                f"{what} is out of reach: no {' or '.join(sorted(mobs))} lives where one could be"
                " met, and none is in sight."
            )
