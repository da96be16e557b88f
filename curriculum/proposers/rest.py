"""Leaving a model alone whose answers cannot be used: they cost as much as good ones.

Covers for how many tasks: one after the first time, then two, and so on up to `MOST_TASKS`. It is
not kept: a resumed run asks at once. Not covered: a model that cannot be asked (`llm_pause`).
"""

from __future__ import annotations

MOST_TASKS = 32


class Rest:
    """Counts in tasks that have ended; `why` is why the model rests."""

    def __init__(self) -> None:
        self.why = ""
        self._next = 1
        self._until = 0

    def begin(self, tasks_ended: int, why: str) -> int:
        """No answer could be used. For how many tasks the model rests now."""
        tasks, self.why = self._next, why
        self._until = tasks_ended + tasks
        self._next = min(2 * tasks, MOST_TASKS)
        return tasks

    def over(self, tasks_ended: int) -> bool:
        """Whether the model may be asked."""
        return tasks_ended >= self._until

    def end(self) -> None:
        """An answer could be used."""
        self._next, self._until = 1, 0
