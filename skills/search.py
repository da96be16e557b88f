"""Finding skills by what they are for: the index in step with the database, and the best of it.

Covers when the index is brought in step, and that nothing is found that is not so any more. Not
covered: the index itself (`index.py`) and the order of what it finds (`ranking.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from mc_server import Circumstances
from skills.document_store import DocumentStore
from skills.errors import UnknownSkillError
from skills.index import SkillIndex
from skills.loading import Loader
from skills.offering import OFFERED, Offered, is_wanted, without_needless_candidates
from skills.ranking import ContractOf, ranked
from skills.skill import USABLE, Skill, SkillStatus
from skills.versions import VersionStore

# So much more is looked at than is wanted: what is near in meaning is put in order by more.
_LOOKED_AT_FOR_EACH = 4
_LOOKED_AT_LEAST = 20


class SkillSearch:
    """Finds the skills of one library. `contract_of` tells what was learned of one."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        index: SkillIndex,
        versions: VersionStore,
        loader: Loader,
        contract_of: ContractOf,
    ) -> None:
        self._connection = connection
        self._index = index
        self._documents = DocumentStore(connection)
        self._versions = versions
        self._loader = loader
        self._contract_of = contract_of
        self._synced_change: int | None = None

    def search(
        self,
        text: str,
        limit: int,
        status: SkillStatus | Offered | None,
        here: Circumstances | None,
    ) -> list[tuple[Skill, float]]:
        """See `SkillLibrary.search`."""
        if limit < 1 or not text.strip():
            return []
        if not self._connection.in_transaction:
            self.sync()
        statuses = _statuses(status)
        wanted = max(_LOOKED_AT_LEAST, limit * _LOOKED_AT_FOR_EACH)
        while True:
            hits = self._index.search(text, wanted, statuses)
            active = [(self._active(name, version), near) for name, version, near in hits]
            found = ranked(
                [(skill, near) for skill, near in active if skill is not None],
                self._contract_of,
                here,
            )
            best = self._wanted(found, limit, status)
            if len(best) >= limit or len(hits) < wanted:
                return best
            # Some of what is near cannot be loaded: look further.
            wanted *= _LOOKED_AT_FOR_EACH

    def sync(self) -> int:
        """See `SkillLibrary.sync_index`."""
        if self._connection.in_transaction:
            raise RuntimeError("sync_index belongs after the commit")
        # Read first: should another process commit in between, the next call will see a change.
        change = self._documents.last_change()
        since = self._synced_change if self._index.is_open else None
        if since is None:
            self._index.replace(self._documents.all())
        elif change != since:
            changes = self._documents.changes_since(since)
            self._index.change(changes.documents, changes.gone)
        self._synced_change = change
        return self._index.go_on()

    def finish(self, tell: Callable[[int], None]) -> None:
        """See `SkillLibrary.finish_index`."""
        self.sync()
        self._index.finish(tell)

    def differences(self) -> list[str]:
        """What the index lacks, one sentence each."""
        return self._index.differences(self._documents.all())

    def open_ahead(self) -> None:
        """See `SkillLibrary.open_index_ahead`."""
        self._index.open_ahead()

    def close(self) -> None:
        """Closes the index."""
        self._index.close()
        self._synced_change = None

    def _active(self, name: str, version: int) -> Skill | None:
        """What the index found, if it still is so: inside a transaction it may be behind."""
        try:
            skill = self._versions.get(name)
        except UnknownSkillError:
            return None
        return skill if skill.version == version else None

    def _wanted(
        self,
        found: Sequence[tuple[Skill, float]],
        limit: int,
        status: SkillStatus | Offered | None,
    ) -> list[tuple[Skill, float]]:
        """The first of these that are asked for."""
        scores = {skill.name: score for skill, score in found}
        wanted = [skill for skill, _ in found if is_wanted(skill, status, self._loader)]
        if status is OFFERED:
            wanted = without_needless_candidates(wanted)
        return [(skill, scores[skill.name]) for skill in wanted[:limit]]


def _statuses(status: SkillStatus | Offered | None) -> Iterable[SkillStatus]:
    if status is None:
        return SkillStatus
    return USABLE if status is OFFERED else (status,)
