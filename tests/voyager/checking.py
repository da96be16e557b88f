"""What programs are checked against in tests."""

import json
from pathlib import Path

from curriculum import parse_goal
from mc_server import GameData
from skills import Provenance, Skill, primitives_reference
from voyager.writers.checks.program_check import Vocabulary

ROOT = Path(__file__).parents[1]
DATA = json.loads((ROOT / "data" / "game_data_1.20.4.json").read_text())
GOAL = parse_goal({"type": "inventory_has", "name": "stick", "count": 4})
PRIMITIVES = primitives_reference()
SKILL = Skill(
    name="craftPlanks",
    source="async function craftPlanks (count = 4) {\n  await craftItem('planks', count)\n}",
    signature="async function craftPlanks (count = 4)",
    description="Crafts planks.",
    when_to_use="Use when planks are missing.",
    calls=("craftItem",),
    contract={},
    provenance=Provenance(1, "Craft planks.", 1, "llm", "m", "1.20.4"),
)
VOCABULARY = Vocabulary(PRIMITIVES, (SKILL,), GameData.from_json(DATA))


def body(*lines):
    return "\n".join(["async function craftSticks (count = 4) {", *lines, "}"])
