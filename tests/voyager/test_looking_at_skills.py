"""`voyager skills list|show|graph|stats` over a library that has seen something."""

from __future__ import annotations

import json
from contextlib import closing, contextmanager

import pytest

from tests.browser.example_library import SKILLS, add_skill, make_example
from voyager.command_line import main
from voyager.command_line.skills.looking import TABLE_ROWS
from voyager.journal.database import open_database, transaction
from voyager.journal.journal_opening import MIGRATIONS
from voyager.reports.skills.skill_diff import DiffLine, diff_lines
from voyager.reports.skills.skill_rows import Choice, read_rows

NAMES = sorted(name for name, *_ in SKILLS)


@pytest.fixture
def home(tmp_path):
    make_example(tmp_path)
    return tmp_path


@contextmanager
def changing(home):
    """The library's database, to be changed."""
    with (
        closing(open_database(home / "voyager.db", MIGRATIONS)) as connection,
        transaction(connection),
    ):
        yield connection


@pytest.fixture
def said(home, capsys):
    def ask(*words):
        code = main(["skills", *words, "--home", str(home)])
        output = capsys.readouterr()
        assert (code, output.err) == (0, "")
        return output.out

    return ask


def test_the_attempt_a_skill_came_of_is_shown_and_none_that_used_it(home, said):
    with changing(home) as connection:
        connection.execute(
            "INSERT INTO tasks (id, run_id, iteration, description, goal, why, proposer, status,"
            " started_at) VALUES (99, 1, 99, 'Task 10', '{}', '', 'list', 'passed', '2026')"
        )
        connection.execute(
            "INSERT INTO attempts (id, task_id, number, status, entry, arguments, source, calls,"
            " writer, reused, started_at)"
            " VALUES (99, 99, 1, 'judged', 'smeltIronIngot', '[]', '', '[]', 'library', 1, '2026')"
        )
    assert "see it: voyager transcript 1.10.1" in said("show", "smeltIronIngot")


def test_a_skill_is_shown_with_all_that_is_known_of_it(said):
    shown = said("show", "smeltIronIngot")
    for line in (
        "smeltIronIngot, version 3, verified",
        "also called makeIron",
        "goal: have 3 iron_ingot",
        "see it: voyager transcript 1.10.1",
        "  Yields iron ingots in about 34 seconds. It failed at night.",
        "  craftBucket (candidate)",
        "  2  2026-03-11 12:00:00  retired, by recipe, attempt 1.10.1, worked 1, failed 2",
        "  2026-03-10 13:00:00  version 3: verified (by what its uses showed)",
        "async function smeltIronIngot (count = 3) {",
    ):
        assert line in shown.splitlines()
    assert "\033" not in shown
    times = [line for line in shown.split("\nhistory\n")[1].splitlines() if "  version " in line]
    assert times == sorted(times)
    assert "`voyager skills verify craftBucket`" in said("show", "craftBucket")
    assert "not in use: version 3 is" in said("show", "smeltIronIngot", "--version", "1")
    data = json.loads(said("show", "smeltIronIngot", "--json"))
    assert data["callers"] == ["craftBucket", "craftIronPickaxe"]
    assert data["learned"]["contract"]["stations"] == ["furnace"]
    assert [one["version"] for one in data["versions"]] == [3, 2, 1]
    assert len(data["uses"]) == 38 and data["uses"][-1]["attempt"] == "1.10.1"


def test_the_list_names_one_status_and_marks_what_a_person_set(said):
    assert [r["name"] for r in json.loads(said("list", "--status", "retired", "--json"))] == [
        "buildShelter"
    ]
    listed = said("list")
    assert "quarantined, banned" in listed and "verified, pinned" in listed


def test_a_long_list_is_printed_as_it_is_read(said, home):
    with changing(home) as connection:
        for number in range(TABLE_ROWS):
            name = f"skill{number}"
            add_skill(connection, name, "async function x () {}", (), description="Two\nlines.")
    lines = said("list").splitlines()
    assert len(lines) == 1 + TABLE_ROWS + len(SKILLS)
    assert sum(line.endswith("Two lines.") for line in lines) == TABLE_ROWS
    assert len(json.loads(said("list", "--json"))) == TABLE_ROWS + len(SKILLS)


def test_the_graph_is_a_tree_a_text_for_graphviz_or_data(said):
    tree = said("graph").splitlines()
    assert "craftIronPickaxe" in tree and "├── catchFish (quarantined)" not in tree
    assert "└── catchFish (quarantined)" in tree
    around = said("graph", "mineCobblestone").splitlines()
    assert around[0] == "mineCobblestone" and "called by:" in around
    assert "catchFish" not in " ".join(around)
    assert '  "craftPlanks" -> "mineLogs"' in said("graph", "--dot").splitlines()
    data = json.loads(said("graph", "--json"))
    assert sorted(node["name"] for node in data["nodes"]) == NAMES
    assert ["craftPlanks", "mineLogs"] in data["edges"]


def test_a_circle_in_the_graph_ends(said, home):
    with changing(home) as connection:
        for one, other in (("goThere", "comeBack"), ("comeBack", "goThere")):
            add_skill(connection, one, "async function x () {}", (other,), description="Walks.")
    assert "└── comeBack ..." in "\n".join(said("graph").splitlines())
    assert "called by:" in said("graph", "goThere")


def test_the_library_in_figures(said):
    stats = json.loads(said("stats", "--json"))
    assert (stats["skills"], stats["versions"]) == (len(SKILLS), len(SKILLS) + 2)
    assert stats["by_status"] == {
        "verified": 12,
        "candidate": 2,
        "quarantined": 2,
        "retired": 1,
    }
    assert stats["most_used"][0]["name"] == "mineLogs"
    assert stats["least_reliable"][0]["name"] == "catchFish"
    assert [row["name"] for row in stats["some_never_used_again"]] == [
        "craftBucket",
        "cookPorkchops",
    ]
    assert stats["growth"][-1]["skills"] == len(SKILLS)
    assert "17 skills in 19 versions" in said("stats")


def test_a_skill_is_found_by_its_other_name(home):
    with changing(home) as connection:
        found = [row.name for row in read_rows(connection, Choice("MAKE iron"))]
    assert found == ["smeltIronIngot"]


def test_what_changed_far_from_anything_else_is_left_out():
    before = "\n".join(map(str, range(40)))
    shown = diff_lines(before, before.replace("20", "twenty"))
    assert shown[0].sign == "…" and len(shown) == 1 + 4 + 2 + 4
    assert DiffLine("-", "20", old=21) in shown and DiffLine("+", "twenty", new=21) in shown
    assert diff_lines(before, before) == ()
