"""What the tests of several modules need."""

from functools import partial

import pytest

from mc_server import find_node, read_program
from tests.voyager.checking import GOAL, VOCABULARY, body
from voyager.writers.checks.program_check import ProgramProblemError, check_program


@pytest.fixture(scope="session")
def reader():
    """Reads programs, as `mc_server.read_program` does."""
    return partial(read_program, node=find_node())


@pytest.fixture
def check(reader):
    def checked(source, goal=GOAL, vocabulary=VOCABULARY):
        return check_program(source, goal, vocabulary, reader)

    return checked


@pytest.fixture
def problem(check):
    """What is told of the lines of a function's body."""

    def told(*lines):
        with pytest.raises(ProgramProblemError) as caught:
            check(body(*lines))
        return str(caught.value)

    return told
