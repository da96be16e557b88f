"""Snapshots of the embedded world: kept, told of, put back, opened as another world.

That they are exact is tested in JavaScript, in tests/mc_server/snapshots.test.js.
"""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from mc_server import EmbeddedServer, EmbeddedServerSettings, WorldSnapshot, find_node
from mc_server.errors import HomeFolderError, ServerError, ServerStartError

pytestmark = pytest.mark.live

PLACE = {"x": 3, "y": 150, "z": 4}


@pytest.fixture
def settings(tmp_path: Path) -> EmbeddedServerSettings:
    return EmbeddedServerSettings(
        world_folder=tmp_path / "world", seed=5, node=find_node(), allow_test_operations=True
    )


def put(server: EmbeddedServer, block: str) -> None:
    server.operate("set_block", **PLACE, block=block)


def there(server: EmbeddedServer) -> str:
    name: str = server.operate("get_block", **PLACE)["name"]
    return name


def test_a_snapshot_is_created_listed_restored_and_deleted(
    settings: EmbeddedServerSettings,
) -> None:
    with EmbeddedServer(settings) as server:
        put(server, "gold_block")
        gold = server.create_snapshot("gold")
        put(server, "iron_block")
        iron = server.create_snapshot("iron")
        text = (settings.world_folder / "snapshots" / "gold.json").read_bytes()
        assert gold == WorldSnapshot("gold", 0, 0, len(text), hashlib.sha256(text).hexdigest())
        assert server.list_snapshots() == (gold, iron)

        server.restore_snapshot("gold")
        assert there(server) == "gold_block"
        assert server.operate("state_hash") == gold.hash
        server.restore_snapshot("iron")
        assert there(server) == "iron_block"

        server.delete_snapshot("gold")
        assert server.list_snapshots() == (iron,)
        with pytest.raises(ServerError, match="no snapshot 'gold'; there are iron"):
            server.restore_snapshot("gold")


def test_snapshots_outlive_the_server(settings: EmbeddedServerSettings) -> None:
    with EmbeddedServer(settings) as server:
        put(server, "gold_block")
        kept = server.create_snapshot("kept")
        server.kill()
    with EmbeddedServer(settings) as server:
        put(server, "stone")
        assert server.list_snapshots() == (kept,)
        server.restore_snapshot("kept")
        assert there(server) == "gold_block"


def test_a_snapshot_opens_as_another_world(
    settings: EmbeddedServerSettings, tmp_path: Path
) -> None:
    other = dataclasses.replace(settings, world_folder=tmp_path / "other")
    with EmbeddedServer(settings) as server:
        put(server, "gold_block")
        server.create_snapshot("branch")
        put(server, "stone")
        server.export_snapshot("branch", other.world_folder)
        with EmbeddedServer(other) as branch:
            assert there(branch) == "gold_block"
            put(branch, "glass")
        assert there(server) == "stone"
        with pytest.raises(ServerError, match=r"a world in .* already; choose another folder"):
            server.export_snapshot("branch", other.world_folder)


def test_names_and_texts_are_checked(settings: EmbeddedServerSettings) -> None:
    with EmbeddedServer(settings) as server:
        for name in ("../world", "", ".hidden", "a/b", "a" * 101):
            with pytest.raises(ServerError, match="cannot be called"):
                server.create_snapshot(name)
        server.create_snapshot("good")
        snapshot = settings.world_folder / "snapshots" / "good.json"
        put(server, "gold_block")
        snapshot.write_text(snapshot.read_text()[:-20])
        with pytest.raises(ServerError, match=r"cannot be read .*; restore another one"):
            server.restore_snapshot("good")
        assert there(server) == "gold_block"


def test_a_snapshot_of_another_seed_is_refused(
    settings: EmbeddedServerSettings, tmp_path: Path
) -> None:
    other = dataclasses.replace(settings, world_folder=tmp_path / "other", seed=6)
    with EmbeddedServer(settings) as server:
        server.create_snapshot("five")
    with EmbeddedServer(other) as server:
        server.create_snapshot("six")
        text = (settings.world_folder / "snapshots" / "five.json").read_text()
        (other.world_folder / "snapshots" / "six.json").write_text(text)
        with pytest.raises(ServerError, match="of seed 5, and this world is of seed 6"):
            server.restore_snapshot("six")
    settings.world_folder.joinpath("snapshots", "five.json").rename(
        settings.world_folder / "world.json"
    )
    with pytest.raises(ServerStartError, match="seed 5, not 6"):
        EmbeddedServer(dataclasses.replace(settings, seed=6)).start()


def test_a_snapshot_that_cannot_be_written_is_told(settings: EmbeddedServerSettings) -> None:
    with EmbeddedServer(settings) as server:
        (settings.world_folder / "snapshots").write_text("")
        with pytest.raises(HomeFolderError, match="cannot be written to"):
            server.create_snapshot("any")
