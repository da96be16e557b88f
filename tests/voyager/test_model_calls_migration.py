"""An older home's tokens, prompts and answers become calls of a model, and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from voyager.journal.database import check_database, open_database
from voyager.journal.journal import MIGRATIONS as JOURNAL_MIGRATIONS
from voyager.journal.journal_opening import MIGRATIONS

AT = "2026-01-01T00:00:00.000+00:00"
SPEND = [
    # task, purpose, model, in, out, cost
    (1, "propose", "m", 10, 1, 0.5),
    (1, "write", "m", 20, 2, 0.25),  # attempt 1, which was asked again
    (1, "write", "m", 30, 3, None),
    (1, "write", "m", 40, 4, 0.125),  # attempt 2
    (None, "propose", "m", 50, 5, 1.0),  # of a sitting that ended with it
]
PROMPT = "[system]\nBe brief.\n\n[user]\nWrite ü.\n\n[user]\nNow."
ATTEMPTS = [
    # task, number, status, model, prompt, answer
    (1, 1, "judged", "m", PROMPT, "No.\n\n[asked again]\n\nasync function a () {}"),
    (1, 2, "judged", "m", PROMPT, "async function b () {}"),
    (2, 1, "judged", None, None, None),  # a recipe's
    (2, 2, "unwritten", None, None, "No recipe leads there."),
    (2, 3, "unwritten", "m", "Write that.", "I would rather not."),  # its tokens were never told
]


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A database as the journal's first two migrations made it."""
    folder = tmp_path / "older"
    folder.mkdir()
    for file in sorted(JOURNAL_MIGRATIONS[1].glob("000[12]_*.sql")):
        shutil.copy(file, folder)
    path = tmp_path / "voyager.db"
    connection = open_database(path, [MIGRATIONS[0], ("journal", folder)])
    connection.execute(f"INSERT INTO worlds VALUES (1, 'w', 'embedded', 1, '{AT}')")
    connection.execute(
        "INSERT INTO runs (id, world_id, version, username, status, started_at)"
        f" VALUES (7, 1, '1.20.4', 'Voyager', 'stopped', '{AT}')"
    )
    for task in (1, 2):
        connection.execute(
            "INSERT INTO tasks (id, run_id, iteration, description, goal, why, proposer, status,"
            f" started_at) VALUES ({task}, 7, {task}, '', '{{}}', '', '', 'failed', '{AT}')"
        )
    connection.executemany(
        "INSERT INTO spend (run_id, task_id, purpose, model, input_tokens, output_tokens, cost)"
        " VALUES (7, ?, ?, ?, ?, ?, ?)",
        SPEND,
    )
    connection.executemany(
        "INSERT INTO attempts (task_id, number, status, entry, arguments, source, calls, writer,"
        " reused, started_at, model, prompt, answer)"
        f" VALUES (?, ?, ?, '', '', '', '', '', 0, '{AT}', ?, ?, ?)",
        ATTEMPTS,
    )
    connection.close()
    return path


def test_an_older_home_comes_through_with_nothing_lost(older):
    connection = open_database(older, MIGRATIONS)

    def rows(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query).fetchall()

    columns = "task_id, purpose, model, input_tokens, output_tokens, cost"
    tokens = f"SELECT {columns} FROM model_calls WHERE input_tokens > 0 ORDER BY id"
    assert rows(tokens) == SPEND
    asked = rows(
        "SELECT task_id, attempt, role, answer, (SELECT GROUP_CONCAT(m.value ->> 'role' || ': '"
        " || t.text, ' / ') FROM json_each(messages) m JOIN model_texts t"
        " ON t.id = m.value ->> 'content') FROM model_calls WHERE messages != '[]' ORDER BY id"
    )
    question = "system: Be brief. / user: Write ü.\n\n[user]\nNow."
    assert asked == [
        (1, 1, "writer", "No.", question),
        (1, 1, "writer", "async function a () {}", question),
        (1, 2, "writer", "async function b () {}", question),
        (2, 3, "writer", "I would rather not.", "user: Write that."),
    ]
    assert rows("SELECT COUNT(*), SUM(input_tokens) FROM model_calls") == [(6, 150)]
    assert rows("SELECT COUNT(*) FROM model_texts") == [(3,)]
    said = rows("SELECT number, problem FROM attempts WHERE problem != ''")
    assert said == [(2, "No recipe leads there.")]
    assert rows("SELECT name FROM sqlite_master WHERE name = 'spend'") == []
    assert check_database(connection) == []
    connection.close()
