"""The embedded server that live tests play on, and which tests run only when asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mc_server.embedded_server import EmbeddedServer, EmbeddedServerSettings
from mc_server.node import find_node

LOCAL_MODEL = "local_model"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A local model is a large download and slow: its tests run where `-m` names them."""
    if LOCAL_MODEL in str(config.getoption("-m")):
        return
    left_out = [item for item in items if item.get_closest_marker(LOCAL_MODEL)]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


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
