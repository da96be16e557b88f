"""What the tests of several modules need."""

from functools import partial

import pytest

from mc_server import find_node, read_program


@pytest.fixture(scope="session")
def reader():
    """Reads programs, as `mc_server.read_program` does."""
    return partial(read_program, node=find_node())
