"""The library of a home folder, put together."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from skills.embedding import MiniLmEmbedder
from skills.index import SkillIndex
from skills.library import SkillLibrary
from skills.primitives_reference import primitives_reference

MIGRATIONS = ("skills", Path(__file__).parent / "migrations")


def open_library(connection: sqlite3.Connection, index_folder: Path) -> SkillLibrary:
    """The library over an open database that has this room's tables; the index opens later."""
    primitives = [reference.name for reference in primitives_reference()]
    return SkillLibrary(connection, SkillIndex(index_folder, MiniLmEmbedder()), primitives)
