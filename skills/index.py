"""The search index of the skill library: skills found by what they mean.

Covers a Chroma collection in `<home>/index/` and its upkeep: one document for the active version
of each skill. It is derived data, and nothing here is needed to load a skill: a folder that is
missing, stale or damaged is thrown away and built anew from the documents last given to `sync`.

Chroma's folder bears only one process at a time: while another has it open (a search from the
command line while the agent plays), the index is built in memory instead, at 3 ms a skill.

Not covered: what the documents are (the library reads them from the database) and the vectors (the
embedder's).
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from skills.errors import EmbedderError, IndexUnusableError
from skills.index_document import IndexDocument
from skills.index_folder import IndexFolder
from skills.skill import SkillStatus

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from chromadb.api.types import Embeddable, EmbeddingFunction, Where

_LOGGER = logging.getLogger(__name__)
_COLLECTION = "skills"
_BATCH = 64
# Chroma writes its vector files in place after so many changes: a process killed then leaves half a
# file, which is read back as fewer skills or ends the process that reads it. Never reached, the
# vectors stay in its SQLite file, which survives that; 2,500 of them cost .3 s more to open.
_NEVER_WRITE_VECTOR_FILES = 1_000_000_000
T = TypeVar("T")


class Embedder(Protocol):
    """What the index needs of an embedding model: Chroma's EmbeddingFunction and a fingerprint."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text would get another vector."""

    def __call__(self, input: list[str]) -> Any:
        """One vector per text."""


class SkillIndex:
    """Skills by meaning, in `folder`, or in memory when that is None.

    Opened on first use; close it when done. May be used from any thread, by one at a time.
    """

    def __init__(self, folder: Path | None, embedder: Embedder) -> None:
        self._folder = None if folder is None else IndexFolder(folder)
        self._embedder = embedder
        self._client: Client | None = None
        self._collection: ChromaCollection | None = None
        # Whether what is open is the folder's, not one in memory in its place.
        self._on_disk = False
        self._documents: Sequence[IndexDocument] = ()
        # What is stored, known while the index is open: nobody else writes to it then.
        self._held: dict[str, str] | None = None
        self._lock = threading.RLock()

    @property
    def is_open(self) -> bool:
        """Whether the index was opened and its folder, if it has one, is still there."""
        on_disk = self._folder if self._on_disk else None
        return self._collection is not None and (on_disk is None or on_disk.is_there)

    def open_ahead(self) -> None:
        """Opens it and loads the embedding model, which takes a second or two, for a later use.

        What goes wrong is left to that use, which heals it or tells it.
        """
        failures = (IndexUnusableError, EmbedderError)
        with self._lock, contextlib.suppress(*failures), _foreign_errors():
            self._open()
            self._embedder(["skill"])

    def sync(self, documents: Sequence[IndexDocument]) -> None:
        """Makes the index hold these documents and no others; embeds only what changed.

        Raises IndexUnusableError, EmbedderError.
        """
        with self._lock:
            self._documents = documents
            if self._folder is not None and not self._on_disk:
                # Another process may have closed it since.
                self.close()
            self._healing(lambda collection: self._update(collection, documents))

    def search(
        self, text: str, limit: int, status: SkillStatus | None = None
    ) -> list[tuple[str, int, float]]:
        """Name, version and cosine similarity of the nearest documents, best first."""
        where = cast("Where | None", None if status is None else {"status": status.value})

        def query(collection: ChromaCollection) -> list[tuple[str, int, float]]:
            found = collection.query(
                query_texts=[text], n_results=limit, where=where, include=["distances"]
            )
            distances = found["distances"]
            assert distances is not None
            return [
                (*_split_id(id_), 1.0 - distance)
                for id_, distance in zip(found["ids"][0], distances[0], strict=True)
            ]

        with self._lock:
            return self._healing(query)

    def differences(self, documents: Sequence[IndexDocument]) -> list[str]:
        """How the index on disk differs from these documents. Heals nothing.

        What another process has open is taken to be in step: that one sees to it.
        """
        if self._folder is not None and not self._folder.is_there:
            return [f"The search index {self._folder.path} is not there; the next play builds it."]
        try:
            with _foreign_errors():
                if self._folder is not None and not self._folder.acquire():
                    return []
                if self._folder is not None and self._folder.ended_a_process:
                    return ["The search index could not be opened; the next play builds it anew."]
                stored = self._stored(self._open())
        except (IndexUnusableError, EmbedderError) as error:
            return [f"The search index cannot be opened ({error}); the next play builds it anew."]
        wanted = self._digests(documents)
        sentences = []
        for id_ in sorted(wanted.keys() | stored.keys()):
            if id_ not in stored:
                sentences.append(f"The search index lacks {id_}; the next play adds it.")
            elif id_ not in wanted:
                sentences.append(f"The search index still has {id_}; the next play removes it.")
            elif wanted[id_] != stored[id_]:
                sentences.append(f"The search index has an old {id_}; the next play renews it.")
        return sentences

    def close(self) -> None:
        """Lets go of the files."""
        with self._lock:
            client, self._client, self._collection = self._client, None, None
            self._held = None
            if client is not None:
                with contextlib.suppress(IndexUnusableError), _foreign_errors():
                    client.close()
            if self._folder is not None:
                self._folder.release()

    def _healing(self, action: Callable[[ChromaCollection], T]) -> T:
        """Does it; when the index fails, builds it anew and does it once more."""
        try:
            if not self.is_open:
                self.close()
            with _foreign_errors():
                return action(self._open())
        except IndexUnusableError as error:
            _LOGGER.warning("building the skill index anew: %s", error)
        self.close()
        with _foreign_errors():
            if self._folder is not None and self._folder.acquire():
                self._folder.discard()
            collection = self._open()
            self._update(collection, self._documents)
            return action(collection)

    def _open(self) -> ChromaCollection:
        if self._collection is not None:
            return self._collection
        self._on_disk = self._folder is not None and self._folder.acquire()
        if self._folder is not None and self._on_disk:
            with self._folder.opening() as subfolder:
                collection = self._open_collection(subfolder, _COLLECTION)
                _check_vectors(collection)
        else:
            collection = self._open_collection(None, f"{_COLLECTION}-{uuid.uuid4().hex}")
        self._collection = collection
        return collection

    def _open_collection(self, folder: Path | None, name: str) -> ChromaCollection:
        import chromadb  # takes most of a second
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        if folder is None:
            client = chromadb.EphemeralClient(settings)
        else:
            client = chromadb.PersistentClient(folder, settings)
        self._client = cast("Client", client)
        return client.get_or_create_collection(
            name,
            configuration={
                "hnsw": {"space": "cosine", "sync_threshold": _NEVER_WRITE_VECTOR_FILES}
            },
            embedding_function=cast("EmbeddingFunction[Embeddable]", self._embedder),
        )

    def _update(self, collection: ChromaCollection, documents: Sequence[IndexDocument]) -> None:
        wanted = self._digests(documents)
        stored = self._stored(collection) if self._held is None else self._held
        self._held = None
        if gone := [id_ for id_ in stored if id_ not in wanted]:
            collection.delete(ids=gone)
        changed = [item for item in documents if stored.get(item.id) != wanted[item.id]]
        for start in range(0, len(changed), _BATCH):
            batch = changed[start : start + _BATCH]
            collection.upsert(
                ids=[item.id for item in batch],
                documents=[item.text for item in batch],
                metadatas=[
                    {"status": item.status.value, "digest": wanted[item.id]} for item in batch
                ],
            )
        self._held = wanted

    def _stored(self, collection: ChromaCollection) -> dict[str, str]:
        found = collection.get(include=["metadatas"])
        metadatas = found["metadatas"] or []
        return {
            id_: str((metadata or {}).get("digest"))
            for id_, metadata in zip(found["ids"], metadatas, strict=True)
        }

    def _digests(self, documents: Sequence[IndexDocument]) -> dict[str, str]:
        fingerprint = self._embedder.fingerprint
        return {
            item.id: hashlib.sha256(
                "\0".join((fingerprint, item.status.value, item.text)).encode()
            ).hexdigest()
            for item in documents
        }


def _check_vectors(collection: ChromaCollection) -> None:
    """Reads the vectors, which Chroma does at the first query; raises when most are gone."""
    sample = collection.get(limit=1, include=["embeddings"])["embeddings"]
    if sample is not None and len(sample):
        count = collection.count()
        found = collection.query(query_embeddings=sample[:1], n_results=count, include=[])["ids"][0]
        # The search is approximate and may miss a few.
        if len(found) < count / 2:
            raise ValueError(f"{count} skills but {len(found)} vectors")


def _split_id(id_: str) -> tuple[str, int]:
    name, _, version = id_.rpartition("@")
    return name, int(version)


@contextlib.contextmanager
def _foreign_errors() -> Iterator[None]:
    """Maps whatever Chroma raises; it has no base class of its own, and its Rust half panics."""
    try:
        yield
    except (IndexUnusableError, EmbedderError):
        raise
    except BaseException as error:
        # A panic in Rust is no Exception, so that nobody catches it by mistake.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise IndexUnusableError(
            f"The search index cannot be used ({error}): see that its folder can be written and "
            "has space, or remove it; it is built anew from the database."
        ) from error
