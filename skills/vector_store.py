"""The file beside the database that keeps vectors, so that no text is embedded twice.

Covers one SQLite file: a text's digest and its vector. Derived data that any number of processes
may share: a vector is true of its text whatever the library holds, so that nothing in it can be
stale, and one that is missing is made again. Not covered: which texts are wanted.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from skills.embedding import DIMENSIONS
from skills.errors import IndexUnusableError

if TYPE_CHECKING:
    from skills.nearest_vectors import Vectors

NAME = "vectors.db"
_BUSY_SECONDS = 10.0
_ROWS_AT_ONCE = 1000
# Of what a statement may name.
_NAMED_AT_ONCE = 500
# Of a unit vector that went through float32 and a disk.
_LENGTH_TOLERANCE = 0.01

StoredVector = tuple[bytes, bytes]
"""A text's digest, and its vector as float32 in the machine's order."""


def unit_vectors(stored: Sequence[StoredVector]) -> tuple[list[bytes], Vectors]:
    """Digests and a row for each, but those that are none of unit length: a damaged file's."""
    import numpy  # takes a tenth of a second

    size = numpy.dtype(numpy.float32).itemsize * DIMENSIONS
    sized = [one for one in stored if len(one[1]) == size]
    flat = numpy.frombuffer(b"".join(vector for _, vector in sized), numpy.float32)
    vectors = flat.reshape(-1, DIMENSIONS)
    whole = abs(numpy.linalg.norm(vectors, axis=1) - 1.0) < _LENGTH_TOLERANCE
    return [digest for (digest, _), fits in zip(sized, whole, strict=True) if fits], vectors[whole]


class DamagedStoreError(IndexUnusableError):
    """The file cannot be read; throwing it away may help."""


class VectorStore:
    """Vectors by digest in `folder`, or in memory when that is None.

    May be used from any thread, by one at a time. Raises IndexUnusableError, and of that kind
    DamagedStoreError.
    """

    def __init__(self, folder: Path | None) -> None:
        self.path = None if folder is None else folder / NAME
        self._connection: sqlite3.Connection | None = None

    @property
    def is_open(self) -> bool:
        """Whether it was opened and its file, if it has one, is still there."""
        return self._connection is not None and (self.path is None or self.path.is_file())

    def open(self) -> None:
        """Opens or creates the file."""
        self.close()
        with _foreign_errors(self.path):
            if self.path is not None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                ":memory:" if self.path is None else self.path,
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            # Ten vectors fit on a page: the whole file is read at every start.
            self._connection.execute("PRAGMA page_size = 16384")
            self._connection.execute("PRAGMA journal_mode = WAL")
            # When the machine stops, the last vectors may be lost; the file is not damaged.
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, vector BLOB NOT NULL)"
            )

    def all(self) -> Iterator[Sequence[StoredVector]]:
        """Everything, in portions."""
        with _foreign_errors(self.path):
            rows = self._opened.execute("SELECT digest, vector FROM vectors")
            while portion := rows.fetchmany(_ROWS_AT_ONCE):
                yield portion

    def count(self) -> int:
        """How many there are."""
        with _foreign_errors(self.path):
            return int(self._opened.execute("SELECT COUNT(*) FROM vectors").fetchone()[0])

    def which(self, digests: Collection[bytes]) -> set[bytes]:
        """Those of these digests that are there."""
        found: set[bytes] = set()
        with _foreign_errors(self.path):
            if len(digests) > _ROWS_AT_ONCE:
                rows = self._opened.execute("SELECT digest FROM vectors")
                return {row[0] for row in rows}.intersection(digests)
            for named in _portions([*digests]):
                found.update(
                    row[0] for row in self._opened.execute(_naming("digest", named), named)
                )
        return found

    def some(self, digests: Sequence[bytes]) -> list[StoredVector]:
        """Those of these digests that are there, with their vectors."""
        found: list[StoredVector] = []
        with _foreign_errors(self.path):
            for named in _portions(digests):
                found += self._opened.execute(_naming("digest, vector", named), named)
        return found

    def put(self, vectors: Iterable[StoredVector]) -> None:
        """Keeps these: all of them, or none when the process ends."""
        with _foreign_errors(self.path), _transaction(self._opened):
            self._opened.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", vectors)

    def keep_only(self, digests: Collection[bytes]) -> None:
        """Forgets all others."""
        with _foreign_errors(self.path), _transaction(self._opened):
            stored = [row[0] for row in self._opened.execute("SELECT digest FROM vectors")]
            self._opened.executemany(
                "DELETE FROM vectors WHERE digest = ?",
                ((digest,) for digest in stored if digest not in digests),
            )

    def close(self) -> None:
        """Lets go of the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def discard(self) -> None:
        """Throws the file away. Raises IndexUnusableError."""
        self.close()
        if self.path is None:
            return
        try:
            for end in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        except OSError as error:
            raise IndexUnusableError(
                f"The damaged search index {self.path} cannot be removed ({error.strerror}): "
                "remove it by hand, nothing is lost."
            ) from error

    @property
    def _opened(self) -> sqlite3.Connection:
        assert self._connection is not None, "opened before it is used"
        return self._connection


def _portions(digests: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(digests), _NAMED_AT_ONCE):
        yield digests[start : start + _NAMED_AT_ONCE]


def _naming(columns: str, digests: Sequence[bytes]) -> str:
    return f"SELECT {columns} FROM vectors WHERE digest IN ({', '.join('?' * len(digests))})"


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextlib.contextmanager
def _foreign_errors(path: Path | None) -> Iterator[None]:
    """Maps what the file system and SQLite raise."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        # A file cut short is an I/O error to SQLite; only what another holds is sure to be whole.
        damaged = isinstance(error, sqlite3.Error) and "locked" not in str(error)
        raise (DamagedStoreError if damaged else IndexUnusableError)(
            f"The search index {path} cannot be used ({error}): see that its folder can be written "
            "and has space, or remove it; it is built anew from the database."
        ) from error
