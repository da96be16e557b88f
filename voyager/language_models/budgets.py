"""Budgets: whether a model may be asked, going by what was spent and what is being spent.

Covers the decision and telling of it. Not covered: what was spent before this sitting, which the
journal knows (`voyager/journal/model_books.py`), and how people write amounts (`amounts.py`).
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from voyager.errors import BudgetSpentError, SettingsError, SittingOverError
from voyager.events import BudgetSpent, Event
from voyager.language_models.amounts import Amount, BudgetSettings
from voyager.language_models.prices import ModelPrice
from voyager.language_models.roles import Role
from voyager.records import Spend

HOUR = timedelta(hours=1)


def utc_now() -> datetime:
    """The time of day that the books are kept in."""
    return datetime.now(UTC)


class Ledger:
    """What was spent, as far as budgets go by it. Safe to use from several threads."""

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._run = Spend()
        self._task = Spend()
        self._hour: deque[tuple[datetime, Spend]] = deque()

    def open(self, run: Spend, task: Spend, hour: list[tuple[datetime, Spend]]) -> None:
        """Take over what was spent before: `hour` has the calls of the last 60 minutes."""
        with self._lock:
            self._run, self._task, self._hour = run, task, deque(hour)

    def open_task(self, spent: Spend) -> None:
        """Another task is played, on which so much was spent already."""
        with self._lock:
            self._task = spent

    def add(self, spend: Spend) -> None:
        """A call is over."""
        with self._lock:
            self._run = self._run + spend
            self._task = self._task + spend
            self._last_hour().append((self._now(), spend))

    def spent(self, budget: str) -> Spend:
        """All that counts against the budget `run`, `hour` or `task` now."""
        with self._lock:
            if budget == "hour":
                return sum((spend for _, spend in self._last_hour()), Spend())
            return self._run if budget == "run" else self._task

    def frees_up(self, limit: Amount, needed: float) -> datetime | None:
        """When the last 60 minutes leave room for so much more; None if no waiting helps."""
        with self._lock:
            calls = list(self._last_hour())
        when, newer = None, 0.0
        for at, spend in reversed(calls):
            if not _has_room(limit, newer, needed):
                break
            when = at + HOUR
            newer += limit.part_of(spend)
        return when

    def _last_hour(self) -> deque[tuple[datetime, Spend]]:
        while self._hour and self._hour[0][0] <= self._now() - HOUR:
            self._hour.popleft()
        return self._hour


class Budgets:
    """Lets a call through or not. Safe to use from several threads.

    A call that is let through may overshoot by its own answer. While it is in flight it counts with
    the longest answer it may get, so that several at once do not overshoot by more.

    tell: gets one `BudgetSpent` each time a budget is found spent.
    Raises SettingsError for a budget in dollars that cannot be kept.
    """

    def __init__(
        self,
        settings: BudgetSettings,
        ledger: Ledger,
        prices: Mapping[Role, ModelPrice],
        tell: Callable[[Event], None] = lambda _: None,
    ) -> None:
        check_prices(settings, prices)
        self._settings = settings
        self._ledger = ledger
        self._prices = dict(prices)
        self._tell = tell
        self._lock = threading.Lock()
        self._in_flight: list[Spend] = []
        self._told: dict[str, float] = {}
        if settings.run and settings.run.part_of(ledger.spent("run")) == math.inf:
            raise SettingsError(
                "What this run has cost so far is not known, so it cannot be held to"
                f' {settings.run}: give its budget in tokens, like "200k tokens", or give one for'
                " the hour or the task."
            )

    @contextmanager
    def admit(self, role: Role, input_tokens: int) -> Iterator[None]:
        """While a call with a prompt of about so many tokens is made, and booked.

        Raises BudgetSpentError when it may not be made, or SittingOverError.
        """
        price = self._prices.get(role)
        output_tokens = price.max_output_tokens if price else 0
        question = self._priced(price, input_tokens, 0)
        longest = self._priced(price, input_tokens, output_tokens)
        with self._lock:
            for name, limit in self._settings.limits().items():
                self._check(name, limit, limit.part_of(question))
            self._in_flight.append(longest)
        try:
            yield
        finally:
            with self._lock:
                self._in_flight.remove(longest)

    def _check(self, name: str, limit: Amount, needed: float) -> None:
        spent = limit.part_of(self._ledger.spent(name))
        if not _has_room(limit, spent, needed):
            self._refuse(name, limit, spent, needed)
        if spent < self._told.get(name, 0.0):
            del self._told[name]
        self._check_in_flight(name, limit, spent + needed)

    def _check_in_flight(self, name: str, limit: Amount, wanted: float) -> None:
        in_flight = sum(limit.part_of(spend) for spend in self._in_flight)
        if in_flight and wanted + in_flight > limit.value:
            error = BudgetSpentError(
                f"The budget of {limit} for the {name} may not be enough for what is being asked"
                " already: ask again when that is answered."
            )
            error.budget = name
            raise error

    def _refuse(self, name: str, limit: Amount, spent: float, needed: float) -> NoReturn:
        stops = self._settings.when_spent == "stop"
        again = self._again(name, limit, needed)
        what = f"The budget of {limit} for the {name} {_is_spent(limit, spent, needed)}: {again}."
        if name not in self._told:
            self._told[name] = spent
            plays_on = f"It plays on with what it knows without a model: {again}."
            what_now = "It stops, as asked." if stops else plays_on
            self._tell(BudgetSpent(name, str(limit), what_now))
        if stops:
            raise SittingOverError(what)
        error = BudgetSpentError(what)
        error.budget = name
        raise error

    def _again(self, name: str, limit: Amount, needed: float) -> str:
        if needed <= limit.value and name == "task":
            return "the models are asked again for the next task"
        at = self._ledger.frees_up(limit, needed) if name == "hour" else None
        if at is not None:
            return f"the models are asked again at {at.astimezone():%H:%M}"
        return "the models are not asked again unless it is raised"

    @staticmethod
    def _priced(price: ModelPrice | None, input_tokens: int, output_tokens: int) -> Spend:
        cost = price.cost(input_tokens, output_tokens) if price else None
        return Spend(input_tokens, output_tokens, cost)


def check_prices(settings: BudgetSettings, prices: Mapping[Role, ModelPrice]) -> None:
    """Raises SettingsError when dollars are to be counted for a model whose price nobody knows."""
    limits = [limit for limit in settings.limits().values() if limit.unit == "USD"]
    unknown = [price.model for price in prices.values() if price.cost(1, 1) is None]
    if limits and unknown:
        raise SettingsError(
            f"The price of {unknown[0]} is not known, so it cannot be held to {limits[0]}: give"
            ' the budget in tokens, like "200k tokens".'
        )


def _has_room(limit: Amount, spent: float, needed: float) -> bool:
    return spent < limit.value and spent + needed <= limit.value


def _is_spent(limit: Amount, spent: float, needed: float) -> str:
    if spent == math.inf:
        return "cannot be kept, for what a call has cost is not known"
    so_far, asking = limit.of(spent), limit.of(needed)
    return f"is spent ({so_far} so far, and about {asking} to ask once more)"
