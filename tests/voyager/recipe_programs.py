"""Tasks, the programs written for them, and a small world of recipes that these run in."""

import json
import subprocess
from pathlib import Path
from typing import Any

from curriculum import InventoryHas, Task, goal_to_json
from mc_server import Execution, Outcome, ProgramError, find_node
from skills import Provenance, Skill
from tests.curriculum.worlds import game_data, seen
from voyager.records import Attempt, Program, Verdict
from voyager.writers import RecipeWriter, ReusingWriter

WRITER = RecipeWriter(game_data())
DATA_FILE = Path(__file__).parents[1] / "data" / "game_data_1.20.4.json"
WORLD = Path(__file__).parent / "fixtures" / "recipe_world.js"


def has(name, count=1):
    return Task(f"Get {count} {name}", InventoryHas(name=name, count=count), "", "test")


def write(task, skills=(), attempts=(), carried=None):
    reusing = ReusingWriter(WRITER, lambda _: skills)
    return reusing.write(task, seen(carried), skills, attempts)


def skill_of(program, goal):
    return Skill(
        name=program.entry,
        source=program.source,
        signature="",
        description=program.description,
        when_to_use=program.when_to_use,
        calls=program.calls,
        contract=goal_to_json(goal),
        provenance=Provenance(None, "", 1, "recipe", None, "1.20.4"),
        parameters=program.parameters,
    )


def failing(program, code=None, module=None, outcome=Outcome.PROGRAM_ERROR):
    error = ProgramError("Error", "it failed", code, module or program.entry, 2)
    execution = Execution(outcome, seen(), seen(), 1.0, error=error)
    return Attempt(1, program, execution, Verdict(False, "state", ()))


# A program, the modules before it, what is carried, and the kinds of wood that grow.
Run = tuple[Program, list[str], dict[str, int], list[str]]


def play(runs: list[Run]) -> list[dict[str, Any]]:
    """Run programs in a world of recipes, each from its own inventory."""
    data = json.loads(DATA_FILE.read_text())
    asked = [
        {
            "modules": [*modules, program.source],
            "entry": program.entry,
            "arguments": program.arguments,
            "inventory": inventory,
            "kinds": kinds,
        }
        for program, modules, inventory, kinds in runs
    ]
    answer = subprocess.run(
        [str(find_node()), str(WORLD)],
        input=json.dumps({"gameData": data, "runs": asked}),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    results: list[dict[str, Any]] = json.loads(answer.stdout)
    return results
