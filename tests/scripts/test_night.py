"""A night's own judgement: what it takes for lost, twice there, untold or grown."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from nights.checks import untold_faults
from nights.kept import Kept, duplicates_in
from nights.kinds import KINDS
from nights.night import Injection
from nights.processes import Process, by_role
from nights.samples import Sample, Samples


def test_there_are_kinds_enough_and_each_says_what_breaks():
    assert len(KINDS) >= 25
    assert all(kind.what.endswith(".") for kind in KINDS.values())


def test_what_was_verified_or_finished_and_is_not_there_any_more_is_lost():
    before = Kept(
        skills={("mineLogs", 1): "a", ("craftStick", 1): "b", ("craftBed", 1): "c"},
        tasks={1: ("Mine 1 log", "passed"), 2: ("Craft a stick", "failed")},
        milestones=frozenset({(1, "stick")}),
    )
    after = Kept(
        skills={},
        tasks={1: ("Mine 1 log", "open")},
        versions={("mineLogs", 1): "a", ("craftStick", 1): "other"},
    )
    assert len(after.lost_since(before)) == 5  # one verified before is there, if now retired
    assert after.lost_since(Kept()) == []


def test_what_is_there_twice_is_found(tmp_path):
    database = tmp_path / "voyager.db"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executescript(
            "CREATE TABLE runs (id, world_id); CREATE TABLE tasks (run_id, iteration);"
            "CREATE TABLE attempts (task_id, number); CREATE TABLE verdicts (attempt_id);"
            "CREATE TABLE milestones (run_id, name);"
            "CREATE TABLE skill_versions (name, version, source, status);"
            "INSERT INTO runs VALUES (1, 1), (2, 1);"
            "INSERT INTO tasks VALUES (1, 1), (2, 1), (2, 1);"
            "INSERT INTO milestones VALUES (1, 'stick'), (2, 'stick');"
        )
    assert duplicates_in(database) == ["task 2/1 2 times", "milestone 1/stick 2 times"]


def injected(kind, second):
    at = f"2026-01-31T07:{second:02d}:00.000+00:00"
    return Injection(kind, at, 1.0, over_at=at.replace(":00.000", ":50.000"))


def fault(part, at, seconds):
    return {"part": part, "at": at, "seconds": seconds, "kind": "ended", "how": "started again"}


def test_each_injected_fault_needs_one_of_its_own_in_the_report_that_is_over():
    faults = [
        fault("agent", "2026-01-31T07:01:02.000+00:00", 3.5),
        fault("bot", "2026-01-31T07:02:02.000+00:00", None),
        fault("disk", "2026-01-31T07:04:02.000+00:00", 1.0),
    ]
    told, again = injected("kill-agent", 1), injected("kill-agent", 1)
    never, slept = injected("kill-bot", 2), injected("sleep", 3)
    elsewhere = injected("kill-host", 4)
    untold = untold_faults([told, again, never, slept, elsewhere], faults)
    assert [line.split(" at ")[0] for line in untold] == ["kill-agent", "kill-bot", "kill-host"]
    assert untold[1].endswith("(not over)")
    assert told.told["seconds"] == 3.5


def test_processes_are_told_apart_and_the_world_s_own_is_the_busiest():
    def process(pid, arguments, cpu=0):
        return Process(pid, 1, "0", "S", cpu, 2**20, tuple(arguments.split()))

    roles = by_role(
        [
            process(1, "unshare --time python -m voyager play"),
            process(2, "python3 -P -m voyager play"),
            process(3, "python3 -P -m voyager play"),
            process(4, "node x/javascript/js/bridge.js"),
            process(5, "unshare --net node --permission main.js", 99),
            process(6, "node --permission main.js", 50),
            process(7, "node --permission main.js", 3),
            process(8, "node -r clock.js embedded/main.js"),
        ]
    )
    found = {role: one.pid for role, one in roles.items()}
    assert found == {"supervisor": 2, "agent": 3, "host": 4, "bot": 6, "server": 8}


def test_memory_that_only_grows_is_told():
    samples = Samples()
    for number in range(60):
        sizes = {"agent": 300.0 + 10 * number, "host": 70.0}
        samples.taken.append(Sample(60.0 * number, 0.0, sizes, {"agent": 1, "host": 2}))
    assert [line.partition(":")[0] for line in samples.grown(1.5)] == ["agent"]
    assert samples.growth()["agent"]["megabytes_an_hour"] == 600.0
