"""Figures of benchmarks."""

from __future__ import annotations

import pytest
from benchmarks.measure import figure, timed


def test_a_figure_has_the_median_and_the_value_that_19_of_20_do_not_exceed() -> None:
    found = figure([float(value) for value in range(20, 0, -1)], "seconds")
    assert found.as_json() == {"median": 10.5, "p95": 19.0, "unit": "seconds", "n": 20}


def test_one_value_is_its_own_median_and_percentile() -> None:
    assert figure([0.25], "MB").as_json() == {"median": 0.25, "p95": 0.25, "unit": "MB", "n": 1}


def test_no_value_is_no_figure() -> None:
    with pytest.raises(ValueError, match="at least one"):
        figure([], "seconds")


def test_warm_ups_are_not_counted() -> None:
    calls: list[int] = []
    assert timed(lambda: calls.append(1), repetitions=3, warm_ups=2).n == 3
    assert len(calls) == 5
