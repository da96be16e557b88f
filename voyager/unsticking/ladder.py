"""The ladder: what is tried when nothing moves on, one rung after the other.

Covers noticing it between two tasks and climbing: another path, another place, another task, asking
the model, the tech tree. After the last rung it begins anew with twice the patience, so that it
never runs in a circle. Which tasks are proposed meanwhile is `ladder_proposer`'s. How things stand
is read from the journal, so a resumed run stands on the same rung.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from curriculum import TaskRecord, last_failed_way, waits
from mc_server import Script, ScriptModule
from voyager.events import StuckNoticed, TaskPutOff
from voyager.journal.journal import Journal
from voyager.unsticking.standstill import Standstill, standstill_of

ANOTHER_PATH, ANOTHER_PLACE, ANOTHER_TASK = "another_path", "another_place", "another_task"
ASK_MODEL, TECH_TREE = "ask_model", "tech_tree"
WINDOW_ATTEMPTS = 12
"""As many attempts without progress count as a window, however short they were."""
WALKS = {ANOTHER_PATH: (16, 60), ANOTHER_PLACE: (96, 300)}
"""For each rung on which the bot walks: how many blocks away, in how many seconds at most."""
PUT_OFF_FROM = 2
"""Failures in a row after which it is told that a task is put off."""
TASKS_ON_A_RUNG = 4
GET_AWAY = """\
// Walk away from here, wherever it goes.
async function getAway (blocks, maxSeconds) {
  const from = bot.entity.position.clone()
  await exploreUntil(() => bot.entity.position.distanceTo(from) >= blocks, { maxSeconds })
}
"""


def standing(journal: Journal) -> Standstill:
    """How the run that is played stands now."""
    return standstill_of(journal.connection, journal.current_run.id)


def rung_in_force(journal: Journal) -> str | None:
    """The rung that decides which task comes next, for a few tasks after it was climbed."""
    stands = standing(journal)
    return stands.rung if stands.tasks_since_rung < TASKS_ON_A_RUNG else None


def note_for_model(journal: Journal) -> str:
    """That things stand still, when it is the model's turn to find a way on; else empty."""
    if rung_in_force(journal) != ASK_MODEL:
        return ""
    failed = len(standing(journal).failed)
    return (
        f"Nothing has moved on lately: the last {failed} tasks failed, and neither another way nor"
        " another place has helped. Propose something quite different that is sure to be within"
        " reach from here, or one small step that removes what is in the way."
    )


@dataclass
class Ladder:
    """Climbed between tasks of one sitting.

    `run_script` plays a built-in script to its end in so many seconds of the world's time and
    keeps the world; `history` are the tasks that have ended. `window_seconds` as in
    `UnstickingSettings`.
    """

    journal: Journal
    run_script: Callable[[Script, float], None]
    history: Callable[[], Sequence[TaskRecord]]
    window_seconds: float
    with_model: bool

    def __post_init__(self) -> None:
        self._ended = len(self.history())

    @property
    def rungs(self) -> tuple[str, ...]:
        """Those there are, lowest first."""
        model = (ASK_MODEL,) if self.with_model else ()
        return (ANOTHER_PATH, ANOTHER_PLACE, ANOTHER_TASK, *model, TECH_TREE)

    def between_tasks(self) -> None:
        """Tell what was put off, and climb a rung if nothing has moved on for a window."""
        self._tell_put_off()
        stands = standing(self.journal)
        patience = 2.0 ** (stands.rungs // len(self.rungs))
        if stands.how_much(self.window_seconds, WINDOW_ATTEMPTS) >= patience:
            self._climb(stands)

    def _climb(self, stands: Standstill) -> None:
        rung = self.rungs[stands.rungs % len(self.rungs)]
        why = (
            f"{stands.attempts} attempts in {stands.seconds / 60:.0f} minutes of the game have"
            f" brought no task to its end{'' if stands.gets_about else ', all around one place'}"
        )
        with self.journal.transaction():
            self.journal.tell(StuckNoticed(rung, why, stands.last_task))
        if rung in WALKS:
            blocks, seconds = WALKS[rung]
            script = Script((ScriptModule("getAway", GET_AWAY),), "getAway", (blocks, seconds))
            self.run_script(script, float(seconds))

    def _tell_put_off(self) -> None:
        """Of the task that has ended last, once."""
        history = self.history()
        if len(history) <= self._ended:
            return
        self._ended = len(history)
        record = history[-1]
        if record.passed:
            return
        way, wait = last_failed_way(history), waits(history).get(record.key)
        failures, tasks = 0, 0
        if way is not None:
            failures, tasks = way.failures, way.tasks_left
        elif wait is not None:
            failures, tasks = wait.failures, wait.tasks_left
        if failures >= PUT_OFF_FROM and tasks:
            reason = record.critique or "no reason is known"
            with self.journal.transaction():
                self.journal.tell(TaskPutOff(record.task.description, failures, tasks, reason))
