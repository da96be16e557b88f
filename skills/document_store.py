"""What the search index is made of, as the database has it, and what of it has changed.

Covers reading; the changes are noted by the database itself (see `migrations/0002_history.sql`), in
the transaction that makes them, whoever makes it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from skills.index_document import IndexDocument, document_of, yields_of

# One row for each active version that is asked for; the last column is what it is also called.
_DOCUMENTS = """
    SELECT v.name, v.version, v.status, v.description, v.when_to_use,
        v.contract_type, v.contract_name, c.contract,
        (SELECT group_concat(other_name, char(10)) FROM
            (SELECT other_name FROM skill_names WHERE name = s.name ORDER BY other_name))
    FROM skills AS s
    JOIN skill_versions AS v ON v.name = s.name AND v.version = s.active_version
    LEFT JOIN skill_contracts AS c ON c.name = v.name AND c.version = v.version
"""
_CHANGED = "s.name IN (SELECT name FROM skill_index_changes WHERE id > ?)"


@dataclass(frozen=True)
class DocumentChanges:
    """Documents that are new or others than before, and the names of skills that are gone."""

    documents: tuple[IndexDocument, ...]
    gone: tuple[str, ...]


class DocumentStore:
    """The documents of the active versions over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def last_change(self) -> int:
        """Grows with every change that the index must follow."""
        row = self._connection.execute("SELECT MAX(id) FROM skill_index_changes").fetchone()
        return int(row[0] or 0)

    def all(self) -> list[IndexDocument]:
        """One document for each skill."""
        return self._read(self._connection.execute(_DOCUMENTS))

    def changes_since(self, change: int) -> DocumentChanges:
        """What came after that change."""
        documents = self._read(
            self._connection.execute(f"{_DOCUMENTS} WHERE {_CHANGED}", (change,))
        )
        names = self._connection.execute(
            "SELECT name FROM skill_index_changes WHERE id > ?", (change,)
        )
        gone = {row[0] for row in names} - {document.name for document in documents}
        return DocumentChanges(tuple(documents), tuple(sorted(gone)))

    def _read(self, rows: Iterable[tuple[Any, ...]]) -> list[IndexDocument]:
        documents = []
        for name, version, status, description, when_to_use, goal, item, learned, others in rows:
            yields = yields_of(goal, item, learned)
            names = (others or "").split("\n")
            documents.append(
                document_of(name, version, status, description, when_to_use, yields, names)
            )
        return documents
