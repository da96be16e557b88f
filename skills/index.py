"""The search index of the skill library: skills found by what they mean.

Covers which text of which skill is found by which vector, and making the vectors that are missing.
Everything here is derived, and nothing of it is needed to load a skill. The folder has
- `vectors.db`, the vectors of texts, which any number of processes share (`vector_store.py`), and
- Chroma's collection of those that are wanted, which one process at a time has. Chroma answers
  which are nearest, or what stands in for it (`vector_index.py`).
What is damaged is thrown away; what is missing is made anew.

A few vectors are made at once. Where many are missing, which takes minutes, a thread makes them
while the index answers with what it has.

Not covered: what the documents are (the library reads them from the database), what a vector is
(the embedder's), and which of the skills found are the best (`search.py`).
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from skills.errors import EmbedderError, IndexUnusableError
from skills.index_document import IndexDocument
from skills.index_entries import IndexEntries, IndexEntry
from skills.skill import SkillStatus
from skills.vector_index import VectorIndex
from skills.vector_store import VectorStore

MADE_AT_ONCE = 200
"""Vectors that a caller waits for: most of a second."""
_BATCH = 64
# What a search has to wait for at most while others are embedded.
_EMBEDDED_TOGETHER = 8
# So many times as many texts as skills are looked for, in turn, until enough have the right status.
_LOOKED_AT_FOR_EACH = (2, 8, 32)
_LOOKED_AT_MOST = 2000
_TOLD_AT_MOST = 20


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
        self._embedder = embedder
        self._lock = threading.RLock()
        self._entries = IndexEntries()
        self._vectors = VectorIndex(folder, self._entries.wanted, self._lock)
        # Texts whose vector is still to be made, by digest.
        self._waiting: dict[bytes, str] = {}
        self._maker: threading.Thread | None = None
        self._stopped = threading.Event()
        self._failure: Exception | None = None

    @property
    def is_open(self) -> bool:
        """Whether it was opened and its files, if it has any, are still there."""
        return self._vectors.is_open

    @property
    def searched_by(self) -> str:
        """What answers a search just now: `chroma`, or `table` in its place."""
        return self._vectors.searched_by

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
        """Opens it and loads the embedding model, which takes seconds, for a later use.

        What goes wrong is left to that use, which heals it or tells it.
        """
        with contextlib.suppress(IndexUnusableError, EmbedderError):
            self._embedder(["skill"])
            with self._lock:
                self._vectors.open()

    def replace(self, documents: Iterable[IndexDocument]) -> None:
        """Makes the index hold these documents and no others, then `go_on`.

        Raises IndexUnusableError, EmbedderError.
        """
        with self._lock:
            wanted = [*documents]
            for name in self._entries.names - {document.name for document in wanted}:
                self._entries.remove(name)
            texts = self._noted(wanted)
            self._vectors.forget_others()
            self._waiting.clear()
            self._take(texts)

    def change(self, documents: Iterable[IndexDocument], gone: Iterable[str]) -> None:
        """Takes in new and changed documents, and forgets skills that are gone. As `replace`."""
        with self._lock:
            changed, lost = [*documents], [*gone]
            before = self._entries.digests_of([*lost, *(one.name for one in changed)])
            for name in lost:
                self._entries.remove(name)
            texts = self._noted(changed)
            self._vectors.forget(before - self._entries.wanted)
            self._take(texts)

    def search(
        self, text: str, limit: int, statuses: Iterable[SkillStatus] = SkillStatus
    ) -> list[tuple[str, int, float]]:
        """Name, version and cosine similarity of the nearest documents, best first."""
        (vector,) = self._embedder([text])
        with self._lock:
            return self._nearest(vector, limit, {*statuses})[:limit]

    def finish(self, tell: Callable[[int], None], every_seconds: float = 5.0) -> None:
        """Waits until all vectors are made; `tell` hears every so often how many are left."""
        while left := self.go_on():
            tell(left)
            if self._maker is not None:
                self._maker.join(every_seconds)

    def differences(self, documents: Sequence[IndexDocument]) -> list[str]:
        """What is to be done before all of these documents are found. Changes nothing of them."""
        path = self._vectors.path
        if path is not None and not path.is_file():
            return [f"The search index {path} is not there; the next play builds it."]
        digests = {self._digest(document): document.id for document in documents}
        store = VectorStore(path and path.parent)
        try:
            with contextlib.closing(store):
                store.open()
                stored = store.which(digests)
        except IndexUnusableError as error:
            return [f"The search index cannot be opened ({error}); the next play builds it anew."]
        return _lacking([id_ for digest, id_ in digests.items() if digest not in stored])

    def close(self) -> None:
        """Lets go of the files, and of what is in memory."""
        self._stopped.set()
        if self._maker is not None:
            self._maker.join()
        self._vectors.close()
        with self._lock:
            self._maker = self._failure = None
            self._waiting.clear()
            self._entries.clear()

    def _nearest(
        self, vector: Any, limit: int, statuses: Collection[SkillStatus]
    ) -> list[tuple[str, int, float]]:
        """Looks at ever more texts until enough of the skills found have one of these statuses."""
        for looked_at in _LOOKED_AT_FOR_EACH:
            asked = min(limit * looked_at, _LOOKED_AT_MOST)
            near = self._vectors.nearest(vector, asked)
            hits = self._entries.hits(near, statuses)
            if len(hits) >= limit or len(near) >= self._vectors.count:
                return hits
        # They are rare, or lie apart from all that is like the text.
        among = self._entries.digests(statuses)
        return self._entries.hits(self._vectors.nearest_among(among, vector, limit), statuses)

    def _noted(self, documents: Iterable[IndexDocument]) -> dict[bytes, str]:
        """Notes what each is found by; the texts by digest."""
        texts = {}
        for document in documents:
            digest = self._digest(document)
            entry = IndexEntry(document.version, document.status, digest)
            self._entries.note(document.name, entry)
            texts[digest] = document.text
        return texts

    def _take(self, texts: Mapping[bytes, str]) -> None:
        """Has these searched; makes or has made the vectors that are missing."""
        missing = self._vectors.want(texts.keys())
        if len(missing) <= MADE_AT_ONCE:
            self._make({digest: texts[digest] for digest in missing})
        else:
            self._waiting.update((digest, texts[digest]) for digest in missing)

    def _make_waiting(self) -> None:
        """Makes what is waited for, until it is done, stopped or impossible."""
        try:
            while not self._stopped.is_set():
                with self._lock:
                    batch = {digest: self._waiting[digest] for digest in [*self._waiting][:_BATCH]}
                    # Another process may have made some meanwhile.
                    missing = self._vectors.want(batch) if batch else []
                if not batch:
                    return
                self._make({digest: batch[digest] for digest in missing})
                with self._lock:
                    for digest in batch:
                        self._waiting.pop(digest, None)
        except (IndexUnusableError, EmbedderError) as error:
            self._failure = error

    def _make(self, texts: Mapping[bytes, str]) -> None:
        # By length, since texts are padded to the longest of those embedded together.
        ordered = sorted(texts, key=lambda digest: len(texts[digest]))
        for start in range(0, len(ordered), _BATCH):
            digests = ordered[start : start + _BATCH]
            vectors = self._embed([texts[digest] for digest in digests])
            made = [(d, vector.tobytes()) for d, vector in zip(digests, vectors, strict=True)]
            with self._lock:
                self._vectors.put(made)

    def _embed(self, texts: list[str]) -> list[Any]:
        return [
            vector
            for start in range(0, len(texts), _EMBEDDED_TOGETHER)
            for vector in self._embedder(texts[start : start + _EMBEDDED_TOGETHER])
        ]

    def _digest(self, document: IndexDocument) -> bytes:
        seen = f"{self._embedder.fingerprint}\0{document.text}"
        return hashlib.sha256(seen.encode("utf-8", "replace")).digest()


def _lacking(ids: Sequence[str]) -> list[str]:
    said = [f"The search index lacks {id_}; the next play adds it." for id_ in ids[:_TOLD_AT_MOST]]
    if len(ids) > _TOLD_AT_MOST:
        said.append(f"It lacks {len(ids) - _TOLD_AT_MOST} more.")
    return said
