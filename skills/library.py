"""The skill library: what is kept of each skill, its versions, and how skills are found again.

The database is the truth, the index is derived from it. Everything written here is plain SQL on the
caller's connection and inside the caller's transaction, so that a skill and the journal's record of
it are committed together; after the commit `sync_index` brings the index in step. A process that
dies between the two loses nothing: the next `sync_index` or `search` catches up.

This is the front of it. Not covered: the rows (`versions.py`), what becomes of skills
(`library_changes.py`), which skills are offered (`offering.py`), the connection and its errors.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable

from mc_server import Circumstances
from skills.contracts.learned_contract import LearnedContract
from skills.contracts.use_store import UseStore
from skills.damage import damaged_rows
from skills.errors import SkillError
from skills.history import Change, SkillHistory
from skills.index import SkillIndex
from skills.library_changes import LibraryChanges
from skills.lifecycle import Lifecycle
from skills.loading import Loader
from skills.offering import OFFERED, Offered, is_wanted, without_needless_candidates
from skills.other_names import OtherNames
from skills.search import SkillSearch
from skills.skill import Skill, SkillStatus, check_name
from skills.versions import VersionStore

# Aliases, since inside the class `list` is the method.
SkillList = list[Skill]
ScoredSkills = list[tuple[Skill, float]]
_Sentences = list[str]


class SkillLibrary(LibraryChanges):
    """The skills of one home folder.

    A name stands for one version, the active one; older versions are kept. `primitives` are the
    names that programs may call besides skills. `index` is opened when it is first needed.
    """

    def __init__(
        self, connection: sqlite3.Connection, index: SkillIndex, primitives: Collection[str]
    ) -> None:
        self._connection = connection
        self._primitives = frozenset(primitives)
        versions, history = VersionStore(connection), SkillHistory(connection)
        loader = Loader(versions, primitives)
        lifecycle = Lifecycle(connection, versions, history, loader)
        super().__init__(versions, history, lifecycle, loader)
        self._names = OtherNames(connection)
        self.uses = UseStore(connection)
        """What is known from experience: each time that a skill ran."""
        self._search = SkillSearch(connection, index, versions, loader, self._learned)

    @property
    def primitives(self) -> frozenset[str]:
        """The names that programs may call besides skills."""
        return self._primitives

    # -- storing and looking up ----------------------------------------------------------------

    def add(self, skill: Skill, reason: str = "") -> Skill:
        """Stores the skill and returns it as stored; the version given is ignored.

        A new name gets version 1, another source under a known name the next version. A source
        that is already stored under the name changes nothing, not even its status, so a skill that
        was retired stays so however often it is found again. A verified version becomes the
        active one; a candidate only where there is no verified one.
        Raises SkillNameError, UnknownSkillError for a call to nothing, SkillCycleError,
        SkillUnavailableError; then nothing was stored.
        """
        check_name(skill.name, self._primitives)
        return self._lifecycle.add(skill, reason)

    def get(self, name: str, version: int | None = None) -> Skill:
        """The skill of that name, its active version if none is given. Raises UnknownSkillError."""
        return self._versions.get(name, version)

    def find(self, name: str) -> Skill | None:
        """The active version of that name; None where there is no such skill."""
        return self.get(name) if self._versions.knows(name) else None

    def versions(self, name: str) -> SkillList:
        """All versions of a skill, oldest first. Raises UnknownSkillError."""
        return self._versions.of(name) or [self.get(name)]

    def version_of(self, name: str, source: str) -> int | None:
        """Which version of the skill has that source; None for a source that is none of its."""
        found = (skill.version for skill in self._versions.of(name) if skill.source == source)
        return next(found, None)

    def contract(self, name: str, version: int | None = None) -> LearnedContract | None:
        """What uses have taught of a skill, of its active version if none is given.

        None before its first use. Raises UnknownSkillError.
        """
        return self.uses.contract(name, self.get(name, version).version)

    def names(self) -> tuple[str, ...]:
        """The names of all skills, whatever their status, sorted."""
        return self._versions.names()

    def list(self, status: SkillStatus | None = None) -> SkillList:
        """The active version of every skill, or of those with that status, by name."""
        if status is None:
            return self._versions.active()
        return self._versions.active("v.status = ?", (status.value,))

    def callers(self, name: str) -> tuple[str, ...]:
        """The skills that call this one themselves, sorted."""
        return self._versions.callers(name)

    def other_names(self, name: str) -> tuple[str, ...]:
        """What a skill is also called, sorted."""
        return self._names.of(name)

    def add_other_name(self, name: str, other: str) -> None:
        """From here on the skill is found by that name as well. Raises UnknownSkillError."""
        skill = self.get(name)
        if self._names.add(name, other):
            self._history.note(name, skill.version, Change.NAMED, f"also called {other}")

    # -- finding -------------------------------------------------------------------------------

    def search(
        self,
        text: str,
        limit: int = 5,
        status: SkillStatus | Offered | None = OFFERED,
        here: Circumstances | None = None,
    ) -> ScoredSkills:
        """The best skills for a purpose in words, best first, each with its score.

        The score is the cosine similarity (-1 to 1), changed a little by how reliable the skill is
        and, where it is known where it is to be used, by what it would lack `here`. By default
        those that are offered (see `offered`); None searches all. Raises IndexUnusableError and
        EmbedderError.
        """
        return self._search.search(text, limit, status, here)

    def find_by_contract(
        self,
        contract_type: str,
        name: str | None = None,
        status: SkillStatus | Offered | None = OFFERED,
    ) -> SkillList:
        """Skills whose contract has that `type` and, if given, that `name`.

        Verified ones first, then the most often successful, then the least often failed. By
        default those that can be loaded; None gives all.
        """
        conditions, values = ["v.contract_type = ?"], [contract_type]
        if name is not None:
            conditions.append("v.contract_name = ?")
            values.append(name)
        found = self._versions.active(
            f"{' AND '.join(conditions)} "
            "ORDER BY v.status <> 'verified', v.successes DESC, v.failures, s.name",
            values,
        )
        return [skill for skill in found if is_wanted(skill, status, self._loader)]

    def getting(self, items: Collection[str]) -> SkillList:
        """Skills that are offered and get one of these items, verified ones first.

        By the goal they were verified to reach, or since every success of theirs yielded it; for
        each item the best few.
        """
        found = without_needless_candidates(self._versions.serving(items))
        return [
            skill
            for skill in found
            if self._primitives.issuperset(skill.calls) or self._loader.can_load(skill)
        ]

    def closure(self, names: Iterable[str], instead: Skill | None = None) -> SkillList:
        """The named skills and all that they call, each after what it calls itself.

        Names of primitives are passed over. `instead` is a version that is to stand for its name,
        active or not. Raises UnknownSkillError, SkillCycleError, and SkillUnavailableError when
        one of them is quarantined, retired or banned.
        """
        return self._loader.closure(names, instead)

    # -- the index -----------------------------------------------------------------------------

    def open_index_ahead(self) -> None:
        """Opens the index before it is needed; alone among the methods, from any thread."""
        self._search.open_ahead()

    def sync_index(self) -> int:
        """Brings the index in step with what is committed; costs next to nothing when it is.

        An index that is missing, stale or damaged is built anew. That takes minutes where there are
        many skills: it goes on beside the caller. Returns how many cannot be found yet. Raises
        IndexUnusableError and EmbedderError; RuntimeError inside a transaction, whose rows may yet
        be rolled back.
        """
        return self._search.sync()

    def finish_index(self, tell: Callable[[int], None] = lambda _: None) -> None:
        """Waits until every skill can be found; `tell` hears every so often how many are left."""
        self._search.finish(tell)

    def check(self) -> _Sentences:
        """What is damaged, and where index and database disagree, one sentence each.

        Changes nothing: an index that cannot be opened is reported. For `voyager doctor`.
        """
        found = [*damaged_rows(self._connection), *self._search.differences()]
        for skill in self.list():
            if skill.usable:
                try:
                    self.closure([skill.name])
                except SkillError as error:
                    found.append(f"The skill {skill.name} cannot be used: {error}")
        return found

    def close(self) -> None:
        """Closes the index, so that another may open it; the connection is its owner's to close."""
        self._search.close()

    def _learned(self, skill: Skill) -> LearnedContract | None:
        return self.uses.contract(skill.name, skill.version)
