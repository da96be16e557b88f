"""The library as files: written, edited, taken in again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from skills import Provenance, Skill, SkillStatus
from tests.voyager.exchanging import ExchangeHome, ScriptedGym, exchange_home
from tests.voyager.writing import READER
from voyager.errors import SettingsError
from voyager.exchange.exporting import export_library
from voyager.exchange.trying import SEEDS


def _skill(name: str, body: str, **fields: object) -> Skill:
    source = f"/** Mine. */\nasync function {name} (count = 1) {{\n  {body}\n}}\n"
    origin = Provenance(None, "a task", 1, "recipe", None, "1.20.4")
    values: dict[str, Any] = {
        "signature": f"async function {name} (count = 1)",
        "description": f"What {name} does: */ ö 😀.",
        "when_to_use": "Now.",
        "calls": ("mineBlock",),
        "contract": {"type": "inventory_gained", "name": "dirt", "count": 1},
        "parameters": {"count": "count"},
        **fields,
    }
    return Skill(name=name, source=source, provenance=origin, **values)


def _fill(home: ExchangeHome) -> None:
    """A library with all that can be carried."""
    library = home.library
    library.add(_skill("digDirt", "await mineBlock('dirt', count)"))
    library.add(
        _skill("digDirt", "await mineBlock('dirt', count + 0)", status=SkillStatus.CANDIDATE)
    )
    library.add(_skill("digTwice", "await digDirt(2)\r\n", calls=("digDirt",)))
    library.add(_skill("digSand", "await mineBlock('sand', count)"))
    library.add_other_name("digDirt", "mineSoil")
    library.pin("digDirt")
    library.ban("digSand")
    hand = Path(home.connection.execute("PRAGMA database_list").fetchone()[2]).parent / "hand"
    hand.mkdir()
    (hand / "eatBread.js").write_text(
        "// Eats bread.\nasync function eatBread () {\n  await eat('bread')\n}\n"
    )
    assert home.take_in(hand).complete


def _export(home: ExchangeHome, folder: Path) -> dict[str, bytes]:
    export_library(home.connection, home.library, READER, folder)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_what_is_exported_and_taken_in_is_exported_the_same(tmp_path):
    with exchange_home(tmp_path / "one") as home:
        _fill(home)
        first = _export(home, tmp_path / "first")
        assert _export(home, tmp_path / "first") == first
        before = [*home.connection.iterdump()]
        report = home.restore(tmp_path / "first")
        assert report.complete and {skill.status for skill in report.skills} == {"known"}
        assert [*home.connection.iterdump()] == before
    with exchange_home(tmp_path / "two") as home:
        report = home.restore(tmp_path / "first")
        assert report.complete
        assert home.statuses() == {
            "digDirt": "verified",
            "digSand": "verified",
            "digTwice": "verified",
            "eatBread": "verified",
        }
        assert home.library.get("digSand").banned and home.library.get("digDirt").pinned
        assert home.library.uses.of("eatBread")
        assert _export(home, tmp_path / "second") == first


def test_an_edited_file_is_a_new_version_by_a_person(tmp_path):
    with exchange_home(tmp_path / "one") as home:
        _fill(home)
        _export(home, tmp_path / "out")
        file = tmp_path / "out" / "skills" / "digDirt.js"
        file.write_text(file.read_text().replace("'dirt', count)", "'dirt', count + 1)"))
        with pytest.raises(SettingsError, match=r"edits.*skills/digDirt\.js"):
            _export(home, tmp_path / "out")
        report = home.restore(tmp_path / "out")
        edited = next(one for one in report.skills if one.name == "digDirt")
        assert (edited.version, edited.status) == (3, "candidate")
        skill = home.library.get("digDirt", 3)
        assert skill.provenance.writer == "person" and "count + 1" in skill.source
        assert home.library.get("digDirt").version == 1
        _export(home, tmp_path / "out")
    with exchange_home(tmp_path / "two") as home:
        dropped = tmp_path / "out" / "skills" / "digMore.js"
        dropped.write_text("async function digMore () {\n  await mineBlock('dirt', 2)\n}")
        file = tmp_path / "out" / "skills" / "digTwice.js"
        file.write_text(file.read_text() + "// more\n")
        home.restore(tmp_path / "out")
        assert home.library.get("digTwice").provenance.writer == "person"
        assert home.statuses()["digMore"] == "verified"
        _export(home, tmp_path / "out")
        assert {one.status for one in home.restore(tmp_path / "out").skills} == {"known"}


def test_with_an_edited_manifest_every_status_is_earned_anew(tmp_path):
    with exchange_home(tmp_path / "one") as home:
        _fill(home)
        _export(home, tmp_path / "out")
    manifest = tmp_path / "out" / "library.json"
    manifest.write_text(manifest.read_text().replace('"successes": 2', '"successes": 99'))
    gym = ScriptedGym({"eatBread": SEEDS})
    with exchange_home(tmp_path / "two", gym) as home:
        report = home.restore(tmp_path / "out")
        assert not report.complete and "was edited" in report.notes[0]
        assert home.statuses()["eatBread"] == "quarantined"
        assert home.statuses()["digTwice"] == "verified"
        assert home.library.get("eatBread").successes == 0


def test_a_skill_of_another_source_comes_beside(tmp_path):
    with exchange_home(tmp_path / "one") as home:
        _fill(home)
        _export(home, tmp_path / "out")
    with exchange_home(tmp_path / "two") as home:
        home.library.add(_skill("digDirt", "await mineBlock('dirt', 7)"))
        report = home.restore(tmp_path / "out")
        beside = next(one for one in report.skills if one.name == "digDirt")
        assert (beside.version, beside.status) == (2, "candidate")
        assert home.library.get("digDirt").version == 1


def test_nothing_else_is_overwritten(tmp_path):
    with exchange_home(tmp_path / "one") as home:
        _fill(home)
        other = tmp_path / "other"
        other.mkdir()
        (other / "diary.txt").write_text("mine")
        (tmp_path / "link").symlink_to(other)
        for folder in (other, tmp_path / "link", other / "diary.txt"):
            with pytest.raises(SettingsError):
                _export(home, folder)
        _export(home, tmp_path / "out")
        (tmp_path / "out" / ".git").mkdir()
        _export(home, tmp_path / "out")
        assert (tmp_path / "out" / ".git").is_dir()
        assert not [*tmp_path.glob(".out-*")]


def test_a_manifest_reaches_no_file_outside(tmp_path):
    with exchange_home(tmp_path / "one") as home:
        _fill(home)
        _export(home, tmp_path / "out")
    manifest = tmp_path / "out" / "library.json"
    data = json.loads(manifest.read_text())
    (tmp_path / "secret.js").write_text("async function digSand () {}")
    data["skills"]["digSand"]["versions"][0]["file"] = "../secret.js"
    data["skills"]["../digSand"] = data["skills"]["digTwice"]
    shutil.rmtree(tmp_path / "out" / "versions")
    (tmp_path / "out" / "versions").symlink_to(tmp_path)
    manifest.write_text(json.dumps(data))
    with exchange_home(tmp_path / "two") as home:
        report = home.restore(tmp_path / "out")
        assert {finding.skill for finding in report.findings} == {
            "digSand",
            "../digSand",
            "digDirt",
        }
        assert "mineBlock" in home.library.get("digSand").source, "its own file lay there still"
    for text in ("[" * 100_000, "{}", '{"format": 1}', "\ufeff", "null", "NaN"):
        manifest.write_text(text)
        with exchange_home(tmp_path / "three") as home, pytest.raises(SettingsError):
            home.restore(tmp_path / "out")
