"""Questions about the game, answered once and found again by meaning.

Covers: when a known answer will do, and what a model is told for a new one. Not covered: keeping
them, and how nearness is measured (an `AnswerStore` does both).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from curriculum.asking import Chat
from curriculum.errors import GoalError
from curriculum.game_facts import facts_about, names_asked_about
from curriculum.goals.goal_forms import object_schema
from curriculum.json_answer import read_object
from curriculum.prompting import render, short
from mc_server import GameData

PURPOSE = "answer"
ANSWER_CHARACTERS = 400
QUESTION_CHARACTERS = 200
FACT_CHARACTERS = 600
SCHEMA = object_schema("answer", {"answer": {"type": "string"}})


@dataclass(frozen=True)
class KnownAnswer:
    """A question with its answer; `similarity` is the cosine to what was looked for, up to 1."""

    question: str
    answer: str
    similarity: float


class Questions(Protocol):
    """What a proposer needs of questions and answers."""

    def answer(self, question: str) -> str:
        """The answer, known or asked for. Raises what the model raises."""

    def known(self, situation: str, limit: int) -> Sequence[tuple[str, str]]:
        """Questions with answers that have to do with a situation, nearest first."""


class AnswerStore(Protocol):
    """Keeps answers of one version of the game."""

    def nearest(self, text: str, limit: int) -> Sequence[KnownAnswer]:
        """The known questions nearest in meaning, best first."""

    def add(self, question: str, answer: str) -> None:
        """Keep an answer; one to the same words is replaced."""


SAME_FROM = 0.84
"""Cosine from which a question counts as one already answered, if both name the same things.

Measured with all-MiniLM-L6-v2 on 14 pairs that ask the same (0.64 to 0.91) and 19 that do not (0.43
to 0.83 where they name the same things, "how do I smelt iron?" and "what can be used as fuel to
smelt iron?" being the nearest). A wrong answer costs more than another question, so the limit lies
above all that differ, and a third of those that ask the same are found.
"""
RELATED_FROM = 0.3
"""Cosine from which an answer has to do with a situation.

Measured on 8 questions and 7 situations: 7 of 11 answers that help are shown, and 4 of 45 that do
not (half of these are below 0.15). One too many costs a line of the prompt.
"""
LOOKED_AT = 5


class GameQuestions:
    """Implements `Questions` with a model and a store.

    facts for an answer come from `game_data`; the model is asked for what the store does not have.
    """

    def __init__(self, chat: Chat, game_data: GameData, store: AnswerStore) -> None:
        self._chat = chat
        self._data = game_data
        self._store = store

    def answer(self, question: str) -> str:
        """See `Questions.answer`. Empty when the model said nothing; that is not kept."""
        asked = short(question, QUESTION_CHARACTERS)
        if not asked:
            return ""
        names = set(names_asked_about(asked, self._data))
        for known in self._store.nearest(asked, LOOKED_AT):
            same = set(names_asked_about(known.question, self._data)) == names
            if known.similarity >= SAME_FROM and same:
                return known.answer
        text = self._chat.complete(self._messages(asked), purpose=PURPOSE, schema=SCHEMA).text
        answer = _read(text)
        if answer:
            self._store.add(asked, answer)
        return answer

    def known(self, situation: str, limit: int) -> Sequence[tuple[str, str]]:
        """See `Questions.known`."""
        return tuple(
            (known.question, known.answer)
            for known in self._store.nearest(situation, limit)
            if known.similarity >= RELATED_FROM
        )

    def _messages(self, question: str) -> list[Mapping[str, str]]:
        facts = [short(fact, FACT_CHARACTERS) for fact in facts_about(question, self._data)]
        asked = render(
            "answer_question", version=self._data.version, question=question, facts=facts
        )
        return [{"role": "user", "content": asked}]


def _read(text: str) -> str:
    """The answer in what the model said: the JSON's, or all of it."""
    try:
        said = read_object(text, "answer")["answer"]
    except GoalError:
        said = text
    return short(said, ANSWER_CHARACTERS) if isinstance(said, str) else ""
