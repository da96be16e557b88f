"""A library that covers a goal: the model that could write is not asked."""

from contextlib import closing
from dataclasses import replace

import pytest

from curriculum import AllOf, AnyOf, InventoryGained, InventoryHas, Slept, Task
from skills import SkillStatus, open_library
from tests.curriculum.worlds import game_data, seen
from tests.voyager.recipe_programs import failing, has, skill_of, write
from tests.voyager.scripted_chat import ScriptedChat
from tests.voyager.sittings import LOGS, Sitting, WriterOf, gives
from tests.voyager.writing import ANSWER, GAME_DATA, PRIMITIVES, READER, prompt_of
from voyager.journal.database import open_database
from voyager.journal.journal_opening import MIGRATIONS
from voyager.opening.minds import knowing_writer
from voyager.records import Program
from voyager.writers import FallbackWriter, LlmWriter, RecipeWriter, WriterSettings
from voyager.writers.known_skills.covering_writer import WRITER

PLANKS = skill_of(write(has("planks", 4)), InventoryHas(name="planks", count=4))
STICKS = skill_of(write(has("stick", 4)), InventoryHas(name="stick", count=4))
BOTH = AllOf(goals=(InventoryHas(name="planks", count=64), InventoryHas(name="stick", count=9)))


@pytest.fixture
def library(tmp_path):
    with (
        closing(open_database(tmp_path / "voyager.db", MIGRATIONS)) as connection,
        closing(open_library(connection, tmp_path / "index")) as library,
    ):
        library.add(PLANKS)
        library.add(STICKS)
        yield library


def asked(chat, library, goal, attempts=(), carried=None):
    """The program that a sitting with a model would play."""
    llm = LlmWriter(chat, GAME_DATA, PRIMITIVES, READER, None, WriterSettings(), lambda: ())
    both = FallbackWriter(llm, RecipeWriter(game_data()), 2, lambda event: None)
    writer = knowing_writer(both, game_data(), library)
    return writer.write(Task("Get ready.", goal, "", "llm"), seen(carried), (), attempts)


@pytest.mark.parametrize(
    ("goal", "entry", "arguments"),
    [
        (InventoryHas(name="stick", count=640), "craftStick", (640,)),
        (InventoryGained(name="stick", count=3), "craftStick", (8,)),
        (AnyOf(goals=(Slept(), InventoryHas(name="planks", count=7))), "craftPlanks", (7,)),
        (AllOf(goals=(InventoryHas(name="stick"),)), "craftStick", (1,)),
        (BOTH, "getReady", ()),
    ],
)
def test_no_token_is_spent_on_what_skills_cover(library, goal, entry, arguments):
    chat = ScriptedChat()
    program = asked(chat, library, goal, carried={"stick": 5})
    assert (program.entry, program.arguments, program.model) == (entry, arguments, None)
    assert program.reused is (entry != "getReady")
    assert chat.purposes == []


def test_the_model_is_asked_where_a_part_is_not_covered(library):
    chat = ScriptedChat(ANSWER)
    program = asked(chat, library, AllOf(goals=(*BOTH.goals, Slept())))
    assert (program.writer, chat.purposes) == ("llm", ["write"])


@pytest.mark.parametrize("goal", [BOTH, InventoryGained(name="stick", count=3)])
def test_when_what_was_covered_fails_the_model_is_asked_next_and_told(library, goal):
    chat = ScriptedChat(ANSWER)
    first = asked(chat, library, goal)
    attempt = failing(first, "unreachable")
    assert asked(chat, library, goal, [attempt]).writer == "llm"
    assert first.entry in prompt_of(chat) and "unreachable" in prompt_of(chat)


def test_what_cannot_be_used_covers_nothing(library):
    library.set_status("craftPlanks", SkillStatus.QUARANTINED, reason="broken")
    chat = ScriptedChat(ANSWER)
    assert asked(chat, library, BOTH).writer == "llm"


def test_a_kind_is_looked_up_for_its_family(library):
    library.set_status("craftPlanks", SkillStatus.RETIRED)
    oak = {"type": "inventory_has", "name": "oak_planks", "count": 4}
    library.add(replace(PLANKS, name="sawOak", source="async function sawOak () {}", contract=oak))
    chat = ScriptedChat()
    assert asked(chat, library, InventoryHas(name="planks", count=3)).entry == "sawOak"


def test_a_program_that_only_calls_skills_becomes_none_itself(tmp_path):
    sitting = Sitting(tmp_path, gives(oak_log=2), LOGS)
    source = "async function mineLogs () {}"
    sitting.loop.writer = WriterOf(lambda *_: Program(source, "mineLogs", (), WRITER))
    sitting.agent.play()
    assert sitting.report()["tasks"][0]["status"] == "passed"
    assert sitting.library.names() == ()
    sitting.close()
