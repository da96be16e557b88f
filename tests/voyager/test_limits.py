"""When a sitting ends: limits count over the whole command, and a time of day is awaited."""

from __future__ import annotations

from datetime import datetime

import pytest

from voyager.errors import SettingsError
from voyager.limits import Earlier, Limits, until_seconds

NOW = datetime(2026, 3, 31, 22, 15)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("23:00", datetime(2026, 3, 31, 23)),
        ("07:30", datetime(2026, 4, 1, 7, 30)),
        ("22:15", datetime(2026, 4, 1, 22, 15)),
        (" 07:30:05 ", datetime(2026, 4, 1, 7, 30, 5)),
        ("2026-04-02 06:00", datetime(2026, 4, 2, 6)),
        ("2026-04-02T06:00", datetime(2026, 4, 2, 6)),
    ],
)
def test_a_time_of_day_is_the_next_such(text, moment):
    assert until_seconds(text, NOW) == moment.timestamp()


@pytest.mark.parametrize("text", ["", "soon", "25:00", "7", "2026-02-30 07:30", "9999999999"])
def test_what_is_no_time_is_said(text):
    with pytest.raises(SettingsError, match="a time like 07:30"):
        until_seconds(text, NOW)


def test_a_time_that_is_past_is_said():
    with pytest.raises(SettingsError, match="is past: it is 2026-03-31 22:15 now"):
        until_seconds("2026-03-31 22:00", NOW)


def test_what_was_played_before_this_process_counts():
    limits = Limits(tasks=5, seconds=100, earlier=Earlier(tasks=3, seconds=40))
    assert limits.reached(1, 10) == ""
    assert limits.reached(2, 10) == "5 tasks were played, as asked"
    assert limits.reached(0, 60) == "the time is up"


def test_a_clock_that_is_set_back_is_followed():
    clock = [1000.0]
    limits = Limits(until=1010, clock=lambda: clock[0])
    assert not limits.time_is_up(0)
    clock[0] = 1010
    assert limits.time_is_up(0)
    clock[0] = 900
    assert not limits.time_is_up(0)


def test_the_time_of_the_world_ends_a_sitting():
    limits = Limits(world_seconds=3600)
    assert limits.reached(5, 99999.0, 3599.9) == ""
    assert limits.reached(5, 0.0, 3600.0) == "the time is up"
