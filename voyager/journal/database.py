"""The database of a home folder: opening `voyager.db`, its migrations, transactions, the home lock.

Covers what every table shares. What is in the tables is said by each room's numbered migrations
and by the code that reads them (`skills/library.py`, the journal). Foreign errors are mapped here,
once: `sqlite3` errors that a person can do something about become a DatabaseError of one sentence;
a broken constraint or a wrong use of the module is a fault of ours and stays what it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from voyager.errors import (
    DatabaseBusyError,
    DatabaseDamagedError,
    DatabaseError,
    DatabaseFullError,
    HomeLockedError,
)
from voyager.journal.packing import plain

LOCK_NAME = "voyager.lock"
BUSY_TIMEOUT_SECONDS = 10.0

_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_KINDS: dict[str, type[DatabaseError]] = {
    "SQLITE_FULL": DatabaseFullError,
    "SQLITE_BUSY": DatabaseBusyError,
    "SQLITE_LOCKED": DatabaseBusyError,
    "SQLITE_NOTADB": DatabaseDamagedError,
    "SQLITE_CORRUPT": DatabaseDamagedError,
}
_MIGRATION_NAME = re.compile(r"(\d{4})_\w+\.sql")
# Windows locks bytes for reading too: the locked one lies far behind the holder's number.
_WINDOWS_LOCK_OFFSET = 1 << 30


class PatientConnection(sqlite3.Connection):
    """A connection of which it can be asked to wait before it writes."""

    before_writing: Callable[[], None] = staticmethod(lambda: None)
    """Called before each transaction that is in no other."""


def open_database(path: Path, migrations: Sequence[tuple[str, Path]]) -> sqlite3.Connection:
    """Opens or creates the database at `path` and brings its tables up to date.

    `migrations` names each room with the folder of its `0001_name.sql` files; rooms are migrated in
    the order given. The connection is in autocommit mode: write through `transaction`.
    Raises DatabaseError.
    """
    with database_errors(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseError(_not_writable(path, error.strerror or str(error))) from error
        connection = sqlite3.connect(
            path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, factory=PatientConnection
        )
        try:
            _configure(connection)
            for room, folder in migrations:
                _migrate(connection, path, room, folder)
            # A file without write permission opens as if all were well: ask for the write lock now.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except BaseException:
            connection.close()
            raise
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Everything written inside is committed together, or not at all when an exception leaves it.

    Used inside another transaction it joins that one: what it wrote is undone when it fails, and
    lasts only if the outer one commits. Raises DatabaseError when the database cannot be written.
    """
    with database_errors(_path_of(connection)):
        if connection.in_transaction:
            begin, commit = "SAVEPOINT nested", "RELEASE nested"
            undo = ["ROLLBACK TO nested", "RELEASE nested"]
            connection.execute(begin)
        else:
            begin, commit, undo = "BEGIN IMMEDIATE", "COMMIT", ["ROLLBACK"]
        try:
            # Inside: Ctrl-C while the lock is awaited is raised when it is held.
            if not connection.in_transaction:
                if isinstance(connection, PatientConnection):
                    connection.before_writing()
                connection.execute(begin)
            yield connection
            connection.execute(commit)
        except BaseException:
            for statement in undo:
                # On a full disk SQLite has rolled back by itself.
                if connection.in_transaction:
                    connection.execute(statement)
            raise


@contextlib.contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Maps `sqlite3` errors of the database at `path` to DatabaseError sentences."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.Error as error:
        raise _kind(error)(_sentence(path, error)) from error


def check_database(connection: sqlite3.Connection) -> list[str]:
    """What is wrong inside the database file, one sentence each; empty when it is sound."""
    path = _path_of(connection)
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
        found += [
            f"A row of {row[0]} refers to a row of {row[2]} that is not there."
            for row in connection.execute("PRAGMA foreign_key_check").fetchmany(5)
        ]
    except sqlite3.DatabaseError as error:
        return [_sentence(path, error)]
    return [text for text in found if text != "ok"]


@contextlib.contextmanager
def acquire_home_lock(folder: Path) -> Iterator[None]:
    """Holds the home folder for this process, so that two never play in one.

    The operating system frees the lock when the process ends, however it ends. The lock file stays:
    removing it would let two processes lock two files of one name.
    Raises HomeLockedError when another process has it, DatabaseError when it cannot be written.
    """
    path = folder / LOCK_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise DatabaseError(_not_writable(path, error.strerror or str(error))) from error
    try:
        if not _try_lock(descriptor):
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
            by = f" (process {holder})" if holder else ""
            raise HomeLockedError(
                f"Another voyager{by} is using {folder}: wait for it to end, or give this one a "
                "folder of its own with --home."
            )
        try:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        except OSError as error:
            raise DatabaseError(_not_writable(path, error.strerror or str(error))) from error
        yield
    finally:
        os.close(descriptor)


def time_text(at: datetime | None = None) -> str:
    """A time of day, or now, as the journal keeps it: UTC, ISO 8601, milliseconds."""
    return (at or datetime.now(UTC)).isoformat(timespec="milliseconds")


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _WINDOWS_LOCK_OFFSET, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise DatabaseError(
                f"The home folder cannot be locked ({error.strerror}): choose one on a local disk "
                "with --home."
            ) from error
        return True


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # FULL: a commit survives a power cut too. The world outside (a server) goes on without us, so
    # a lost commit is a step whose outcome nobody knows; the price is milliseconds a step.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # For migrations: what is kept by its hash is found by it in SQL as well.
    connection.create_function("sha256", 1, _sha256, deterministic=True)
    # What is bulky is compressed once its task has ended; readers ask for it in plain text.
    connection.create_function("plain", 1, plain, deterministic=True)


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _migrate(connection: sqlite3.Connection, path: Path, room: str, folder: Path) -> None:
    files = _migration_files(folder)
    newest = len(files)
    if _version(connection, room) < newest:
        with transaction(connection):
            connection.execute(
                "CREATE TABLE IF NOT EXISTS schema_versions "
                "(room TEXT PRIMARY KEY, version INTEGER NOT NULL)"
            )
            # Read again: another process may have migrated while this one waited for the lock.
            for number in range(_version(connection, room) + 1, newest + 1):
                for statement in _statements(files[number - 1].read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute(
                    "INSERT INTO schema_versions VALUES (?, ?) "
                    "ON CONFLICT (room) DO UPDATE SET version = excluded.version",
                    (room, number),
                )
    version = _version(connection, room)
    if version > newest:
        raise DatabaseError(
            f"{path} was written by a newer voyager (its {room} tables have version {version}, "
            f"this program knows {newest}): update this program, or use another folder with --home."
        )


def _migration_files(folder: Path) -> list[Path]:
    """The folder's migrations in order; a wrong name or a gap is a fault of the program."""
    files = sorted(folder.glob("*.sql"))
    for number, file in enumerate(files, start=1):
        match = _MIGRATION_NAME.fullmatch(file.name)
        if match is None or int(match[1]) != number:
            raise ValueError(f"{file} should be migration {number:04d}_<name>.sql")
    return files


def _version(connection: sqlite3.Connection, room: str) -> int:
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_versions'"
    ).fetchone()
    if known is None:
        return 0
    row = connection.execute(
        "SELECT version FROM schema_versions WHERE room = ?", (room,)
    ).fetchone()
    return 0 if row is None else int(row[0])


def _statements(script: str) -> Iterator[str]:
    """The statements of an SQL file whose statements each end at the end of a line."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip() and any(
        line.strip() and not line.lstrip().startswith("--") for line in pending.splitlines()
    ):
        raise ValueError(f"a migration ends inside a statement: {pending.strip()[:80]!r}")


def _path_of(connection: sqlite3.Connection) -> Path:
    row = connection.execute("PRAGMA database_list").fetchone()
    return Path(row[2] or ":memory:")


def _sentence(path: Path, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorname", "") or ""
    if code.startswith("SQLITE_FULL"):
        return f"There is no space left to write {path}: free some disk space and start again."
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return (
            f"{path} is damaged or is not a database ({error}): restore a copy of it, or move the "
            "file away to start with an empty one."
        )
    if code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return _not_writable(path, str(error))
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"{path} is kept busy by another process: wait for it to end and start again."
    if code.startswith("SQLITE_IOERR"):
        return f"{path} cannot be read or written ({error}): look to its disk, then start again."
    return f"{path} cannot be used ({error}): run `voyager doctor`."


def _kind(error: sqlite3.Error) -> type[DatabaseError]:
    code = getattr(error, "sqlite_errorname", "") or ""
    return next((kind for start, kind in _KINDS.items() if code.startswith(start)), DatabaseError)


def _not_writable(path: Path, reason: str) -> str:
    return (
        f"{path} cannot be written ({reason}): make its folder writable, or choose another one "
        "with --home."
    )
