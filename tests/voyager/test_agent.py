"""How a sitting ends: the journal says so where it can, and what ended it is what is raised."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from curriculum import Proposal
from mc_server import ProgramError, ServerUnreachableError
from skills import IndexUnusableError
from tests.voyager.sittings import LOGS, STICKS, Sitting, WriterOf, gives, raises, sitting
from voyager import events
from voyager.errors import DatabaseError, ModelUnreachableError, WriterError
from voyager.journal.database import transaction
from voyager.language_models import Completion
from voyager.limits import Limits
from voyager.loop import Ending
from voyager.records import Program, Spend


def ended(one: Sitting) -> tuple[str, str]:
    report = one.report()
    return report["status"], report["reason"]


def test_a_sitting_begins_with_what_is_carried_and_ends_with_why(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        assert one.agent.play().status == "finished"
        assert ended(one) == ("finished", "the list is done")
    with sitting(tmp_path, gives(), goal="stick") as two:
        two.bridge.observation = one.bridge.observation
        two.agent.play()
        (begun,) = two.heard(events.RunStarted)
        assert begun.inventory == two.report()["inventory"] == {"oak_log": 2}
        assert two.told[0] is begun
        assert two.heard(events.RunEnded) == [events.RunEnded("finished", "the list is done", 0.0)]


@pytest.mark.parametrize(
    ("error", "status", "reason"),
    [
        (KeyboardInterrupt(), "stopped", "stopped by hand"),
        (BrokenPipeError(32, "Broken pipe"), "stopped", "nobody reads what is shown"),
        (ServerUnreachableError("It is gone."), "failed", "It is gone."),
        (RuntimeError("a fault of ours"), "failed", "a fault of ours"),
    ],
)
def test_the_journal_says_what_ended_a_sitting_and_it_goes_on_after_it(
    tmp_path, error, status, reason
):
    with sitting(tmp_path, raises(error), LOGS) as one:
        with pytest.raises(type(error)):
            one.agent.play()
        assert ended(one) == (status, reason)
    with sitting(tmp_path, gives(oak_log=2), LOGS) as again:
        assert again.agent.play().status == "finished"
        assert [t["attempts"] for t in again.report(1)["tasks"]] == [2]


def test_the_error_counts_when_its_end_cannot_be_written(tmp_path):
    with sitting(tmp_path, raises(ServerUnreachableError("It is gone.")), LOGS) as one:
        one.connection.execute(
            "CREATE TRIGGER no BEFORE UPDATE OF status ON runs BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        with pytest.raises(ServerUnreachableError, match="gone"):
            one.agent.play()


def test_ctrl_c_counts_when_it_is_pressed_again_while_the_end_is_written(tmp_path):
    def impatient(event: events.Event) -> None:
        if isinstance(event, events.RunEnded):
            raise KeyboardInterrupt

    with sitting(tmp_path, raises(KeyboardInterrupt()), LOGS, listener=impatient) as one:
        with pytest.raises(KeyboardInterrupt):
            one.agent.play()
        assert ended(one) == ("stopped", "stopped by hand")


def test_a_full_disk_ends_play_with_a_sentence_and_play_goes_on_once_there_is_space(tmp_path):
    long = "async function mineLogs () { /* " + "x" * 2_000_000 + " */ }"
    with sitting(tmp_path, gives(oak_log=2), LOGS, STICKS) as one:
        pages = one.connection.execute("PRAGMA page_count").fetchone()[0]
        one.connection.execute(f"PRAGMA max_page_count = {pages + 100}")
        one.loop.writer = WriterOf(lambda *_: Program(long, "mineLogs", (), "long"))
        with pytest.raises(DatabaseError, match="no space left"):
            one.agent.play()
        assert not one.connection.in_transaction
        assert ended(one)[0] == "failed"
    with sitting(tmp_path, gives(oak_log=2, stick=4), LOGS, STICKS) as again:
        assert again.run.resumed
        again.agent.play()
        tasks = [(t["description"], t["status"]) for t in again.report()["tasks"]]
        assert tasks == [("Mine 2 logs", "passed"), ("Craft 4 sticks", "passed")]


def test_progress_may_come_from_another_thread_while_a_step_is_written(tmp_path):
    with sitting(tmp_path, gives()) as one:
        reporter = threading.Thread(target=one.steps.progress, args=("digging",))
        with one.journal.transaction():
            one.journal.tell(events.SkillStored("a", 1, "A."))
            reporter.start()
            reporter.join(10)
        assert [e.type for e in one.told] == ["progress_reported", "skill_stored"]


def test_ctrl_c_while_a_transaction_begins_leaves_none_open(tmp_path):
    class Interrupted(sqlite3.Connection):
        """Ctrl-C pressed inside of SQLite is raised as soon as the call returns."""

        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            cursor = super().execute(statement, *values)
            if statement.startswith("BEGIN"):
                raise KeyboardInterrupt
            return cursor

    connection = sqlite3.connect(tmp_path / "a.db", factory=Interrupted, isolation_level=None)
    with closing(connection):
        with pytest.raises(KeyboardInterrupt), transaction(connection):
            pass
        assert not connection.in_transaction


# -- time ------------------------------------------------------------------------------------


def test_the_time_limit_ends_a_sitting_between_two_attempts_and_the_task_stays_open(tmp_path):
    with sitting(tmp_path, gives(), LOGS) as one:
        one.loop.limits = Limits(seconds=100, attempts_per_task=4)

        def slow(script: object) -> dict[str, int]:
            one.clock.seconds += 60
            return {}

        one.bridge._respond = slow
        ending = one.agent.play()
        assert (ending.status, ending.reason) == ("stopped", "the time is up")
        (task,) = one.report()["tasks"]
        assert (task["status"], task["attempts"]) == ("open", 2)


def test_the_time_limit_counts_this_sitting_alone(tmp_path):
    with sitting(tmp_path, raises(KeyboardInterrupt()), LOGS) as one:
        one.clock.seconds += 1000
        with pytest.raises(KeyboardInterrupt):
            one.agent.play()
    with sitting(tmp_path, gives(oak_log=2), LOGS) as again:
        assert again.run.seconds == 1000
        again.loop.limits = Limits(seconds=100)
        assert again.agent.play().status == "finished"


# -- tokens ----------------------------------------------------------------------------------


class PaidModel:
    """Answers anything, for 10 tokens and a cent."""

    def complete(self, messages: object, *, purpose: str, **_: object) -> Completion:
        return Completion("ok", Spend(7, 3, 0.01), "paid")


def test_what_a_model_was_asked_before_a_sitting_ended_is_in_the_books(tmp_path):
    with sitting(tmp_path, gives(), model="paid", chat=PaidModel()) as one:

        class AskingProposer:
            def propose(self, *_: Any) -> Proposal:
                one.chat.complete([], purpose="propose")
                return Proposal(None, "no idea")

        one.loop.proposer = AskingProposer()
        assert one.agent.play().status == "stuck"
        assert (one.report()["tokens"], one.report()["cost"]) == (10, 0.01)
        spent = events.TokensSpent("propose", "paid", 10, 0.01, "proposer")
        assert one.heard(events.TokensSpent) == [spent]


def test_what_a_model_was_asked_for_a_task_is_booked_on_it_even_when_the_model_fails(tmp_path):
    with sitting(tmp_path, gives(), LOGS, model="paid", chat=PaidModel()) as one:

        def write(*_: Any) -> Program:
            one.chat.complete([], purpose="write")
            raise ModelUnreachableError("Nothing answers.")

        one.loop.writer = WriterOf(write)
        assert one.agent.play() == Ending("stopped", "Nothing answers.")
        assert [t["tokens"] for t in one.report()["tasks"]] == [10]


# -- tasks and skills --------------------------------------------------------------------------


def test_a_task_that_no_program_was_written_for_says_why_it_failed(tmp_path):
    with sitting(tmp_path, gives(), LOGS, attempts=2) as one:

        def write(*_: Any) -> Program:
            raise WriterError("No axe can be had.")

        one.loop.writer = WriterOf(write)
        one.agent.play()
        assert [r.critique for r in one.journal.history()] == ["No axe can be had."]
        assert [e.attempts for e in one.heard(events.TaskEnded)] == [2]


def test_a_failing_program_does_not_count_against_the_skill_whose_name_it_bears(
    tmp_path, monkeypatch
):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.agent.play()
        execute = one.bridge.execute

        def fails(*arguments: Any) -> Any:
            error = ProgramError("Error", "no", module="mineLogs", line=1)
            return replace(execute(*arguments), error=error)

        monkeypatch.setattr(one.bridge, "execute", fails)
        one.bridge._respond = gives()
        more = replace(
            LOGS, description="Mine 9 logs", goal=LOGS.goal.model_copy(update={"count": 9})
        )
        one.loop.work_on(one.steps.task_proposed(more))
        (skill,) = one.library.list()
        assert (skill.successes, skill.failures) == (1, 0)


def test_a_program_that_is_a_skill_already_is_not_told_as_a_new_one(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS, world="first") as one:
        one.agent.play()
        assert [e.name for e in one.heard(events.SkillStored)] == ["mineLogs"]
    with sitting(tmp_path, gives(oak_log=2), LOGS, world="second") as two:
        two.agent.play()
        assert two.heard(events.SkillStored) == []
        assert two.report()["skills"] == []


def test_play_goes_on_without_an_index_and_says_so(tmp_path, monkeypatch):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:

        def broken() -> None:
            raise IndexUnusableError("The index is out.")

        monkeypatch.setattr(one.library, "sync_index", broken)
        assert one.agent.play().status == "finished"
        assert {e.reason for e in one.heard(events.IndexLeftBehind)} == {"The index is out."}
        assert one.library.names() == ("mineLogs",)
