"""The rows of sittings: what was played without a break, how long, and why it ended."""

from __future__ import annotations

from tests.voyager.sittings import LOGS, STICKS, gives, sitting
from voyager.journal.sittings import CUT_OFF

_COLUMNS = "SELECT seconds, world_seconds, ending, ended_at >= started_at FROM sittings ORDER BY id"


def test_a_sitting_is_kept_with_its_time_and_why_it_ended(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        for ticks in (500, 520, 100, 140):  # the world was taken back in between
            one.journal.sitting.world_age_seen(ticks)
        one.clock.seconds += 7
        one.agent.play()
        (row,) = one.connection.execute(_COLUMNS).fetchall()
    assert row == (7.0, 3.0, "the list is done", 1)


def test_what_was_cut_off_keeps_what_was_known_and_is_closed_at_the_next_opening(tmp_path):
    with sitting(tmp_path, gives(oak_log=2), LOGS) as one:
        one.agent.play()
    with sitting(tmp_path, gives(stick=4), STICKS) as two:
        task = two.steps.task_proposed(STICKS)
        two.clock.seconds += 5
        program = two.writer.write(STICKS, two.bridge.observe(), (), ())
        two.steps.program_written(task, 1, program)
        assert two.connection.execute(_COLUMNS).fetchall()[1] == (5.0, 0.0, "", None)
    with sitting(tmp_path, gives(stick=4), STICKS, world="another") as three:
        rows = three.connection.execute(_COLUMNS).fetchall()
    assert rows[1] == (5.0, 0.0, CUT_OFF, 1)
    assert rows[2][3] is None
