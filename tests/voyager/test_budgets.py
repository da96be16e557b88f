"""Budgets: when a model may still be asked, what is said when not, and when it may be again."""

from __future__ import annotations

import threading
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.voyager.sittings import LOGS, gives, sitting
from voyager.errors import BudgetSpentError, SettingsError, SittingOverError
from voyager.events import BudgetSpent
from voyager.journal.model_books import ModelBooks
from voyager.language_models import (
    Amount,
    Budgets,
    BudgetSettings,
    Capabilities,
    Completion,
    Ledger,
    MeteredChatModel,
    ModelPrice,
    Role,
)
from voyager.records import Spend

OPENAI = "https://api.openai.com/v1"
PRICED = {role: ModelPrice("gpt-4o-mini", OPENAI, 1000) for role in Role}
LOCAL = {role: ModelPrice("my-own", "http://127.0.0.1:1/v1", 1000) for role in Role}


class Now:
    """The time of day, which passes only when told to."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_minutes(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


class Budgeted:
    """Budgets over a ledger of their own."""

    def __init__(self, prices=LOCAL, **limits) -> None:
        self.now = Now()
        self.ledger = Ledger(self.now)
        self.told: list[Any] = []
        settings = TypeAdapter(BudgetSettings).validate_python(limits)
        self.budgets = Budgets(settings, self.ledger, prices, self.told.append)

    def ask(self, tokens: int = 10, spend: Spend | None = None) -> None:
        with self.budgets.admit(Role.WRITER, tokens):
            self.ledger.add(spend or Spend(tokens, 40, None))


@pytest.mark.parametrize(
    ("text", "amount", "said"),
    [
        ("2.50 USD", Amount(2.5, "USD"), "2.50 USD"),
        ("$0.004", Amount(0.004, "USD"), "0.0040 USD"),
        (" 200k tokens ", Amount(200_000, "tokens"), "200,000 tokens"),
        ("1.5M tokens", Amount(1_500_000, "tokens"), "1,500,000 tokens"),
        ("1,000 tokens", Amount(1000, "tokens"), "1,000 tokens"),
        ("1e-300 usd", None, ""),
    ],
)
def test_amounts_are_written_as_people_write_them(text, amount, said):
    if amount is None:
        with pytest.raises(SettingsError):
            Amount.parse(text)
    else:
        assert (Amount.parse(text), str(Amount.parse(text))) == (amount, said)


@pytest.mark.parametrize("text", ["", "2.50", "lots of tokens", "-1 USD", "0 tokens", "5 EUR", "$"])
def test_what_is_no_amount_says_how_one_is_written(text):
    with pytest.raises(SettingsError, match=r'write it like "2\.50 USD" or "200k tokens"'):
        Amount.parse(text)
    with pytest.raises(ValidationError, match="is no amount"):
        TypeAdapter(BudgetSettings).validate_python({"run": text})


def test_a_run_is_over_its_budget_by_one_call_at_most_and_says_so_once():
    one = Budgeted(run="100 tokens")
    for _ in range(2):
        one.ask()
    for _ in range(3):
        with pytest.raises(
            BudgetSpentError, match=r"100 tokens for the run is spent \(100 tokens"
        ) as e:
            one.ask()
        assert e.value.budget == "run"
    (event,) = one.told
    assert (event.budget, event.limit) == ("run", "100 tokens")
    assert event.what_now.startswith("It plays on with what it knows")


def test_a_question_that_is_larger_than_what_is_left_is_not_asked():
    one = Budgeted(task="100 tokens")
    for _ in range(2):
        with pytest.raises(BudgetSpentError, match=r"about 101 tokens.*unless it is raised"):
            one.ask(101)
    one.ask(60)
    assert len(one.told) == 1


def test_the_hour_frees_up_as_its_calls_grow_old_and_the_sentence_knows_when():
    one = Budgeted(hour="100 tokens")
    one.ask()
    one.now.pass_minutes(20)
    one.ask()
    with pytest.raises(BudgetSpentError, match="asked again at") as caught:
        one.ask()
    assert f"{one.now() + timedelta(minutes=40):%M}." in str(caught.value)
    one.now.pass_minutes(40)
    one.ask()
    with pytest.raises(BudgetSpentError):
        one.ask()
    assert len(one.told) == 2


def test_a_task_has_its_budget_anew():
    one = Budgeted(task="60 tokens")
    one.ask()
    with pytest.raises(BudgetSpentError, match="asked again for the next task"):
        one.ask(20)
    one.ledger.open_task(Spend())
    one.ask()


def test_when_spent_it_may_be_asked_to_stop():
    one = Budgeted(run="5 tokens", when_spent="stop")
    with pytest.raises(SittingOverError, match="5 tokens"):
        one.ask()
    assert one.told[0].what_now == "It stops, as asked."


def test_several_calls_at_once_overshoot_by_no_more_than_one():
    one = Budgeted(run="1500 tokens")
    with ExitStack() as in_flight:
        in_flight.enter_context(one.budgets.admit(Role.WRITER, 400))
        with pytest.raises(BudgetSpentError, match="ask again when that is answered"):
            one.ask(400)  # the first may come to 1400
    one.ask(400)
    assert one.told == []


def test_dollars_are_counted_by_what_calls_cost():
    one = Budgeted(PRICED, run="0.01 USD")
    one.ask(100, Spend(100, 10, 0.0099))
    one.ask(100, Spend(100, 10, 0.005))
    with pytest.raises(BudgetSpentError, match=r"0\.01\d* USD so far"):
        one.ask(100)


def test_dollars_for_a_model_without_a_price_are_refused_at_the_start():
    with pytest.raises(SettingsError, match=r"my-own is not known.*in tokens"):
        Budgeted(LOCAL, hour="1 USD")
    Budgeted(LOCAL, hour="1k tokens")


def test_a_call_whose_cost_turns_out_unknown_ends_the_asking_until_it_is_old():
    one = Budgeted(PRICED, hour="1 USD")
    one.ask(10, Spend(10, 10, None))
    with pytest.raises(BudgetSpentError, match="cannot be kept, for what a call has cost is not"):
        one.ask()
    one.now.pass_minutes(60)
    one.ask(10, Spend(10, 10, 0.0))


class Paid:
    def complete(self, *_: object, **__: object) -> Completion:
        return Completion("ok", Spend(60, 30, 0.25), "gpt-4o-mini")

    def capabilities(self, purpose: str) -> Capabilities:
        return Capabilities()


def test_a_sitting_that_goes_on_goes_on_with_what_was_spent(tmp_path):
    now = Now()

    def budgets(one, **limits) -> MeteredChatModel:
        books = ModelBooks(one.journal, now)
        one.steps._books = books
        settings = TypeAdapter(BudgetSettings).validate_python(limits)
        return MeteredChatModel(
            Paid(), books.record, Budgets(settings, books.ledger(), PRICED, books.tell), PRICED
        )

    with sitting(tmp_path, gives(), LOGS) as one:
        chat = budgets(one)
        chat.complete([], purpose="propose")
        one.steps.task_proposed(LOGS)
        chat.complete([], purpose="write")
    with sitting(tmp_path, gives()) as two:
        for limits in ({"run": "0.5 USD"}, {"hour": "0.5 USD"}, {"task": "180 tokens"}):
            chat = budgets(two, **limits)
            two.steps.interrupted_task()
            with pytest.raises(BudgetSpentError, match="is spent"):
                chat.complete([], purpose="write")
        assert len(two.heard(BudgetSpent)) == 3
    with sitting(tmp_path, gives(), world="v") as three:
        budgets(three, run="0.5 USD").complete([], purpose="write")
        with pytest.raises(BudgetSpentError):  # of all that is played in the home folder
            budgets(three, hour="0.75 USD").complete([], purpose="write")
        now.pass_minutes(61)
        budgets(three, hour="0.75 USD").complete([], purpose="write")
        three.connection.execute("UPDATE model_calls SET cost = NULL")
        with pytest.raises(SettingsError, match="What this run has cost so far is not known"):
            budgets(three, run="9 USD")


def test_many_threads_keep_to_one_budget():
    one = Budgeted(run="1000 tokens")

    def ask_often() -> None:
        for _ in range(100):
            with suppress(BudgetSpentError):
                one.ask(1, Spend(1, 9, None))

    threads = [threading.Thread(target=ask_often) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < one.ledger.spent("run").tokens <= 1000
