"""A night's own judgement: what it takes for lost, twice there, untold or grown."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
from nights.fault_matching import SLACK_SECONDS, match, untold_faults, untrue_times
from nights.kept import Kept, duplicates_in
from nights.kind import NightOverError
from nights.kinds import KINDS
from nights.night import Injection
from nights.processes import Process, by_role
from nights.samples import Sample, Samples, what_it_is


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
        fault("bot", "2026-01-31T07:09:00.000+00:00", 1.0),
    ]
    told, again = injected("kill-agent", 1), injected("kill-agent", 1)
    never, slept = injected("kill-bot", 2), injected("sleep", 3)
    elsewhere, in_vain = injected("kill-host", 4), injected("kill-agent", 5)
    in_vain.injected = False
    injections = [told, again, never, slept, elsewhere, in_vain]
    nobodys = match(injections, faults)
    untold = untold_faults(injections)
    assert [line.split(" at ")[0] for line in untold] == ["kill-agent", "kill-bot", "kill-host"]
    assert untold[1].endswith("(not over)")
    assert told.told["seconds"] == 3.5
    assert [one["at"][14:16] for one in nobodys] == ["09"]  # the disk broke beside a host


def endless_night(database, asked_while_it_is_away):
    def wait(seconds):
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.executemany("INSERT INTO model_calls VALUES (?)", asked_while_it_is_away)

    endpoint = SimpleNamespace(kill=lambda: None, come_back=lambda: None)
    return SimpleNamespace(
        endpoint=lambda: endpoint,
        wait=wait,
        times=SimpleNamespace(long_outage=60.0),
        session=SimpleNamespace(database=database),
    )


def test_an_endpoint_is_missed_by_nobody_where_no_model_was_asked_while_it_was_away(tmp_path):
    database = tmp_path / "voyager.db"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE model_calls (id)")
        connection.execute("INSERT INTO model_calls VALUES (1)")
    KINDS["endpoint-down"].inject(endless_night(database, [(2,)]))
    with pytest.raises(NightOverError, match="no model was asked"):
        KINDS["endpoint-down"].inject(endless_night(database, []))


@pytest.mark.parametrize(("seconds", "true"), [(0.0, False), (30.0, True), (400.0, False)])
def test_a_recovery_time_that_cannot_be_is_told(seconds, true):
    one = injected("kill-all", 1)
    one.seconds_until_step = 40.0
    # Nobody saw it end: it counts from the last event before.
    at = "2026-01-31T07:00:55.000+00:00"
    match([one], [fault("agent", at, seconds)])
    assert (untrue_times([one]) == []) is true


def test_a_step_long_after_what_is_told_of_the_recovery_is_told():
    one = injected("kill-host", 1)
    one.seconds_until_step = 49.0 + SLACK_SECONDS
    match([one], [fault("host", one.at, 1.0)])
    assert untrue_times([one]) != []


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


def test_a_bot_that_holds_the_world_is_weighed_apart_from_one_that_does_not():
    def weighed(arguments):
        return what_it_is(Process(1, 1, "0", "S", 0, 2**20, tuple(arguments.split())), "bot")

    assert weighed("node --permission /x/mc_server/simulation/main.js") == "simulation"
    assert weighed("node --permission /x/mc_server/bridge/bot/bot.js") == "bot"


def test_memory_that_only_grows_is_told():
    samples = Samples()
    for number in range(120):
        sizes = {"agent": 300.0 + number, "host": 70.0 + number % 2, "server": 90.0 + number / 9}
        pids = {"agent": 1, "host": 2, "server": 3}
        samples.taken.append(Sample(60.0 * number, number / 60, sizes, pids))
    assert samples.grown() == ["agent is not flat"]
    assert samples.growth()["agent"]["megabytes_a_world_hour"] == 60.0


def test_a_short_night_and_a_process_s_first_minute_tell_nothing_of_memory():
    samples = Samples()
    for number in range(120):  # each process lives for a minute only
        sizes = {"agent": 300.0 + number % 12}
        samples.taken.append(Sample(5.0 * number, number / 600, sizes, {"agent": number // 12}))
    assert samples.growth() == {} and samples.grown() == []
