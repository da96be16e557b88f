"""Where the bot has been: samples of its way, and where it found, died, put away and slept.

Covers the table `positions`, of which there are never more rows than a night needs: when there are
too many, every second step is dropped and the next ones are taken further apart. Not covered:
showing it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from mc_server import BotState, Position
from voyager.events import BotDied, Event, MilestoneReached, UpkeepDone
from voyager.journal.journal import Journal

BLOCKS_BETWEEN = 8.0
TICKS_BETWEEN = 30 * 20
"""Of the world's time; half a minute."""
MOST_STEPS = 30_000
WALKED = "walked"
_WHAT_CHARACTERS = 200
_DUTIES = {"chests": "chest", "sleep": "slept"}


class Trail:
    """Writes where the bot of one sitting is. `seen` and `hear` may be called from any thread.

    `clock` gives seconds that only go forward.
    """

    def __init__(
        self,
        journal: Journal,
        most_steps: int = MOST_STEPS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._journal = journal
        self._most_steps = most_steps
        self._clock = clock
        self._begun = clock()
        self._last: BotState | None = None
        self._kept: BotState | None = None
        self._coarser = 1
        self._steps: int | None = None

    def seen(self, state: BotState) -> None:
        """The bot is here now; kept when that is far enough from where it was."""
        self._last = state
        if self._journal.run is None or not self._is_step(state):
            return
        self._kept = state
        self._write(WALKED, "", state.dimension, state.position)

    def hear(self, event: Event) -> None:
        """Keep where it happened, if it is of that kind."""
        if self._journal.run is None:
            return
        if isinstance(event, BotDied):
            self._write("died", event.cause, event.dimension, Position(*event.position))
        elif self._last is None:
            return
        elif isinstance(event, MilestoneReached):
            self._write("found", event.name, self._last.dimension, self._last.position)
        elif isinstance(event, UpkeepDone) and event.done and event.duty in _DUTIES:
            kind = _DUTIES[event.duty]
            self._write(kind, event.outcome, self._last.dimension, self._last.position)

    def _is_step(self, state: BotState) -> bool:
        kept = self._kept
        if kept is None or kept.dimension != state.dimension:
            return True
        here, there = state.position, kept.position
        far = max(abs(here.x - there.x), abs(here.y - there.y), abs(here.z - there.z))
        late = abs(state.world_age_ticks - kept.world_age_ticks)
        return far >= BLOCKS_BETWEEN * self._coarser or late >= TICKS_BETWEEN * self._coarser

    def _write(self, kind: str, what: str, dimension: str, at: Position) -> None:
        run = self._journal.current_run
        seconds = run.seconds + self._clock() - self._begun
        row = (run.id, seconds, dimension, at.x, at.y, at.z, kind, what[:_WHAT_CHARACTERS])

        def write() -> None:
            self._journal.connection.execute(
                "INSERT INTO positions (run_id, seconds, dimension, x, y, z, kind, what)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            if kind == WALKED:
                self._count_step(run.id)

        self._journal.later(write)

    def _count_step(self, run_id: int) -> None:
        """One more row of the way; thins them when there are too many."""
        connection = self._journal.connection
        if self._steps is None or self._steps >= self._most_steps:
            self._steps = connection.execute(
                "SELECT COUNT(*) FROM positions WHERE run_id = ? AND kind = ?", (run_id, WALKED)
            ).fetchone()[0]
        else:
            self._steps += 1
        if self._steps < self._most_steps:
            return
        self._coarser *= 2
        connection.execute(
            "DELETE FROM positions WHERE id IN (SELECT id FROM (SELECT id, ROW_NUMBER() OVER"
            " (ORDER BY id) AS nth FROM positions WHERE run_id = ? AND kind = ?)"
            " WHERE nth % 2 = 0)",
            (run_id, WALKED),
        )
        self._steps = None
