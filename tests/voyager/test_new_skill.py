"""From an attempt that passed to the skill that is kept."""

from __future__ import annotations

from typing import Any

from curriculum import InventoryHas, Task
from mc_server import Execution, Outcome
from mc_server.scripted_bridge import EMPTY_WORLD
from skills import Provenance, Skill, SkillStatus
from voyager.learning.new_skill import skill_from
from voyager.records import Attempt, Program, Verdict

SOURCE = """// Mines.
async function mineLogs (count = 2) {
  await mineBlock('log', count)
}
"""
TASK = Task("Mine 2 logs", InventoryHas(name="log", count=2), "needed", "list")


def attempt(**program: Any) -> Attempt:
    return Attempt(
        3,
        Program(SOURCE, "mineLogs", ("mineBlock",), "llm", model="some-model", **program),
        Execution(Outcome.COMPLETED, EMPTY_WORLD, EMPTY_WORLD, 1.0),
        Verdict(True, "state", ("it is so",)),
    )


def test_a_skill_says_where_it_came_from_and_what_it_was_seen_to_reach():
    told = attempt(
        description="Mines logs.",
        when_to_use="For wood.",
        parameters={"count": "count"},
        signature="async function mineLogs (count = 2)",
    )
    assert skill_from(TASK, told, 7, "1.20.4") == Skill(
        name="mineLogs",
        source=SOURCE,
        signature="async function mineLogs (count = 2)",
        description="Mines logs.",
        when_to_use="For wood.",
        calls=("mineBlock",),
        contract={"type": "inventory_has", "name": "log", "count": 2},
        provenance=Provenance(7, "Mine 2 logs", 3, "llm", "some-model", "1.20.4"),
        parameters={"count": "count"},
        version=1,
        status=SkillStatus.CANDIDATE,
    )


def test_a_program_without_words_is_described_by_its_task():
    skill = skill_from(TASK, attempt(), None, "1.20.4")
    assert skill.description == "Mine 2 logs"
    assert "Mine 2 logs" in skill.when_to_use
