"""The skill library: what is kept of each skill, its versions, and how skills are found again.

The database is the truth, the index is derived from it. Everything written here is plain SQL on the
caller's connection and inside the caller's transaction, so that a skill and the journal's record of
it are committed together; after the commit `sync_index` brings the index in step. A process that
dies between the two loses nothing: the next `sync_index` or `search` catches up.

Not covered: the connection and its errors, and what a contract means.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from skills.closure import in_dependency_order
from skills.errors import SkillError, SkillUnavailableError, UnknownSkillError
from skills.index import SkillIndex
from skills.index_document import COLUMNS as DOCUMENT_COLUMNS
from skills.index_document import IndexDocument, document_of
from skills.rows import COLUMNS, INSERT, from_row, to_row
from skills.skill import Skill, SkillStatus, check_name


def _active(columns: str) -> str:
    """Those columns of the active versions."""
    wanted = ", ".join(f"v.{column}" for column in columns.split(", "))
    join = "v.name = s.name AND v.version = s.active_version"
    return f"SELECT {wanted} FROM skills AS s JOIN skill_versions AS v ON {join}"


_ACTIVE = _active(COLUMNS)
# Aliases, since inside the class `list` is the method.
SkillList = list[Skill]
ScoredSkills = list[tuple[Skill, float]]
_Sentences = list[str]
_Documents = list[IndexDocument]
_LOADABLE = (SkillStatus.VERIFIED, SkillStatus.CANDIDATE)


class SkillLibrary:
    """The skills of one home folder.

    A name stands for one version, the active one; older versions are kept. `primitives` are the
    names that programs may call besides skills. `index` is opened when it is first needed.
    """

    def __init__(
        self, connection: sqlite3.Connection, index: SkillIndex, primitives: Collection[str]
    ) -> None:
        self._connection = connection
        self._index = index
        self._primitives = frozenset(primitives)
        self._synced_revision: int | None = None

    def add(self, skill: Skill) -> Skill:
        """Stores the skill and returns it as stored; the version given is ignored.

        A new name gets version 1, another source under a known name the next version. A source
        that is already stored under the name changes nothing, not even its status, so a skill that
        was banned stays so however often it is found again. A verified version becomes the
        active one; a candidate only where there is no verified one.
        Raises SkillNameError, UnknownSkillError for a call to nothing, SkillCycleError,
        SkillUnavailableError; then nothing was stored.
        """
        check_name(skill.name, self._primitives)
        versions = [
            from_row(row)
            for row in self._connection.execute(
                f"SELECT {COLUMNS} FROM skill_versions WHERE name = ? ORDER BY version",
                (skill.name,),
            )
        ]
        for known in versions:
            if known.source == skill.source:
                return known
        stored = replace(skill, version=len(versions) + 1)
        with self._all_or_nothing():
            self._connection.execute(INSERT, to_row(stored))
            self._activate(stored)
            self.closure([skill.name])
        return stored

    def get(self, name: str, version: int | None = None) -> Skill:
        """The skill of that name, its active version if none is given. Raises UnknownSkillError."""
        if version is None:
            row = self._connection.execute(f"{_ACTIVE} WHERE s.name = ?", (name,)).fetchone()
        else:
            row = self._connection.execute(
                f"SELECT {COLUMNS} FROM skill_versions WHERE name = ? AND version = ?",
                (name, version),
            ).fetchone()
        if row is not None:
            return from_row(row)
        if version is not None and name in self.names():
            raise UnknownSkillError(f"{name} in version {version}")
        raise UnknownSkillError(name, self.names())

    def names(self) -> tuple[str, ...]:
        """The names of all skills, whatever their status, sorted."""
        rows = self._connection.execute("SELECT name FROM skills ORDER BY name")
        return tuple(row[0] for row in rows)

    def list(self, status: SkillStatus | None = None) -> SkillList:
        """The active version of every skill, or of those with that status, by name."""
        where, values = ("", ()) if status is None else ("WHERE v.status = ?", (status.value,))
        rows = self._connection.execute(f"{_ACTIVE} {where} ORDER BY s.name", values)
        return [from_row(row) for row in rows]

    def search(
        self, text: str, limit: int = 5, status: SkillStatus | None = SkillStatus.VERIFIED
    ) -> ScoredSkills:
        """The skills nearest in meaning, best first, each with its cosine similarity (-1 to 1).

        With the default status, skills that cannot be loaded are left out. Raises
        IndexUnusableError and EmbedderError.
        """
        if limit < 1 or not text.strip():
            return []
        if not self._connection.in_transaction:
            self.sync_index()
        wanted = limit
        while True:
            hits = self._index.search(text, wanted, status)
            scores = {name: score for name, _, score in hits}
            active = [self._active(name, version, status) for name, version, _ in hits]
            found = self._offered([skill for skill in active if skill is not None], status)
            if len(found) >= limit or len(hits) < wanted:
                return [(skill, scores[skill.name]) for skill in found[:limit]]
            # Some of what is near cannot be loaded: look further.
            wanted *= 4

    def find_by_contract(
        self,
        contract_type: str,
        name: str | None = None,
        status: SkillStatus | None = SkillStatus.VERIFIED,
    ) -> SkillList:
        """Skills whose contract has that `type` and, if given, that `name`.

        The most often successful first, then the least often failed. With the default status,
        skills that cannot be loaded are left out.
        """
        conditions, values = ["v.contract_type = ?"], [contract_type]
        if name is not None:
            conditions.append("v.contract_name = ?")
            values.append(name)
        if status is not None:
            conditions.append("v.status = ?")
            values.append(status.value)
        rows = self._connection.execute(
            f"{_ACTIVE} WHERE {' AND '.join(conditions)} "
            "ORDER BY v.successes DESC, v.failures, s.name",
            values,
        )
        return self._offered([from_row(row) for row in rows], status)

    def record_outcome(self, name: str, passed: bool) -> None:
        """Counts one use of the active version of a skill. Raises UnknownSkillError."""
        skill = self.get(name)
        column = "successes" if passed else "failures"
        self._connection.execute(
            f"UPDATE skill_versions SET {column} = {column} + 1 WHERE name = ? AND version = ?",
            (skill.name, skill.version),
        )

    def set_status(self, name: str, status: SkillStatus, version: int | None = None) -> Skill:
        """Sets the status of a version, the active one if none is given, and returns it.

        A version that becomes verified becomes the active one. Raises UnknownSkillError, and
        where it becomes active what `add` raises.
        """
        changed = replace(self.get(name, version), status=status)
        with self._all_or_nothing():
            self._connection.execute(
                "UPDATE skill_versions SET status = ? WHERE name = ? AND version = ?",
                (status.value, name, changed.version),
            )
            if status is SkillStatus.VERIFIED:
                self._activate(changed)
                self.closure([name])
        return changed

    def closure(self, names: Iterable[str]) -> SkillList:
        """The named skills and all that they call, each after what it calls itself.

        Names of primitives are passed over. Raises UnknownSkillError, SkillCycleError, and
        SkillUnavailableError when one of them is quarantined or retired.
        """
        return in_dependency_order(names, self._callee)

    def open_index_ahead(self) -> None:
        """Opens the index before it is needed; alone among the methods, from any thread."""
        self._index.open_ahead()

    def sync_index(self) -> None:
        """Brings the index in step with what is committed; costs next to nothing when it is.

        An index that is missing, stale or damaged is built anew. Raises IndexUnusableError and
        EmbedderError; RuntimeError inside a transaction, whose rows may yet be rolled back.
        """
        if self._connection.in_transaction:
            raise RuntimeError("sync_index belongs after the commit")
        # Read first: should another process commit in between, the next call will see a change.
        revision = self._connection.execute("SELECT revision FROM skill_revision").fetchone()[0]
        if revision == self._synced_revision and self._index.is_open:
            return
        self._index.sync(self._documents())
        self._synced_revision = revision

    def check(self) -> _Sentences:
        """Where the index and the database disagree, one sentence each; empty when they agree.

        Changes nothing: an index that cannot be opened is reported. For `voyager doctor`.
        """
        found = self._index.differences(self._documents())
        for skill in self.list(SkillStatus.VERIFIED):
            try:
                self.closure([skill.name])
            except SkillError as error:
                found.append(f"The skill {skill.name} cannot be used: {error}")
        return found

    def close(self) -> None:
        """Closes the index, so that another may open it; the connection is its owner's to close."""
        self._index.close()
        self._synced_revision = None

    def _active(self, name: str, version: int, status: SkillStatus | None) -> Skill | None:
        """What the index found, if it still is so: inside a transaction it may be behind."""
        row = self._connection.execute(
            f"{_ACTIVE} WHERE s.name = ? AND v.version = ?", (name, version)
        ).fetchone()
        skill = None if row is None else from_row(row)
        return skill if skill and status in (None, skill.status) else None

    def _callee(self, name: str, caller: str | None) -> Skill | None:
        """The skill to be loaded by that name, None for a primitive."""
        if name in self._primitives:
            return None
        context = f"{caller} calls {name}. " if caller else ""
        try:
            skill = self.get(name)
        except UnknownSkillError:
            raise UnknownSkillError(name, (*self.names(), *self._primitives), context) from None
        if skill.status not in _LOADABLE:
            raise SkillUnavailableError(
                f"{context}{name} is {skill.status.value}: verify it again, or write another."
            )
        return skill

    def _offered(self, skills: Iterable[Skill], status: SkillStatus | None) -> SkillList:
        """Of skills that are to be called only those that can be; otherwise all."""
        if status is not SkillStatus.VERIFIED:
            return [*skills]
        return [skill for skill in skills if self._can_load(skill)]

    def _can_load(self, skill: Skill) -> bool:
        try:
            self.closure([skill.name])
        except SkillError:
            return False
        return True

    def _activate(self, skill: Skill) -> None:
        """Makes this version the one its name stands for, unless a verified one is in its way."""
        row = self._connection.execute(
            "SELECT v.status FROM skills AS s JOIN skill_versions AS v "
            "ON v.name = s.name AND v.version = s.active_version WHERE s.name = ?",
            (skill.name,),
        ).fetchone()
        taken = row is not None and row[0] == SkillStatus.VERIFIED
        if skill.status is SkillStatus.VERIFIED or not taken:
            self._connection.execute(
                "INSERT INTO skills (name, active_version) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET active_version = excluded.active_version",
                (skill.name, skill.version),
            )

    @contextlib.contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Undoes what was written inside when it fails, and leaves the caller's transaction be."""
        self._connection.execute("SAVEPOINT library")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO library")
                self._connection.execute("RELEASE library")
            raise
        self._connection.execute("RELEASE library")

    def _documents(self) -> _Documents:
        rows = self._connection.execute(f"{_active(DOCUMENT_COLUMNS)} ORDER BY s.name")
        return [document_of(*row) for row in rows]
