"""Answers to questions about the game, in the database, found again by meaning.

Covers the table `game_answers`. When an answer will do, and asking for one, are the curriculum's
(`curriculum.GameQuestions`). There are hundreds at most: each search looks at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from curriculum import KnownAnswer
from skills import Embedder
from voyager.journal.database import time_text, transaction

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

_FLOATS = "<f4"
ANSWERS_KEPT = 2000
"""For each version of the game; beyond it the oldest is forgotten."""


class GameAnswers:
    """Implements `curriculum.AnswerStore` for one version of the game.

    Answers that another embedder knows are not found; they are asked for and kept anew.
    """

    def __init__(self, connection: sqlite3.Connection, version: str, embedder: Embedder) -> None:
        self._db = connection
        self._version = version
        self._embedder = embedder

    def nearest(self, text: str, limit: int) -> Sequence[KnownAnswer]:
        """The known questions nearest in meaning, best first. Raises EmbedderError."""
        import numpy

        rows = self._db.execute(
            "SELECT question, answer, embedding FROM game_answers"
            " WHERE version = ? AND embedder = ? ORDER BY id",
            (self._version, self._embedder.fingerprint),
        ).fetchall()
        if not rows:
            return ()
        vector = self._vector(text)
        known = numpy.stack([numpy.frombuffer(row[2], dtype=_FLOATS) for row in rows])
        similarities = known @ vector
        best = numpy.argsort(-similarities, kind="stable")[:limit]
        return tuple(
            KnownAnswer(rows[index][0], rows[index][1], float(similarities[index]))
            for index in best
        )

    def add(self, question: str, answer: str) -> None:
        """Keep an answer; one to the same words is replaced. Raises EmbedderError."""
        embedding = self._vector(question).tobytes()
        now = time_text()
        with transaction(self._db):
            self._db.execute(
                "INSERT INTO game_answers (version, question, answer, embedder, embedding, at)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (version, question) DO UPDATE SET"
                " answer = excluded.answer, embedder = excluded.embedder,"
                " embedding = excluded.embedding, at = excluded.at",
                (self._version, question, answer, self._embedder.fingerprint, embedding, now),
            )
            self._db.execute(
                "DELETE FROM game_answers WHERE version = ? AND id NOT IN"
                " (SELECT id FROM game_answers WHERE version = ? ORDER BY id DESC LIMIT ?)",
                (self._version, self._version, ANSWERS_KEPT),
            )

    def _vector(self, text: str) -> NDArray[numpy.float32]:
        import numpy

        return numpy.asarray(self._embedder([text])[0], dtype=_FLOATS)
