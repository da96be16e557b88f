"""Keeping the books: every call of a model is told as soon as it is over, failed ones included.

A task's proposal and a program that could not be written cost tokens too. The meter sits around the
model, so nothing is missed whoever asks, and it is where a budget says no. Not covered: where calls
are kept (`voyager/journal/model_books.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from voyager.errors import ModelError
from voyager.language_models.budgets import Budgets
from voyager.language_models.chat_model import (
    Capabilities,
    ChatModel,
    Completion,
    Message,
    Schema,
    Tool,
)
from voyager.language_models.prices import ModelPrice
from voyager.language_models.roles import ROLES, Role
from voyager.language_models.token_estimate import estimated_tokens
from voyager.records import Spend

MAYBE_BILLED = ("timed_out", "dropped", "malformed")
"""Outcomes without an answer after which the endpoint may have worked all the same."""


@dataclass(frozen=True)
class ModelCall:
    """One question and what came of it.

    outcome: `answered`, `empty`, `cut_off` or `refused` with a completion; without one a word of
        `ModelError.outcome`, and `error` is its sentence.
    seconds: how long it took, all retries included.
    spend: as the endpoint told; with `estimated` a guess by length, because it told nothing.
    """

    role: Role
    purpose: str
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...]
    completion: Completion | None
    outcome: str
    error: str = ""
    seconds: float = 0.0
    retries: int = 0
    model: str | None = None
    spend: Spend = field(default_factory=Spend)
    estimated: bool = False


class MeteredChatModel:
    """A `ChatModel` around another that records each call and keeps to the budgets.

    record: gets each call in the thread that asked, before the answer is passed on.
    budgets: what may be spent; None is no limit.
    prices: of each role's model, for what an endpoint does not tell.
    """

    def __init__(
        self,
        inner: ChatModel,
        record: Callable[[ModelCall], None],
        budgets: Budgets | None = None,
        prices: Mapping[Role, ModelPrice] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._inner = inner
        self._record = record
        self._budgets = budgets
        self._prices = dict(prices or {})
        self._clock = clock

    def complete(
        self,
        messages: Sequence[Message],
        *,
        purpose: str,
        schema: Schema | None = None,
        tools: Sequence[Tool] = (),
    ) -> Completion:
        """See `ChatModel.complete`. BudgetSpentError when a budget forbids the call."""
        role = ROLES[purpose]
        asked = estimated_tokens(messages, tools)
        price = self._prices.get(role)
        question = ModelCall(
            role,
            purpose,
            tuple(dict(message) for message in messages),
            tuple(tools),
            None,
            "dropped",
            model=price.model if price else None,
        )
        with self._budgets.admit(role, asked) if self._budgets else nullcontext():
            begun = self._clock()
            try:
                completion = self._inner.complete(
                    messages, purpose=purpose, schema=schema, tools=tools
                )
            except BaseException as error:
                call = self._failed(question, error, asked)
                self._record(replace(call, seconds=self._clock() - begun))
                raise
            call = answered_call(question, completion, price)
            self._record(replace(call, seconds=self._clock() - begun))
        return completion

    def capabilities(self, purpose: str) -> Capabilities:
        """See `ChatModel.capabilities`."""
        return self._inner.capabilities(purpose)

    def _failed(self, question: ModelCall, error: BaseException, asked: int) -> ModelCall:
        if not isinstance(error, ModelError):
            # Ctrl-C in the middle of an answer: it has to be paid all the same.
            error = ModelError(str(error) or "It was interrupted.")
            error.outcome = "dropped"
        paid = error.outcome in MAYBE_BILLED
        price = self._prices.get(question.role)
        return replace(
            question,
            outcome=error.outcome,
            error=str(error),
            retries=error.retries,
            spend=_guessed(price, asked * (1 + error.retries), 0) if paid else Spend(),
            estimated=paid,
        )


def answered_call(
    question: ModelCall, completion: Completion, price: ModelPrice | None
) -> ModelCall:
    """The call with its answer, its tokens guessed by length where the endpoint told none."""
    spend, outcome = completion.spend, _outcome(completion)
    # Some tell of no tokens at all, which only a filter before the model has a right to.
    told = spend.tokens > 0 or (outcome == "refused" and spend.cost == 0)
    if not told:
        answer = [{"content": completion.text}, *map(vars, completion.tool_calls)]
        asked = estimated_tokens(question.messages, question.tools)
        spend = _guessed(price, asked, estimated_tokens(answer))
    return replace(
        question,
        completion=completion,
        outcome=outcome,
        error=completion.refusal,
        retries=completion.retries,
        model=completion.model,
        spend=spend,
        estimated=not told,
    )


def _guessed(price: ModelPrice | None, input_tokens: int, output_tokens: int) -> Spend:
    cost = price.cost(input_tokens, output_tokens) if price else None
    return Spend(input_tokens, output_tokens, cost)


def _outcome(completion: Completion) -> str:
    if completion.finish_reason == "refused" or completion.refusal:
        return "refused"
    if completion.finish_reason == "length":
        return "cut_off"
    said = completion.text.strip() or completion.tool_calls
    return "answered" if said else "empty"
