"""Having a language model split a goal into parts.

Covers: asking, reading and checking the parts, and asking again with what was wrong. Not covered:
when something is split or replaced (`goal_tree_proposer`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import AliasChoices, BaseModel, Field

from curriculum.asking import Chat, WishBoard
from curriculum.errors import CurriculumError, GoalError
from curriculum.goal_trees.goal_tree import (
    DEEPEST,
    PARTS_AT_MOST,
    GoalNode,
    GoalTree,
    NodeStatus,
    Part,
)
from curriculum.goals.goal import Goal
from curriculum.goals.goal_forms import goal_forms, goal_schema, object_schema, read_goal
from curriculum.json_answer import read_answer
from curriculum.observation_text import describe_observation
from curriculum.prompting import asked_again, render, short
from curriculum.proposers.goal_check import GoalChecker
from mc_server import GameData, Observation

PURPOSE = "decompose"
ANSWERS = 3
DESCRIPTION_CHARACTERS = 200
GOAL_CHARACTERS = 600
CRITIQUE_CHARACTERS = 300
WISHES_SHOWN = 8
_PART = object_schema("part", {"description": {"type": "string"}, "goal": goal_schema()})
SCHEMA = object_schema(
    "parts_of_a_goal",
    {
        "reasoning": {"type": "string"},
        "parts": {"type": "array", "items": {k: v for k, v in _PART.items() if k != "title"}},
    },
)


class _PartForm(BaseModel):
    description: str = Field(
        min_length=3, max_length=400, validation_alias=AliasChoices("description", "task")
    )
    goal: Any = None


class _Form(BaseModel):
    parts: list[_PartForm] = Field(min_length=1, max_length=PARTS_AT_MOST)


class Decomposer:
    """Splits goals by asking a model; each part's goal is checked like a task's."""

    def __init__(
        self,
        chat: Chat,
        game_data: GameData,
        checker: GoalChecker,
        wishes: WishBoard | None = None,
    ) -> None:
        self._chat = chat
        self._data = game_data
        self._checker = checker
        self._wishes = wishes

    def parts(
        self, tree: GoalTree, node: GoalNode, observation: Observation, critique: str = ""
    ) -> tuple[Part, ...]:
        """Parts of a node, or with a `critique` what takes the place of those not done.

        Raises GoalError when no answer can be used, and what the model raises.
        """
        messages: list[dict[str, str]] = self._messages(tree, node, observation, critique)
        problem = ""
        for _ in range(ANSWERS):
            answer = self._chat.complete(messages, purpose=PURPOSE, schema=SCHEMA).text
            try:
                return self._read(answer, tree, node, observation)
            except CurriculumError as error:
                problem = str(error)
                messages = [*messages, *asked_again(answer, problem, "one JSON object as before")]
        raise GoalError(f"{ANSWERS} answers could not be used: {problem}")

    def _messages(
        self, tree: GoalTree, node: GoalNode, observation: Observation, critique: str
    ) -> list[dict[str, str]]:
        system = render(
            "decompose_system",
            version=self._data.version,
            forms=goal_forms(self._checker.limits.impossible_kinds),
            most=PARTS_AT_MOST,
        )
        wishes = [*self._wishes.recent(), *self._wishes.open()] if self._wishes else []
        user = render(
            "decompose_user",
            whole=short(tree.root.description, GOAL_CHARACTERS),
            part=short(node.description, GOAL_CHARACTERS) if node.parent is not None else "",
            tree=outline(tree, node),
            critique=short(critique, CRITIQUE_CHARACTERS),
            must_be_leaves=tree.depth(node.number) + 1 >= DEEPEST,
            advice=[short(wish.text, GOAL_CHARACTERS) for wish in wishes[-WISHES_SHOWN:]],
            observation=describe_observation(observation),
        )
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]

    def _read(
        self, answer: str, tree: GoalTree, node: GoalNode, observation: Observation
    ) -> tuple[Part, ...]:
        form = read_answer(answer, _Form, "parts")
        if len(form.parts) > tree.room():
            raise GoalError(f"The goal has too many parts in all; {tree.room()} more are possible.")
        found: list[Part] = []
        for number, part in enumerate(form.parts, 1):
            description = short(part.description, DESCRIPTION_CHARACTERS)
            try:
                found.append(Part(description, self._goal(part.goal, tree, node, observation)))
            except CurriculumError as error:
                raise GoalError(f"Part {number} ({description[:60]!r}): {error}") from error
        alike = {normal(node.description), normal(tree.root.description)}
        if len(found) == 1 and found[0].goal is None and normal(found[0].description) in alike:
            raise GoalError("That is the goal itself, not split.")
        return tuple(found)

    def _goal(
        self, data: object, tree: GoalTree, node: GoalNode, observation: Observation
    ) -> Goal | None:
        if data is None or data in ([], {}, ""):
            if tree.depth(node.number) + 1 >= DEEPEST:
                raise GoalError("it must have a goal of predicates: it cannot be split further.")
            return None
        goal = read_goal(data)
        self._checker.check_goal(goal, observation)
        return goal


def normal(text: str) -> str:
    """A text by which the same description is known again."""
    return " ".join(text.lower().split()).rstrip(".!")


def outline(tree: GoalTree, here: GoalNode) -> list[str]:
    """The tree, a line for each node, with how it stands."""
    lines: list[str] = []
    for node in tree.in_order():
        mark = "to be split now" if node.number == here.number else node.status.value
        failed = node.status is NodeStatus.FAILED and node.critique
        why = f": {short(node.critique, CRITIQUE_CHARACTERS)}" if failed else ""
        goal = f" ({short(node.goal.describe(), 120)})" if node.goal is not None else ""
        indent = "  " * tree.depth(node.number)
        description = short(node.description, DESCRIPTION_CHARACTERS)
        lines.append(f"{indent}- {description}{goal} [{mark}{why}]")
    return lines


def parts_described(parts: Sequence[Part]) -> tuple[str, ...]:
    """The parts in words, for telling."""
    return tuple(part.description for part in parts)
