"""The books: what is kept of every call, when, and for what it counts."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import suppress
from typing import Any

import pytest

from tests.voyager.sittings import LOGS, STICKS, WriterOf, gives, raises, sitting
from voyager import events
from voyager.errors import ModelUnreachableError
from voyager.language_models import Capabilities, Completion, Tool, ToolCall
from voyager.records import Program, Spend

QUESTION = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello?"}]


class Answering:
    """Gives one answer after the other, or raises it."""

    def __init__(self, *answers: Completion | BaseException) -> None:
        self.answers = list(answers)

    def complete(self, *_: object, **__: object) -> Completion:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def capabilities(self, purpose: str) -> Capabilities:
        return Capabilities()


def said(text: str = "ok", spend: Spend | None = None, **named: Any) -> Completion:
    return Completion(text, spend or Spend(7, 3, 0.01), "m", **named)


def failure(outcome: str, retries: int = 0) -> ModelUnreachableError:
    error = ModelUnreachableError("It did not work.")
    error.outcome, error.retries = outcome, retries
    return error


def rows(connection: sqlite3.Connection, columns: str, order: str = "id") -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT {columns} FROM model_calls ORDER BY {order}").fetchall()


def test_another_connection_sees_a_call_before_its_answer_is_used(tmp_path):
    with sitting(tmp_path, gives(), LOGS, chat=Answering(said("the answer"))) as one:
        one.chat.complete(QUESTION, purpose="propose")
        other = sqlite3.connect(tmp_path / "voyager.db")
        assert rows(other, "answer, task_id, input_tokens, cost") == [("the answer", None, 7, 0.01)]
        other.close()


def test_a_call_is_kept_whole_and_a_prompt_that_comes_again_once(tmp_path):
    tool = Tool("look", "Look.", {"type": "object"})
    asks = said("", tool_calls=(ToolCall("1", "look", "{"),), finish_reason="tool_calls", retries=2)
    with sitting(tmp_path, gives(), chat=Answering(asks, said("Hi."))) as one:
        one.chat.complete(QUESTION, purpose="write", tools=[tool])
        one.chat.complete([*QUESTION, {"role": "assistant", "content": None}], purpose="judge")
        columns = (
            "role, purpose, model, messages, tools, answer, tool_calls, finish_reason, retries"
        )
        first, second = rows(one.connection, columns)
        texts = dict(one.connection.execute("SELECT id, text FROM model_texts").fetchall())
    assert first[:3] == ("writer", "write", "m") and second[:3] == ("critic", "judge", "m")
    messages = json.loads(second[3])
    assert messages[:2] == json.loads(first[3])
    assert [texts.get(m["content"]) for m in messages] == ["Be brief.", "Hello?", None]
    assert len(texts) == 2
    assert first[4:] == (
        '["look"]',
        "",
        '[{"id": "1", "name": "look", "arguments": "{"}]',
        "tool_calls",
        2,
    )


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (said("Hi."), "answered"),
        (said(" \n"), "empty"),
        (said("async fun", finish_reason="length"), "cut_off"),
        (said("", finish_reason="refused", refusal="I cannot."), "refused"),
        (failure("timed_out"), "timed_out"),
        (failure("rate_limited", 4), "rate_limited"),
        (KeyboardInterrupt(), "dropped"),
    ],
)
def test_every_outcome_has_its_word_and_what_failed_is_told(tmp_path, answer, outcome):
    with sitting(tmp_path, gives(), chat=Answering(answer)) as one:
        with suppress(ModelUnreachableError, KeyboardInterrupt):
            one.chat.complete(QUESTION, purpose="write")
        assert rows(one.connection, "outcome") == [(outcome,)]
        told = [event.outcome for event in one.heard(events.ModelFailed)]
    assert told == ([] if outcome in ("answered", "cut_off") else [outcome])


def test_tokens_that_nobody_tells_go_by_the_length(tmp_path):
    silent = said("x" * 700, Spend(0, 0, None))
    with sitting(tmp_path, gives(), chat=Answering(silent, failure("dropped", 1))) as one:
        one.chat.complete([{"role": "user", "content": "x" * 7000}], purpose="write")
        with pytest.raises(ModelUnreachableError):
            one.chat.complete([{"role": "user", "content": "x" * 7000}], purpose="write")
        (told, lost) = rows(one.connection, "input_tokens, output_tokens, cost, estimated")
    assert told[0] == pytest.approx(2000, rel=0.05) and told[1] == pytest.approx(200, rel=0.05)
    assert told[2:] == lost[2:] == (None, 1)
    assert lost[:2] == (2 * told[0], 0)  # it was asked twice


def test_a_filter_that_lets_nothing_through_costs_nothing(tmp_path):
    stopped = said("", Spend(), finish_reason="refused", refusal="Filtered.")
    with sitting(tmp_path, gives(), chat=Answering(stopped)) as one:
        one.chat.complete(QUESTION, purpose="write")
        assert rows(one.connection, "input_tokens, cost, estimated") == [(0, 0, 0)]


def test_what_an_endpoint_says_may_be_anything(tmp_path):
    wild = Completion("\ud800 \x00", Spend(10**30, -5, float("nan")), "\udfff", "\ud800")
    with sitting(tmp_path, gives(), chat=Answering(wild)) as one:
        one.chat.complete([{"role": "user", "content": "\udcff"}], purpose="write")
        assert rows(one.connection, "output_tokens, cost, answer") == [(0, None, "\ufffd \x00")]
        assert one.report()["cost"] is None


def test_calls_count_for_the_task_and_the_attempt_they_were_made_for(tmp_path):
    with sitting(
        tmp_path, gives(oak_log=2), LOGS, STICKS, attempts=2, chat=Answering(said())
    ) as one:
        write, proposer = one.writer.write, one.loop.proposer

        def ask_and_write(*arguments: Any) -> Program:
            one.chat.complete(QUESTION, purpose="write")
            return write(*arguments)

        class Asking:
            def propose(self, *arguments: Any) -> Any:
                one.chat.complete(QUESTION, purpose="propose")
                return proposer.propose(*arguments)

        one.loop.writer = WriterOf(ask_and_write)
        one.loop.proposer = Asking()
        one.agent.play()
        assert rows(one.connection, "task_id, attempt, purpose") == [
            (1, None, "propose"),
            (1, 1, "write"),
            (2, None, "propose"),
            (2, 1, "write"),
            (2, 2, "write"),
            (None, None, "propose"),  # after the last task: for none yet
        ]


def test_a_task_taken_up_again_goes_on_with_the_next_attempt(tmp_path):
    with sitting(tmp_path, raises(MemoryError()), LOGS) as one, pytest.raises(MemoryError):
        one.loop.play()
    with sitting(tmp_path, gives(), chat=Answering(said())) as two:
        two.steps.interrupted_task()
        two.chat.complete(QUESTION, purpose="write")
        assert rows(two.connection, "task_id, attempt") == [(1, 2)]


def test_calls_of_other_threads_are_written_by_the_one_that_owns_the_database(tmp_path):
    with sitting(tmp_path, gives(), LOGS, chat=Answering(said())) as one:
        threads = [
            threading.Thread(
                target=one.chat.complete, args=(QUESTION,), kwargs={"purpose": "write"}
            )
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert rows(one.connection, "id") == []
        one.steps.sitting_ended("stopped", "")
        assert len(rows(one.connection, "id")) == 8


def test_a_listener_that_is_gone_makes_no_call_count_twice(tmp_path):
    def gone(_: events.Event) -> None:
        raise BrokenPipeError

    with sitting(tmp_path, gives(), chat=Answering(said()), listener=gone) as one:
        for _ in range(2):
            with pytest.raises(BrokenPipeError):
                one.chat.complete(QUESTION, purpose="write")
        assert len(rows(one.connection, "id")) == 2
