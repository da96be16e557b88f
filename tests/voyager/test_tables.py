"""Tables of the command line: in a pipe, in a terminal, and in one that is too narrow."""

from __future__ import annotations

import re
import sys

import pytest

from voyager.command_line.tables import print_table

COLUMNS = ("#", "task", "status", "attempts#", "cost#", "evidence")
LONG = "has 3 of 3 oak_log, and [red] of nothing at all"
ROWS = [(1, "Mine 3 logs of any kind", "passed", 2, None, LONG)]


@pytest.fixture
def printed(capsys, monkeypatch):
    def at(width=None):
        if width is not None:
            monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
            monkeypatch.setenv("COLUMNS", str(width))
        print_table(COLUMNS, ROWS)
        return re.sub(r"\x1b\[\d+m", "", capsys.readouterr().out).splitlines()

    return at


def test_rows_stay_whole_in_a_pipe(printed):
    head, row = printed()
    assert head.split() == ["task", "status", "attempts", "cost", "evidence"]
    assert row.startswith("1  Mine 3 logs of any kind  passed")
    assert row.endswith(LONG)


def test_a_terminal_folds_what_is_long_and_nothing_that_is_short(printed):
    lines = printed(70)
    assert max(map(len, lines)) <= 70
    assert "attempts" in lines[0]
    assert "passed" in lines[1]
    assert len(lines) > 2


def test_a_terminal_too_narrow_for_a_table_has_a_paragraph_for_each_row(printed):
    lines = printed(40)
    assert max(map(len, lines)) <= 40
    said = " ".join(lines)
    assert said == f"1, task Mine 3 logs of any kind, status passed, attempts 2, evidence {LONG}"
