"""Our own rules find what they are there to find."""

from __future__ import annotations

from pathlib import Path

import house_rules
import pytest


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)
    monkeypatch.setattr(house_rules, "known_files", lambda: sorted(tmp_path.rglob("*.*")))
    return tmp_path


@pytest.mark.parametrize("name", ["voyager/loop.py", "scripts/bench.py"])
def test_a_side_door_into_a_room_is_found(root: Path, name: str) -> None:
    write(root, name, "from mc_server.execution import Execution\n")
    assert f"{name}:1: imports mc_server.execution" in house_rules.front_doors()


def test_front_doors_own_modules_and_benchmarks_are_open(root: Path) -> None:
    write(root, "voyager/loop.py", "from mc_server import Bridge\nfrom voyager.home import H\n")
    write(root, "scripts/benchmarks/bridge.py", "from mc_server.node_host import running_host\n")
    assert house_rules.front_doors() == ""


@pytest.mark.parametrize(
    "text",
    [
        "pip install --index-url https://" + "pypi" + ".org/simple",
        "fetch https://registry." + "npmjs.org/x",
        "FOLDER = '/home" + "/somebody/voyager'",
        '"resolved": ' + '"somewhere"',
    ],
)
def test_registries_and_machines_are_found(root: Path, text: str) -> None:
    write(root, "notes.md", f"first line\n{text}\n")
    assert "notes.md:2: " in house_rules.foreign_words()


def test_ordinary_addresses_are_no_complaint(root: Path) -> None:
    write(root, "notes.md", "http://127.0.0.1:8000/v1 and ./voyager-home/logs, /tmp/x\n")
    assert house_rules.foreign_words() == ""


def test_a_requirement_that_its_lock_does_not_meet_is_found(root: Path) -> None:
    wanted = write(root, "runtime.in", "# why\nrich>=15\npydantic>=3\nmissing\n")
    locked = house_rules.pins(write(root, "runtime.txt", "rich==15.0.0 \\\npydantic==2.14.3 \\\n"))
    complaints = "\n".join(house_rules.unmet(wanted, locked))
    assert "pydantic>=3, but 2.14.3 is locked" in complaints
    assert "missing is not locked" in complaints
    assert "rich" not in complaints


def test_npm_versions_must_be_exact_and_locked() -> None:
    package = {"dependencies": {"vec3": "^0.1.10"}}
    lock: dict[str, object] = {
        "packages": {"": {"dependencies": {"vec3": "0.1.9"}}, "node_modules/vec3": {}}
    }
    complaints = "\n".join(house_rules.npm_complaints(package, lock))
    assert "not those of package.json" in complaints
    assert "vec3 ^0.1.10 is not one exact version" in complaints
    assert "node_modules/vec3 has no hash" in complaints


def test_a_file_that_no_wheel_would_hold_is_found(root: Path) -> None:
    data = "\n".join(f'{room} = ["**/*.js"]' for room in house_rules.ROOMS)
    write(root, "pyproject.toml", f"[tool.setuptools.package-data]\n{data}\n")
    for room in house_rules.ROOMS:
        write(root, f"{room}/__init__.py", "")
    write(root, "skills/primitives/mineBlock.js", "")
    assert house_rules.package_data() == ""
    write(root, "skills/primitives/names.json", "")
    assert "skills/primitives/names.json: no wheel" in house_rules.package_data()
