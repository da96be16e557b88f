"""Ordinary, failing and hostile programs in a row, through the real bridge: a short soak.

`scripts/bench soak` is the long one, which also measures memory over a thousand programs.
"""

from __future__ import annotations

import pytest
from benchmarks.parts.processes import can_tell
from benchmarks.parts.soak_programs import ORDINARY, PROGRAMS
from benchmarks.parts.soaking import Soak, each_once, mixed, soaking

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]

FILES_ASIDE = 8
"""Connections and pipes that may be in the making when the host is looked at."""


@pytest.fixture(scope="module")
def soaked(tmp_path_factory: pytest.TempPathFactory) -> Soak:
    """What came of every program, run once."""
    with soaking(tmp_path_factory.mktemp("soak")) as soak:
        for program in each_once():
            soak.run(program)
    soak.see_nothing_left()
    return soak


def test_every_program_ends_as_it_must_and_leaves_the_bot_ready(soaked: Soak) -> None:
    assert soaked.done >= len(PROGRAMS) - 1
    assert soaked.faults == []


def test_nothing_piles_up_in_host_and_python(soaked: Soak) -> None:
    if not can_tell():
        assert soaked.samples == []
        return
    first, last = soaked.samples[1], soaked.samples[-1]
    assert last.host_files <= first.host_files + FILES_ASIDE
    assert last.python_files <= first.python_files + FILES_ASIDE
    assert last.python_threads <= first.python_threads
    assert last.processes <= soaked.most_processes


def test_the_same_seed_gives_the_same_programs_of_every_kind() -> None:
    names = [program.name for program in mixed(300, seed=3)]
    assert names == [program.name for program in mixed(300, seed=3)]
    ordinary = [program for program in mixed(300, seed=3) if program.kind == ORDINARY]
    assert 0.5 < len(ordinary) / 300 < 0.7
