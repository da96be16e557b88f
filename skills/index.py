"""The search index of the skill library: skills found by what they mean.

Covers which text of which skill is found by which vector, and making the vectors that are missing.
Everything here is derived, and nothing of it is needed to load a skill: what is in the folder is a
store of vectors that saves embedding again (`vector_store.py`), shared by as many processes as
like; what is searched is in memory (`vector_table.py`), 150 MB for 100,000 skills. A store that is
damaged is thrown away; one that is missing is made anew.

A few vectors are made at once. Where many are missing, which takes minutes, a thread makes them
while the index answers with what it has.

Not covered: what the documents are (the library reads them from the database), what a vector is
(the embedder's), and which of the skills found are the best (`search.py`).
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from skills.embedding import DIMENSIONS
from skills.errors import EmbedderError, IndexUnusableError
from skills.index_document import IndexDocument
from skills.skill import SkillStatus
from skills.vector_store import DamagedStoreError, StoredVector, VectorStore

if TYPE_CHECKING:
    from skills.vector_table import VectorTable

_LOGGER = logging.getLogger(__name__)
MADE_AT_ONCE = 200
"""Vectors that a caller waits for: most of a second."""
_BATCH = 64
# What a search has to wait for at most while others are embedded.
_EMBEDDED_TOGETHER = 8
# Vectors of texts that no skill has any more: kept for a version that comes back, but not forever.
_UNUSED_KEPT = 2000
_TOLD_AT_MOST = 20
T = TypeVar("T")


class Embedder(Protocol):
    """What the index needs of an embedding model: its vectors and a fingerprint."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text would get another vector."""

    def __call__(self, texts: list[str], /) -> Any:
        """One unit vector of `DIMENSIONS` numbers per text."""


class SkillIndex:
    """Skills by meaning; vectors are kept in `folder`, or nowhere when that is None.

    Opened on first use; close it when done. May be used from any thread.
    """

    def __init__(self, folder: Path | None, embedder: Embedder) -> None:
        self._store = VectorStore(folder)
        self._embedder = embedder
        self._table: VectorTable | None = None
        # Texts whose vector is still to be made, by digest.
        self._waiting: dict[bytes, str] = {}
        self._maker: threading.Thread | None = None
        self._stopped = threading.Event()
        self._failure: Exception | None = None
        self._lock = threading.RLock()

    @property
    def is_open(self) -> bool:
        """Whether it was opened and its file, if it has one, is still there."""
        return self._table is not None and self._store.is_open

    def go_on(self) -> int:
        """Sees to it that vectors are being made; how many texts cannot be found yet without.

        Raises once what has ended the making: IndexUnusableError, EmbedderError.
        """
        with self._lock:
            failure, self._failure = self._failure, None
            if failure is not None:
                raise failure
            if self._waiting and not (self._maker and self._maker.is_alive()):
                self._stopped.clear()
                self._maker = threading.Thread(target=self._make_waiting, daemon=True)
                self._maker.start()
            return len(self._waiting)

    def open_ahead(self) -> None:
        """Opens it and loads the embedding model, which takes a second or two, for a later use.

        What goes wrong is left to that use, which heals it or tells it.
        """
        with contextlib.suppress(IndexUnusableError, EmbedderError):
            self._embedder(["skill"])
            with self._lock:
                self._open()

    def replace(self, documents: Iterable[IndexDocument]) -> None:
        """Makes the index hold these documents and no others, then `go_on`.

        Raises IndexUnusableError, EmbedderError.
        """
        with self._lock:
            wanted = [*documents]
            table = self._open()
            for name in table.entries.keys() - {document.name for document in wanted}:
                table.remove(name)
            self._waiting.clear()
            self._take(wanted)
            if len(table) > 2 * len(table.wanted()) + _UNUSED_KEPT:
                self._healing(lambda: self._store.keep_only(table.wanted()))

    def change(self, documents: Iterable[IndexDocument], gone: Iterable[str]) -> None:
        """Takes in new and changed documents, and forgets skills that are gone. As `replace`."""
        with self._lock:
            table = self._open()
            for name in gone:
                table.remove(name)
            self._take([*documents])

    def search(
        self, text: str, limit: int, statuses: Iterable[SkillStatus] = SkillStatus
    ) -> list[tuple[str, int, float]]:
        """Name, version and cosine similarity of the nearest documents, best first."""
        (vector,) = self._embedder([text])
        with self._lock:
            return self._open().nearest(vector, limit, statuses)

    def finish(self, tell: Callable[[int], None], every_seconds: float = 5.0) -> None:
        """Waits until all vectors are made; `tell` hears every so often how many are left."""
        while left := self.go_on():
            tell(left)
            if self._maker is not None:
                self._maker.join(every_seconds)

    def differences(self, documents: Sequence[IndexDocument]) -> list[str]:
        """What is to be done before all of these documents are found. Changes nothing of them."""
        if self._store.path is not None and not self._store.path.is_file():
            return [f"The search index {self._store.path} is not there; the next play builds it."]
        digests = {self._digest(document): document.id for document in documents}
        store = VectorStore(self._store.path and self._store.path.parent)
        try:
            with contextlib.closing(store):
                store.open()
                stored = {digest for digest, _ in store.some([*digests])}
        except IndexUnusableError as error:
            return [f"The search index cannot be opened ({error}); the next play builds it anew."]
        lacking = [id_ for digest, id_ in digests.items() if digest not in stored]
        return _lacking(lacking)

    def close(self) -> None:
        """Lets go of the file, and of what is in memory."""
        self._stopped.set()
        if self._maker is not None:
            self._maker.join()
        with self._lock:
            self._maker = self._table = self._failure = None
            self._waiting.clear()
            self._store.close()

    def _open(self) -> VectorTable:
        if self._table is not None and self._store.is_open:
            return self._table
        from skills.vector_table import VectorTable  # numpy takes a tenth of a second

        table = self._table or VectorTable(DIMENSIONS)

        def load() -> None:
            self._open_store()
            for portion in self._store.all():
                _put(table, portion)

        self._healing(load)
        self._table = table
        return table

    def _take(self, documents: Sequence[IndexDocument]) -> None:
        """Notes what each is found by, and makes or has made the vectors that are missing."""
        from skills.vector_table import TableEntry

        table = self._open()
        missing: dict[bytes, str] = {}
        for document in documents:
            digest = self._digest(document)
            table.set(document.name, TableEntry(document.version, document.status, digest))
            if digest not in table:
                missing[digest] = document.text
        if len(missing) <= MADE_AT_ONCE:
            self._make(missing)
        else:
            self._waiting.update(missing)

    def _make_waiting(self) -> None:
        """Makes what is waited for, until it is done, stopped or impossible."""
        try:
            while not self._stopped.is_set():
                with self._lock:
                    batch = {digest: self._waiting[digest] for digest in [*self._waiting][:_BATCH]}
                if not batch:
                    return
                self._make(batch)
                with self._lock:
                    for digest in batch:
                        self._waiting.pop(digest, None)
        except (IndexUnusableError, EmbedderError) as error:
            self._failure = error

    def _make(self, texts: Mapping[bytes, str]) -> None:
        """Gets these vectors, from another process where one has made them meanwhile."""
        with self._lock:
            table = self._open()
            _put(table, self._healing(lambda: self._store.some([*texts])))
        # By length, since texts are padded to the longest of those embedded together.
        missing = sorted(
            (digest for digest in texts if digest not in table), key=lambda d: len(texts[d])
        )
        for start in range(0, len(missing), _BATCH):
            digests = missing[start : start + _BATCH]
            made = [
                (digest, vector.tobytes())
                for digest, vector in zip(
                    digests, self._embed([texts[digest] for digest in digests]), strict=True
                )
            ]
            with self._lock:
                _put(table, made)
                self._healing(partial(self._store.put, made))

    def _embed(self, texts: list[str]) -> list[Any]:
        return [
            vector
            for start in range(0, len(texts), _EMBEDDED_TOGETHER)
            for vector in self._embedder(texts[start : start + _EMBEDDED_TOGETHER])
        ]

    def _healing(self, action: Callable[[], T]) -> T:
        """Does it; when the file is damaged, throws it away and does it once more."""
        try:
            return action()
        except DamagedStoreError as error:
            _LOGGER.warning("keeping the vectors of skills anew: %s", error)
        self._store.discard()
        self._open_store()
        return action()

    def _open_store(self) -> None:
        self._store.open()
        if self._table is not None:
            self._store.put(self._table.stored())

    def _digest(self, document: IndexDocument) -> bytes:
        seen = f"{self._embedder.fingerprint}\0{document.text}"
        return hashlib.sha256(seen.encode("utf-8", "replace")).digest()


def _put(table: VectorTable, vectors: Sequence[StoredVector]) -> None:
    import numpy

    size = 4 * DIMENSIONS
    whole = [one for one in vectors if len(one[1]) == size]
    flat = numpy.frombuffer(b"".join(vector for _, vector in whole), numpy.float32)
    table.put([digest for digest, _ in whole], flat.reshape(-1, DIMENSIONS))


def _lacking(ids: Sequence[str]) -> list[str]:
    said = [f"The search index lacks {id_}; the next play adds it." for id_ in ids[:_TOLD_AT_MOST]]
    if len(ids) > _TOLD_AT_MOST:
        said.append(f"It lacks {len(ids) - _TOLD_AT_MOST} more.")
    return said
