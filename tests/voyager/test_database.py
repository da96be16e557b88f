"""The database of a home folder: migrations, transactions, what goes wrong, the lock."""

import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from voyager.errors import DatabaseError, HomeLockedError
from voyager.journal.database import acquire_home_lock, check_database, open_database, transaction

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def migrations(tmp_path):
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_notes.sql").write_text(
        "-- Notes; with a semicolon.\n"
        "CREATE TABLE notes (text TEXT NOT NULL UNIQUE);\n"
        "CREATE TABLE counts (number INTEGER);\n"
        "CREATE TRIGGER counted AFTER INSERT ON notes\nBEGIN\n"
        "    INSERT INTO counts VALUES (1);\nEND;\n"
    )
    return [("notes", folder)]


@pytest.fixture
def database(tmp_path, migrations):
    connection = open_database(tmp_path / "home" / "voyager.db", migrations)
    yield connection
    connection.close()


def notes(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT text FROM notes ORDER BY text")]


def add(connection: sqlite3.Connection, text: str) -> None:
    connection.execute("INSERT INTO notes VALUES (?)", (text,))


def add_all(connection: sqlite3.Connection, *texts: str) -> None:
    with transaction(connection):
        for text in texts:
            add(connection, text)


def add_nested_and_fail(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        add_all(connection, "inner")
        raise KeyError


def test_the_repositorys_own_migrations_apply_and_apply_once(tmp_path):
    rooms = [("skills", PROJECT / "skills" / "migrations")]
    for _ in range(2):
        connection = open_database(tmp_path / "voyager.db", rooms)
        newest = len(list(rooms[0][1].glob("*.sql")))
        rows = connection.execute("SELECT room, version FROM schema_versions").fetchall()
        assert rows == [("skills", newest)]
        assert check_database(connection) == []
        connection.close()


def test_a_later_migration_is_applied_to_what_is_there(tmp_path, migrations, database):
    add(database, "kept")
    (migrations[0][1] / "0002_colour.sql").write_text(
        "ALTER TABLE notes ADD COLUMN colour TEXT DEFAULT 'red';\n"
    )
    with closing(open_database(tmp_path / "home" / "voyager.db", migrations)) as again:
        assert again.execute("SELECT text, colour FROM notes").fetchall() == [("kept", "red")]
        assert again.execute("SELECT version FROM schema_versions").fetchone() == (2,)


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path, migrations, database):
    (migrations[0][1] / "0002_bad.sql").write_text(
        "CREATE TABLE half (a);\nCREATE TABLE notes (twice);\n"
    )
    with pytest.raises(DatabaseError):
        open_database(tmp_path / "home" / "voyager.db", migrations)
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master")]
    assert "half" not in tables
    assert database.execute("SELECT version FROM schema_versions").fetchone() == (1,)


def test_a_gap_in_the_migrations_is_a_fault_of_the_program(tmp_path, migrations):
    (migrations[0][1] / "0003_gap.sql").write_text("SELECT 1;\n")
    with pytest.raises(ValueError, match="0002_"):
        open_database(tmp_path / "voyager.db", migrations)


def test_tables_of_a_newer_program_are_refused(tmp_path, migrations, database):
    database.execute("UPDATE schema_versions SET version = 7")
    with pytest.raises(DatabaseError, match=r"newer voyager.*version 7.*knows 1"):
        open_database(tmp_path / "home" / "voyager.db", migrations)


def test_what_fails_in_a_transaction_leaves_nothing(database):
    with pytest.raises(sqlite3.IntegrityError):
        add_all(database, "lost", "twice", "twice")
    assert notes(database) == []
    assert database.execute("SELECT count(*) FROM counts").fetchone() == (0,)


def test_a_nested_transaction_lasts_only_with_the_outer_one(database):
    with pytest.raises(KeyError):
        add_nested_and_fail(database)
    assert notes(database) == []


def test_a_nested_transaction_that_fails_undoes_only_its_own_writes(database):
    with transaction(database):
        add(database, "before")
        with pytest.raises(sqlite3.IntegrityError):
            add_all(database, "inner", "before")
        add(database, "after")
    assert notes(database) == ["after", "before"]


def test_a_full_disk_is_said_and_what_was_committed_stays(database):
    with transaction(database):
        add(database, "kept")
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    with (
        pytest.raises(DatabaseError, match=r"no space left.*free some disk space"),
        transaction(database),
    ):
        add_all(database, *(f"{number} {'x' * 1000}" for number in range(1000)))
    assert not database.in_transaction
    assert notes(database) == ["kept"]


def test_a_path_under_a_file_is_said_to_be_not_writable(tmp_path, migrations):
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match=r"cannot be written.*--home"):
        open_database(tmp_path / "file" / "voyager.db", migrations)
    with (
        pytest.raises(DatabaseError, match=r"cannot be written.*--home"),
        acquire_home_lock(tmp_path / "file"),
    ):
        pass


def test_a_folder_in_the_databases_place_is_said_to_be_not_writable(tmp_path, migrations):
    (tmp_path / "voyager.db").mkdir()
    with pytest.raises(DatabaseError, match=r"cannot be written.*--home"):
        open_database(tmp_path / "voyager.db", migrations)


def test_a_connection_that_may_not_write_says_so(database):
    database.execute("PRAGMA query_only = ON")
    with pytest.raises(DatabaseError, match="cannot be written"), transaction(database):
        add(database, "never")


def test_a_file_that_is_no_database_is_left_alone_and_said(tmp_path, migrations):
    path = tmp_path / "voyager.db"
    path.write_text("Dear diary, " * 100)
    with pytest.raises(DatabaseError, match="restore a copy of it, or move the file away"):
        open_database(path, migrations)
    assert path.read_text().startswith("Dear diary")


def test_damage_inside_the_file_is_found_by_the_check(tmp_path, migrations, database):
    with transaction(database):
        for number in range(500):
            add(database, f"{number} {'x' * 100}")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    path = tmp_path / "home" / "voyager.db"
    content = bytearray(path.read_bytes())
    content[20_000:24_000] = b"\xff" * 4000
    path.write_bytes(content)
    damaged = open_database(path, migrations)
    assert check_database(damaged) != []
    damaged.close()


def test_a_database_kept_busy_is_said(tmp_path, migrations, database):
    other = open_database(tmp_path / "home" / "voyager.db", migrations)
    other.execute("PRAGMA busy_timeout = 0")
    with (
        transaction(database),
        pytest.raises(DatabaseError, match="kept busy"),
        transaction(other),
    ):
        pass
    other.close()


HOLDER = """
    import sys
    from pathlib import Path
    from voyager.journal.database import acquire_home_lock
    with acquire_home_lock(Path(sys.argv[1])):
        print("locked", flush=True)
        sys.stdin.read()
"""


def test_a_second_process_is_told_who_has_the_home_until_that_one_is_killed(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"locked\n"
        with (
            pytest.raises(HomeLockedError, match=rf"process {holder.pid}\).*--home"),
            acquire_home_lock(tmp_path),
        ):
            pass
    finally:
        holder.kill()
        holder.communicate(timeout=60)
    with acquire_home_lock(tmp_path):
        pass
    with acquire_home_lock(tmp_path):
        pass


def test_children_started_under_the_lock_do_not_keep_it(tmp_path):
    with acquire_home_lock(tmp_path):
        child = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
        )
    try:
        with acquire_home_lock(tmp_path):
            pass
    finally:
        child.communicate(timeout=60)


def test_a_process_killed_inside_a_transaction_leaves_what_was_committed(tmp_path, migrations):
    script = """
        import os, signal, sys
        from pathlib import Path
        from voyager.journal.database import open_database, transaction
        connection = open_database(Path(sys.argv[1]), [("notes", Path(sys.argv[2]))])
        with transaction(connection):
            connection.execute("INSERT INTO notes VALUES ('kept')")
        with transaction(connection):
            connection.execute("INSERT INTO notes VALUES ('lost')")
            os._exit(9)
    """
    path = tmp_path / "voyager.db"
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(path), str(migrations[0][1])],
        cwd=PROJECT,
        timeout=60,
        check=False,
    )
    connection = open_database(path, migrations)
    assert notes(connection) == ["kept"]
    connection.close()
