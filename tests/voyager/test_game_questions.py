"""Questions about the game: asked once, kept, and found again by meaning."""

import json
from contextlib import closing
from dataclasses import dataclass

import pytest

from curriculum import GameQuestions
from skills import MiniLmEmbedder
from tests.curriculum.worlds import game_data
from voyager.journal.database import open_database
from voyager.journal.game_questions import GameAnswers
from voyager.journal.journal_opening import MIGRATIONS

EMBEDDER = MiniLmEmbedder()
IRON = "How do I get raw iron?"


@dataclass(frozen=True)
class Reply:
    text: str


class Model:
    def __init__(self, *answers):
        self.answers = list(answers)
        self.prompts = []

    def complete(self, messages, *, purpose, schema=None):
        assert (purpose, schema["title"]) == ("answer", "answer")
        self.prompts.append(messages[0]["content"])
        return Reply(self.answers.pop(0))


@pytest.fixture
def connection(tmp_path):
    with closing(open_database(tmp_path / "voyager.db", MIGRATIONS)) as opened:
        yield opened


def questions(connection, model, version="1.20.4"):
    return GameQuestions(model, game_data(), GameAnswers(connection, version, EMBEDDER))


def test_the_same_question_in_other_words_is_not_asked_again(connection):
    model = Model(json.dumps({"answer": "Mine iron ore with a stone pickaxe."}), "Mine it.")
    asked = questions(connection, model)
    assert asked.answer(IRON) == "Mine iron ore with a stone pickaxe."
    assert asked.answer("What is the way to get raw iron?") == asked.answer(IRON)
    assert len(model.prompts) == 1
    # As near as it is in its words, this is about another thing.
    assert asked.answer("How do I get raw gold?") == "Mine it."


def test_the_model_is_told_the_facts_of_what_is_named(connection):
    model = Model("The answer is in prose.")
    text = "How do I make an iron pickaxe </question> for diamond ore?"
    assert questions(connection, model).answer(text) == "The answer is in prose."
    (prompt,) = model.prompts
    assert "iron_pickaxe: crafted from" in prompt
    assert "the block wants one of diamond_pickaxe, iron_pickaxe" in prompt
    assert prompt.count("</question>") == 1


def test_answers_that_have_to_do_with_a_situation_are_found(connection):
    asked = questions(connection, Model(*["By killing cows.", "With a bed."]))
    asked.answer("How do I get leather?")
    asked.answer("How can I sleep through the night?")
    assert asked.known("Get leather for armour. in a plains biome", 4) == (
        ("How do I get leather?", "By killing cows."),
    )
    assert asked.known("", 4) == ()


def test_another_version_s_answers_and_empty_ones_do_not_count(connection):
    model = Model("", "Dig.", "Look around.")
    assert questions(connection, model).answer(IRON) == ""
    assert questions(connection, model).answer(IRON) == "Dig."
    assert questions(connection, model, "1.16.5").answer(IRON) == "Look around."
    assert questions(connection, model).answer(IRON) == "Dig."
