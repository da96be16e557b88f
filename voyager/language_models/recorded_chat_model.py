"""A `ChatModel` that answers with what was recorded, for a run that is played again.

Covers giving each answer where it was given: a question is known by its task, its attempt and its
purpose, and among those by its order. Failures fail again. Not covered: reading the recording (see
`voyager/replaying/replay.py`), and whether the question is still the same.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voyager.errors import (
    BudgetSpentError,
    ContextOverflowError,
    ModelError,
    ModelRefusedError,
    ModelUnreachableError,
)
from voyager.events import Event, TaskEnded, TaskProposed, VerdictGiven, WritingFailed
from voyager.language_models.chat_model import (
    Capabilities,
    Completion,
    Message,
    Schema,
    Tool,
)

_ERRORS: dict[str, type[ModelError]] = {
    "rejected": ModelRefusedError,
    "overflow": ContextOverflowError,
    "budget_spent": BudgetSpentError,
}


@dataclass(frozen=True)
class RecordedCall:
    """One question of a run, by where it was asked, and what came of it.

    `iteration` is the task's number; the one after the last for what led to no task any more.
    `attempt` is the attempt's number, None for what led to the task. Without a `completion` it
    failed with the word `outcome` and the sentence `error`.
    """

    iteration: int
    attempt: int | None
    purpose: str
    completion: Completion | None
    outcome: str = "answered"
    error: str = ""
    retries: int = 0
    tools: bool = False


class RecordedChatModel:
    """Gives recorded answers; let it `hear` the sitting's events, by which it knows where it is."""

    def __init__(self, calls: Iterable[RecordedCall]) -> None:
        self._left: dict[tuple[int, int | None, str], deque[RecordedCall]] = defaultdict(deque)
        self._with_tools: set[str] = set()
        for call in calls:
            self._left[call.iteration, call.attempt, call.purpose].append(call)
            if call.tools:
                self._with_tools.add(call.purpose)
        self._iteration = 1
        self._attempt: int | None = None
        self._lock = threading.Lock()

    def hear(self, event: Event) -> None:
        """Take note of which task and attempt is under way."""
        match event:
            case TaskProposed():
                self._iteration, self._attempt = event.iteration, 1
            case VerdictGiven() | WritingFailed():
                self._attempt = event.attempt + 1
            case TaskEnded():
                self._iteration, self._attempt = event.iteration + 1, None
            case _:
                pass

    def complete(
        self,
        messages: Sequence[Message],
        *,
        purpose: str,
        schema: Schema | None = None,
        tools: Sequence[Tool] = (),
    ) -> Completion:
        """See `ChatModel.complete`.

        Where the original did not ask, it raises a BudgetSpentError: the agent then goes on without
        a model, as it did there.
        """
        with self._lock:
            left = self._left[self._iteration, self._attempt, purpose]
            call = left.popleft() if left else None
        if call is None:
            raise BudgetSpentError(self._nothing_left(purpose))
        if call.completion is None:
            failure = _ERRORS.get(call.outcome, ModelUnreachableError)(call.error)
            failure.outcome, failure.retries = call.outcome, call.retries
            raise failure
        return call.completion

    def capabilities(self, purpose: str) -> Capabilities:
        """Tools where they were offered; a schema is as good as kept, for the answer is there."""
        return Capabilities("json_schema", tools=purpose in self._with_tools)

    @property
    def unused(self) -> int:
        """How many recorded calls nobody has asked for."""
        with self._lock:
            return sum(map(len, self._left.values()))

    def _nothing_left(self, purpose: str) -> str:
        attempt = "" if self._attempt is None else f", attempt {self._attempt}"
        return (
            f"The recording holds no further answer to '{purpose}' for task {self._iteration}"
            f"{attempt}."
        )
