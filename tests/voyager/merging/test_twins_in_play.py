"""In play a program that is a known skill by another name is no new skill."""

from curriculum import InventoryHas, Task
from mc_server import Execution, Outcome
from mc_server.scripted_bridge import EMPTY_WORLD
from skills import ShapeStore
from tests.voyager.merging.libraries import READER
from tests.voyager.sittings import gives, sitting
from voyager.events import SkillsMerged, SkillStored
from voyager.learning.kept_skills import KeptSkills
from voyager.learning.merging.twins import Twins
from voyager.records import Attempt, Program, Verdict
from voyager.uses.execution_uses import PlayedOn

TASK = Task("Mine 2 logs", InventoryHas(name="log", count=2), "needed", "list")


def passed(name: str, body: str) -> Attempt:
    source = f"async function {name} () {{ {body} }}"
    program = Program(source, name, ("mineBlock",), "llm")
    run = Execution(Outcome.COMPLETED, EMPTY_WORLD, EMPTY_WORLD, 1.0)
    return Attempt(1, program, run, Verdict(True, "state", ("it is so",)))


def test_it_counts_as_a_use_of_the_skill_and_its_name_is_kept(tmp_path):
    with sitting(tmp_path, gives()) as one:
        twins = Twins(one.library, ShapeStore(one.connection), READER)
        kept = KeptSkills(one.journal, one.library, PlayedOn("1.20.4"), twins.of)
        for number, (name, body) in enumerate(
            [
                ("mineLogs", "await mineBlock('log', 2)"),
                ("getWood", 'await mineBlock("log", 2); /* wood */'),
                ("getWood", "await mineBlock('log', 2)"),
                ("mineMore", "await mineBlock('log', 3)"),
            ]
        ):
            with one.journal.transaction():
                kept.note(TASK, passed(name, body), number)
        assert one.library.names() == ("mineLogs", "mineMore")
        assert one.library.get("mineLogs").successes == 3
        assert one.library.other_names("mineLogs") == ("getWood",)
        assert [event.name for event in one.heard(SkillStored)] == ["mineLogs", "mineMore"]
        assert one.heard(SkillsMerged) == [
            SkillsMerged("mineLogs", ("getWood",), "the same program")
        ]
