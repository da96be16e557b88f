"""Vectors by digest, and what answers which of them are nearest: Chroma, or a table in its place.

Chroma's collection in the folder answers. In its place all vectors are loaded into memory (150 MB
for 100,000) and searched there while
- another process has Chroma's folder, which bears one at a time,
- Chroma is being filled, beside the caller: it takes minutes where there are very many, or
- Chroma cannot be used at all.

Both get their vectors from a store that any number of processes share (`vector_store.py`), so that
what Chroma had can be thrown away: after a failure, or a change that was cut off, a new collection
is filled, and no text is embedded again. Not covered: which skills the vectors are of (`index.py`).
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
from collections.abc import Callable, Collection, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from skills.chroma_folder import ChromaFolder
from skills.embedding import DIMENSIONS
from skills.errors import IndexUnusableError
from skills.vector_store import DamagedStoreError, StoredVector, VectorStore, unit_vectors

if TYPE_CHECKING:
    from skills.chroma_vectors import ChromaVectors
    from skills.nearest_vectors import NearestVectors, Vectors
    from skills.vector_table import VectorTable

_LOGGER = logging.getLogger(__name__)
CHANGED_AT_ONCE = 200
"""Vectors that a caller waits for until Chroma has them or has forgotten them."""
_FILLED_TOGETHER = 100
# Between two portions, in which others have their turn: while Chroma works no other thread runs.
_PAUSE_SECONDS = 0.02
# Vectors of texts that no skill has any more: kept for a version that comes back, but not forever.
_UNUSED_KEPT = 2000
_CHROMA_TRIES = 2
T = TypeVar("T")


class VectorIndex:
    """The vectors of the digests in `wanted`, kept in `folder` or nowhere when that is None.

    `wanted` is a view: what is added to it is told by `want`, what was taken from it by `forget`.
    By one thread at a time, which has `lock`. Raises IndexUnusableError.
    """

    def __init__(self, folder: Path | None, wanted: Set[bytes], lock: threading.RLock) -> None:
        self._store = VectorStore(folder)
        self._folder = None if folder is None else ChromaFolder(folder)
        self._wanted = wanted
        self._lock = lock
        self._chroma: ChromaVectors | None = None
        # There while Chroma does not answer.
        self._table: VectorTable | None = None
        self._tries_left = _CHROMA_TRIES
        self._filler: threading.Thread | None = None
        self._stopped = threading.Event()

    @property
    def path(self) -> Path | None:
        """The file that vectors are kept in."""
        return self._store.path

    @property
    def is_open(self) -> bool:
        """Whether it was opened and its files, if it has any, are still there."""
        chroma_is_there = self._chroma is None or (
            self._folder is not None and self._folder.is_there
        )
        return self._store.is_open and chroma_is_there

    @property
    def searched_by(self) -> str:
        """What answers: `chroma` or `table`."""
        return "chroma" if self._table is None else "table"

    @property
    def count(self) -> int:
        """How many vectors are searched."""
        return len(self._held)

    def open(self) -> None:
        """Opens or creates the files, unless that is done."""
        if self.is_open:
            return
        if self._chroma is not None or self._table is not None:
            _LOGGER.warning("filling the search index anew: It was removed while it was used.")
        self._let_go()
        self._healing(lambda: None)
        self._open_chroma()
        if self._chroma is None:
            self._load_table()

    def want(self, digests: Collection[bytes]) -> list[bytes]:
        """Sees to it that these are searched; returns those whose vectors are still to be made."""
        self.open()
        self._open_chroma()  # the process that had it may have ended
        kept = self._healing(lambda: self._store.which(digests))
        behind = [digest for digest in digests if digest in kept and digest not in self._held]
        if len(behind) > CHANGED_AT_ONCE:
            self._load_table()
        elif behind:
            self._search_also(self._healing(lambda: self._store.some(behind)))
        self._start_filling()
        return [digest for digest in digests if digest not in kept or digest not in self._held]

    def put(self, made: Sequence[StoredVector]) -> None:
        """Keeps vectors, and has those searched that are wanted."""
        self.open()
        self._healing(lambda: self._store.put(made))
        self._search_also([one for one in made if one[0] in self._wanted])

    def forget(self, digests: Collection[bytes]) -> None:
        """These are not wanted any more."""
        self.open()
        self._with_searched(lambda searched: searched.remove(digests))

    def forget_others(self) -> None:
        """Only what is wanted is searched from now on, and not much else is kept."""
        self.open()
        others = self._held - self._wanted
        if len(others) > CHANGED_AT_ONCE and self._table is None:
            self._throw_chroma_away()
            self._open_chroma()
            self._load_table()
        else:
            self.forget(others)
        if self._healing(self._store.count) > 2 * len(self._wanted) + _UNUSED_KEPT:
            self._healing(lambda: self._store.keep_only(self._wanted))

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[bytes, float]]:
        """Digest and cosine similarity of those nearest to a unit vector, best first."""
        self.open()
        return self._with_searched(lambda searched: searched.nearest(vector, limit))

    def nearest_among(
        self, digests: Collection[bytes], vector: Vectors, limit: int
    ) -> list[tuple[bytes, float]]:
        """As `nearest` and exact, among these alone; for few, since their vectors are read."""
        from skills.vector_table import VectorTable

        table = VectorTable(DIMENSIONS)
        table.put(*unit_vectors(self._healing(lambda: self._store.some([*digests]))))
        return table.nearest(vector, limit)

    def close(self) -> None:
        """Lets go of the files, and of what is in memory. The caller does not have the lock."""
        self._stopped.set()
        if self._filler is not None:
            self._filler.join()
        with self._lock:
            self._let_go()
            self._filler = None
            self._tries_left = _CHROMA_TRIES
            self._stopped.clear()

    # -- what answers --------------------------------------------------------------------------

    @property
    def _searched(self) -> NearestVectors:
        """What answers: Chroma, unless the table is there. The one place that chooses."""
        searched = self._chroma if self._table is None else self._table
        assert searched is not None, "opened before it is used"
        return searched

    def _with_searched(self, action: Callable[[NearestVectors], T]) -> T:
        """Does it with what answers, and when Chroma fails with what answers then."""
        while True:
            searched = self._searched
            try:
                return action(searched)
            except IndexUnusableError as error:
                if searched is not self._chroma:
                    raise
                self._chroma_failed(error)

    @property
    def _held(self) -> Set[bytes]:
        return self._searched.held

    def _search_also(self, stored: Sequence[StoredVector]) -> None:
        digests, vectors = unit_vectors(stored)
        self._with_searched(lambda searched: searched.put(digests, vectors))

    def _load_table(self) -> None:
        """From here on the table answers."""
        from skills.vector_table import VectorTable  # numpy takes a tenth of a second

        table = VectorTable(DIMENSIONS)

        def load() -> None:
            for portion in self._store.all():
                table.put(*unit_vectors([one for one in portion if one[0] in self._wanted]))

        self._healing(load)
        self._table = table

    # -- Chroma --------------------------------------------------------------------------------

    def _open_chroma(self) -> None:
        """Opens it, where this process may and it can be used."""
        while self._folder is not None and self._chroma is None and self._tries_left:
            from skills.chroma_vectors import open_chroma

            try:
                self._chroma = open_chroma(self._folder)
                return
            except IndexUnusableError as error:
                _LOGGER.warning("filling the search index anew: %s", error)
                self._tries_left -= 1
                self._throw_chroma_away()

    def _chroma_failed(self, error: IndexUnusableError) -> None:
        """Has the table answer, and a new collection be filled if none failed before."""
        _LOGGER.warning("filling the search index anew: %s", error)
        self._tries_left -= 1
        self._throw_chroma_away()
        if self._table is None:
            self._load_table()
        self._open_chroma()
        self._start_filling()

    def _throw_chroma_away(self) -> None:
        chroma, self._chroma = self._chroma, None
        if chroma is not None:
            chroma.close()
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._folder.discard()

    def _start_filling(self) -> None:
        """Has Chroma get what the table has: at once, or beside the caller where it is much."""
        if self._chroma is None or self._table is None:
            return
        if len(self._table.held - self._chroma.held) <= CHANGED_AT_ONCE:
            while self._fill_some():
                pass
        elif not (self._filler and self._filler.is_alive()):
            self._filler = threading.Thread(target=self._fill, daemon=True)
            self._filler.start()

    def _fill(self) -> None:
        while not self._stopped.wait(_PAUSE_SECONDS):
            with self._lock:
                if not self._fill_some():
                    return

    def _fill_some(self) -> bool:
        """Fills in a portion; then whether more is to be done before Chroma answers."""
        chroma, table = self._chroma, self._table
        if chroma is None or table is None:
            return False
        lacking = (digest for digest in table.held if digest not in chroma.held)
        portion = [*itertools.islice(lacking, _FILLED_TOGETHER)]
        try:
            if portion:
                chroma.put(portion, table.vectors_of(portion))
            else:
                chroma.remove(chroma.held - table.held)
                self._table = None
        except IndexUnusableError as error:
            self._chroma_failed(error)
        return self._chroma is not None and self._table is not None

    # -- the store -----------------------------------------------------------------------------

    def _healing(self, action: Callable[[], T]) -> T:
        """Does it; when the store is damaged, throws that away and does it once more."""
        try:
            if not self._store.is_open:
                self._store.open()
            return action()
        except DamagedStoreError as error:
            _LOGGER.warning("keeping the vectors of skills anew: %s", error)
        self._store.discard()
        self._store.open()
        return action()

    def _let_go(self) -> None:
        chroma, self._chroma, self._table = self._chroma, None, None
        if chroma is not None:
            chroma.close()
        if self._folder is not None:
            self._folder.release()
        self._store.close()
