"""`voyager skills verify`, with a gym that is told what works."""

from __future__ import annotations

import json
from typing import ClassVar

import pytest

from skills import SkillStatus
from tests.voyager.gym.exercised import GAME, ScriptedGym, a_library, a_skill
from voyager.command_line import main
from voyager.opening import gym_opening

SMELT = a_skill("smeltIron", "iron_ingot")
BUCKET = a_skill("makeBucket", "bucket", "await smeltIron(3)", ("smeltIron",))
PLANKS = a_skill("makePlanks", "oak_planks")


class Gym(ScriptedGym):
    failing_now: ClassVar[dict[str, str | None]] = {}
    faults_now: ClassVar[tuple[str, ...]] = ()

    def __init__(self, node, folder, primitives_folder, parallel):
        super().__init__(self.failing_now, self.faults_now)

    def game_data(self):
        return GAME


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(gym_opening, "SkillGym", Gym)
    monkeypatch.setattr(gym_opening, "ensure_packages", lambda: None)
    monkeypatch.setattr(Gym, "failing_now", {"smeltIron": "smeltIron"})
    with a_library(tmp_path, SMELT, BUCKET, PLANKS):
        pass
    return tmp_path


def verify(home, *arguments: str) -> int:
    return main(["skills", "verify", *arguments, "--home", str(home)])


def statuses(home) -> dict[str, SkillStatus]:
    with a_library(home) as library:
        return {skill.name: skill.status for skill in library.list()}


def test_all_is_verified_reported_and_changed(home, capsys):
    assert verify(home, "--all", "--starts", "1") == 1
    told = capsys.readouterr()
    head = "3 skills, 3 exercises. Broke: 1. Depends on what broke: 1. Works: 1."
    assert head in told.out
    assert "makeBucket (version 1, quarantined now, verified before)" in told.out
    assert "3 of 3: " in told.err
    assert statuses(home) == {
        "smeltIron": SkillStatus.QUARANTINED,
        "makeBucket": SkillStatus.QUARANTINED,
        "makePlanks": SkillStatus.VERIFIED,
    }


def test_for_scripts_there_is_json_alone(home, capsys):
    assert verify(home, "makePlanks", "--json", "--quiet") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["counts"]["works"] == 1
    assert told.err == ""


def test_a_report_alone_changes_nothing(home, capsys):
    assert verify(home, "--all", "--report-only") == 1
    assert "No status was changed" in capsys.readouterr().out
    assert set(statuses(home).values()) == {SkillStatus.VERIFIED}


def test_what_could_not_be_run_has_a_code_of_its_own(home, capsys, monkeypatch):
    monkeypatch.setattr(Gym, "failing_now", {})
    monkeypatch.setattr(Gym, "faults_now", ("makePlanks",))
    assert verify(home, "--all") == 3
    assert "The world ended." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--all"),
        (["makePlanks", "--all"], "--all"),
        (["makeplanks"], "makePlanks"),
        (["--all", "--starts", "0"], "--starts is at least 1"),
        (["--all", "--parallel", "-2"], "--parallel is at least 1"),
    ],
)
def test_what_cannot_be_done_is_said(home, capsys, arguments, said):
    assert verify(home, *arguments) == 2
    assert said in capsys.readouterr().err
