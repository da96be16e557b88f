"""Steps as the loop makes them: journal, program, observation, verdict, journal.

The same calls in the same order as `voyager/loop.py`, with the program given.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from curriculum import InventoryHas, Task
from mc_server import EmbeddedServer, Execution, GameData, MineflayerBridge
from skills import open_library
from voyager.critics import StateCritic
from voyager.journal.database import open_database
from voyager.journal.journal import Journal
from voyager.journal.journal_opening import MIGRATIONS
from voyager.records import Attempt, Program
from voyager.steps import Steps

TASK = Task("Get a diamond.", InventoryHas(name="diamond"), "to measure", "benchmark")


class JournalledSteps:
    """One task that never passes, in a new journal; each step is one more attempt at it."""

    def __init__(self, bridge: MineflayerBridge, steps: Steps, game_data: GameData) -> None:
        self._bridge = bridge
        self._steps = steps
        self._critic = StateCritic(game_data)
        self._task = steps.task_proposed(TASK)
        self._numbers = itertools.count(1)

    def step(self, program: Program, deadline_seconds: float = 10.0) -> Execution:
        """Run a program as an attempt; when this returns it is in the journal."""
        number = next(self._numbers)
        attempt_id = self._steps.program_written(self._task, number, program)
        execution = self._bridge.execute(
            self._steps.script(program), deadline_seconds, self._steps.progress
        )
        if not self._steps.world_kept():
            raise RuntimeError("The server has ended.")
        verdict = self._critic.judge(TASK, execution)
        attempt = Attempt(number, program, execution, verdict)
        self._steps.attempt_judged(self._task, attempt_id, attempt)
        return execution


@contextmanager
def journalled_steps(
    home: Path, server: EmbeddedServer, bridge: MineflayerBridge, game_data: GameData
) -> Iterator[JournalledSteps]:
    """Steps that are kept in a new database in that folder, and in the world of that server."""
    with closing(open_database(home / "voyager.db", MIGRATIONS)) as connection:
        journal = Journal(connection)
        world = journal.add_world("benchmark", "embedded", 1)
        with closing(open_library(connection, home / "index")) as library:
            journal.open_run(world, None, game_data.version, "Bench", None)
            steps = Steps(journal, library, server, game_data.version)
            yield JournalledSteps(bridge, steps, game_data)
