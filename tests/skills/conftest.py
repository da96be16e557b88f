"""A library in a folder of its own."""

import pytest

from skills.embedding import MiniLmEmbedder
from tests.skills.homes import Home


@pytest.fixture(scope="session")
def embedder():
    return MiniLmEmbedder()


@pytest.fixture
def home(tmp_path, embedder):
    home = Home(tmp_path, embedder)
    yield home
    home.close()


@pytest.fixture
def library(home):
    return home.open()
