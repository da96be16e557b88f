"""What the journal knows things by: worlds, runs, and the task in flight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from curriculum import Task
from mc_server import Execution, GameEvent
from voyager.records import Attempt


@dataclass(frozen=True)
class World:
    """A world as the journal knows it. `seed` is None on a foreign server."""

    id: int
    name: str
    server: str
    seed: int | None


@dataclass(frozen=True)
class Run:
    """One endeavour in a world: played in one sitting or in many. `seconds` were played so far."""

    id: int
    world: World
    goal: str | None
    seconds: float
    resumed: bool


@dataclass(frozen=True)
class OpenTask:
    """The task in flight: its row, its place in the run, and the attempts judged so far.

    `attempts_started` counts every attempt there is a row for, `attempts_spent` those that did not
    just fall to an interruption, `seconds` the time they took. `built` is what failed tasks just
    like it have placed and mined before: what stands of it need not be built once more.
    """

    id: int
    iteration: int
    task: Task
    attempts: tuple[Attempt, ...] = ()
    attempts_started: int = 0
    attempts_spent: int = 0
    seconds: float = 0.0
    resumed: bool = False
    built: tuple[GameEvent, ...] = ()

    def runs_before(
        self, execution: Execution, earlier: Sequence[Execution] = ()
    ) -> tuple[Execution, ...]:
        """What counts together with an execution: those of the `earlier` attempts, and `built`."""
        if not self.built:
            return tuple(earlier)
        first = [*earlier, execution][0]
        nothing = replace(first, calls=(), chat=(), trace=(), error=None, result=None)
        return (replace(nothing, events=self.built, after=first.before), *earlier)

    def attempt_numbers(self, attempts_per_task: int) -> range:
        """The numbers of the attempts still to make; a task taken up again gets at least one."""
        left = max(1, attempts_per_task - self.attempts_spent)
        return range(self.attempts_started + 1, self.attempts_started + 1 + left)
