"""The vectors of all skills in a Chroma collection, and the nearest to one among them.

Covers opening the collection, that it is whole, and what is asked of it. It holds digests and
vectors and nothing else: which skill has which status is filtered by who asks, since Chroma takes
200 ms for a search with a condition among 100,000 and one without. Not covered: whose turn it is to
open the folder (`chroma_folder.py`), and what is in the collection.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from skills.chroma_folder import ChromaFolder
from skills.errors import IndexUnusableError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection

    from skills.nearest_vectors import Vectors

_COLLECTION = "skills"
# `sync_threshold`: after so many changes Chroma writes its vector files; what came after is read
# from its log when it is opened, at .3 ms each. With this `ef_search` .997 of the five nearest
# among 100,000 are found (159 questions; `recall` in scripts/bench library).
_CONFIGURATION = {"hnsw": {"space": "cosine", "sync_threshold": 1000, "ef_search": 100}}
# Of what is changed in one call, in which no other thread runs.
_CHANGED_AT_ONCE = 100
_SAMPLE = 50
_NEAREST_IN_CHECK = 500


def open_chroma(folder: ChromaFolder) -> ChromaVectors | None:
    """The collection in a folder; None when another process has it. As `ChromaVectors`."""
    with _foreign_errors(folder.path):
        return ChromaVectors(folder) if folder.acquire() else None


class ChromaVectors:
    """Unit vectors by digest, in a folder that this process has acquired. See `NearestVectors`."""

    def __init__(self, folder: ChromaFolder) -> None:
        """Opens or creates the collection. Raises IndexUnusableError, also when half is gone."""
        self._folder = folder
        self._client: Client | None = None
        try:
            with _foreign_errors(folder.path):
                subfolder = folder.whole_subfolder()
                with folder.busy():
                    self._collection = self._opened(subfolder)
                    ids = self._collection.get(include=[])["ids"]
                    self._held = {bytes.fromhex(id_) for id_ in ids}
                    _check(self._collection, ids)
                folder.use(subfolder)
        except IndexUnusableError:
            self.close()
            raise

    @property
    def held(self) -> Set[bytes]:
        """The digests of all vectors in it."""
        return self._held

    def put(self, digests: Sequence[bytes], vectors: Vectors) -> None:
        """Takes these in; one that is there is replaced."""
        for start in range(0, len(digests), _CHANGED_AT_ONCE):
            some = slice(start, start + _CHANGED_AT_ONCE)
            with self._changing():
                self._collection.upsert(ids=_ids(digests[some]), embeddings=vectors[some])
            self._held.update(digests[some])

    def remove(self, digests: Iterable[bytes]) -> None:
        """Forgets these; those that are not there do no harm."""
        there = [*self._held.intersection(digests)]
        for start in range(0, len(there), _CHANGED_AT_ONCE):
            some = there[start : start + _CHANGED_AT_ONCE]
            with self._changing():
                self._collection.delete(ids=_ids(some))
            self._held.difference_update(some)

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[bytes, float]]:
        """Digest and cosine similarity of those nearest to a unit vector, best first."""
        if not self._held:
            return []
        with _foreign_errors(self._folder.path):
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1),
                n_results=min(limit, len(self._held)),
                include=["distances"],
            )
            distances = cast("Any", found["distances"])[0]
            return [
                (bytes.fromhex(id_), 1.0 - float(distance))
                for id_, distance in zip(found["ids"][0], distances, strict=True)
            ]

    def close(self) -> None:
        """Lets go of the files; the folder is still this process's."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(IndexUnusableError), _foreign_errors(self._folder.path):
                client.close()

    def _opened(self, subfolder: Path) -> ChromaCollection:
        import chromadb  # takes most of a second
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        self._client = cast("Client", chromadb.PersistentClient(subfolder, settings))
        return self._client.get_or_create_collection(
            _COLLECTION, configuration=cast("Any", _CONFIGURATION), embedding_function=None
        )

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        with _foreign_errors(self._folder.path), self._folder.busy():
            yield


def _ids(digests: Iterable[bytes]) -> list[str]:
    return [digest.hex() for digest in digests]


def _check(collection: ChromaCollection, ids: Sequence[str]) -> None:
    """Reads the vectors, which Chroma does at the first query; raises when most are gone."""
    if not ids:
        return
    sample = [*ids[:: 1 + len(ids) // _SAMPLE]]
    vectors = cast("Any", collection.get(ids=sample, include=["embeddings"])["embeddings"])
    asked = min(len(ids), _NEAREST_IN_CHECK)
    found = collection.query(query_embeddings=vectors[:1], n_results=asked, include=[])["ids"][0]
    # The search is approximate and may miss a few.
    if len(vectors) < len(sample) or len(found) < asked / 2:
        raise ValueError(f"of {len(ids)} vectors many are gone")


@contextlib.contextmanager
def _foreign_errors(path: Path) -> Iterator[None]:
    """Maps whatever Chroma raises; it has no base class of its own, and its Rust half panics."""
    try:
        yield
    except IndexUnusableError:
        raise
    except BaseException as error:
        # A panic in Rust is no Exception, so that nobody catches it by mistake.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise IndexUnusableError(
            f"The search index {path} cannot be used ({error}): see that its folder can be "
            "written and has space, or remove it; it is built anew from the database."
        ) from error
