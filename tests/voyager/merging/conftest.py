"""A library to merge in."""

import pytest

from tests.voyager.merging.libraries import merging_in


@pytest.fixture
def merging(tmp_path):
    with merging_in(tmp_path) as one:
        yield one
