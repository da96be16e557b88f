"""Checkpoints: taken with the world, thinned, refused, gone back to, branched from."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.voyager.checkpoints.playing import ALWAYS, Played, WorldOnDisk, age_on_disk
from tests.voyager.sittings import LOGS, STICKS
from voyager.checkpoints import taking
from voyager.checkpoints.automatic import Rules
from voyager.checkpoints.branching import branch
from voyager.checkpoints.manifest import AUTOMATIC, BY_COMMAND
from voyager.checkpoints.recovery import mend_world, rewind_offered
from voyager.checkpoints.requests import answered, asked_for
from voyager.checkpoints.rewinding import NOTE, STAGING, rewind, set_right
from voyager.checkpoints.store import CheckpointStore
from voyager.checkpoints.thinning import superfluous
from voyager.checkpoints.worlds import WorldFiles
from voyager.errors import CheckpointError, DatabaseDamagedError, HomeLockedError
from voyager.events import CheckpointFailed, CheckpointTaken
from voyager.home import Home
from voyager.journal.database import acquire_home_lock, check_database, open_database
from voyager.journal.journal_opening import MIGRATIONS


def ask_for(home: Home, name: str) -> None:
    home.checkpoints.mkdir(exist_ok=True)
    (home.checkpoints / f".asked-{name}").touch()


@pytest.fixture
def played(tmp_path):
    """A folder in which two tasks were played, with the checkpoints `start` and `logs`."""
    folder = tmp_path / "home"
    with Played(folder, LOGS) as first:
        ask_for(first.home, "start")
        first.sitting.agent.play()
    with Played(folder, LOGS, STICKS) as second:
        ask_for(second.home, "logs")
        second.sitting.agent.play()
    return Home(folder)


def tasks_of(home: Home) -> list[tuple[str, str]]:
    connection = open_database(home.database, MIGRATIONS)
    try:
        assert check_database(connection) == []
        return connection.execute("SELECT description, status FROM tasks ORDER BY id").fetchall()
    finally:
        connection.close()


# -- taking ----------------------------------------------------------------------------------


def test_one_on_request_has_the_world_and_says_what_was_reached(played):
    logs, start = CheckpointStore(played).manifests()
    assert (start.name, start.why, start.tasks_passed, start.items) == ("start", BY_COMMAND, 0, 0)
    assert (logs.tasks_passed, logs.items, logs.skills, logs.iteration) == (1, 1, logs.skills, 1)
    assert logs.with_world and logs.world_age_seconds is not None
    assert all(not one.damage for one in CheckpointStore(played).listed())
    assert [path.name for path in played.worlds.glob("w/snapshots/*")] == []


def test_what_was_asked_for_is_answered_once(tmp_path):
    with Played(tmp_path, LOGS) as one:
        ask_for(one.home, "mine")
        one.sitting.agent.play()
        assert asked_for(one.home) == []
        ask_for(one.home, "mine")  # a kill came before the answer
        one.between_tasks()
        assert asked_for(one.home) == []
        assert len(CheckpointStore(one.home).manifests()) == 1
        assert [told.name for told in one.sitting.heard(CheckpointTaken)] == ["mine"]


def test_they_come_by_the_minutes_played_over_all_sittings(tmp_path):
    rules = Rules(every_minutes=10, keep=12, free_megabytes=0)
    for _ in range(3):
        with Played(tmp_path, LOGS, rules=rules) as one:
            one.between_tasks()
            one.sitting.clock.seconds += 240
            one.sitting.steps.progress("so far")
            one.sitting.agent.play()
            one.between_tasks()
    taken = CheckpointStore(Home(tmp_path)).manifests()
    assert [manifest.why for manifest in taken] == [AUTOMATIC]


def test_one_at_the_end_is_taken_once_where_something_was_played(tmp_path):
    with Played(tmp_path, LOGS, rules=Rules(10, 12, 0)) as one:
        one.sitting.agent.play()
        one.checkpoints.at_end()
        one.checkpoints.at_end()
    assert len(CheckpointStore(Home(tmp_path)).manifests()) == 1


def test_a_disk_that_is_nearly_full_is_told_and_harms_nothing(tmp_path):
    with Played(tmp_path, LOGS, rules=Rules(0.0001, 12, free_megabytes=1 << 40)) as one:
        one.sitting.clock.seconds += 60
        one.sitting.agent.play()
        (failed,) = one.sitting.heard(CheckpointFailed)
        assert "free some disk space" in failed.reason
        assert one.sitting.report()["status"] == "finished"
        rows = one.sitting.connection.execute("SELECT part, kind FROM faults").fetchall()
        assert rows == []  # play has gone on
    assert list((tmp_path / "checkpoints").glob("*")) == []


def test_nothing_of_a_failed_one_stays(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Played(tmp_path, LOGS) as one:
        monkeypatch.setattr(taking, "write_whole", full)
        ask_for(one.home, "mine")
        one.between_tasks()
        assert [path.name for path in one.home.checkpoints.iterdir()] == [".failed-mine"]
        monkeypatch.undo()
        ask_for(one.home, "mine")
        one.between_tasks()
        assert CheckpointStore(one.home).find("mine")


# -- thinning --------------------------------------------------------------------------------


def test_the_newer_half_stays_dense_and_the_gaps_grow_with_the_age():
    left: list[int] = []
    for number in range(1, 101):
        left.append(number)
        for gone in superfluous(left, 8):
            left.remove(gone)
    assert len(left) == 8 and left[0] == 1 and left[-4:] == [97, 98, 99, 100]
    gaps = [b - a for a, b in itertools.pairwise(left)]
    assert gaps == sorted(gaps, reverse=True) and gaps[0] < 80
    assert superfluous([4, 7, 9], 1) == [4, 7]


def test_those_by_command_are_not_thinned(tmp_path):
    with Played(tmp_path, rules=Rules(0.0001, 2, 0)) as one:
        ask_for(one.home, "mine")
        for _ in range(5):
            one.sitting.clock.seconds += 60
            one.between_tasks()
    kept = [manifest.why for manifest in CheckpointStore(Home(tmp_path)).manifests()]
    assert kept == [AUTOMATIC, AUTOMATIC, BY_COMMAND]


# -- what is damaged -------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["voyager.db.gz", "worlds/w.json.gz", "manifest.json"])
@pytest.mark.parametrize("how", ["cut", "changed", "gone"])
def test_a_damaged_one_is_refused_and_the_others_go_on_working(played, part, how):
    path = played.checkpoints / "logs" / part
    data = path.read_bytes()
    middle = len(data) // 2
    changed = data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :]
    path.unlink() if how == "gone" else path.write_bytes(data[:middle] if how == "cut" else changed)
    damages = {one.name: one.damage for one in CheckpointStore(played).listed()}
    assert damages["logs"] and not damages["start"]
    before = tasks_of(played)
    with pytest.raises(CheckpointError, match=r"'logs' is damaged, .*'start'"):
        rewind(played, "logs")
    assert tasks_of(played) == before
    rewind(played, "start")


def test_a_name_that_is_no_name_finds_nothing(played):
    for name in ("none", "../start", ".partial-x", ""):
        with pytest.raises(CheckpointError, match="no checkpoint"):
            CheckpointStore(played).find(name)
    with pytest.raises(CheckpointError, match="already"):
        CheckpointStore(played).free_name("start")


# -- going back ------------------------------------------------------------------------------


def test_going_back_puts_back_both_and_keeps_the_present(played):
    age = age_on_disk(played.folder)
    (played.worlds / "w" / "snapshots" / "trial-before.json").write_text("{}")
    done = rewind(played, "start")
    assert tasks_of(played) == [] and age_on_disk(played.folder) < age
    assert not list(played.worlds.glob("w/snapshots/*"))
    assert done.kept and done.set_aside is None
    rewind(played, done.kept)
    assert tasks_of(played) == [("Mine 2 logs", "passed"), ("Craft 4 sticks", "passed")]
    assert age_on_disk(played.folder) == age
    assert {"start", "logs"} < {m.name for m in CheckpointStore(played).manifests()}


def test_a_world_that_came_later_goes_and_comes_back(played):
    rewound = rewind(played, "start").kept
    shutil.copytree(played.worlds / "w", played.worlds / "later")
    kept = rewind(played, "logs").kept
    assert not (played.worlds / "later" / "world.json").exists()
    assert rewound and kept and "later" in CheckpointStore(played).find(kept)[1].worlds


def test_play_goes_on_from_there_and_finds_its_skills(played):
    rewind(played, "logs")
    with Played(played.folder, LOGS, STICKS) as again:
        assert again.sitting.journal.sitting.cut_off_at is None
        again.sitting.agent.play()
        assert {skill.name for skill in again.sitting.library.list()} == {"mineLogs", "craftSticks"}
    assert len(tasks_of(played)) == 2


@pytest.mark.parametrize("moved", ["nothing", "database", "both"])
def test_what_was_broken_off_is_carried_through(played, moved, monkeypatch):
    class Killed(BaseException):
        pass

    calls = {"nothing": 0, "database": 1, "both": 2}[moved]
    replace = os.replace

    def killed_after(source, target):
        nonlocal calls
        calls -= target.name in ("voyager.db", "world.json")
        if calls < 0:
            raise Killed
        replace(source, target)

    monkeypatch.setattr(os, "replace", killed_after)
    if moved == "both":
        monkeypatch.setattr(Path, "unlink", _unless_note(Killed))
    with pytest.raises(Killed):
        rewind(played, "start")
    monkeypatch.undo()
    set_right(played)
    assert tasks_of(played) == [] and age_on_disk(played.folder) == 2
    assert not (played.checkpoints / NOTE).exists() and not (played.checkpoints / STAGING).exists()


def _unless_note(error):
    unlink = Path.unlink

    def unlink_others(path, missing_ok=False):
        if path.name == NOTE:
            raise error
        unlink(path, missing_ok=missing_ok)

    return unlink_others


def test_what_was_half_taken_is_swept_up(played):
    (played.checkpoints / ".partial-half" / "worlds").mkdir(parents=True)
    (played.worlds / "w" / "snapshots" / f"{taking.SNAPSHOT}.json").write_text("{")
    answered(played, "forgotten", "nobody waits")
    set_right(played)
    assert sorted(path.name for path in played.checkpoints.iterdir()) == ["logs", "start"]
    assert not list(played.worlds.glob("w/snapshots/*"))


def test_nobody_goes_back_while_it_is_played(played):
    with acquire_home_lock(played.folder), pytest.raises(HomeLockedError):
        rewind(played, "start")


# -- a second home ---------------------------------------------------------------------------


def test_a_branch_plays_on_and_leaves_the_first_as_it_is(played, tmp_path):
    made = branch(played, "logs", tmp_path / "second")
    assert (made.world, made.seed) == ("w", None)
    other = Home(tmp_path / "second")
    assert tasks_of(other) == [("Mine 2 logs", "passed")]
    assert age_on_disk(other.folder) < age_on_disk(played.folder)
    with pytest.raises(CheckpointError, match="there already"):
        branch(played, "logs", tmp_path / "second")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_branch_into_a_new_world_names_one_that_is_not_there(played, tmp_path):
    assert branch(played, "logs", tmp_path / "a", seed=7).world == "seed-7"
    assert branch(played, "logs", tmp_path / "b", seed=-7).world == "seed-minus-7"
    WorldOnDisk(tmp_path / "a")


# -- a damaged home --------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', "\x00" * 50])
def test_a_damaged_world_goes_back_by_itself(played, text):
    state = played.worlds / "w" / "world.json"
    assert mend_world(played, "w") is None
    state.write_text(text)
    mended = mend_world(played, "w")
    assert mended is not None and "'logs'" in mended.how and "damaged" in mended.cause
    logs = CheckpointStore(played).find("logs")[1]
    assert age_on_disk(played.folder) == 20 * (logs.world_age_seconds or 0)
    assert [p.read_text() for p in state.parent.glob("world.json.damaged-*")] == [text]
    assert len(tasks_of(played)) == 2


def test_a_damaged_world_without_a_checkpoint_that_is_whole_begins_anew(played):
    state = played.worlds / "w" / "world.json"
    state.write_text("{")
    shutil.rmtree(played.folder / "checkpoints")
    mended = mend_world(played, "w")
    assert mended is not None and "anew from its seed" in mended.how
    assert not state.exists()
    assert [p.read_text() for p in state.parent.glob("world.json.damaged-*")] == ["{"]
    assert len(tasks_of(played)) == 2


def test_a_world_in_which_programs_were_tried_is_as_before_them(played):
    files = WorldFiles(played.worlds / "w")
    shutil.copy(files.state, files.before_trials)
    files.state.write_text("{")
    assert mend_world(played, "w") is not None
    assert age_on_disk(played.folder) == json.loads(files.before_trials.read_text())["tick"]
    files.before_trials.write_text("{")
    assert mend_world(played, "w") is not None and not files.before_trials.exists()


def test_a_damaged_database_says_how_to_go_back_and_that_works(played):
    played.database.write_bytes(b"no database at all" * 1000)
    with (
        pytest.raises(DatabaseDamagedError, match="checkpoint rewind logs --home"),
        rewind_offered(played),
    ):
        open_database(played.database, MIGRATIONS)
    done = rewind(played, "logs")
    assert done.kept is None and done.set_aside is not None
    assert (done.set_aside / "voyager.db").read_bytes().startswith(b"no database")
    assert tasks_of(played) == [("Mine 2 logs", "passed")]


def test_no_checkpoint_is_taken_of_a_damaged_database(tmp_path):
    with Played(tmp_path, LOGS, rules=ALWAYS) as one:
        one.sitting.agent.play()
        connection = one.sitting.connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA writable_schema = ON")
        with open(one.home.database, "r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 4096 * 4)
        connection.execute("PRAGMA cache_size = 0")
        ask_for(one.home, "mine")
        one.between_tasks()
    assert "mine" not in [manifest.name for manifest in CheckpointStore(one.home).manifests()]
