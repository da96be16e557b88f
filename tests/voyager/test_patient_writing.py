"""A disk without room and a database that is kept busy are waited for, and booked as faults."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from mc_server import HomeFolderError
from tests.voyager.sittings import LOGS, gives, sitting
from voyager.errors import DatabaseFullError
from voyager.events import (
    IndexLeftBehind,
    MachineSlept,
    ModelFailed,
    RunStarted,
    TokensSpent,
    VerdictGiven,
)
from voyager.home import Home
from voyager.journal.database import transaction
from voyager.journal.journal import Journal
from voyager.supervision import patient_writing
from voyager.supervision.fault_book import FaultBook
from voyager.supervision.patient_writing import ROOM_BYTES, PatientWriting
from voyager.supervision.sitting_watch import MachineClock, SittingWatch
from voyager.supervision.spool import Spool, SpooledFault


@pytest.fixture
def journal(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        yield one.loop.steps._journal


def booked(journal: Journal) -> list[tuple[str, str, bool]]:
    rows = journal.connection.execute("SELECT part, kind, over_at IS NOT NULL FROM faults")
    return [(part, kind, bool(over)) for part, kind, over in rows]


class Disk:
    """Has room again after some looks."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def free(self, folder: Path) -> int:
        self.looks -= 1
        return 0 if self.looks >= 0 else ROOM_BYTES


def patient(journal, disk, lines, sleep=lambda seconds: None) -> PatientWriting:
    folder = Path("home")
    writing = PatientWriting(
        folder, journal.connection, FaultBook(journal), lines.append, disk.free, sleep
    )
    journal.connection.before_writing = writing.before_writing
    return writing


def test_what_is_written_on_a_full_disk_waits_for_room_and_is_not_lost(journal):
    lines: list[str] = []
    patient(journal, Disk(4), lines)
    with journal.transaction():
        journal.note_inventory({"dirt": 7})
    assert journal.connection.execute("SELECT inventory FROM runs").fetchone() == ('{"dirt": 7}',)
    assert booked(journal) == [("disk", "full", True)]
    assert lines
    assert lines[0].startswith("There is no space left for home: free some. Trying again in 0.5 s")


def test_a_database_that_is_kept_busy_is_waited_for(journal, tmp_path):
    journal.connection.execute("PRAGMA busy_timeout = 1")
    path = journal.connection.execute("PRAGMA database_list").fetchone()[2]
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    lines: list[str] = []
    patient(journal, Disk(0), lines, lambda seconds: other.rollback())
    with transaction(journal.connection):
        journal.note_inventory({"dirt": 8})
    other.close()
    assert booked(journal) == [("database", "busy", True)]
    assert len(lines) == 1


def test_the_wait_has_an_end(journal, monkeypatch):
    monkeypatch.setattr(patient_writing, "LONGEST_WAIT_SECONDS", 3.0)
    patient(journal, Disk(10**9), [])
    with (
        pytest.raises(DatabaseFullError, match="go on with the same command"),
        journal.transaction(),
    ):
        pass


def test_a_world_that_found_no_room_is_saved_again(journal):
    class World:
        saved = 0

        def save(self) -> None:
            self.saved += 1
            if self.saved == 1:
                raise HomeFolderError("no space")

        def revive(self) -> bool:
            return False

    world = World()
    patient(journal, Disk(2), []).save(world)
    assert world.saved == 2
    assert booked(journal) == [("disk", "full", True)]
    world.saved = 0
    with pytest.raises(HomeFolderError):  # there is room: something else is wrong
        patient(journal, Disk(0), []).save(world)


def test_faults_that_events_tell_of_have_an_end(journal, tmp_path):
    watch = SittingWatch(FaultBook(journal), Home(tmp_path))
    verdict = VerdictGiven(1, True, "state", (), "", "completed", 1.0, {})
    for event in (
        ModelFailed("write", "refused", "no key"),
        ModelFailed("write", "unreachable", "nobody answers"),
        ModelFailed("write", "unreachable", "nobody answers"),
        verdict,
        IndexLeftBehind("not to be read"),
        verdict,
        TokensSpent("write", "m", 10, 0.0, "writer"),
    ):
        watch.hear(event)
    assert booked(journal) == [("endpoint", "unreachable", True), ("index", "unusable", False)]
    watch.hear(verdict)
    assert booked(journal)[1] == ("index", "unusable", True)


def test_what_broke_while_no_agent_ran_is_booked_once(journal, tmp_path):
    faults = FaultBook(journal)
    faults.begun("server", "ended", "The server has ended.")
    spool = Spool(tmp_path)
    fault = SpooledFault.now("agent", "ended", "It was killed.")
    started = RunStarted(1, "default", None, "embedded", "1.20.4", True, {})
    for _ in range(2):  # as when it is killed before the spool could be cleared
        spool.add(fault)
        SittingWatch(FaultBook(journal), Home(tmp_path)).hear(started)
        assert spool.read() == []
    assert booked(journal) == [("server", "ended", True), ("agent", "ended", True)]


def test_what_keeps_the_agent_from_starting_is_one_fault_however_often_it_is_tried(
    journal, tmp_path
):
    spool = Spool(tmp_path)
    for part, kind in [("disk", "unwritable")] * 3 + [("agent", "ended")]:
        spool.add(SpooledFault.now(part, kind, "It could not be written."))
    first = spool.read()[0]
    started = RunStarted(1, "default", None, "embedded", "1.20.4", True, {})
    SittingWatch(FaultBook(journal), Home(tmp_path)).hear(started)
    assert booked(journal) == [("disk", "unwritable", True), ("agent", "ended", True)]
    assert journal.connection.execute("SELECT MIN(at) FROM faults").fetchone() == (first.at,)


def test_an_outage_in_which_the_agent_was_killed_is_one_fault(journal, tmp_path):
    FaultBook(journal).begun("server", "kicked", "The server is shutting down.")
    spool = Spool(tmp_path)
    spool.add(SpooledFault.now("agent", "ended", "It was killed."))
    spool.add(SpooledFault.now("server", "lost", "Nothing answers."))
    started = RunStarted(1, "default", None, "embedded", "1.20.4", True, {})
    SittingWatch(FaultBook(journal), Home(tmp_path)).hear(started)
    assert booked(journal) == [("server", "kicked", True), ("agent", "ended", True)]


def test_a_session_that_was_cut_off_as_a_whole_is_booked_by_the_one_that_follows(journal, tmp_path):
    def cut_off_at():
        return journal.sitting.cut_off_at

    started = RunStarted(1, "default", None, "embedded", "1.20.4", True, {})
    run = journal.current_run
    for _ in range(2):  # the sitting of the first has no end when the second is opened
        watch = SittingWatch(FaultBook(journal), Home(tmp_path), cut_off_at)
        watch.hear(started)
        journal.open_run(run.world, run.goal, "1.20.4", "Voyager", None)
    assert booked(journal) == [("agent", "ended", True)]
    lasted, at = journal.connection.execute("SELECT seconds, at FROM faults").fetchone()
    closed = journal.connection.execute("SELECT ended_at FROM sittings").fetchone()[0]
    assert lasted > 0.0 and at == closed  # from its last sign of life on


def test_a_better_known_cause_takes_the_place_of_a_lost_connection(journal):
    faults = FaultBook(journal)
    faults.begun("server", "unreachable", "The connection was lost.")
    faults.begun("server", "ended", "The server has ended (signal SIGKILL).")
    faults.begun("server", "unreachable", "The connection was lost.")
    faults.over("server", "The bot has joined again.")
    rows = journal.connection.execute("SELECT kind, cause, how FROM faults").fetchall()
    assert rows == [
        ("ended", "The server has ended (signal SIGKILL).", "The bot has joined again.")
    ]


def test_a_machine_that_slept_is_told_and_no_fault():
    clock, awake = [1000.0], [50.0]
    slept: list[float] = []
    look = MachineClock(slept.append, lambda: clock[0], lambda: awake[0]).look
    clock[0] += 5
    awake[0] += 5
    look()
    clock[0] += 3600
    look()
    look()
    clock[0] -= 7200
    look()
    assert slept == [3600, -7200]
    assert MachineSlept(3600.0).type == "machine_slept"
