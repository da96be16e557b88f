"""The doctor finds what is broken in a home folder, a server, an endpoint, and says what to do."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import voyager.doctor
from mc_server import NodeMissingError, SandboxLayer
from tests.voyager.sittings import LOGS, gives, sitting
from voyager.command_line import main
from voyager.doctor import BROKEN, MISSING, OK, Diagnosis, diagnose
from voyager.home import Home
from voyager.language_models import ModelSettings
from voyager.language_models.replay.endpoint_abilities import Abilities, Ability
from voyager.language_models.replay.replay_server import ReplayServer


@pytest.fixture(autouse=True)
def set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a machine may lack is not what most of these tests are about."""
    monkeypatch.setattr(voyager.doctor, "packages_installed", lambda: True)
    monkeypatch.setattr(voyager.doctor, "sandbox_layers", lambda _: layers())


def layers(**unavailable: str) -> tuple[SandboxLayer, ...]:
    """One layer of each kind; those named are unavailable, for the reason given."""
    kinds: dict[str, Any] = {"membrane": "inner", "permission": "process", "network": "outer"}
    return tuple(
        SandboxLayer(
            name, f"about {name}", kind, name not in unavailable, unavailable.get(name, ""), "Do."
        )
        for name, kind in kinds.items()
    )


@pytest.fixture(scope="module")
def sound_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with one skill in it, its index in step."""
    folder = tmp_path_factory.mktemp("played")
    with sitting(folder, gives(oak_log=2), LOGS) as one:
        one.agent.play()
    return folder


@pytest.fixture
def home(sound_folder: Path, tmp_path: Path) -> Home:
    """A copy of it, to be damaged."""
    return Home(Path(shutil.copytree(sound_folder, tmp_path / "home")))


def found(home: Home, **options: Any) -> dict[str, Diagnosis]:
    return {one.name: one for one in diagnose(home, **options)}


def test_a_sound_home_folder_and_installation_need_nothing(home):
    diagnoses = found(home)
    broken = [one for one in diagnoses.values() if one.state == BROKEN]
    assert broken == []
    assert diagnoses["skill index"] == Diagnosis("skill index", OK, "agrees with the database")
    assert {"python", "node", "npm packages", "primitives", "home folder"} <= set(diagnoses)
    assert "mineBlock" in diagnoses["primitives"].found


def test_a_look_at_a_home_folder_that_is_not_there_makes_none(tmp_path):
    diagnoses = found(Home(tmp_path / "deep" / "home"))
    assert diagnoses["home folder"].state == diagnoses["database"].state == OK
    assert list(tmp_path.iterdir()) == []


def test_a_home_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    one = found(Home(tmp_path / "file" / "home"))["home folder"]
    assert (one.state, "--home" in one.remedy) == (BROKEN, True)


@pytest.mark.parametrize("played", [True, False])
def test_too_little_space_is_told(home, tmp_path, monkeypatch, played):
    usage = type(shutil.disk_usage("."))(10**9, 10**9, 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    one = found(home if played else Home(tmp_path / "new"))["home folder"]
    assert (one.state, "1 MB" in one.found, "--home" in one.remedy) == (BROKEN, True, True)


def test_little_room_and_damaged_checkpoints_are_told_and_play_goes_on(home):
    assert found(home)["checkpoints"] == Diagnosis("checkpoints", OK, "none yet")
    (home.checkpoints / "evening").mkdir(parents=True)
    told = found(home, free_megabytes=10**9)
    assert (told["disk"].state, "No checkpoints" in told["disk"].remedy) == (MISSING, True)
    damaged = told["checkpoints"]
    assert (damaged.state, damaged.found) == (MISSING, "0 whole; damaged: evening")
    assert str(home.checkpoints) in damaged.remedy


def test_a_file_that_is_no_database_is_broken(home):
    home.database.write_bytes(b"no database at all " * 300)
    one = found(home)["database"]
    assert (one.state, "checkpoint list" in one.remedy) == (BROKEN, True)
    assert "skill index" not in found(home)


def test_a_page_that_is_damaged_is_found(home):
    size = 4096
    data = home.database.read_bytes()
    assert len(data) > 8 * size
    home.database.write_bytes(data[: 5 * size] + b"\xff" * size + data[6 * size :])
    one = found(home)["database"]
    assert (one.state, "checkpoint list" in one.remedy) == (BROKEN, True)


def test_a_deleted_index_is_no_harm(home):
    shutil.rmtree(home.index)
    one = found(home)["skill index"]
    assert (one.state, "by itself" in one.remedy) == (MISSING, True)
    assert not home.index.exists()
    with sitting(home.folder, gives()) as one_more:
        one_more.agent.play()
    assert found(home)["skill index"].state == OK


def test_skills_that_are_not_used_are_told(home):
    assert found(home)["skills"] == Diagnosis("skills", OK, "1 candidate")
    with sitting(home.folder, gives()) as one:
        one.library.quarantine(one.library.names()[0], "broke")
    told = found(home)["skills"]
    assert (told.state, told.found, "show NAME" in told.remedy) == (MISSING, "1 quarantined", True)


def test_a_server_that_answers_and_one_that_does_not():
    with status_server() as address:
        one = found(Home(Path("none")), server=address)["server"]
        assert (one.state, "1.99.9" in one.found) == (OK, True)
    one = found(Home(Path("none")), server=address)["server"]
    assert (one.state, address in one.found, bool(one.remedy)) == (BROKEN, True, True)


def test_an_address_that_is_none_is_told():
    one = found(Home(Path("none")), server="localhost:port")["server"]
    assert (one.state, "HOST:PORT" in one.found) == (BROKEN, True)


@contextmanager
def status_server() -> Iterator[str]:
    """Answers one status request as a Minecraft server does."""
    import threading

    def answer() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(1024)
            text = json.dumps({"version": {"name": "1.99.9", "protocol": 999}}).encode()
            body = b"\x00" + bytes([len(text)]) + text
            connection.sendall(bytes([len(body)]) + body)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join(10)


def models_found(**settings: Any) -> dict[str, Diagnosis]:
    one = ModelSettings(**{"model": "some-model", "api_key": "any-key", **settings})
    return {
        name: diagnosis
        for name, diagnosis in found(Home(Path("none")), models=[("writer", one)]).items()
        if name.startswith("language model")
    }


def test_what_a_model_can_do_is_told():
    with ReplayServer([]) as endpoint:
        rows = models_found(base_url=endpoint.base_url)
        assert {one.state for one in rows.values()} == {OK}
        assert rows["language model"].found == f"some-model answers at {endpoint.base_url}"
    assert list(rows) == [
        "language model",
        "language model: structured answers",
        "language model: tools",
        "language model: streaming",
    ]
    assert len(endpoint.probes) == 2
    assert endpoint.requests == ()


def test_what_a_model_cannot_do_is_missing_and_how_that_was_found_is_told():
    refuses = Ability.REFUSES
    with ReplayServer([], abilities=Abilities(Ability.IGNORES, refuses, refuses)) as endpoint:
        rows = models_found(base_url=endpoint.base_url)
    structured, tools = rows["language model: structured answers"], rows["language model: tools"]
    assert (structured.state, tools.state) == (MISSING, MISSING)
    assert "did not keep to it" in structured.found
    assert "'tools' (tools) is not supported" in tools.found
    assert rows["language model: streaming"].state == OK


def test_a_model_that_refuses_is_asked_once():
    with ReplayServer([], expected_key="another-key") as endpoint:
        (one,) = models_found(base_url=endpoint.base_url).values()
    assert (one.state, "401" in one.found, "key" in one.remedy) == (BROKEN, True, True)


def test_models_of_several_roles_are_asked_once_each():
    with ReplayServer([]) as endpoint:
        shared, other = (ModelSettings(name, endpoint.base_url) for name in ("a", "b"))
        roles = [("proposer", shared), ("writer", other), ("critic", shared)]
        rows = found(Home(Path("none")), models=roles)
    assert "a answers" in rows["language model (proposer, critic)"].found
    assert "b answers" in rows["language model (writer)"].found
    assert len(endpoint.probes) == 4


def test_a_model_that_cannot_be_asked_for_want_of_a_key(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    (one,) = models_found(model="gpt-4o-mini", api_key=None).values()
    assert (one.state, "OPENAI_API_KEY" in one.found) == (BROKEN, True)


def test_an_endpoint_without_a_model_is_refused(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["doctor", "--base-url", "http://127.0.0.1:1/v1"]) == 2
    assert "--model" in capsys.readouterr().err


def test_without_node_what_needs_it_is_broken(monkeypatch):
    def find_node() -> Path:
        raise NodeMissingError("There is no Node.js.")

    monkeypatch.setattr(voyager.doctor, "find_node", find_node)
    diagnoses = found(Home(Path("none")))
    for name in ("node", "sandbox"):
        one = diagnoses[name]
        assert (one.state, one.found, "installs what is missing" in one.remedy) == (
            BROKEN,
            "There is no Node.js.",
            True,
        )


def test_packages_that_are_missing_are_broken(monkeypatch):
    monkeypatch.setattr(voyager.doctor, "packages_installed", lambda: False)
    diagnoses = found(Home(Path("none")))
    for name in ("npm packages", "sandbox"):
        one = diagnoses[name]
        assert (one.state, "installs what is missing" in one.remedy) == (BROKEN, True)


def test_every_layer_is_told_and_what_the_system_lacks_is_only_missing(monkeypatch):
    lacking = layers(network="unshare failed.", permission="Node is old.")
    monkeypatch.setattr(voyager.doctor, "sandbox_layers", lambda _: lacking)
    diagnoses = found(Home(Path("none")))
    assert diagnoses["sandbox: membrane"].found == "active: about membrane"
    network, permission = diagnoses["sandbox: network"], diagnoses["sandbox: permission"]
    assert (network.state, permission.state) == (MISSING, BROKEN)
    assert network.found == "unavailable: about network. unshare failed."
    assert network.remedy == "Do."
    whole = diagnoses["sandbox"]
    assert (whole.state, whole.found) == (BROKEN, "1 of 3 layers are active")


def test_the_sandbox_as_a_whole_is_as_good_as_its_worst_layer(monkeypatch):
    assert found(Home(Path("none")))["sandbox"] == Diagnosis("sandbox", OK, "each layer is active")
    monkeypatch.setattr(voyager.doctor, "sandbox_layers", lambda _: layers(network="no."))
    assert found(Home(Path("none")))["sandbox"].state == MISSING


# -- the command -----------------------------------------------------------------------------


def test_the_command_ends_with_zero_when_playing_is_possible(home, capsys):
    assert main(["doctor", "--home", str(home.folder), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {tuple(one) for one in shown} == {("name", "state", "found", "remedy")}
    assert "skill index" in [one["name"] for one in shown]
    assert main(["doctor", "--home", str(home.folder)]) == 0
    assert "agrees with the database" in capsys.readouterr().out


def test_layers_have_a_table_of_their_own(home, monkeypatch, capsys):
    monkeypatch.setattr(voyager.doctor, "sandbox_layers", lambda _: layers(network="No unshare."))
    assert main(["doctor", "--home", str(home.folder)]) == 0
    checks, of_layers = capsys.readouterr().out.split("\n\n")
    assert "2 of 3 layers are active" in checks
    rows = [line.split(maxsplit=2) for line in of_layers.splitlines()[1:]]
    assert rows == [
        ["membrane", "active", "about membrane"],
        ["permission", "active", "about permission"],
        ["network", "unavailable", "about network. No unshare.  Do."],
    ]


def test_the_command_ends_with_six_when_it_is_not_and_quiet_shows_only_that(home, capsys):
    home.database.write_bytes(b"no database at all " * 300)
    assert main(["doctor", "--home", str(home.folder), "--quiet", "--json"]) == 6
    shown = json.loads(capsys.readouterr().out)
    assert "database" in [one["name"] for one in shown]
    assert OK not in [one["state"] for one in shown]


def test_the_command_ends_with_five_when_only_a_model_is_broken(home, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    words = ["--home", str(home.folder), "--model", "m", "--base-url", url, "--quiet", "--json"]
    assert main(["doctor", *words]) == 5
    shown = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in shown if one["state"] == BROKEN] == ["language model"]


def test_quiet_says_nothing_when_there_is_nothing_to_say(home, capsys):
    assert main(["doctor", "--home", str(home.folder), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
