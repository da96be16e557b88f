"""The embedded server that live tests play on: one for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mc_server.embedded_server import EmbeddedServer, EmbeddedServerSettings
from mc_server.node import find_node


@pytest.fixture(scope="module")
def embedded_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server with seed 1 that also does test operations (`embedded_server.operate`)."""
    folder = tmp_path_factory.mktemp("embedded")
    settings = EmbeddedServerSettings(
        world_folder=folder / "world",
        seed=1,
        node=find_node(),
        allow_test_operations=True,
        log_file=folder / "server.log",
    )
    with EmbeddedServer(settings) as server:
        yield server
