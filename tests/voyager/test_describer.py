"""Words for a skill whose program says too little of itself."""

import json
from dataclasses import replace

import pytest

from curriculum import Task, parse_goal
from tests.voyager.scripted_chat import ScriptedChat
from voyager.errors import ModelUnreachableError
from voyager.learning.describer import Describer
from voyager.records import Program

TASK = Task("Get torches.", parse_goal({"type": "inventory_has", "name": "torch"}), "", "llm")
PROGRAM = Program("async function craftTorches () {}", "craftTorches", (), "llm")
SAID = {
    "description": "Crafts torches from coal and sticks.",
    "use_when": "It is dark and no torch is carried.",
    "also_called": ["light", "light", "lamp", 3, "x" * 500],
}


def test_a_program_without_a_comment_gets_words_by_which_it_is_found():
    chat = ScriptedChat(f"<think>{{}}</think>Here: {json.dumps(SAID)}")
    program = Describer(chat).described(TASK, PROGRAM)
    assert program.description.startswith(
        "Crafts torches from coal and sticks. Also called: light, lamp, xxx"
    )
    assert program.when_to_use == "Use when it is dark and no torch is carried."
    assert len(program.description) < 200
    assert chat.purposes == ["describe"]
    assert "craftTorches" in chat.asked[0][1]["content"]


def test_a_program_that_says_enough_costs_nothing():
    told = Program(
        "", "a", (), "llm", description="Crafts torches out of coal.", when_to_use="Dark"
    )
    assert Describer(ScriptedChat()).described(TASK, told) is told
    for writer in ("skills", "recipe"):
        without_model = replace(PROGRAM, writer=writer)
        assert Describer(ScriptedChat()).described(TASK, without_model) is without_model


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "A fine program.",
        "{",
        "[" * 50_000,
        '{"description": ' + '{"a": ' * 5_000,
        '{"description": ["a"], "use_when": 3}',
        json.dumps({"description": "Short.", "use_when": "x"}),
        ModelUnreachableError("Nobody is there."),
    ],
)
def test_no_answer_that_can_be_used_leaves_the_program_as_it_is(answer):
    assert Describer(ScriptedChat(answer)).described(TASK, PROGRAM) is PROGRAM
