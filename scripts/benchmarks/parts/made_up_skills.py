"""Skills that nobody wrote, as many as are wanted, with texts like those that are learned.

Covers names, descriptions and contracts; the programs are short and are not run.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterator

from mc_server import Circumstances, Position
from skills import LearnedContract, Provenance, Skill, SkillStatus, Spread

ITEMS = (
    *("oak_log", "birch_log", "cobblestone", "coal", "raw_iron", "iron_ingot", "raw_gold"),
    *("gold_ingot", "diamond", "redstone", "lapis_lazuli", "emerald", "stick", "torch", "string"),
    *(
        "feather",
        "leather",
        "white_wool",
        "beef",
        "porkchop",
        "mutton",
        "chicken",
        "bread",
        "wheat",
    ),
    *("wheat_seeds", "potato", "carrot", "apple", "sugar_cane", "paper", "book", "clay_ball"),
    *("brick", "sand", "gravel", "flint", "glass", "obsidian", "bucket", "water_bucket", "arrow"),
    *("bow", "shield", "chest", "furnace", "crafting_table", "white_bed", "ladder", "oak_door"),
)
DEEDS = {
    "mine": "Digs {item} with the tool it needs",
    "craft": "Crafts {item} from what is carried",
    "smelt": "Smelts until {item} comes out of the furnace",
    "collect": "Looks around for {item} and picks it up",
    "trade": "Trades with a villager for {item}",
    "store": "Puts {item} into the nearest chest",
    "fetch": "Takes {item} out of a chest that was seen",
    "find": "Explores until {item} is in sight",
    "hunt": "Kills the creature that drops {item}",
    "place": "Places {item} where there is room",
}
PLACES = {
    "": "wherever the bot is",
    "AtNight": "in the dark, with torches",
    "InCave": "in a cave below the ground",
    "NearVillage": "near a village",
    "InForest": "among the trees of a forest",
    "InDesert": "in a desert, where water is rare",
    "OnMountain": "high on a mountain",
    "ByRiver": "on the bank of a river",
    "FromBoat": "out of a boat",
    "OnIsland": "on an island far from land",
    "InSwamp": "in a swamp",
    "AtHome": "around the base",
    "InSnow": "where snow lies",
    "AtSpawn": "close to where the world begins",
}
MANNERS = {
    "": "as fast as it goes",
    "Safely": "and stays away from monsters",
    "InBulk": "until a whole stack is carried",
    "WithSpare": "and keeps a spare tool",
    "BeforeDark": "and is back before the sun sets",
    "Quietly": "without waking what lives there",
    "Again": "and goes on until it is told to stop",
    "ForTwo": "for two players",
    "Tidily": "and fills the holes it leaves",
    "Patiently": "and waits where there is none yet",
    "Cheaply": "with tools of stone alone",
    "Together": "with all that belongs to it",
    "Underway": "on the way to somewhere else",
    "Once": "a single time",
    "ForTrade": "to have something to sell",
}
QUESTIONS = (
    *("get iron for a pickaxe", "something to eat", "wood for planks", "light up a cave"),
    *("a place to sleep", "kill a spider for string", "sand to make glass", "cross a river"),
    *("dig for diamonds deep down", "put things away in a chest", "make bread", "shear a sheep"),
)
CALLED = ("mineBlock", "craftItem")


def made_up_skills(count: int) -> Iterator[Skill]:
    """That many, all different. At most a hundred thousand."""
    kinds = itertools.product(MANNERS, PLACES, DEEDS, ITEMS)
    for manner, place, deed, item in itertools.islice(kinds, count):
        words = "".join(part.capitalize() for part in item.split("_"))
        name = f"{deed}{words}{place}{manner}"
        signature = f"async function {name} (count = 1)"
        does = DEEDS[deed].format(item=item.replace("_", " "))
        yield Skill(
            name=name,
            source=f"{signature} {{\n  await mineBlock('{item}', count)\n}}",
            signature=signature,
            description=f"{does} {PLACES[place]}, {MANNERS[manner]}.",
            when_to_use=f"When {item.replace('_', ' ')} is needed {PLACES[place]}.",
            calls=CALLED,
            contract={"type": "inventory_gained", "name": item, "count": 1},
            parameters={"count": "count"},
            provenance=Provenance(None, "a task", 1, "benchmark", None, "1.20.4"),
            status=SkillStatus.VERIFIED,
            successes=3,
        )


def note_contract(connection: sqlite3.Connection, skill: Skill) -> None:
    """Writes what uses might have taught of it."""
    one = Spread(1, 1, 1)
    contract = LearnedContract(
        uses=3,
        successes=3,
        recent=(3, 3),
        holds=("stone_pickaxe",),
        consumes={"coal": one},
        yields={str(skill.contract["name"]): one},
    )
    connection.execute(
        "INSERT INTO skill_contracts (name, version, contract, words) VALUES (?, 1, ?, ?)",
        (skill.name, json.dumps(contract.to_json()), contract.describe()),
    )


def somewhere() -> Circumstances:
    """Where the questions are asked."""
    return Circumstances(Position(0, 64, 0), "overworld", "plains", 1000, 15, 20, 20, {"coal": 3})
