"""What a model may look up while it writes, and what is told."""

from dataclasses import replace

import pytest

from curriculum import TechTree
from mc_server import (
    NearbyBlock,
    Position,
)
from skills import UnknownSkillError
from tests.voyager.scripted_chat import ScriptedChat, calling
from tests.voyager.writing import (
    GAME_DATA,
    PRIMITIVES,
    SKILL,
    observation,
    prompt_of,
    write,
)
from voyager.errors import (
    ModelUnreachableError,
)
from voyager.writers.model.look_ups import LookUps


def look_ups(*skills, **more):
    class Library:
        def search(self, text, limit=5, here=None):
            return [(skill, 0.9) for skill in skills]

        def get(self, name):
            for skill in skills:
                if skill.name == name:
                    return skill
            raise UnknownSkillError(name)

    return LookUps(TechTree(GAME_DATA), PRIMITIVES, Library(), **more)


@pytest.mark.parametrize("tools", [True, False])
def test_a_skill_that_was_looked_up_may_be_called(tools):
    source = "async function craftSticks (count = 4) {\n  await craftPlanks(2)\n}"
    asked = calling(("look_up", '{"what": "find_skills", "text": "wood"}'))
    asked = asked if tools else "I need to know:\n```\nLOOK UP: find_skills wood\n```"
    chat = ScriptedChat(asked, f"```js\n{source}\n```", tools=tools)
    program = write(chat, look_ups=look_ups(SKILL))
    assert program.calls == ("craftPlanks",)
    assert ("LOOK UP" in prompt_of(chat)) is not tools
    assert "await craftPlanks(count = 4)" in chat.asked[1][-1]["content"]


def test_a_skill_that_nobody_told_of_may_be_called_if_it_is_there():
    source = "async function craftSticks (count = 4) {\n  await craftPlanks(2)\n}"
    chat = ScriptedChat(f"```js\n{source}\n```")
    assert write(chat, look_ups=look_ups(SKILL)).calls == ("craftPlanks",)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("recipe", "iron pickaxe", "craft 1 of 3 iron_ingot, 2 stick, at a crafting table"),
        ("recipe", "iron_pickaxe", "craft 1 stone_pickaxe"),
        ("recipe", "planks", "\n- craft 4 of 1 log, by hand"),
        ("recipe", "iron_pikaxe", "iron_pickaxe"),
        ("recipe", "nonsense", "no item"),
        ("block", "iron_ore", "drops raw_iron, with stone_pickaxe or iron_pickaxe"),
        ("block", "irn_ore", "close are iron_ore"),
        ("nearby", "ore", "iron_ore at (1, 60, 2), 5 blocks away, 3 seen"),
        ("nearby", "diamond", "No diamond in sight"),
        ("primitive", "await craftItem(x)", "count: how many more"),
        ("primitive", "craft", "there are craftItem"),
        ("skill_source", "craftPlanks", SKILL.source),
        ("mineflayer", "dig", "dig(block)"),
        ("ask", "Do cows swim?", "cannot be told now: Nobody"),
        ("recipe", " ", "wants a text"),
    ],
)
def test_what_can_be_looked_up(name, text, told):
    def ask(question):
        raise ModelUnreachableError("Nobody is there.")

    ore = NearbyBlock("iron_ore", Position(1, 60, 2), 5.0, 3)
    seen = replace(observation(oak_log=2), nearby_blocks=(ore,))
    offered = look_ups(SKILL, mineflayer=lambda text: f"{text}(block)", ask=ask)
    assert told in offered.begin(seen).answer(name, text)


def test_a_program_may_ask_so_many_questions_and_the_next_one_again():
    offered = look_ups(SKILL, ask=lambda question: "Yes.")
    for _ in range(2):
        session = offered.begin(observation())
        told = [session.answer("ask", f"Is it {number}?") for number in range(3)]
        assert told == ["Yes.", "Yes.", "No more than 2 questions a program."]
