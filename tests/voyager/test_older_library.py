"""A library of the first release: opened, looked at, searched and played on with."""

from __future__ import annotations

import json
import shutil
from contextlib import closing

import pytest

from skills import MIGRATIONS as SKILL_MIGRATIONS
from skills import SkillStatus, UseKind, open_library
from tests.voyager.sittings import LOGS, gives, sitting
from voyager.command_line import main
from voyager.journal.database import check_database, open_database
from voyager.journal.journal import MIGRATIONS as JOURNAL_MIGRATIONS
from voyager.journal.journal_opening import MIGRATIONS

_COLUMNS = (
    "name, version, status, calls, contract, contract_type, contract_name, successes, failures"
)
ROWS = [
    # name, version, status, calls, item, count, successes, failures
    ("mineLogs", 1, "verified", [], "oak_log", 2, 3, 2),
    ("mineLogs", 2, "verified", [], "oak_log", 2, 7, 1),
    ("craftPlanks", 1, "quarantined", ["mineLogs"], "oak_planks", 4, 0, 0),
    ("craftSticks", 1, "verified", ["craftPlanks"], "stick", 4, 1, 0),
    ("craftTable", 1, "retired", [], "crafting_table", 1, 1, 4),
    ("mineDirt", 1, "candidate", [], "dirt", 1, 1, 0),
]


@pytest.fixture
def older(tmp_path):
    """A home folder with the tables and rows of the first release, and its index."""
    folder = tmp_path / "older_migrations"
    folder.mkdir()
    shutil.copy(SKILL_MIGRATIONS[1] / "0001_skills.sql", folder)
    home = tmp_path / "home"
    path = home / "voyager.db"
    rooms = [("skills", folder), ("journal", JOURNAL_MIGRATIONS[1])]
    with closing(open_database(path, rooms)) as connection:
        for name, version, status, calls, item, count, successes, failures in ROWS:
            goal = {"type": "inventory_has", "name": item, "count": count}
            source = f"async function {name} () {{ /* {version} */ }}"
            connection.execute(
                f"INSERT INTO skill_versions ({_COLUMNS}, source, signature, description,"
                " when_to_use, parameters, run_id, task, attempt, writer, game_version, added_at)"
                " VALUES (?, ?, ?, ?, ?, 'inventory_has', ?, ?, ?, ?, ?, ?, 'When wanted.', '{}',"
                " 1, 'an old task', 1, 'recipe', '1.20.4', '2026-01-01T00:00:00.000Z')",
                (
                    *(name, version, status, json.dumps(calls), json.dumps(goal), item),
                    *(successes, failures, source, source.partition(" {")[0], f"Gets {item}."),
                ),
            )
            connection.execute("INSERT OR REPLACE INTO skills VALUES (?, ?)", (name, version))
    (home / "index" / "chroma-1").mkdir(parents=True)
    (home / "index" / "chroma-1" / "chroma.sqlite3").write_bytes(b"of the release before")
    (home / "index" / "current").write_text("chroma-1")
    return home


def asked(capsys, home, *words):
    ended = main(["skills", *words, "--home", str(home), "--json"])
    output = capsys.readouterr()
    assert (ended, output.err) == (0, "")
    return json.loads(output.out)


def test_nothing_of_an_older_library_is_lost(older):
    with closing(open_database(older / "voyager.db", MIGRATIONS)) as connection:
        assert check_database(connection) == []
        with closing(open_library(connection, older / "index")) as library:
            kept = [
                (one.name, one.version, one.status, [*one.calls], one.successes, one.failures)
                for name in library.names()
                for one in library.versions(name)
            ]
            known = [(*row[:4], *row[6:]) for row in ROWS]
            assert sorted(kept) == sorted(known)
            assert library.get("mineLogs").version == 2
            (change,) = library.history("craftPlanks")
            assert (change.change, change.reason, change.run_id) == (
                "quarantined",
                "task: an old task",
                1,
            )
            assert [one.name for one in library.untried()] == ["mineDirt"]


def test_an_older_library_is_looked_at_and_searched(older, capsys):
    listed = asked(capsys, older, "list")
    assert [(one["name"], one["status"]) for one in listed] == [
        ("craftPlanks", "quarantined"),
        ("craftSticks", "verified"),
        ("craftTable", "retired"),
        ("mineDirt", "candidate"),
        ("mineLogs", "verified"),
    ]
    shown = asked(capsys, older, "show", "mineLogs")
    assert [one["version"] for one in shown["versions"]] == [2, 1]
    assert (shown["learned"], shown["uses"], shown["callers"]) == (None, [], ["craftPlanks"])
    found = asked(capsys, older, "search", "gets oak log", "--limit", "2")
    assert found[0]["name"] == "mineLogs" and found[0]["usable"]
    assert not (older / "index" / "chroma-1").exists()
    assert asked(capsys, older, "rollback", "mineLogs")[0]["version"] == 1
    assert asked(capsys, older, "stats")["skills"] == 5


def test_play_goes_on_with_an_older_library(older):
    with sitting(older, gives(oak_log=2), LOGS) as one:
        skill = one.library.get("mineLogs")
        one.loop.play()
        (task,) = one.report()["tasks"]
        assert task["status"] == "passed"
        added = one.library.versions("mineLogs")[-1]
        assert (added.version, added.status) == (3, SkillStatus.CANDIDATE)
        assert one.library.get("mineLogs").version == skill.version == 2
        assert [use.kind for use in one.library.uses.of("mineLogs")] == [UseKind.LEARNED]


def test_what_an_older_library_quarantined_can_be_set_free(older):
    with (
        closing(open_database(older / "voyager.db", MIGRATIONS)) as connection,
        closing(open_library(connection, older / "index")) as library,
    ):
        library.release("craftPlanks", "works")
        assert [one.name for one in library.closure(["craftSticks"])][-1] == "craftSticks"
