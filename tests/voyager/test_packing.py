"""What is bulky is compressed once its task has ended, and reads as before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.voyager.sittings import LOGS, STICKS, Sitting, gives, in_turn, sitting
from voyager.journal.packing import Packing, packed, plain
from voyager.reports.run_reports import show_run

COLUMNS = ("before", "after", "events", "calls", "trace")


def stored(one: Sitting) -> list[tuple[Any, ...]]:
    query = f"SELECT {', '.join(COLUMNS)} FROM executions ORDER BY attempt_id"
    return [tuple(row) for row in one.connection.execute(query)]


def read(one: Sitting) -> list[tuple[Any, ...]]:
    columns = ", ".join(f"plain({column})" for column in COLUMNS)
    query = f"SELECT {columns} FROM executions ORDER BY attempt_id"
    return [tuple(row) for row in one.connection.execute(query)]


@pytest.mark.parametrize("text", ["", "short", "longer, with ümläuts and \N{SNOWMAN} " * 40])
def test_what_was_packed_reads_as_it_was(text):
    assert plain(packed(text)) == text
    assert plain(packed(plain(packed(text)))) == text


def test_what_is_short_stays_as_it_is():
    assert packed("short") == "short"


def test_the_executions_of_ended_tasks_take_less_and_read_the_same(tmp_path):
    with sitting(tmp_path, in_turn(gives(oak_log=2), gives()), LOGS, STICKS) as one:
        one.agent.play()
        before, report = stored(one), show_run(one.connection)
        assert len(before) > 1
        packing = Packing(one.journal)
        packing.between_tasks()
        after = stored(one)
        assert all(isinstance(row[0], bytes) for row in after)
        assert size(after) < 0.8 * size(before)
        assert (read(one), show_run(one.connection)) == (before, report)
        packing.between_tasks()
        assert stored(one) == after


def test_a_task_that_is_under_way_is_left_alone(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.agent.play()
        one.connection.execute("UPDATE tasks SET status = 'open'")
        before = stored(one)
        Packing(one.journal).between_tasks()
        assert stored(one) == before


def size(rows: list[tuple[Any, ...]]) -> int:
    return sum(
        len(value if isinstance(value, bytes) else value.encode()) for row in rows for value in row
    )
