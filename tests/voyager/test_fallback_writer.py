"""Whose turn it is to write: the language model's or the planner's."""

from typing import Any

import pytest

from curriculum import InventoryHas, Task
from mc_server import Execution, Outcome
from mc_server.scripted_bridge import EMPTY_WORLD
from tests.voyager.sittings import Clock
from voyager.errors import BudgetSpentError, ModelUnreachableError, SittingOverError, WriterError
from voyager.events import ModelRests, WriterChanged
from voyager.records import Attempt, Program, Verdict
from voyager.writers.fallback_writer import FallbackWriter

LOGS = Task("Mine logs", InventoryHas(name="log"), "", "test")


class Scripted:
    """A writer that does what it is told to, the last of it again and again."""

    def __init__(self, name, *answers):
        self.name = name
        self.answers = list(answers)
        self.asked = 0

    def write(self, task, observation, skills, attempts):
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return Program(answer, "act", (), self.name)


class Desk:
    """A task as the loop works on it, where every program fails."""

    def __init__(self, first=("a",), other=("b",), after=2):
        self.first, self.other = Scripted("llm", *first), Scripted("recipe", *other)
        self.clock = Clock()
        self.told: list[Any] = []
        self.writer = FallbackWriter(
            self.first, self.other, after, self.told.append, 60.0, self.clock
        )
        self.attempts = []

    def attempt(self, task=LOGS):
        """Who wrote, or what was said instead."""
        try:
            program = self.writer.write(task, EMPTY_WORLD, (), self.attempts)
        except WriterError as error:
            return str(error)
        run = Execution(Outcome.COMPLETED, EMPTY_WORLD, EMPTY_WORLD, 1.0)
        failed = Verdict(False, "state", ())
        self.attempts.append(Attempt(len(self.attempts) + 1, program, run, failed))
        return program.writer


def test_after_so_many_failures_the_planner_tries_and_then_the_model_again():
    desk = Desk()
    assert [desk.attempt() for _ in range(5)] == ["llm", "llm", "recipe", "llm", "llm"]
    assert desk.told == [
        WriterChanged("recipe", "2 attempts of the language model failed; the planner tries."),
        WriterChanged("llm", "The language model is asked again."),
    ]


def test_answers_without_a_program_are_failures_too_and_only_of_their_task():
    desk = Desk(first=(WriterError("prose"),))
    assert [desk.attempt() for _ in range(4)] == ["prose", "prose", "recipe", "prose"]
    desk.attempts.clear()
    assert desk.attempt(Task("Another", LOGS.goal, "", "test")) == "prose"


def test_what_the_planner_cannot_state_stays_with_the_model():
    desk = Desk(other=(WriterError("no recipe"),))
    assert [desk.attempt() for _ in range(4)] == ["llm"] * 4
    assert desk.other.asked == 1
    assert desk.told == []


def test_a_model_that_failed_is_left_alone_for_a_while():
    desk = Desk(first=(ModelUnreachableError("Nobody answers."), "a"))
    assert desk.attempt() == "recipe"
    desk.clock.seconds += 59
    assert (desk.attempt(), desk.first.asked) == ("recipe", 1)
    desk.clock.seconds += 1
    assert desk.attempt() == "llm"
    assert [event.writer for event in desk.told] == ["recipe", "llm"]
    assert "Nobody answers; the planner" in desk.told[0].reason.replace(")", "")


def test_without_model_and_planner_both_reasons_are_told():
    desk = Desk(first=(ModelUnreachableError("Nobody answers."),), other=(WriterError("No way."),))
    said = desk.attempt()
    assert "Nobody answers" in said and "No way." in said


def test_a_budget_is_looked_at_anew_for_each_task():
    desk = Desk(first=(BudgetSpentError("Spent."), "a"))
    assert desk.attempt() == "recipe"
    assert desk.attempt(Task("Another", LOGS.goal, "", "test")) == "llm"


def test_a_budget_that_is_to_end_the_sitting_does():
    desk = Desk(first=(SittingOverError("Spent."),))
    with pytest.raises(SittingOverError):
        desk.attempt()


def test_a_model_that_writes_nothing_of_use_rests_for_more_and_more_tasks():
    desk = Desk(first=(WriterError("prose"),))
    asked: list[int] = []
    for number in range(20):
        before = desk.first.asked
        desk.attempts.clear()
        task = Task(f"Task {number}", LOGS.goal, "", "test")
        for _ in range(2):
            desk.attempt(task)
        asked += [number] * (desk.first.asked > before)
    assert asked == [0, 1, 3, 6, 11]
    rests = [event for event in desk.told if isinstance(event, ModelRests)]
    assert [rest.tasks for rest in rests] == [1, 2, 4, 8]
    assert "nothing that can be used for 2 tasks" in rests[0].reason


def test_a_model_at_rest_is_asked_for_what_nobody_else_can_write():
    desk = Desk(first=(WriterError("prose"),) * 4 + ("a",), other=("b",))
    tasks = [Task(f"Task {number}", LOGS.goal, "", "test") for number in range(4)]
    for task in tasks[:2]:
        desk.attempts.clear()
        assert [desk.attempt(task) for _ in range(2)] == ["prose", "prose"]
    desk.attempts.clear()
    assert desk.attempt(tasks[2]) == "recipe"  # it rests
    desk.other.answers = [WriterError("no recipe")]
    assert desk.attempt(tasks[2]) == "llm"
