"""`voyager skills merge`, as far as it needs no world."""

import json

import pytest

from tests.voyager.merging.libraries import merging_in, mining, skill
from voyager.command_line import main


@pytest.fixture
def home(tmp_path):
    with merging_in(tmp_path) as merging:
        merging.add(
            mining("mineIronOre", 1),
            mining("mineFiveIronOres", 5),
            skill("stockUp", "await mineFiveIronOres()", {"type": "judged", "text": "full"}),
        )
    return tmp_path


def test_a_dry_run_says_what_would_be_merged(home, capsys):
    assert main(["skills", "merge", "--dry-run", "--home", str(home)]) == 0
    assert capsys.readouterr().out == (
        "mineFiveIronOres would be mineIronOre(5): the same program up to count;"
        " changed with it: stockUp.\n"
    )
    assert main(["skills", "merge", "--dry-run", "--json", "--home", str(home)]) == 0
    [plan] = json.loads(capsys.readouterr().out)["would_merge"]
    assert (plan["name"], plan["merged"], plan["callers"]) == (
        "mineIronOre",
        ["mineFiveIronOres"],
        ["stockUp"],
    )
    with merging_in(home) as merging:
        assert merging.library.get("mineFiveIronOres").usable


def test_what_is_there_once_and_what_is_not_there_is_said(home, capsys):
    assert main(["skills", "merge", "stockUp", "--home", str(home)]) == 0
    assert capsys.readouterr().out == "No skill is there twice.\n"
    assert main(["skills", "merge", "mineGold", "--home", str(home)]) == 2
    assert "There is no skill mineGold" in capsys.readouterr().err
