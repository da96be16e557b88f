"""The library of a home folder, put together."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from skills.embedding import MiniLmEmbedder
from skills.index import Embedder, SkillIndex
from skills.library import SkillLibrary
from skills.primitives_reference import primitives_reference

MIGRATIONS = ("skills", Path(__file__).parent / "migrations")


def open_library(
    connection: sqlite3.Connection, index_folder: Path, embedder: Embedder | None = None
) -> SkillLibrary:
    """The library over an open database that has this room's tables; the index opens later.

    `embedder` is one that others use as well; None makes one for the library alone.
    """
    primitives = [reference.name for reference in primitives_reference()]
    index = SkillIndex(index_folder, embedder or MiniLmEmbedder())
    return SkillLibrary(connection, index, primitives)
